"""Softcopy presentation states read: ours and those of others (PS3.3 A.33).

What cannot be shown (bitmap shutters, compound graphics, blending) is named in a notice;
numbers that make no sense make the file unreadable, never a wrong picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset

from viewer.core.errors import Unreadable
from viewer.core.graphics import Shown
from viewer.core.presentation import Display, Drawing, DrawingKind, Presentation, Shutter, Spot
from viewer.core.study import Notice
from viewer.core.window import Curve, Window
from viewer.io.concepts import quiet, spoken_name
from viewer.io.gsps import COLOUR, GREY
from viewer.io.object_file import DAMAGE, first_line, read_object
from viewer.io.seg_read import References

PRESENTATIONS = "1.2.840.10008.5.1.4.1.1.11."
_MOST_ITEMS = 20_000
_MOST_POINTS = 200_000
_CURVES = {"LINEAR": Curve.LINEAR, "LINEAR_EXACT": Curve.EXACT, "SIGMOID": Curve.SIGMOID}
_FEWEST = {
    DrawingKind.POINT: 1,
    DrawingKind.POLYLINE: 2,
    DrawingKind.INTERPOLATED: 2,
    DrawingKind.CIRCLE: 2,
    DrawingKind.ELLIPSE: 4,
}


def read_presentation(path: Path) -> Presentation:
    """Read a grey or colour presentation state.

    Raises:
        Unreadable: if it is none, is of a kind that is not shown, or is damaged.
    """
    return _read(path)[0]


def presentation_references(path: Path) -> References:
    """Return the patient, study, series and pictures that a presentation state names."""
    state, document = _read(path)
    series = [
        str(one.get("SeriesInstanceUID", "") or "")
        for one in document.get("ReferencedSeriesSequence") or ()
    ]
    return References(
        str(document.get("PatientID", "") or ""),
        str(document.get("StudyInstanceUID", "") or ""),
        series[0] if len(series) == 1 else "",
        "",
        tuple(dict.fromkeys(uid for uid, _ in state.pictures)),
    )


def _read(path: Path) -> tuple[Presentation, Dataset]:
    try:
        with quiet():
            document = read_object(path)
            return _state(document), document
    except Unreadable as error:
        raise Unreadable(f"{path.name}: {error}", code=error.code) from error
    except DAMAGE as error:
        raise Unreadable(
            f"{path.name} is no readable presentation state ({first_line(error)}).",
            code="bad_presentation",
        ) from error


def _state(document: Dataset) -> Presentation:
    sop_class = str(document.get("SOPClassUID", "") or "")
    if sop_class not in (GREY, COLOUR):
        if sop_class.startswith(PRESENTATIONS):
            raise Unreadable(
                "only grey and colour presentation states of one image are shown, and this one "
                "blends or colours images.",
                code="other_presentation",
            )
        raise Unreadable("it is no presentation state.", code="no_presentation")
    pictures = tuple(_pictures(document))
    if not pictures:
        raise Unreadable("it names no pictures.", code="no_pictures")
    notices: list[Notice] = []
    windows = _windows(document, notices)
    areas = _areas(document)
    notices += _sizes(document)
    common = _display(document, windows.get(None), areas.get(None))
    own = {
        shown: _display(
            document,
            windows.get(shown[0], windows.get(None)),
            areas.get(shown[0], areas.get(None)),
        )
        for shown in pictures
        if shown[0] in windows or shown[0] in areas
    }
    drawings = _drawings(document, pictures, notices)
    creator = spoken_name(str(document.get("ContentCreatorName", "") or "").strip())
    date = str(document.get("PresentationCreationDate", "") or "")
    return Presentation(
        id=str(document.get("SOPInstanceUID", "") or ""),
        label=str(document.get("ContentLabel", "") or "").strip(),
        pictures=pictures,
        display=common,
        displays=own,
        drawings=drawings,
        shutters=_shutters(document, notices),
        description=str(document.get("ContentDescription", "") or "").strip(),
        creator=creator.replace("^", " ").strip(),
        made_at=f"{date[:4]}-{date[4:6]}-{date[6:]}" if len(date) == 8 else date,
        notices=tuple(notices),
    )


def _pictures(document: Dataset) -> Iterator[Shown]:
    count = 0
    for series in document.get("ReferencedSeriesSequence") or ():
        for image in series.get("ReferencedImageSequence") or ():
            count += 1
            if count > _MOST_ITEMS:
                raise Unreadable(f"it names more than {_MOST_ITEMS} pictures.", code="too_many")
            yield from _named(image)


def _named(image: Dataset) -> Iterator[Shown]:
    uid = str(image.get("ReferencedSOPInstanceUID", "") or "")
    frames = image.get("ReferencedFrameNumber")
    numbers = [frames] if isinstance(frames, int) else list(frames or [1])
    yield from ((uid, max(int(number) - 1, 0)) for number in numbers)


def _for_which(item: Dataset) -> list[str | None]:
    """Return the UIDs of the pictures an item is for; None for all."""
    named = item.get("ReferencedImageSequence")
    if not named:
        return [None]
    return [str(one.get("ReferencedSOPInstanceUID", "") or "") for one in named]


# -- tones, area, turn -------------------------------------------------------------------


def _windows(document: Dataset, notices: list[Notice]) -> dict[str | None, Window]:
    found: dict[str | None, Window] = {}
    for item in document.get("SoftcopyVOILUTSequence") or ():
        window = _window(item)
        if window is None:
            words = "The presentation state has a table of greys, which is not applied."
            notices.append(Notice("voi_table", words))
            continue
        for uid in _for_which(item):
            found[uid] = window
    return found


def _window(item: Dataset) -> Window | None:
    centre, width = (_first(item.get(word)) for word in ("WindowCenter", "WindowWidth"))
    if centre is None or width is None:
        return None
    curve = _CURVES.get(str(item.get("VOILUTFunction", "") or "LINEAR"), Curve.LINEAR)
    if not width > 0 or (curve is Curve.LINEAR and width < 1):
        raise Unreadable(f"its window is {width:g} wide.", code="bad_window")
    return Window(centre, width, curve)


def _first(value: object) -> float | None:
    if value is None or value == "":
        return None
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = value[0] if value else None
    return None if value is None else _finite(value)


def _finite(value: object) -> float:
    number = float(str(value))
    if not np.isfinite(number):
        raise Unreadable("it holds a number that is none.", code="bad_number")
    return number


def _areas(
    document: Dataset,
) -> dict[str | None, tuple[tuple[Spot, Spot] | None, float | None]]:
    found: dict[str | None, tuple[tuple[Spot, Spot] | None, float | None]] = {}
    for item in document.get("DisplayedAreaSelectionSequence") or ():
        low = item.get("DisplayedAreaTopLeftHandCorner")
        high = item.get("DisplayedAreaBottomRightHandCorner")
        if low is None or high is None:
            continue
        ends = [(_finite(x) - 1, _finite(y) - 1) for x, y in (low, high)]
        (left, top), (right, bottom) = ends
        area = ((min(left, right), min(top, bottom)), (max(left, right), max(top, bottom)))
        factor = None
        if item.get("PresentationSizeMode") == "MAGNIFY":
            factor = _first(item.get("PresentationPixelMagnificationRatio"))
        for uid in _for_which(item):
            found[uid] = area, factor
    return found


def _sizes(document: Dataset) -> Iterator[Notice]:
    """Say where another size is asked for than the one that fits the view."""
    for item in document.get("DisplayedAreaSelectionSequence") or ():
        if item.get("PresentationSizeMode") in ("TRUE SIZE", "MAGNIFY"):
            words = "The presentation state asks for a size of its own; its area fits the view."
            yield Notice("size_not_applied", words)
            return


def _display(
    document: Dataset,
    window: Window | None,
    area: tuple[tuple[Spot, Spot] | None, float | None] | None,
) -> Display:
    rotation = int(document.get("ImageRotation", 0) or 0)
    if rotation % 90:
        raise Unreadable(f"it turns pictures by {rotation} degrees.", code="bad_turn")
    corners, factor = area or (None, None)
    return Display(
        window=window,
        inverted=_inverted(document),
        quarter_turns=rotation // 90 % 4,
        flipped=document.get("ImageHorizontalFlip") == "Y",
        area=corners,
        magnification=factor,
    )


def _inverted(document: Dataset) -> bool:
    if document.get("PresentationLUTShape") == "INVERSE":
        return True
    tables = document.get("PresentationLUTSequence")
    if not tables:
        return False
    data = np.atleast_1d(np.asarray(tables[0].get("LUTData"), dtype=object))
    return len(data) > 1 and int(data[0]) > int(data[-1])


# -- graphics -----------------------------------------------------------------------------


def _drawings(
    document: Dataset, pictures: tuple[Shown, ...], notices: list[Notice]
) -> dict[Shown, tuple[Drawing, ...]]:
    found: dict[Shown, list[Drawing]] = {}
    count = 0
    for item in document.get("GraphicAnnotationSequence") or ():
        named = item.get("ReferencedImageSequence")
        over = [shown for one in named for shown in _named(one)] if named else list(pictures)
        made = [*_lines(item, notices), *_texts(item)]
        count += sum(max(len(one.points), 1) for one in made) * max(len(over), 1)
        if count > _MOST_POINTS:
            raise Unreadable(f"it draws more than {_MOST_POINTS} points.", code="too_many")
        for shown in over:
            found.setdefault(shown, []).extend(made)
        if item.get("CompoundGraphicSequence") and not made:
            words = "Some graphics of the presentation state are compound, and are not shown."
            notices.append(Notice("compound_graphics", words))
    return {shown: tuple(drawings) for shown, drawings in found.items()}


def _lines(item: Dataset, notices: list[Notice]) -> Iterator[Drawing]:
    for one in item.get("GraphicObjectSequence") or ():
        word = str(one.get("GraphicType", "") or "").lower()
        if word not in {kind.value for kind in _FEWEST}:
            words = f"A graphic of the kind {word.upper()[:16]} is not shown."
            notices.append(Notice("unknown_graphic", words))
            continue
        kind, on_screen = DrawingKind(word), one.get("GraphicAnnotationUnits") == "DISPLAY"
        numbers = [_finite(part) for part in one.get("GraphicData") or ()]
        if len(numbers) % 2 or len(numbers) // 2 < _FEWEST[kind]:
            raise Unreadable(f"a {word} of it has too few points.", code="bad_graphic")
        points = tuple(
            _spot(x, y, on_screen) for x, y in zip(numbers[::2], numbers[1::2], strict=True)
        )
        filled = one.get("GraphicFilled") == "Y"
        yield Drawing(kind, points, filled=filled, on_screen=on_screen)


def _texts(item: Dataset) -> Iterator[Drawing]:
    for one in item.get("TextObjectSequence") or ():
        text = str(one.get("UnformattedTextValue", "") or "")[:1024]
        words = tuple(line.strip() for line in text.splitlines() if line.strip())
        anchor, box = one.get("AnchorPoint"), one.get("BoundingBoxTopLeftHandCorner")
        if not words or (anchor is None and box is None):
            continue
        prefix = "BoundingBox" if box is not None else "AnchorPoint"
        on_screen = one.get(f"{prefix}AnnotationUnits") == "DISPLAY"
        x, y = (_finite(part) for part in (anchor if box is None else box))
        points = [_spot(x, y, on_screen)]
        same = one.get("AnchorPointAnnotationUnits") == one.get("BoundingBoxAnnotationUnits")
        if box is not None and anchor is not None and same:
            x, y = (_finite(part) for part in anchor)
            points.append(_spot(x, y, on_screen))
        yield Drawing(DrawingKind.TEXT, tuple(points), words, on_screen=on_screen)


def _spot(x: float, y: float, on_screen: bool) -> Spot:  # noqa: FBT001 - a unit, not a switch
    return (x, y) if on_screen else (x - 0.5, y - 0.5)


# -- shutters -------------------------------------------------------------------------------


def _shutters(document: Dataset, notices: list[Notice]) -> tuple[Shutter, ...]:
    shapes = document.get("ShutterShape")
    words = [shapes] if isinstance(shapes, str) else list(shapes or ())
    found = []
    for word in words:
        if word not in Shutter.SHAPES:
            sentence = f"A {str(word)[:16].lower()} shutter is not applied: all is shown."
            notices.append(Notice("shutter_not_applied", sentence))
            continue
        found.append(Shutter(word, tuple(_corners(document, word))))
    return tuple(found)


def _corners(document: Dataset, shape: str) -> list[Spot]:
    if shape == "RECTANGULAR":
        left, right = document.ShutterLeftVerticalEdge, document.ShutterRightVerticalEdge
        top, bottom = document.ShutterUpperHorizontalEdge, document.ShutterLowerHorizontalEdge
        return [(_finite(left) - 1, _finite(top) - 1), (_finite(right) - 1, _finite(bottom) - 1)]
    if shape == "CIRCULAR":
        row, column = (_finite(part) - 1 for part in document.CenterOfCircularShutter)
        return [(column, row), (column + _finite(document.RadiusOfCircularShutter), row)]
    parts = [_finite(part) - 1 for part in document.VerticesOfThePolygonalShutter]
    if len(parts) % 2 or len(parts) < 6 or len(parts) > 2 * _MOST_ITEMS:
        raise Unreadable("its polygonal shutter has no shape.", code="bad_shutter")
    return [(column, row) for row, column in zip(parts[::2], parts[1::2], strict=True)]
