"""Coded words: what a thing is, said so that another program understands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """A term of a coding scheme (PS3.3 8.8): value, scheme, meaning."""

    value: str
    scheme: str
    meaning: str


NODULE = Code("27925004", "SCT", "Nodule")
LESION = Code("52988006", "SCT", "Lesion")
LUNG = Code("39607008", "SCT", "Lung")
LEFT_LUNG = Code("44029006", "SCT", "Left lung")
RIGHT_LUNG = Code("3341006", "SCT", "Right lung")
AIRWAY = Code("89187006", "SCT", "Airway structure")
TISSUE = Code("85756007", "SCT", "Tissue")
MORPHOLOGICALLY_ABNORMAL = Code("49755003", "SCT", "Morphologically Abnormal Structure")
ANATOMICAL_STRUCTURE = Code("123037004", "SCT", "Anatomical Structure")

MILLIMETRE = Code("mm", "UCUM", "mm")
CUBIC_MILLIMETRE = Code("mm3", "UCUM", "mm3")
HOUNSFIELD = Code("[hnsf'U]", "UCUM", "Hounsfield unit")
NO_UNIT = Code("1", "UCUM", "no units")

LENGTH = Code("410668003", "SCT", "Length")
PATH_LENGTH = Code("121211", "DCM", "Path length")
ANGLE = Code("1483009", "SCT", "Angle")
COBB_ANGLE = Code("285285000", "SCT", "Cobb angle")
LONG_AXIS = Code("103339001", "SCT", "Long axis")
SHORT_AXIS = Code("103340004", "SCT", "Short axis")
RADIUS = Code("131190003", "SCT", "Radius")
AREA = Code("42798000", "SCT", "Area")
PERIMETER = Code("131191004", "SCT", "Perimeter")
VOLUME = Code("118565006", "SCT", "Volume")
VALUE = Code("value", "99SKIAGRAM", "Value of the image")
MEAN = Code("373098007", "SCT", "Mean")
STANDARD_DEVIATION = Code("386136009", "SCT", "Standard Deviation")
MINIMUM = Code("255605001", "SCT", "Minimum")
MAXIMUM = Code("56851009", "SCT", "Maximum")
MEDIAN = Code("373099004", "SCT", "Median")
PERCENTILE_5 = Code("371888009", "SCT", "5th percentile")
PERCENTILE_95 = Code("371889001", "SCT", "95th percentile")
TRUE_LENGTH = Code("true_length", "99SKIAGRAM", "True length, as the reader gave it")
PIXELS_INSIDE = Code("pixels_inside", "99SKIAGRAM", "Number of pixels measured")

DEGREE = Code("deg", "UCUM", "deg")
SQUARE_MILLIMETRE = Code("mm2", "UCUM", "mm2")
PIXEL = Code("{pixels}", "UCUM", "pixels")
SQUARE_PIXEL = Code("{pixels}2", "UCUM", "square pixels")
