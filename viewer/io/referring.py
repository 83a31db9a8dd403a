"""What an object without pictures is, whose it is, and which pictures it is about."""

from __future__ import annotations

from pathlib import Path

from viewer.core.errors import Unreadable
from viewer.io.gsps_read import presentation_references, read_presentation
from viewer.io.key_objects import key_references, read_key_objects
from viewer.io.object_file import read_object
from viewer.io.seg_frames import open_seg
from viewer.io.seg_read import References, read_references
from viewer.io.sr_read import read_report, read_report_references
from viewer.io.structures import read_structures, structure_references

READ = ("SEG", "SR", "PR", "KO", "RTSTRUCT")
"""The modalities of objects that are laid over their pictures."""
_NAMED = 8
"""So many structures are named in a list."""


def references_of(path: Path, modality: str) -> References:
    """Return the patient, study, series and pictures that an object names.

    Raises:
        Unreadable: if it cannot be read.
    """
    if modality == "SEG":
        return read_references(path)
    if modality == "PR":
        return presentation_references(path)
    if modality == "RTSTRUCT":
        return structure_references(path)
    if modality == "KO":
        return key_references(path)
    return read_report_references(path)


def contents_of(path: Path, modality: str) -> str:
    """Say in one sentence what an object holds; why not, where it cannot be read."""
    try:
        return _contents(path, modality)
    except Unreadable as error:
        return str(error)


def _contents(path: Path, modality: str) -> str:
    if modality == "KO":
        selection = read_key_objects(path)
        by = selection.author.name
        return (
            f"{_count(len(selection.pictures), 'key image')}, {selection.title.meaning}, by {by}."
        )
    if modality == "PR":
        state = read_presentation(path)
        drawn = sum(len(one) for one in state.drawings.values())
        words = [f"Presentation state {state.label} of {_count(len(state.pictures), 'picture')}"]
        words += [f"by {state.creator}"] if state.creator else []
        words += [_count(drawn, "graphic")] if drawn else []
        words += [_count(len(state.shutters), "shutter")] if state.shutters else []
        return ", ".join(words) + "."
    if modality == "SR":
        return _report(path)
    if modality == "RTSTRUCT":
        found = read_structures(path)
        names = ", ".join(structure.name for structure in found.structures[:_NAMED])
        more = ", …" if len(found.structures) > _NAMED else ""
        return f"{_count(len(found.structures), 'structure')}: {names}{more}."
    if modality == "SEG":
        segments = len(open_seg(path).segments)
        return f"Segmentation of {_count(segments, 'segment')}."
    return ""


def _report(path: Path) -> str:
    try:
        said = read_report(path)
    except Unreadable as error:
        if error.code not in ("no_report", "no_place", "no_tracking_uid"):
            raise
        report = read_object(path)
        names = report.get("ConceptNameCodeSequence")
        title = str(names[0].get("CodeMeaning", "")) if names else "Report"
        return f"{title}: a report to be read, without places in the images."
    return (
        f"Report of {_count(said.groups, 'group')}: {_count(len(said.findings), 'finding')}, "
        f"{_count(len(said.measurements), 'measurement')} with a place."
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
