"""Our words as DICOM's: codes, texts of limited length, people's names.

Codes of our own have the scheme 99SKIAGRAM; every object that uses one says
in its Coding Scheme Identification Sequence whose it is (PS3.3 C.12.1).
"""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from highdicom.coding_schemes import CodingSchemeIdentificationItem
from highdicom.sr import CodedConcept
from pydicom.dataset import Dataset

from viewer.core.code import CUBIC_MILLIMETRE, HOUNSFIELD, MILLIMETRE, NO_UNIT, Code
from viewer.core.errors import Unreadable
from viewer.core.finding import Status
from viewer.core.units import spelled_now

OUR_SCHEME = "99SKIAGRAM"


def our_code(value: str, meaning: str) -> Code:
    """Return a code of our own scheme."""
    return Code(value, OUR_SCHEME, meaning)


DIAMETER = Code("81827009", "SCT", "Diameter")
VOLUME = Code("118565006", "SCT", "Volume")
CERTAINTY = Code("111012", "DCM", "Certainty of Finding")
MEAN_ATTENUATION = Code("112181", "DCM", "Mean Attenuation Coefficient")
UPTAKES = {
    "g/ml{SUVbw}": (Code("126401", "DCM", "SUVbw"), "body weight"),
    "g/ml{SUVlbm}": (Code("126402", "DCM", "SUVlbm"), "lean body mass (James)"),
    "g/ml{SUVlbm(James128)}": (
        Code("126406", "DCM", "SUVlbm(James128)"),
        "lean body mass (James 128 multiplier)",
    ),
    "g/ml{SUVlbm(Janma)}": (
        Code("126405", "DCM", "SUVlbm(Janma)"),
        "lean body mass (Janma)",
    ),
    "cm2/ml{SUVbsa}": (Code("126403", "DCM", "SUVbsa"), "body surface area"),
    "g/ml{SUVibw}": (Code("126404", "DCM", "SUVibw"), "ideal body weight"),
}
"""Kinds of uptake by their units (PS3.16 CID 85): what they are called, and by what they go."""
MEAN_VALUE = Code("mean_value", OUR_SCHEME, "Mean value of the image")
PERCENT = Code("%", "UCUM", "%")
CENTRE = Code("111010", "DCM", "Center")
BOX = Code("box", OUR_SCHEME, "Two opposite corners of the enclosing box")
FINDING = Code("121071", "DCM", "Finding")
FINDING_SITE = Code("363698007", "SCT", "Finding Site")
COMMENT = Code("121106", "DCM", "Comment")
EXPLANATION = Code("explanation", OUR_SCHEME, "Explanation of the score")
OBSERVER_TYPE = Code("121005", "DCM", "Observer Type")
PERSON = Code("121006", "DCM", "Person")
PERSON_NAME = Code("121008", "DCM", "Person Observer Name")
STATUS = Code("review_status", OUR_SCHEME, "Review status")
STATUSES = {
    Status.PROPOSED: Code("proposed", OUR_SCHEME, "Proposed, not reviewed by a person"),
    Status.ACCEPTED: Code("accepted", OUR_SCHEME, "Accepted by a person"),
    Status.EDITED: Code("edited", OUR_SCHEME, "Edited and accepted by a person"),
    Status.REJECTED: Code("rejected", OUR_SCHEME, "Rejected by a person"),
}
JUDGEMENT = Code("judgement", OUR_SCHEME, "Judgement by a person")

_UNITS = {
    "[hnsf'U]": (MEAN_ATTENUATION, HOUNSFIELD),
    "HU": (MEAN_ATTENUATION, HOUNSFIELD),
    "mm": (MEAN_VALUE, MILLIMETRE),
    "mm3": (MEAN_VALUE, CUBIC_MILLIMETRE),
}


def mean_of(unit: str) -> tuple[Code, Code]:
    """Return what a mean in this unit is called, and the unit as a code."""
    if unit in ("", "1"):
        return MEAN_VALUE, NO_UNIT
    unit = "g/ml{SUVbw}" if unit == "SUVbw" else spelled_now(unit)
    if unit in UPTAKES:
        name, size = UPTAKES[unit]
        return name, Code(unit, "UCUM", f"Standardized Uptake Value {size}")
    return _UNITS.get(unit, (MEAN_VALUE, Code(short(unit, 16), "UCUM", short(unit, 64))))


def coded(code: Code) -> CodedConcept:
    """Return one of our codes as highdicom wants it."""
    return CodedConcept(
        value=short(code.value, 64),
        scheme_designator=short(code.scheme, 16),
        meaning=short(code.meaning, 64) or short(code.value, 64),
    )


def code_of(item: Dataset) -> Code:
    """Return an item of a code sequence (PS3.3 8.8) as a code of ours.

    Raises:
        Unreadable: if it names nothing.
    """
    for keyword in ("CodeValue", "LongCodeValue", "URNCodeValue"):
        if item.get(keyword):
            scheme = str(item.get("CodingSchemeDesignator", "") or "URN")
            meaning = str(item.get("CodeMeaning", "") or item.get(keyword))
            return Code(str(item.get(keyword)), scheme, meaning)
    raise Unreadable("a coded term has no value", code="bad_code")


def same_code(one: Code, other: Code) -> bool:
    """Tell whether two codes mean the same; their wording may differ (PS3.3 8.3)."""
    return (one.value, one.scheme) == (other.value, other.scheme)


def short(text: str, length: int = 64) -> str:
    """Return a text as one DICOM value (PS3.5 6.2): one line, no backslash, so many bytes."""
    line = "".join(" " if ord(letter) < 32 or letter == "\x7f" else letter for letter in text)
    cut = line.replace("\\", "/").strip().encode("utf-8", "replace")[:length]
    return cut.decode("utf-8", "ignore").strip()


def long_text(text: str, length: int = 10000) -> str:
    """Return a text of several lines without control characters."""
    kept = "".join(letter for letter in text if ord(letter) >= 32 or letter == "\n")
    return kept[:length].rstrip()


def person_name(name: str) -> str:
    """Return a name as a DICOM person name; one that is not split up is a family name."""
    plain = short(name.replace("=", " "), 62)
    return plain if "^" in plain else f"{plain}^"


def spoken_name(name: str) -> str:
    """Return the name of a person as it was given to `person_name`."""
    return name[:-1] if name.endswith("^") and name.count("^") == 1 else name


def our_scheme() -> list[CodingSchemeIdentificationItem]:
    """Return who is responsible for the codes of our own scheme."""
    return [
        CodingSchemeIdentificationItem(
            designator=OUR_SCHEME,
            name="Skiagram",
            responsible_organization="Skiagram project",
        )
    ]


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what libraries say about other people's headers from the reader and the log."""
    with _HUSH, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


class _Hush:
    """Errors only, from the libraries, while anybody on any thread wants it so."""

    _loggers = tuple(logging.getLogger(name) for name in ("pydicom", "highdicom"))

    def __init__(self) -> None:
        self._lock, self._wanted = threading.Lock(), 0
        self._before: tuple[int, ...] = ()

    def __enter__(self) -> None:
        with self._lock:
            if self._wanted == 0:
                self._before = tuple(logger.level for logger in self._loggers)
                for logger in self._loggers:
                    logger.setLevel(logging.ERROR)
            self._wanted += 1

    def __exit__(self, *what: object) -> None:
        with self._lock:
            self._wanted -= 1
            if self._wanted == 0:
                for logger, level in zip(self._loggers, self._before, strict=True):
                    logger.setLevel(level)


_HUSH = _Hush()
