"""Key object selections: which pictures are worth looking at, and what for (PS3.3 A.35.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydicom.dataset import Dataset

from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.errors import Unreadable
from viewer.core.graphics import Shown
from viewer.core.key_image import KeyImage
from viewer.core.study import Series
from viewer.io.concepts import (
    OBSERVER_TYPE,
    PERSON,
    PERSON_NAME,
    code_of,
    long_text,
    person_name,
    quiet,
)
from viewer.io.judgements import person_of, spoken_moment, stored_moment
from viewer.io.new_object import code_item, image_item, new_object, stamp_content, write_object
from viewer.io.object_file import DAMAGE, first_line, read_object
from viewer.io.seg_read import References
from viewer.io.sources import source_headers
from viewer.io.sr_tree import name_of, text_of, walk

KEY_OBJECTS = "1.2.840.10008.5.1.4.1.1.88.59"
_DESCRIPTION = Code("113012", "DCM", "Key Object Description")
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class KeySelection:
    """What was selected, what for, by whom and why."""

    title: Code
    pictures: tuple[tuple[str, str, int], ...]
    """SOP instance UID, SOP class UID and frame (from 0; -1 for all of them)."""
    author: Author
    description: str = ""
    made_at: str = ""

    @property
    def shown(self) -> tuple[Shown, ...]:
        """The stored pictures in order; the first frame where all are meant."""
        return tuple((uid, max(frame, 0)) for uid, _, frame in self.pictures)


def write_key_objects(
    path: Path,
    images: Sequence[KeyImage],
    series: Series,
    title: Code,
    *,
    reader: Author,
    description: str = "",
    series_number: int = 9600,
) -> str:
    """Write marked pictures of a series as one selection; return its SOP instance UID.

    Raises:
        ValueError: if there are none, or one is of another series.
    """
    if not images:
        raise ValueError("a selection of nothing cannot be saved")
    headers = {str(one.SOPInstanceUID): one for one in source_headers(series, placed=False)}
    missing = [one for one in images if one.sop_instance_uid not in headers]
    if missing:
        raise ValueError("a marked picture is of another series")
    mark = "SYNTHETIC " if series.synthetic else ""
    first = next(iter(headers.values()))
    made = new_object(first, KEY_OBJECTS, "KO", series_number, f"{mark}Key images")
    stamp_content(made)
    made.ReferencedPerformedProcedureStepSequence = []
    made.ValueType, made.ContinuityOfContent = "CONTAINER", "SEPARATE"
    made.ConceptNameCodeSequence = [code_item(title)]
    template = Dataset()
    template.MappingResource, template.TemplateIdentifier = "DCMR", "2010"
    made.ContentTemplateSequence = [template]
    frames: dict[str, list[int]] = {}
    for image in images:
        frames.setdefault(image.sop_instance_uid, []).append(image.frame)
    several = {one.sop_instance_uid for one in series.instances if one.frame > 0}
    items = []
    for uid, numbers in frames.items():
        many = uid in several or int(headers[uid].get("NumberOfFrames") or 1) > 1
        chosen = [number + 1 for number in numbers] if many else None
        items.append(image_item(headers[uid], chosen))
    content = _observer(reader)
    content += [_text(description)] if description.strip() else []
    content += [_image(item) for item in items]
    made.ContentSequence = content
    moments = [moment for one in images if (moment := stored_moment(one.made_at))]
    if moments:
        made.ObservationDateTime = max(moments)
    made.CurrentRequestedProcedureEvidenceSequence = [_evidence(first, items)]
    return write_object(path, made)


def read_key_objects(path: Path) -> KeySelection:
    """Read a selection, ours or another's.

    Raises:
        Unreadable: if it is none, or is damaged.
    """
    try:
        with quiet():
            document = read_object(path)
            return _selection(document)
    except Unreadable as error:
        raise Unreadable(f"{path.name}: {error}", code=error.code) from error
    except DAMAGE as error:
        raise Unreadable(
            f"{path.name} is no readable key object selection ({first_line(error)}).",
            code="bad_key_objects",
        ) from error


def key_references(path: Path) -> References:
    """Return the patient, study, series and pictures that a selection names."""
    selection = read_key_objects(path)
    with quiet():
        document = read_object(path)
        series = [
            str(one.get("SeriesInstanceUID", ""))
            for study in document.get("CurrentRequestedProcedureEvidenceSequence") or ()
            for one in study.get("ReferencedSeriesSequence") or ()
        ]
    return References(
        str(document.get("PatientID", "") or ""),
        str(document.get("StudyInstanceUID", "") or ""),
        series[0] if len(series) == 1 else "",
        "",
        tuple(uid for uid, _, _ in selection.pictures),
    )


def _selection(document: Dataset) -> KeySelection:
    if document.get("SOPClassUID") != KEY_OBJECTS:
        raise Unreadable("it is no key object selection.", code="no_key_objects")
    pictures: list[tuple[str, str, int]] = []
    words: list[str] = []
    for item in walk(document):
        kind = item.get("ValueType")
        if kind == "TEXT" and name_of(item) == _DESCRIPTION:
            words.append(text_of(item))
        if kind not in ("IMAGE", "COMPOSITE") or len(pictures) > _MOST:
            continue
        for named in item.get("ReferencedSOPSequence") or ():
            uid, sop_class = named.ReferencedSOPInstanceUID, named.ReferencedSOPClassUID
            frames = named.get("ReferencedFrameNumber")
            numbers = [frames] if isinstance(frames, int) else list(frames or [0])
            pictures += [(str(uid), str(sop_class), int(number) - 1) for number in numbers]
    titles = document.get("ConceptNameCodeSequence")
    if len(pictures) > _MOST:
        raise Unreadable(f"it names more than {_MOST} pictures.", code="too_many")
    return KeySelection(
        code_of(titles[0]) if titles else Code("113000", "DCM", "Of Interest"),
        tuple(dict.fromkeys(pictures)),
        person_of(document) or Author("unknown person"),
        "\n".join(words),
        spoken_moment(str(document.get("ObservationDateTime", "") or "")),
    )


def _observer(reader: Author) -> list[Dataset]:
    kind, name = Dataset(), Dataset()
    for item, value_type, concept in ((kind, "CODE", OBSERVER_TYPE), (name, "PNAME", PERSON_NAME)):
        item.RelationshipType, item.ValueType = "HAS OBS CONTEXT", value_type
        item.ConceptNameCodeSequence = [code_item(concept)]
    kind.ConceptCodeSequence = [code_item(PERSON)]
    name.PersonName = person_name(reader.name)
    return [kind, name]


def _text(words: str) -> Dataset:
    item = Dataset()
    item.RelationshipType, item.ValueType = "CONTAINS", "TEXT"
    item.ConceptNameCodeSequence = [code_item(_DESCRIPTION)]
    item.TextValue = long_text(words)
    return item


def _image(named: Dataset) -> Dataset:
    item = Dataset()
    item.RelationshipType, item.ValueType = "CONTAINS", "IMAGE"
    item.ReferencedSOPSequence = [named]
    return item


def _evidence(header: Dataset, items: Sequence[Dataset]) -> Dataset:
    study, series = Dataset(), Dataset()
    study.StudyInstanceUID, series.SeriesInstanceUID = (
        header.StudyInstanceUID,
        header.SeriesInstanceUID,
    )
    named = []
    for item in items:
        plain = Dataset()
        plain.ReferencedSOPClassUID = item.ReferencedSOPClassUID
        plain.ReferencedSOPInstanceUID = item.ReferencedSOPInstanceUID
        named.append(plain)
    series.ReferencedSOPSequence = named
    study.ReferencedSeriesSequence = [series]
    return study
