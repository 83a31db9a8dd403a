"""A reader's word that images whose files do not say what they are, are CT in Hounsfield units.

Nothing guesses that. The word is noted wherever the images are seen or used.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from viewer.core.study import Catalogue, Notice, Series, SeriesKind

CODE = "taken_as_hu"
SAID = Notice(
    CODE, "The values are taken as Hounsfield units at a reader's word; the file does not say so."
)
NOTED = "values taken as HU of a CT at a reader's word"
UNSAID = "OT"
"""The modality of files that do not tell."""


def is_taken(notices: Iterable[Notice]) -> bool:
    """Tell whether a reader gave that word."""
    return any(notice.code == CODE for notice in notices)


def as_ct(series: Series) -> Series:
    """Return a series as CT in HU, if it is a volume whose file does not tell; else as it is."""
    solid = series.kind in (SeriesKind.VOLUME, SeriesKind.FOUR_D)
    if series.format == "DICOM" or series.modality != UNSAID or not solid:
        return series
    parts = tuple(as_ct(part) for part in series.parts)
    return replace(series, modality="CT", notices=(*series.notices, SAID), parts=parts)


def all_as_ct(catalogue: Catalogue) -> Catalogue:
    """Return what was found with every volume whose file does not tell as CT in HU."""
    studies = tuple(
        replace(study, series=tuple(as_ct(series) for series in study.series))
        for study in catalogue.studies
    )
    return replace(catalogue, studies=studies)
