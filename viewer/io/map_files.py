"""Maps of scores into files and from files: DICOM Parametric Map, fractional SEG, NIfTI.

A map that was saved here comes back byte for byte. Those of others are put into 255 steps between
their bounds, and where they lie on other voxels they are resampled (linear); both is said.
"""

from __future__ import annotations

import hashlib
import json
import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from viewer.core.author import Author
from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.core.score_map import ScoreMap
from viewer.core.study import Notice, Series
from viewer.io import tags
from viewer.io.atomic import Staging, spoken_for
from viewer.io.authorship import canonical
from viewer.io.fraction_maps import fraction_maps
from viewer.io.heads import header_of
from viewer.io.identifiers import file_stem
from viewer.io.layers import offset_on
from viewer.io.map_forms import MapForm
from viewer.io.map_write import write_map, write_nifti_map
from viewer.io.nifti import open_head, read_grid
from viewer.io.other_formats import format_of
from viewer.io.parametric import ABOUT, MAP_ID, write_parametric_map
from viewer.io.parametric_read import PARAMETRIC_MAP, MapValues, check_room, read_parametric
from viewer.io.seg_kinds import BINARY_OR_FRACTIONAL

STEPS = 255
_MOST_BYTES = 1 << 33


@dataclass(frozen=True, slots=True, eq=False)
class ReadMaps:
    """Maps on the voxels they were asked for, and what the reader must know of them."""

    maps: tuple[ScoreMap, ...]
    notices: tuple[Notice, ...] = ()


# -- writing -------------------------------------------------------------------------------


def save_map(
    path: Path, score_map: ScoreMap, series: Series, form: MapForm, progress: Progress
) -> tuple[Path, ...]:
    """Write a map, read it back and compare; only then the file appears. Return the files.

    Maps of single pictures become grey pictures with JSON beside them, whatever the form.

    Raises:
        Declined: if it cannot be written, or did not come back as it was meant.
    """
    with Staging(path.parent) as staging:
        progress.report(0.0, path.name)
        if score_map.geometry is None:
            write_map(staging, score_map, 1)
        else:
            staged = staging.path(path.name)
            with spoken_for(path.parent):
                _write(staged, score_map, series, form)
            progress.report(0.6, "reading it back")
            check_map(staged, score_map)
        progress.report(0.9, "putting the file in place")
        return staging.commit()


def stage_map(
    staging: Staging, score_map: ScoreMap, number: int, series: Series, form: MapForm
) -> None:
    """Write a map beside other results, numbered from 1; DICOM is read back and compared.

    Maps of images that are not DICOM, or of single pictures, have no DICOM form.

    Raises:
        Declined: if it cannot be written, or did not come back as it was meant.
    """
    dicom = series.format == "DICOM" and score_map.geometry is not None
    if not dicom or form is not MapForm.DICOM:
        write_map(staging, score_map, number)
    if dicom and form is not MapForm.NIFTI:
        path = staging.path(f"map_{number:02d}_{file_stem(score_map.title, 'scores')}.dcm")
        with spoken_for(staging.folder):
            write_parametric_map(path, score_map, series)
        check_map(path, score_map)


def _write(path: Path, score_map: ScoreMap, series: Series, form: MapForm) -> None:
    if form is MapForm.DICOM:
        write_parametric_map(path, score_map, series)
    else:
        write_nifti_map(path, score_map)


def check_map(path: Path, meant: ScoreMap) -> None:
    """Read a map back and compare every voxel, the bounds and the model.

    Raises:
        Declined: at the first difference.
    """
    if meant.geometry is None:
        raise ValueError("a map of single pictures is no such file")
    try:
        (back,) = read_maps(path, meant.geometry, meant.series_key).maps
    except Unreadable as error:
        raise _not_as_meant(path, str(error)) from error
    if not np.array_equal(back.voxels, meant.voxels):
        raise _not_as_meant(path, "its values differ")
    if not np.allclose((back.low, back.high), (meant.low, meant.high), rtol=1e-9, atol=0):
        raise _not_as_meant(path, "its bounds differ")
    if back.author.name != canonical(meant.author).name:
        raise _not_as_meant(path, "it names another model")


def _not_as_meant(path: Path, why: str) -> Declined:
    return Declined(
        f"{path.name} was not saved, because it did not come back from the disk as it was meant "
        f"({why.rstrip('.')}).",
        code="not_as_meant",
    )


# -- reading -------------------------------------------------------------------------------


def read_maps(path: Path, geometry: Geometry, series_key: str) -> ReadMaps:
    """Read the maps of a file onto the voxels of an image.

    Raises:
        Unreadable: if the file is damaged, or holds no map.
        Declined: if it lies in another patient space or elsewhere, or there is no room for it.
    """
    kind = format_of(path)
    if kind is None:
        found = _dicom(path, geometry)
    elif kind == "NIfTI":
        found = iter((_nifti(path),))
    else:
        raise Unreadable(
            f"{path.name} is no map: Parametric Maps, fractional segmentations (DICOM) and NIfTI "
            "are read.",
            code="no_map",
        )
    notices: dict[str, Notice] = {}
    maps = []
    for one in found:
        map_, told = _laid(path, one, geometry, series_key)
        maps.append(map_)
        notices |= {notice.code: notice for notice in told}
    return ReadMaps(tuple(maps), tuple(notices.values()))


def _dicom(path: Path, geometry: Geometry) -> Iterator[MapValues]:
    try:
        kind = header_of(path).text(tags.SOP_CLASS)
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read.", code="unreadable") from error
    if kind == PARAMETRIC_MAP:
        yield read_parametric(path, geometry)
    elif kind == BINARY_OR_FRACTIONAL:
        yield from fraction_maps(path, geometry)
    else:
        raise Unreadable(
            f"{path.name} holds neither a Parametric Map nor a fractional segmentation.",
            code="no_map",
        )


def _nifti(path: Path) -> MapValues:
    grid = read_grid(path)
    if grid.moments.count != 1 or grid.colour:
        raise Unreadable(f"{path.name} holds more than one value for a voxel.", code="no_map")
    wanted = 4 * math.prod(grid.geometry.shape)
    check_room(wanted)
    if wanted > _MOST_BYTES:
        raise Unreadable(f"{path.name} is larger than any map.", code="too_large")
    image = open_head(path)
    try:
        values = np.asarray(image.dataobj, np.float32).reshape(grid.geometry.shape[::-1]).T
    except (OSError, ValueError, EOFError, zlib.error) as error:
        raise Unreadable(f"{path.name} ends before its voxels do.", code="truncated") from error
    if not np.isfinite(values).all():
        raise Unreadable(f"{path.name} holds values that are no numbers.", code="not_numbers")
    words = _words(path)
    text = {name: str(words.get(name) or "") for name in ("title", "meaning", "unit", "about")}
    given = words.get("parameters")
    parameters = given.items() if isinstance(given, dict) else ()
    author = Author(
        str(words.get("model") or path.name),
        is_model=True,
        version=str(words.get("version") or "unknown"),
        weights_sha256=str(words.get("weights_sha256") or ""),
        parameters=(
            *(((ABOUT, text["about"]),) if text["about"] else ()),
            *((str(name), str(value)) for name, value in parameters),
        ),
    )
    return MapValues(
        np.ascontiguousarray(values), grid.geometry, text["title"] or path.name, text["meaning"],
        "", text["unit"] or "1", author, _name_of(path),
        _number(words.get("low")), _number(words.get("high")),
    )  # fmt: skip


def _name_of(path: Path) -> str:
    """Return a name that tells a file from others that are called alike, without its folders."""
    told = path.stat()
    words = f"{path.resolve()}|{told.st_size}|{told.st_mtime_ns}"
    return f"{path.name}|{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def _words(path: Path) -> dict[str, object]:
    """Return what the header of a map of ours says of it; nothing for those of others."""
    for extension in getattr(open_head(path).header, "extensions", ()):
        try:
            told = json.loads(bytes(extension.content).decode("utf-8").rstrip("\0"))
        except (ValueError, RecursionError, TypeError):
            continue
        if isinstance(told, dict) and "low" in told:
            return told
    return {}


def _number(value: object) -> float:
    try:
        return float(value) if isinstance(value, int | float) else np.nan
    except OverflowError:
        return np.nan


def _laid(
    path: Path, one: MapValues, geometry: Geometry, series_key: str
) -> tuple[ScoreMap, tuple[Notice, ...]]:
    """Return values as a map on the voxels of an image."""
    low, high, exact = _bounds(one)
    values, notices = _placed(path, one, geometry, min(max(low, 0.0), high))
    bytes_ = np.empty(values.shape, np.uint8)
    for number, plane in enumerate(values):
        bytes_[number] = np.rint(_steps(plane, low, high)).clip(0, STEPS)
    if not exact:
        half = (high - low) / STEPS / 2
        sentence = f"The values are shown in {STEPS} steps, so they are within {half:.2g}."
        notices = (*notices, Notice("steps", sentence))
    parameters = dict(one.author.parameters)
    about, id_ = parameters.pop(ABOUT, ""), parameters.pop(MAP_ID, "")
    author = replace(one.author, parameters=tuple(parameters.items()))
    meaning = one.meaning or (
        f"{one.quantity or 'Values'} as {path.name} has them; what they mean is not said there."
    )
    made = ScoreMap(
        id_ or one.uid, one.title, meaning, bytes_, geometry, series_key, author, low, high,
        one.unit or "1", about,
    )  # fmt: skip
    return made, notices


def _bounds(one: MapValues) -> tuple[float, float, bool]:
    """Return between which values the steps lie, and whether the file says so itself."""
    least, most = float(one.values.min()), float(one.values.max())
    slack = 1e-5 * max(abs(least), abs(most), 1e-6)
    said = np.isfinite(one.low) and np.isfinite(one.high) and one.low < one.high
    if said and one.low - slack <= least and most <= one.high + slack:
        on_steps = (_steps(plane, one.low, one.high) for plane in one.values)
        exact = all(np.abs(plane - np.rint(plane)).max() < 1e-2 for plane in on_steps)
        return one.low, one.high, exact
    low = min(least, 0.0)
    return low, most if most > low else low + 1.0, False


def _steps(plane: NDArray[np.float32], low: float, high: float) -> NDArray[np.float64]:
    """Return values between two bounds as steps, not rounded; of one slice, to save memory."""
    return np.asarray((plane - np.float64(low)) / (high - low) * STEPS)


def _placed(
    path: Path, one: MapValues, geometry: Geometry, outside: float
) -> tuple[NDArray[np.float32], tuple[Notice, ...]]:
    """Return values on the voxels of an image: as they are, or resampled between them."""
    ours, theirs = geometry.frame_of_reference_uid, one.geometry.frame_of_reference_uid
    if ours and theirs and ours != theirs:
        raise Declined(
            f"{path.name} lies in another patient space than these images.", code="other_space"
        )
    values = one.values
    if one.spared is not None and one.spared.any():
        values = np.where(one.spared[:, None, None], np.float32(outside), values)
    start = offset_on(one.geometry, geometry)
    if start is not None:
        if values.shape == geometry.shape:
            return values, ()
        whole = np.full(geometry.shape, outside, np.float32)
        ends = zip(start, values.shape, strict=True)
        whole[tuple(slice(at, at + size) for at, size in ends)] = values
        return whole, ()
    found, inside = _resampled(values, one.geometry, geometry, outside)
    if not inside:
        raise Declined(
            f"{path.name} lies elsewhere than these images: nothing of it is on them.",
            code="elsewhere",
        )
    sentence = f"{path.name} lies on other voxels than the images; it was resampled (linear)."
    return found, (Notice("resampled", sentence),)


def _resampled(
    values: NDArray[np.float32], own: Geometry, geometry: Geometry, outside: float
) -> tuple[NDArray[np.float32], bool]:
    found = np.empty(geometry.shape, np.float32)
    rows, columns = np.indices(geometry.shape[1:])
    inside = False
    for number in range(geometry.shape[0]):
        index = np.stack([np.full(rows.shape, number), rows, columns], axis=-1).reshape(-1, 3)
        places = own.to_index(geometry.to_patient(index)).T
        near = (places > -0.5).all(axis=0) & (places < np.array(own.shape)[:, None] - 0.5).all(0)
        plane = np.full(rows.size, outside, np.float32)
        if near.any():
            inside = True
            plane[near] = map_coordinates(values, places[:, near], order=1, mode="nearest")
        found[number] = plane.reshape(rows.shape)
    return found, inside
