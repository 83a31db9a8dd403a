"""A picture that somebody marked as worth looking at again, and what such marks are for."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.graphics import Shown

KEY_TITLES: tuple[Code, ...] = (
    Code("113000", "DCM", "Of Interest"),
    Code("113002", "DCM", "For Referring Provider"),
    Code("113003", "DCM", "For Surgery"),
    Code("113004", "DCM", "For Teaching"),
    Code("113005", "DCM", "For Conference"),
    Code("113006", "DCM", "For Therapy"),
    Code("113007", "DCM", "For Patient"),
    Code("113008", "DCM", "For Peer Review"),
    Code("113009", "DCM", "For Research"),
    Code("113018", "DCM", "For Printing"),
    Code("113020", "DCM", "For Report Attachment"),
)
"""Titles of a key object selection that a reader may choose (PS3.16 CID 7010)."""


@dataclass(frozen=True, slots=True)
class KeyImage:
    """One stored picture that was marked, by whom and when (ISO 8601, UTC)."""

    series_key: str
    sop_instance_uid: str
    sop_class_uid: str
    author: Author
    frame: int = 0
    made_at: str = ""

    @property
    def shown(self) -> Shown:
        """The stored picture and its frame."""
        return self.sop_instance_uid, self.frame
