"""Label maps in files that are not DICOM: whole numbers on a grid, a layer for each volume."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.author import Author
from viewer.core.errors import Unreadable
from viewer.core.label_map import LabelMap
from viewer.core.progress import Part, Progress
from viewer.core.segmentation import Segment, Segmentation
from viewer.io.grids import Grid
from viewer.io.other_formats import content_uid, grid_in
from viewer.io.other_loading import Slices
from viewer.io.seg_room import label_room
from viewer.io.seg_words import Words, plain_segment
from viewer.io.stored_numbers import Packed

Labels: TypeAlias = NDArray[np.unsignedinteger]

_MOST_LAYERS = 200
_MOST_LABELS = 5_000
_LARGEST = 65535


def label_layers(path: Path, kind: str, progress: Progress) -> tuple[Grid, list[Labels]]:
    """Read the volumes of a NIfTI, NRRD or MetaImage file as labels (slice, row, column).

    Raises:
        Unreadable: if it is damaged, or holds anything but whole numbers from 0 to 65535.
        Declined: if there is no room for them.
        Cancelled: if they are no longer wanted.
    """
    try:
        found = grid_in(path, kind)
        if found.colour or found.moments.count > _MOST_LAYERS:
            raise _no_labels(path, "pictures in colour" if found.colour else "very many volumes")
        count = found.moments.count
        parts = [Part(progress, n / count, (n + 1) / count) for n in range(count)]
        return found, [_layer(path, found, n, part) for n, part in enumerate(parts)]
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Unreadable(f"{path.name} cannot be read ({why})", code="unreadable") from error
    except Unreadable as error:
        said = str(error)
        named = said if path.name in said else f"{path.name}: {said}"
        raise Unreadable(named, code=error.code) from error


def _layer(path: Path, found: Grid, number: int, progress: Progress) -> Labels:
    slices = Slices(found, number)
    if isinstance(slices.source, Packed):
        slices.source.approach(slices.start, progress)
    small = found.numbers.dtype.itemsize == 1 and (found.slope, found.intercept) == (1.0, 0.0)
    labels = label_room(found.geometry.shape, np.uint8 if small else np.uint16)
    sheet = np.empty(slices.shape, slices.dtype)
    for index in range(len(labels)):
        progress.report(index / len(labels), path.name)
        slices.read(index, sheet)
        labels[index] = _whole(path, sheet, found, scaled=not slices.kept)
    return labels


def _whole(
    path: Path, sheet: NDArray[np.generic], found: Grid, *, scaled: bool
) -> NDArray[np.generic]:
    """Return the values of a slice as labels."""
    values = sheet
    if not scaled and (found.slope, found.intercept) != (1.0, 0.0):
        values = np.asarray(sheet, np.float64) * found.slope + found.intercept
    if values.dtype.kind == "f":
        near = np.rint(values)
        if not np.isfinite(values).all() or np.abs(values - near).max() > 1e-3:
            raise _no_labels(path, "numbers with fractions")
        values = near
    if values.size and (float(values.min()) < 0 or float(values.max()) > _LARGEST):
        raise _no_labels(path, "numbers below 0 or above 65535")
    return values


def _no_labels(path: Path, what: str) -> Unreadable:
    sentence = f"{path.name} is no label map: it holds {what}."
    return Unreadable(sentence, code="no_labels")


def layer_segmentation(
    path: Path,
    found: Grid,
    labels: Labels,
    words: Words | None,
    series_key: str,
    layer: tuple[int, int] = (0, 1),
) -> Segmentation:
    """Return one of several layers of a file as a segmentation on the file's own grid.

    Raises:
        Unreadable: if it holds more labels than any label map.
    """
    number, count = layer
    label_map = LabelMap.of(labels)
    present = np.flatnonzero(label_map.counts())
    present = present[present > 0]
    if len(present) > _MOST_LABELS:
        raise _no_labels(path, f"{len(present)} different numbers")
    named: Mapping[int, Segment] = words.segments if words else {}
    stem = path.name.partition(".")[0]
    alone = not named and len(present) == 1
    unnamed = {
        int(label): plain_segment(int(label), stem if alone else "")
        for label in present
        if int(label) not in named
    }
    everything = {**named, **unnamed}
    title = (words.title if words else "") or path.name
    uid = (words.id if words else "") or content_uid((path, *found.sources))
    return Segmentation(
        id=uid if number == 0 else f"{uid}.{number}",
        title=title if count == 1 or (words and words.title) else f"{title} ({number + 1})",
        label_map=label_map,
        geometry=found.geometry,
        segments=tuple(everything.values()),
        author=(words.author if words else None) or Author("unknown"),
        series_key=series_key,
        status=words.status if words else "imported",
    )
