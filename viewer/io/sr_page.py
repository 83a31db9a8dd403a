"""Any structured report as a page that can be read: headings, words, numbers, people.

Every template can be read this way, whether or not its groups are understood. Each text
comes from a file and is escaped; what is too deep or too much ends with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from pydicom.dataset import Dataset

from viewer.core.errors import Unreadable
from viewer.io.concepts import code_of, quiet, spoken_name
from viewer.io.object_file import DAMAGE, first_line, read_object
from viewer.io.sr_tree import children

_REPORT = "1.2.840.10008.5.1.4.1.1.88."
_MOST_ITEMS = 5000
_DEEPEST = 50
_LONGEST = 4000


def is_report(sop_class: str) -> bool:
    """Tell whether a SOP class is a structured report that is read by people."""
    return sop_class.startswith(_REPORT) and not sop_class.endswith(".88.59")


def report_page_of(path: Path) -> str:
    """Return a report as HTML.

    Raises:
        Unreadable: if it is no report or is damaged.
    """
    try:
        with quiet():
            report = read_object(path)
            return _page(report)
    except Unreadable as error:
        raise Unreadable(f"{path.name}: {error}", code=error.code) from error
    except DAMAGE as error:
        raise Unreadable(
            f"{path.name} is no readable DICOM structured report ({first_line(error)}).",
            code="bad_report",
        ) from error


def _page(report: Dataset) -> str:
    if not is_report(str(report.get("SOPClassUID", "") or "")):
        raise Unreadable("it is no structured report.", code="no_report")
    if "ContentSequence" not in report:
        raise Unreadable("it is a report without content.", code="empty_report")
    facts = "".join(f"<b>{escape(name)}:</b> {escape(value)}<br>" for name, value in _facts(report))
    tree = _Tree()
    body = "".join(tree.told(child, 1) for child in children(report))
    end = f"<p><i>{escape(tree.cut)}</i></p>" if tree.cut else ""
    return f"<h2>{escape(_name(report) or 'Report')}</h2><p>{facts}</p>{body}{end}"


def _facts(report: Dataset) -> list[tuple[str, str]]:
    date = str(report.get("ContentDate", "") or "")
    flags = [str(report.get(word, "") or "") for word in ("CompletionFlag", "VerificationFlag")]
    who = [
        spoken_name(str(one.get("VerifyingObserverName", "") or ""))
        for one in report.get("VerifyingObserverSequence") or ()
    ]
    facts = [
        ("Patient", str(report.get("PatientName", "") or "").replace("^", " ").strip()),
        ("Patient ID", str(report.get("PatientID", "") or "")),
        ("Date", f"{date[:4]}-{date[4:6]}-{date[6:]}" if len(date) == 8 else date),
        ("State", ", ".join(flag.lower() for flag in flags if flag)),
        ("Verified by", ", ".join(who)),
        ("Made by", str(report.get("Manufacturer", "") or "")),
    ]
    return [(name, value) for name, value in facts if value]


class _Tree:
    """Tells the items of a report one after the other, so many and no more."""

    def __init__(self) -> None:
        self._told = 0
        self.cut = ""

    def told(self, item: Dataset, depth: int) -> str:
        """Return an item and all below it as HTML."""
        self._told += 1
        if self._told > _MOST_ITEMS:
            self.cut = f"The report goes on; only its first {_MOST_ITEMS} items are shown."
            return ""
        if depth > _DEEPEST:
            self.cut = f"What lies deeper than {_DEEPEST} levels is not shown."
            return ""
        name, value = _name(item), _value(item)
        below = "".join(self.told(child, depth + 1) for child in children(item))
        if item.get("ValueType") == "CONTAINER":
            level = min(depth + 2, 6)
            return f"<h{level}>{escape(name)}</h{level}><div>{below}</div>"
        words = f"{escape(name)}: {value}" if name and value else value or escape(name)
        return f"<ul><li>{words}{below}</li></ul>" if words or below else ""


def _name(item: Dataset) -> str:
    names = item.get("ConceptNameCodeSequence")
    try:
        return code_of(names[0]).meaning[:_LONGEST] if names else ""
    except Unreadable:
        return ""


def _value(item: Dataset) -> str:
    """Return the value of an item as HTML."""
    teller = _TELLERS.get(str(item.get("ValueType", "") or ""))
    if teller is not None:
        return teller(item)
    if item.get("ReferencedContentItemIdentifier") is not None:
        return "<i>see above</i>"
    return ""


def _text(keyword: str) -> Callable[[Dataset], str]:
    def told(item: Dataset) -> str:
        text = str(item.get(keyword, "") or "").replace("\r\n", "\n")[:_LONGEST]
        return escape(text).replace("\n", "<br>")

    return told


def _person(item: Dataset) -> str:
    return escape(str(item.get("PersonName", "") or "").replace("^", " ").strip()[:200])


def _code(item: Dataset) -> str:
    codes = item.get("ConceptCodeSequence")
    return escape(code_of(codes[0]).meaning[:_LONGEST]) if codes else ""


def _number(item: Dataset) -> str:
    for value in item.get("MeasuredValueSequence") or ():
        units = value.get("MeasurementUnitsCodeSequence")
        unit = code_of(units[0]).value if units else ""
        number = value.get("NumericValue")
        words = "" if number is None else f"{number} {'' if unit == '1' else unit}".strip()
        return f"<b>{escape(words)}</b>"
    return "<i>not measured</i>"


def _picture(item: Dataset) -> str:
    uids = [
        str(one.get("ReferencedSOPInstanceUID", "") or "")
        for one in item.get("ReferencedSOPSequence") or ()
    ]
    return f"<i>image {escape(', '.join(uids)[:_LONGEST])}</i>" if uids else ""


def _shape(item: Dataset) -> str:
    numbers = item.get("GraphicData")
    each = 3 if item.get("ValueType") == "SCOORD3D" else 2
    size = 0 if numbers is None else 1 if isinstance(numbers, float) else len(numbers)
    kind = str(item.get("GraphicType", "") or "graphic").lower()
    count = size // each
    return f"<i>{escape(kind)} of {count} point{'' if count == 1 else 's'}</i>"


_TELLERS: dict[str, Callable[[Dataset], str]] = {
    "TEXT": _text("TextValue"),
    "DATE": _text("Date"),
    "TIME": _text("Time"),
    "DATETIME": _text("DateTime"),
    "UIDREF": _text("UID"),
    "PNAME": _person,
    "CODE": _code,
    "NUM": _number,
    "IMAGE": _picture,
    "COMPOSITE": _picture,
    "WAVEFORM": _picture,
    "SCOORD": _shape,
    "SCOORD3D": _shape,
}
