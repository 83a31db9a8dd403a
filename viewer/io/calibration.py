"""What a file says its pixels measure, for pictures that have no place in the patient.

PS3.3 10.7.1.3 and the notes in C.8.11.7: Imager Pixel Spacing is at the
detector; Pixel Spacing of a shadow is the patient's only where it was
calibrated, or changed away from the detector's.
"""

from __future__ import annotations

import math

from viewer.core.scale import Scale, ScaleKind, Spacing, in_patient
from viewer.io import tags
from viewer.io.header import Header
from viewer.io.kinds import is_capture, is_projection
from viewer.io.regions import regions_in

_LONGEST_WORDS = 40
_SAME = 1e-3
"""Share by which two spacings may differ and be the same."""
_LARGEST_MM = 100.0
_SMALLEST_MM = 1e-4
_LARGEST_SHAPE = 1000.0
_MAGNIFICATIONS = (1.0, 10.0)
_ULTRASOUND = ("US", "IVUS")
_SECTIONS = ("CT", "MR", "PT", "NM")
_HOW = {
    "GEOMETRY": "for the geometry of the exposure, at an unnamed depth in the patient",
    "FIDUCIAL": "against an object of known size in the picture",
}


def scale_of(header: Header) -> Scale:
    """Return what a pixel of a picture without a place measures."""
    if tags.ULTRASOUND_REGIONS in header.raw:
        return _ultrasound(header)
    modality, sop_class = header.text(tags.MODALITY), header.text(tags.SOP_CLASS)
    found = _calibrated(header)
    if found is None and is_projection(sop_class, modality):
        found = _projected(header)
    if found is None:
        found = _scanned(header)
    if found is None and modality in _SECTIONS and not is_capture(sop_class):
        spacing = _spacing(header, tags.PIXEL_SPACING)
        found = in_patient(spacing) if spacing else None
    return found or _pixels(header, modality)


def _spacing(header: Header, tag: int) -> Spacing | None:
    """Return (row, column) mm as a tag has them, if they are plausible."""
    numbers = header.numbers(tag)
    if len(numbers) != 2 or not all(_SMALLEST_MM <= n <= _LARGEST_MM for n in numbers):
        return None
    return numbers[0], numbers[1]


def _calibrated(header: Header) -> Scale | None:
    how = _HOW.get(header.text(tags.CALIBRATION_TYPE))
    spacing = _spacing(header, tags.PIXEL_SPACING)
    if how is None or spacing is None or header.text(tags.MODALITY) in _ULTRASOUND:
        return None
    said = " ".join(header.text(tags.CALIBRATION_DESCRIPTION).split())[:_LONGEST_WORDS]
    told = f" ({said})" if said else ""
    return Scale(
        ScaleKind.CALIBRATED,
        spacing,
        sentence=f"Pixels were calibrated {how}{told}.",
        detail=f" ({': '.join(filter(None, [header.text(tags.CALIBRATION_TYPE).lower(), said]))})",
    )


def _projected(header: Header) -> Scale | None:
    spacing = _spacing(header, tags.PIXEL_SPACING)
    detector = _spacing(header, tags.IMAGER_PIXEL_SPACING)
    if spacing and detector and max(spacing[0] / detector[0], spacing[1] / detector[1]) > 1 + _SAME:
        sentence = "Pixel Spacing is wider than the detector's, which no magnification explains."
        return Scale(ScaleKind.DETECTOR, spacing, sentence=sentence)
    if spacing and detector and not _alike(spacing, detector):
        sentence = (
            "Pixel Spacing differs from that of the detector: it was corrected for magnification, "
            "at an unnamed depth in the patient."
        )
        return Scale(ScaleKind.CORRECTED, spacing, sentence=sentence)
    middle = _spacing(header, tags.BEAM_CENTRE_SPACING)
    if middle:
        sentence = "Pixels are estimated in the centre of the beam."
        ratio = detector[1] / middle[1] if detector else 1.0
        return Scale(ScaleKind.ESTIMATED, middle, magnification=ratio, sentence=sentence)
    if detector:
        return _at_detector(header, detector)
    if spacing:
        sentence = (
            "Pixel Spacing is not said to be calibrated; it is taken as that at the detector."
        )
        return Scale(ScaleKind.DETECTOR, spacing, sentence=sentence)
    return _in_radiotherapy(header)


def _at_detector(header: Header, detector: Spacing) -> Scale:
    said = header.number(tags.MAGNIFICATION, 0.0)
    how = "as the file estimates it"
    if not _plausible(said):
        source, patient = header.number(tags.TO_DETECTOR, 0.0), header.number(tags.TO_PATIENT, 0.0)
        said = source / patient if source > 0 and patient > 0 else 0.0
        how = "by the distances of source, patient and detector"
    if not _plausible(said):
        sentence = "Only the spacing at the detector is known; the patient lies nearer the source."
        return Scale(ScaleKind.DETECTOR, detector, sentence=sentence)
    return _magnified(detector, said, how)


def _magnified(detector: Spacing, factor: float, how: str) -> Scale:
    spacing = (detector[0] / factor, detector[1] / factor)
    sentence = f"Lengths are estimated at a magnification of {factor:.3g}, {how}."
    return Scale(ScaleKind.ESTIMATED, spacing, magnification=factor, sentence=sentence)


def _plausible(factor: float) -> bool:
    return _MAGNIFICATIONS[0] <= factor <= _MAGNIFICATIONS[1]


def _in_radiotherapy(header: Header) -> Scale | None:
    """Return the scale of an RT image: at its plane, or at the isocentre (PS3.3 C.8.8.2)."""
    plane = _spacing(header, tags.IMAGE_PLANE_SPACING)
    if plane is None:
        return None
    image, axis = header.number(tags.TO_IMAGE_PLANE, 0.0), header.number(tags.TO_AXIS, 0.0)
    if axis > 0 and _plausible(image / axis):
        return _magnified(plane, image / axis, "at the axis of the machine")
    sentence = "Only the spacing in the plane of the picture is known."
    return Scale(ScaleKind.DETECTOR, plane, sentence=sentence)


def _scanned(header: Header) -> Scale | None:
    spacing = _spacing(header, tags.NOMINAL_SCANNED_SPACING)
    if spacing is None:
        return None
    sentence = "The spacing is that of the sheet that was scanned, not of the patient."
    return Scale(ScaleKind.SCANNED, spacing, sentence=sentence)


def _pixels(header: Header, modality: str) -> Scale:
    """Return pixels without mm, in the shape that the file gives them."""
    unsaid = ""
    if _spacing(header, tags.PIXEL_SPACING):
        what = "an ultrasound picture" if modality in _ULTRASOUND else "a captured picture"
        unsaid = f" Pixel Spacing in {what} is not said to be the patient's."
    shape = header.numbers(tags.PIXEL_ASPECT_RATIO)
    square = len(shape) != 2 or min(shape) <= 0 or shape[0] == shape[1]
    if square or not 1 / _LARGEST_SHAPE <= shape[0] / shape[1] <= _LARGEST_SHAPE:
        return Scale(sentence=f"The file does not say how large pixels are.{unsaid}")
    sentence = f"Only the shape of pixels is known, not their size.{unsaid}"
    return Scale(ScaleKind.ASPECT, shape=(shape[0] / shape[1], 1.0), sentence=sentence)


def _ultrasound(header: Header) -> Scale:
    told = header.raw[tags.ULTRASOUND_REGIONS]
    regions = regions_in(told, header.integer(tags.ROWS), header.integer(tags.COLUMNS))
    if not regions:
        return _pixels(header, "US")
    bodies = sum(1 for region in regions if region.spacing_mm is not None)
    sentence = {
        0: "No ultrasound region has lengths in the patient.",
        1: "Lengths hold inside the one calibrated ultrasound region.",
    }.get(bodies, f"Lengths hold inside each of {bodies} calibrated ultrasound regions.")
    shape = _pixels(header, "US").shape
    return Scale(ScaleKind.REGIONS, shape=shape, sentence=sentence, regions=regions)


def _alike(one: Spacing, other: Spacing) -> bool:
    return all(math.isclose(a, b, rel_tol=_SAME) for a, b in zip(one, other, strict=True))
