"""Softcopy presentation states written: how pictures are shown and what is drawn over them.

Grey pictures get a Grayscale Softcopy Presentation State, coloured ones a Color Softcopy
Presentation State (PS3.3 A.33). Places are stored from the upper left corner of the first
pixel (C.10.5), so that its centre is 0.5, 0.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydicom import dcmread
from pydicom.dataset import Dataset

from viewer.core.errors import Declined
from viewer.core.graphics import Shown
from viewer.core.presentation import Display, Drawing, DrawingKind, Presentation, Shutter, Spot
from viewer.core.study import Series
from viewer.core.window import Curve
from viewer.io.concepts import person_name, quiet, short
from viewer.io.new_object import image_item, new_object, stamp_content, write_object
from viewer.io.sources import source_headers

GREY = "1.2.840.10008.5.1.4.1.1.11.1"
COLOUR = "1.2.840.10008.5.1.4.1.1.11.2"
_LAYER = "SKIAGRAM"
_FUNCTIONS = {Curve.LINEAR: "LINEAR", Curve.EXACT: "LINEAR_EXACT", Curve.SIGMOID: "SIGMOID"}
_MOST_POINTS = 8000
_WHITE = 0xFFFF
_BLACK_IN_LAB = [0, 0x8080, 0x8080]
_AT_TOP_LEFT = {
    (0, False): (0, 0), (1, False): (0, 1), (2, False): (1, 1), (3, False): (1, 0),
    (0, True): (1, 0), (1, True): (0, 0), (2, True): (0, 1), (3, True): (1, 1),
}  # fmt: skip
"""Which end of the columns and of the rows is seen at the upper left, turned and flipped."""


def write_presentation(
    path: Path, state: Presentation, series: Series, *, series_number: int = 9700
) -> str:
    """Write a presentation state of the pictures of a series; return its SOP instance UID.

    Raises:
        Declined: if the window cannot be said in the values of the modality.
    """
    headers = {str(one.SOPInstanceUID): one for one in source_headers(series, placed=False)}
    chosen = [headers[uid] for uid in dict.fromkeys(uid for uid, _ in state.pictures)]
    toned = _toning(series, state)
    colour = toned[0].get("SamplesPerPixel") == 3
    mark = "SYNTHETIC " if series.synthetic else ""
    what = "Graphics" if state.graphics_only else "Presentation"
    first = chosen[0]
    sop_class = COLOUR if colour else GREY
    made = new_object(first, sop_class, "PR", series_number, f"{mark}{what}: {state.label}")
    stamp_content(made, content="PresentationCreation")
    made.ContentLabel = _label(state.label)
    made.ContentDescription = short(state.description)
    made.ContentCreatorName = person_name(state.creator) if state.creator else ""
    made.ReferencedSeriesSequence = [_related(first, chosen, state, _several(series, headers))]
    _add_drawings(made, state, headers, _several(series, headers))
    _add_area(made, state.display, first)
    _add_turn(made, state.display)
    _add_shutters(made, state.shutters)
    if not colour:
        _add_tones(made, state.display, toned)
    else:
        made.ICCProfile = _srgb()
    return write_object(path, made)


def _toning(series: Series, state: Presentation) -> list[Dataset]:
    """Return what the files say of their values, one header for each picture."""
    wanted = {uid for uid, _ in state.pictures}
    words = ["RescaleSlope", "RescaleIntercept", "RescaleType", "SamplesPerPixel"]
    words += ["ModalityLUTSequence", "PhotometricInterpretation"]
    paths = {one.path for one in series.instances if one.sop_instance_uid in wanted}
    with quiet():
        return [
            dcmread(path, stop_before_pixels=True, specific_tags=list(words))
            for path in sorted(paths)
        ]


def _several(series: Series, headers: dict[str, Dataset]) -> frozenset[str]:
    """Return the UIDs of files with more than one picture."""
    named = {one.sop_instance_uid for one in series.instances if one.frame > 0}
    many = {uid for uid, one in headers.items() if int(one.get("NumberOfFrames") or 1) > 1}
    return frozenset(named | many)


def _label(label: str) -> str:
    """Return a label as a code string: capitals, digits, spaces and underscores."""
    plain = short(label, 64).upper()
    kept = "".join(c if c.isascii() and (c.isalnum() or c == " ") else "_" for c in plain)
    return kept[:16].strip() or "PRESENTATION"


def _related(
    first: Dataset, chosen: Sequence[Dataset], state: Presentation, several: frozenset[str]
) -> Dataset:
    item = Dataset()
    item.SeriesInstanceUID = first.SeriesInstanceUID
    item.ReferencedImageSequence = [
        image_item(one, _frames(state, str(one.SOPInstanceUID), several)) for one in chosen
    ]
    return item


def _frames(state: Presentation, uid: str, several: frozenset[str]) -> list[int] | None:
    if uid not in several:
        return None
    return sorted({frame + 1 for known, frame in state.pictures if known == uid})


# -- graphics ---------------------------------------------------------------------


def _add_drawings(
    made: Dataset, state: Presentation, headers: dict[str, Dataset], several: frozenset[str]
) -> None:
    drawn = [(shown, drawings) for shown, drawings in state.drawings.items() if drawings]
    if not drawn:
        return
    made.GraphicAnnotationSequence = [
        _annotation(shown, drawings, headers, several) for shown, drawings in drawn
    ]
    layer = Dataset()
    layer.GraphicLayer, layer.GraphicLayerOrder = _LAYER, 1
    layer.GraphicLayerRecommendedDisplayGrayscaleValue = _WHITE
    layer.GraphicLayerDescription = "What was measured and written"
    made.GraphicLayerSequence = [layer]


def _annotation(
    shown: Shown,
    drawings: Sequence[Drawing],
    headers: dict[str, Dataset],
    several: frozenset[str],
) -> Dataset:
    uid, frame = shown
    item = Dataset()
    item.ReferencedImageSequence = [
        image_item(headers[uid], [frame + 1] if uid in several else None)
    ]
    item.GraphicLayer = _LAYER
    texts = [_text(one) for one in drawings if one.kind is DrawingKind.TEXT]
    lines = [_graphic(one) for one in drawings if one.kind is not DrawingKind.TEXT]
    if texts:
        item.TextObjectSequence = texts
    if lines:
        item.GraphicObjectSequence = lines
    return item


def _graphic(drawing: Drawing) -> Dataset:
    item = Dataset()
    item.GraphicAnnotationUnits = "DISPLAY" if drawing.on_screen else "PIXEL"
    item.GraphicDimensions = 2
    points = drawing.points
    if len(points) > _MOST_POINTS:
        every = -(-len(points) // _MOST_POINTS)
        points = (*points[:-1:every], points[-1])
    item.NumberOfGraphicPoints = len(points)
    item.GraphicData = [part for point in points for part in _stored(point, drawing)]
    item.GraphicType = drawing.kind.value.upper()
    closed = drawing.kind in (DrawingKind.CIRCLE, DrawingKind.ELLIPSE)
    if closed or (len(points) > 2 and points[0] == points[-1]):
        item.GraphicFilled = "Y" if drawing.filled else "N"
    return item


def _text(drawing: Drawing) -> Dataset:
    item = Dataset()
    item.AnchorPointAnnotationUnits = "DISPLAY" if drawing.on_screen else "PIXEL"
    item.UnformattedTextValue = "\r\n".join(short(line, 200) for line in drawing.words)[:1024]
    item.AnchorPoint = list(_stored(drawing.points[-1], drawing))
    item.AnchorPointVisibility = "N"
    return item


def _stored(point: Spot, drawing: Drawing) -> Spot:
    return point if drawing.on_screen else (point[0] + 0.5, point[1] + 0.5)


# -- how it is shown ------------------------------------------------------------------


def _add_area(made: Dataset, display: Display, first: Dataset) -> None:
    item = Dataset()
    (left, top), (right, bottom) = display.area or (
        (0.0, 0.0),
        (int(first.Columns) - 1.0, int(first.Rows) - 1.0),
    )
    columns, rows = (round(left) + 1, round(right) + 1), (round(top) + 1, round(bottom) + 1)
    across, along = _AT_TOP_LEFT[display.quarter_turns % 4, display.flipped]
    item.DisplayedAreaTopLeftHandCorner = [columns[across], rows[along]]
    item.DisplayedAreaBottomRightHandCorner = [columns[1 - across], rows[1 - along]]
    item.PresentationSizeMode = "SCALE TO FIT"
    spacing = first.get("PixelSpacing")
    if spacing:
        item.PresentationPixelSpacing = list(spacing)
    else:
        item.PresentationPixelAspectRatio = list(first.get("PixelAspectRatio") or [1, 1])
    made.DisplayedAreaSelectionSequence = [item]


def _add_turn(made: Dataset, display: Display) -> None:
    made.ImageHorizontalFlip = "Y" if display.flipped else "N"
    made.ImageRotation = 90 * (display.quarter_turns % 4)


def _add_shutters(made: Dataset, shutters: Sequence[Shutter]) -> None:
    """Write shutters in whole pixels, the first of which is 1 (PS3.3 C.7.6.11)."""
    if not shutters:
        return
    made.ShutterShape = [one.shape for one in shutters]
    made.ShutterPresentationValue = 0
    if made.SOPClassUID == COLOUR:
        made.ShutterPresentationColorCIELabValue = _BLACK_IN_LAB
    for shutter in shutters:
        whole = [(round(row) + 1, round(column) + 1) for column, row in shutter.points]
        if shutter.shape == "RECTANGULAR":
            rows, columns = zip(*whole, strict=True)
            made.ShutterLeftVerticalEdge, made.ShutterRightVerticalEdge = min(columns), max(columns)
            made.ShutterUpperHorizontalEdge = min(rows)
            made.ShutterLowerHorizontalEdge = max(rows)
        elif shutter.shape == "CIRCULAR":
            (x, y), (to_x, to_y) = shutter.points
            made.CenterOfCircularShutter = list(whole[0])
            made.RadiusOfCircularShutter = max(round(((x - to_x) ** 2 + (y - to_y) ** 2) ** 0.5), 1)
        else:
            made.VerticesOfThePolygonalShutter = [part for point in whole for part in point]


def _add_tones(made: Dataset, display: Display, toned: Sequence[Dataset]) -> None:
    made.PresentationLUTShape = "INVERSE" if display.inverted else "IDENTITY"
    window = display.window
    scales = {
        (str(one.get("RescaleSlope", 1)), str(one.get("RescaleIntercept", 0))) for one in toned
    }
    odd = len(scales) > 1 or any("ModalityLUTSequence" in one for one in toned)
    if odd and window is None:
        return
    if odd:
        raise Declined(
            "The values of these pictures are scaled each in its own way, so one window in a "
            "presentation state would show some of them wrongly. Save the graphics only.",
            code="several_scales",
        )
    slope, intercept = next(iter(scales))
    if any("RescaleSlope" in one for one in toned):
        made.RescaleIntercept, made.RescaleSlope = intercept, slope
        made.RescaleType = str(toned[0].get("RescaleType") or "US")
    if window is None:
        return
    if window.curve is Curve.TABLE:
        raise Declined(
            "A window that is a table of greys cannot be saved in a presentation state. "
            "Choose a window by its centre and width, or save the graphics only.",
            code="table_window",
        )
    item = Dataset()
    item.WindowCenter, item.WindowWidth = f"{window.centre:.9g}", f"{window.width:.9g}"
    item.VOILUTFunction = _FUNCTIONS[window.curve]
    made.SoftcopyVOILUTSequence = [item]


def _srgb() -> bytes:
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
