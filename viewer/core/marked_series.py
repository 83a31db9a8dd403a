"""Series in which another program may have drawn what it found, told by their headers alone.

No attribute says so. These rules would rather keep a picture back that holds no marks than show
one that does; but photographs, and paper and film that was scanned, are never among them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from viewer.core.study import Series, SeriesKind, Study

_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
"""Secondary Capture Image Storage, and the beginning of its multi-frame kinds (PS3.4 B.5)."""
_SCANNED = ("SD", "SI", "DF")
"""Conversion types of what a scanner or a digitiser of films made (PS3.3 C.8.6.1)."""
_SEEN = ("XC", "DOC", "ES", "GM", "SM", "OP", "ECG")
"""Modalities of photographs, endoscopes, microscopes, documents and curves."""
_CAD_REPORTS = {
    "1.2.840.10008.5.1.4.1.1.88.50": "Mammography CAD SR",
    "1.2.840.10008.5.1.4.1.1.88.65": "Chest CAD SR",
    "1.2.840.10008.5.1.4.1.1.88.69": "Colon CAD SR",
}
_CAD = re.compile(r"(?<![a-z])cad(?![a-z])", re.IGNORECASE)


def marked_series(study: Study) -> Mapping[str, str]:
    """Return the keys of series that may show what a program found, and why it is thought so.

    1. A report of one of the kinds that only CAD writes.
    2. Derived images whose image type or description has the word CAD.
    3. A secondary capture, unless it was scanned or photographed, in a study that has images of
       its own: if it has the modality of one of them, lies in the same frame of reference, or
       says that it is derived.
    """
    images = [one for one in study.series if _has_pictures(one) and not is_capture(one)]
    modalities = {one.modality for one in images}
    spaces = {one.frame_of_reference_uid for one in images} - {""}
    found: dict[str, str] = {}
    for series in study.series:
        why = _why(series, modalities, spaces)
        if why:
            found.update((one.key, why) for one in (series, *series.parts))
    return found


def is_capture(series: Series) -> bool:
    """Tell whether a series holds secondary captures."""
    uid = series.instances[0].sop_class_uid if series.instances else ""
    return uid == _CAPTURE or uid.startswith(f"{_CAPTURE}.")


def _has_pictures(series: Series) -> bool:
    return series.kind is not SeriesKind.OBJECT and bool(series.instances)


def _why(series: Series, modalities: set[str], spaces: set[str]) -> str:
    sop_class = series.instances[0].sop_class_uid if series.instances else ""
    if sop_class in _CAD_REPORTS:
        return f"Report of a program ({_CAD_REPORTS[sop_class]})."
    if not _has_pictures(series):
        return ""
    derived = series.image_type[:1] == ("DERIVED",)
    if not is_capture(series):
        words = " ".join((*series.image_type[2:], series.description))
        return "Derived images named CAD." if derived and _CAD.search(words) else ""
    if not modalities or series.conversion in _SCANNED or series.modality in _SEEN:
        return ""
    if series.modality in modalities:
        return f"Secondary capture, {series.modality} like the images."
    if series.frame_of_reference_uid in spaces:
        return "Secondary capture in the space of the images."
    return "Secondary capture, derived." if derived else ""
