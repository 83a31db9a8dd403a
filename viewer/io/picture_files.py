"""Images as a pile of PNG pictures, with a side-car that says where each lies."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.code import HOUNSFIELD
from viewer.core.plane import Plane
from viewer.core.progress import Progress
from viewer.core.stack import Frame, Stack
from viewer.core.study import Series
from viewer.core.volume import Volume, blanked
from viewer.core.window import PRESETS, Window
from viewer.imaging.histogram import auto_window
from viewer.io.atomic import Staging

GEOMETRY = "geometry.json"
Said: TypeAlias = Mapping[str, object]


def write_pictures(
    staging: Staging, image: Volume | Stack, series: Series, progress: Progress, moment: str = ""
) -> None:
    """Write each slice or frame as 8-bit PNG, grey in the first window of the series.

    `moment` begins the names of all files.

    Raises:
        Cancelled: if the work is no longer wanted.
    """
    import imagecodecs

    name, window = window_of(image)
    pictures: list[Said] = []
    count = image.geometry.shape[0] if isinstance(image, Volume) else len(image.frames)
    for number, (values, place) in enumerate(_slices(image)):
        file = f"{moment}slice_{number:04d}.png"
        progress.report(number / count, f"picture {number + 1} of {count}")
        shown, said = _shown(values, _source(image, number), window)
        png = imagecodecs.png_encode(np.ascontiguousarray(shown, np.uint8))
        staging.path(file).write_bytes(png)
        pictures.append({"file": file, **place, **said})
    told = {
        **_about(image, series),
        "window": _told(name, window),
        "inverted": _source(image, count // 2).inverted,
        "pictures": pictures,
    }
    staging.write(moment + GEOMETRY, json.dumps(told, indent=2, ensure_ascii=False).encode())


def _source(image: Volume | Stack, number: int) -> Volume | Frame:
    return image if isinstance(image, Volume) else image.frames[number]


def _shown(
    values: NDArray[np.generic], source: Volume | Frame, window: Window
) -> tuple[NDArray[np.generic], Said]:
    """Return a picture as it is on screen, and how it came so if a frame has ways of its own."""
    if values.ndim == 3:
        return values, {}
    if isinstance(source, Volume):
        return window.grey(values, inverted=source.inverted), {}
    name, own = source.windows[0] if source.windows else ("", window)
    said: Said = {"window": _told(name, own)} if source.windows else {}
    return own.grey(values, inverted=source.inverted), {**said, "inverted": source.inverted}


def _told(name: str, window: Window) -> Said:
    said: Said = {"name": name, "centre": window.centre, "width": window.width}
    return said if window.straight else {**said, "curve": window.curve.value}


def window_of(image: Volume | Stack) -> tuple[str, Window]:
    """Return the window of a series and its name: its own first, else one that fits."""
    if image.windows:
        return image.windows[0]
    if image.modality == "CT" and image.unit == HOUNSFIELD.value:
        return "Soft tissue", PRESETS["Soft tissue"]
    if isinstance(image, Volume):
        return "automatic", auto_window(image)
    frame = image.frames[len(image.frames) // 2]
    values = _scaled(blanked(frame.pixels, frame.padding), frame.slope, frame.intercept)
    body = values[np.isfinite(values)]
    low, high = np.percentile(body, (1, 99)) if body.size else (0.0, 1.0)
    return "automatic", Window.between(float(low), float(high))


def _slices(image: Volume | Stack) -> Iterator[tuple[NDArray[np.generic], Said]]:
    """Return real-world values or colours, and what is to be said of their place."""
    if isinstance(image, Volume):
        for number, voxels in enumerate(image.voxels):
            corner = image.geometry.to_patient((number, 0, 0))
            values = blanked(np.asarray(voxels), image.padding)
            yield _scaled(values, image.slope, image.intercept), {"position": corner.tolist()}
        return
    for frame in image.frames:
        spacing = None if frame.spacing_mm is None else list(frame.spacing_mm)
        scale = {"kind": frame.scale.kind.value, "spacing_mm": frame.scale.spacing_mm}
        place = {"spacing_mm": spacing, "pixel_scale": scale, **_place(frame.plane)}
        if frame.pixels.ndim == 3:
            yield frame.pixels, place
        else:
            values = blanked(frame.pixels, frame.padding)
            yield _scaled(values, frame.slope, frame.intercept), place


def _scaled(pixels: NDArray[np.generic], slope: float, intercept: float) -> NDArray[np.float32]:
    return np.asarray(pixels.astype(np.float32) * np.float32(slope) + np.float32(intercept))


def _place(plane: Plane | None) -> Said:
    if plane is None:
        return {"position": None, "right": None, "down": None}
    return {
        "position": list(plane.origin),
        "right": list(plane.right),
        "down": list(plane.down),
    }


def _about(image: Volume | Stack, series: Series) -> Said:
    return {
        "series_uid": series.uid,
        "series_key": series.key,
        "modality": series.modality,
        "kind": series.kind.value,
        "unit": None if image.unit in ("", "1") else image.unit,
        "synthetic": image.synthetic,
        "axes": "slice, row, column; positions in mm, "
        + ("LPS" if series.in_patient else "not in the patient"),
        **_grid(image, series),
    }


def _grid(image: Volume | Stack, series: Series) -> Said:
    if isinstance(image, Stack):
        shape = [len(image.frames), series.rows, series.columns]
        return {"shape": shape, "spacing_mm": None, "affine": None}
    geometry = image.geometry
    return {
        "shape": list(geometry.shape),
        "spacing_mm": list(geometry.spacing_mm),
        "affine": geometry.affine.tolist(),
    }
