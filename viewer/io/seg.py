"""Segmentations as DICOM SEG (PS3.3 A.51 and A.92): written here, read by `seg_read`.

Where the voxels lie is said by the grid they were drawn on. highdicom would
copy pixel measures, orientation and positions of the source images wherever
they are close, a wrong Spacing Between Slices included; so all three are set
once more from the grid after it has done its work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import highdicom as hd
import numpy as np
from highdicom.color import CIELabColor
from highdicom.seg import SegmentDescription
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRLittleEndian

from viewer import __version__
from viewer.core.author import Author
from viewer.core.errors import Declined
from viewer.core.finding import Finding
from viewer.core.geometry import Geometry
from viewer.core.segmentation import Segmentation
from viewer.core.study import Series
from viewer.io.authorship import algorithm_type, name_models, segment_algorithm
from viewer.io.concepts import coded, our_scheme, person_name, quiet, short
from viewer.io.frame_places import place_frames, planes_of
from viewer.io.identifiers import new_uid
from viewer.io.layers import (
    Layer,
    Part,
    findings_layer,
    fractions_layer,
    groups_layer,
    segmentation_layer,
)
from viewer.io.object_file import first_line
from viewer.io.seg_kinds import SegKind
from viewer.io.seg_read import read_segmentation
from viewer.io.sources import source_headers

__all__ = [
    "SavedSegments",
    "SegKind",
    "read_segmentation",
    "write_groups",
    "write_masks",
    "write_segmentation",
]

_TYPES = {
    SegKind.BINARY: hd.seg.SegmentationTypeValues.BINARY,
    SegKind.FRACTIONAL: hd.seg.SegmentationTypeValues.FRACTIONAL,
    SegKind.LABEL_MAP: hd.seg.SegmentationTypeValues.LABELMAP,
}
MANUFACTURER = "Skiagram project"
MODEL = "Skiagram"


@dataclass(frozen=True, slots=True)
class SavedSegments:
    """What another object needs to refer to the segments of a saved one."""

    sop_class_uid: str
    sop_instance_uid: str
    series_uid: str
    numbers: tuple[tuple[str, int], ...]

    def number_of(self, tracking_uid: str) -> int | None:
        """Return the segment that has this tracking UID."""
        return dict(self.numbers).get(tracking_uid)


def write_segmentation(
    path: Path,
    segmentation: Segmentation,
    series: Series,
    *,
    reader: Author | None = None,
    headers: Sequence[Dataset] | None = None,
    series_number: int = 9001,
    kind: SegKind = SegKind.BINARY,
    fractions: Mapping[int, NDArray[np.floating]] | None = None,
) -> SavedSegments:
    """Write one segmentation of a series as DICOM SEG.

    `reader` is the person at the screen, named as content creator. `headers`
    are those of `source_headers`, for a caller who writes several objects. `fractions` are for
    a fractional one: by label, how probably each voxel belongs to it (slice, row, column), 0 to
    1; without them each voxel is all of its segment.

    Raises:
        Declined: if the images cannot be referred to, or the grid cannot be said in DICOM.
        ValueError: if a voxel belongs to no segment.
    """
    if fractions is not None and kind is not SegKind.FRACTIONAL:
        raise ValueError("only a fractional segmentation holds fractions")
    layer = segmentation_layer(segmentation)
    if fractions is not None:
        layer = fractions_layer(segmentation, fractions)
    person = reader if segmentation.author.is_model else segmentation.author
    return _write(
        path,
        layer,
        series,
        headers=headers,
        label=segmentation.status.upper(),
        title=f"{segmentation.title} ({segmentation.status})",
        description=segmentation.title,
        person=person,
        series_number=series_number,
        kind=kind,
    )


def write_groups(
    path: Path,
    groups: Sequence[Segmentation],
    series: Series,
    *,
    reader: Author | None = None,
    headers: Sequence[Dataset] | None = None,
    series_number: int = 9001,
    kind: SegKind = SegKind.BINARY,
) -> SavedSegments:
    """Write several label groups on one grid, which may overlap, as one DICOM SEG.

    Raises:
        Declined: as `write_segmentation`; or if a label map is wanted of what overlaps.
        ValueError: if they lie on different grids, or there are none.
    """
    if len(groups) == 1:
        return write_segmentation(
            path, groups[0], series, reader=reader, headers=headers, kind=kind,
            series_number=series_number,
        )  # fmt: skip
    layer = groups_layer(groups)
    first = groups[0]
    status = first.status if len({one.status for one in groups}) == 1 else "imported"
    return _write(
        path,
        layer,
        series,
        headers=headers,
        label=status.upper(),
        title=f"{first.title} ({status})",
        description=first.title,
        person=reader if first.author.is_model else first.author,
        series_number=series_number,
        kind=kind,
    )


def write_masks(
    path: Path,
    findings: Sequence[Finding],
    grid: Geometry,
    series: Series,
    *,
    reader: Author | None = None,
    headers: Sequence[Dataset] | None = None,
    series_number: int = 9000,
) -> SavedSegments | None:
    """Write the masks of findings as one DICOM SEG; its tracking UIDs are the findings' ids.

    Masks that are absent, empty or off the grid are left out; None if that leaves nothing.
    """
    layer = findings_layer(findings, grid)
    if layer is None:
        return None
    proposed = all(not finding.stands for finding in findings)
    return _write(
        path,
        layer,
        series,
        headers=headers,
        label="FINDINGS",
        title="Findings (proposed, not reviewed)" if proposed else "Findings",
        description="Findings",
        person=reader,
        series_number=series_number,
    )


def _write(
    path: Path,
    layer: Layer,
    series: Series,
    *,
    headers: Sequence[Dataset] | None,
    label: str,
    title: str,
    description: str,
    person: Author | None,
    series_number: int,
    kind: SegKind = SegKind.BINARY,
) -> SavedSegments:
    if kind is SegKind.LABEL_MAP and layer.voxels.ndim == 4:
        raise Declined(
            "A DICOM label map holds one segment for each voxel, and some of these overlap: save "
            "them as a binary segmentation.",
            code="overlap",
        )
    grid = layer.geometry
    headers = headers or source_headers(series, grid.frame_of_reference_uid)
    places, orientation, measures = planes_of(
        layer.geometry, layer.first, layer.first + len(layer.voxels)
    )
    uid, series_uid = new_uid(), new_uid()
    with quiet(), _sayable(series):
        dataset = hd.seg.Segmentation(
            source_images=headers,
            pixel_array=layer.voxels,
            segmentation_type=_TYPES[kind],
            max_fractional_value=255,
            segment_descriptions=[_description(part) for part in layer.parts],
            series_instance_uid=series_uid,
            series_number=series_number,
            sop_instance_uid=uid,
            instance_number=1,
            manufacturer=MANUFACTURER,
            manufacturer_model_name=MODEL,
            software_versions=__version__,
            device_serial_number="none",
            content_label=short(label, 16),
            content_description=short(description),
            content_creator_name=person_name(person.name) if person else None,
            transfer_syntax_uid=ExplicitVRLittleEndian,
            plane_positions=places,
            plane_orientation=orientation,
            pixel_measures=measures,
            coding_schemes=our_scheme(),
            series_description=short(_marked(series, title)),
            specific_character_set="ISO_IR 192",
        )
        name_models(dataset, (part.author for part in layer.parts))
        place_frames(dataset, layer.geometry, layer.first, layer.first + len(layer.voxels))
        _forget_other_frames(dataset, series)
        dataset.save_as(path)
    numbers = tuple((part.tracking_uid, part.number) for part in layer.parts)
    return SavedSegments(str(dataset.SOPClassUID), uid, series_uid, numbers)


@contextmanager
def _sayable(series: Series) -> Iterator[None]:
    """Turn what highdicom cannot make of somebody's headers into a sentence."""
    try:
        yield
    except (ValueError, AttributeError, KeyError) as error:
        raise Declined(
            f"The headers of {series.title} do not allow a DICOM segmentation "
            f"({first_line(error)}), so nothing was saved.",
            code="not_sayable",
        ) from error


def _marked(series: Series, title: str) -> str:
    return f"SYNTHETIC {title}" if series.synthetic else title


def _description(part: Part) -> SegmentDescription:
    kind = algorithm_type(part.author, part.status)
    description = SegmentDescription(
        segment_number=part.number,
        segment_label=short(part.name) or f"Segment {part.number}",
        segmented_property_category=coded(part.category),
        segmented_property_type=coded(part.type),
        algorithm_type=kind,
        algorithm_identification=None if kind == "MANUAL" else segment_algorithm(part.author),
        tracking_uid=part.tracking_uid,
        tracking_id=part.tracking_id,
        anatomic_regions=[coded(part.site)] if part.site else None,
        display_color=CIELabColor.from_rgb(*part.colour),
    )
    description.SegmentDescription = short(f"Status: {part.status}", 1024)
    return description


def _forget_other_frames(dataset: Dataset, series: Series) -> None:
    """Drop references to frames of an enhanced image that are not of this series."""
    ours = {instance.frame + 1 for instance in series.instances}
    for frame in dataset.PerFrameFunctionalGroupsSequence:
        for derivation in frame.get("DerivationImageSequence") or ():
            derivation.SourceImageSequence = [
                item
                for item in derivation.SourceImageSequence
                if int(item.get("ReferencedFrameNumber", 0) or 0) in {0, *ours}
            ]
