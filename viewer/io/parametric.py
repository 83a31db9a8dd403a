"""Maps of scores as DICOM Parametric Maps (PS3.3 A.75), in 32-bit floats in the map's own unit.

Floats are what other programs read (dcmqi, 3D Slicer, OHIF). Slices before the first and behind
the last that hold anything are left out where nothing means 0. Where voxels lie is said by the
grid of the map alone, as for segmentations.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import highdicom as hd
import numpy as np
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRLittleEndian

from viewer import __version__
from viewer.core.code import NO_UNIT, Code
from viewer.core.errors import Declined
from viewer.core.memory import available_bytes
from viewer.core.score_map import ScoreMap
from viewer.core.study import Series
from viewer.io.authorship import name_models
from viewer.io.concepts import coded, long_text, our_code, our_scheme, quiet, short
from viewer.io.frame_places import place_frames, planes_of
from viewer.io.identifiers import new_uid
from viewer.io.object_file import first_line
from viewer.io.seg import MANUFACTURER, MODEL
from viewer.io.sources import source_headers

PROBABILITY = Code("122157", "DCM", "Probability")
SALIENCY = Code("130404", "DCM", "Saliency")
SCORE = our_code("model_score", "Score of a model")
MAP_ID, ABOUT = "map_id", "map_about"
"""Parameters of the model in a file: which map it is, and which finding it explains."""
EXPLAINED_BY = "explained_by"
"""The parameter of a model's author that says by which method a map explains it."""
_DERIVED = our_code("model_map", "Map drawn by a model")
_MOST_BYTES = 3_900_000_000
"""Pixels of one DICOM element are fewer than 4 GiB."""


def quantity_of(score_map: ScoreMap) -> Code:
    """Return what the values of a map are: saliency, a probability, or a score of its own."""
    if EXPLAINED_BY in dict(score_map.author.parameters):
        return SALIENCY
    return PROBABILITY if score_map.is_probability else SCORE


def write_parametric_map(
    path: Path, score_map: ScoreMap, series: Series, *, series_number: int = 9050
) -> None:
    """Write a map of a volume as a DICOM Parametric Map that refers to its series.

    Raises:
        Declined: if it lies in no patient, is too large, or the images cannot be referred to.
    """
    grid = score_map.geometry
    if grid is None:
        raise Declined(
            "A map of single pictures has no place in the patient, so DICOM holds no such map; "
            "save it as pictures.",
            code="no_geometry",
        )
    first, last = _span(score_map)
    _check_room((last - first) * grid.shape[1] * grid.shape[2] * 4)
    headers = source_headers(series, grid.frame_of_reference_uid)
    cut = replace(score_map, voxels=score_map.voxels[first:last], geometry=None)
    places, orientation, measures = planes_of(grid, first, last)
    with quiet(), _sayable(series):
        dataset = hd.pm.ParametricMap(
            source_images=headers,
            pixel_array=cut.values(),
            series_instance_uid=new_uid(),
            series_number=series_number,
            sop_instance_uid=new_uid(),
            instance_number=1,
            manufacturer=MANUFACTURER,
            manufacturer_model_name=MODEL,
            software_versions=__version__,
            device_serial_number="none",
            contains_recognizable_visual_features=False,
            real_world_value_mappings=[_mapping(score_map)],
            voi_lut_transformations=[
                hd.VOILUTTransformation(
                    window_center=(score_map.low + score_map.high) / 2,
                    window_width=score_map.high - score_map.low,
                    voi_lut_function=hd.VOILUTFunctionValues.LINEAR_EXACT,
                )
            ],
            transfer_syntax_uid=ExplicitVRLittleEndian,
            content_label="MAP",
            content_description=short(score_map.title),
            pixel_measures=measures,
            plane_orientation=orientation,
            plane_positions=places,
            derivation=coded(_DERIVED),
            series_description=short(_marked(series, f"{score_map.title} (map of a model)")),
            specific_character_set="ISO_IR 192",
            coding_schemes=our_scheme(),
        )
        _say(dataset, score_map)
        place_frames(dataset, grid, first, last)
        dataset.save_as(path)


def _span(score_map: ScoreMap) -> tuple[int, int]:
    """Return the first and one past the last slice to be written."""
    count = len(score_map.voxels)
    if score_map.low != 0:
        return 0, count
    held = np.flatnonzero(score_map.voxels.any(axis=(1, 2)))
    return (int(held[0]), int(held[-1]) + 1) if held.size else (0, 1)


def _check_room(wanted: int) -> None:
    if wanted > _MOST_BYTES:
        raise Declined(
            f"The map would be {wanted / 1e9:.1f} GB as DICOM, more than one object holds: save "
            "it as NIfTI.",
            code="too_large",
        )
    free = available_bytes()
    if 3 * wanted > free:
        raise Declined(
            f"Saving the map as DICOM needs {3 * wanted / 1e9:.1f} GB of memory, and only "
            f"{free / 1e9:.1f} GB is free: save it as NIfTI.",
            code="too_large",
        )


def _mapping(score_map: ScoreMap) -> hd.pm.RealWorldValueMapping:
    unit = score_map.unit
    code = NO_UNIT if unit in ("", "1") else Code(short(unit, 16), "UCUM", short(unit))
    return hd.pm.RealWorldValueMapping(
        lut_label="SCORES",
        lut_explanation=short(score_map.title),
        unit=coded(code),
        value_range=(float(score_map.low), float(score_map.high)),
        slope=1.0,
        intercept=0.0,
        quantity_definition=coded(quantity_of(score_map)),
    )


def _say(dataset: Dataset, score_map: ScoreMap) -> None:
    """Name the model with all it was given, and what the map does and does not show."""
    author = score_map.author
    named = [(MAP_ID, score_map.id), *(((ABOUT, score_map.about),) if score_map.about else ())]
    name_models(dataset, [replace(author, parameters=(*named, *author.parameters))])
    dataset.ImageComments = long_text(score_map.meaning)
    dataset.Laterality = ""  # the images may show both sides (PS3.3 C.7.3.1.1.6)


def _marked(series: Series, title: str) -> str:
    return f"SYNTHETIC {title}" if series.synthetic else title


@contextmanager
def _sayable(series: Series) -> Iterator[None]:
    try:
        yield
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        raise Declined(
            f"The headers of {series.title} do not allow a DICOM map ({first_line(error)}), so "
            "nothing was saved.",
            code="not_sayable",
        ) from error
