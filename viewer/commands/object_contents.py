"""What was read of an object: what it is about, and what it says of the images."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.core.assessment import Assessment
from viewer.core.finding import Finding
from viewer.core.key_image import KeyImage
from viewer.core.measurement import Measurement
from viewer.core.presentation import Presentation
from viewer.core.segmentation import Segmentation


@dataclass(frozen=True, slots=True)
class Source:
    """The series an object is about, or, of a report that is not about one, its page."""

    key: str = ""
    page: str = ""
    why: str = ""
    by_program: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What an object says of the images it is laid over."""

    findings: tuple[Finding, ...] = ()
    segmentations: tuple[Segmentation, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    key_images: tuple[KeyImage, ...] = ()
    presentation: Presentation | None = None
    page: str = ""
    title: str = ""
    notes: tuple[str, ...] = ()
    """What of it was left out, in sentences."""
    elsewhere: int = 0
    """How many of its pictures are not among those that are listed."""
    assessments: tuple[Assessment, ...] = ()
    by_program: bool = False
    """Whether no person is named who stands behind it."""


def to_wait(said: Said) -> Said:
    """Return what is put aside by itself, or of a person; the rest is opened again later."""
    if not said.by_program:
        return said
    return Said(
        tuple(one for one in said.findings if one.author.is_model),
        tuple(one for one in said.segmentations if one.author.is_model),
        tuple(one for one in said.measurements if one.author.is_model),
        assessments=tuple(one for one in said.assessments if one.author.is_model),
    )
