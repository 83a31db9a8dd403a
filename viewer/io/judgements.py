"""What people made of a finding, as content items of a report.

The review status is a coded value of the measurement group; every verdict is
one more, with the person who gave it as observer (TID 1003), the moment as
Observation DateTime and the reason as a comment.
"""

from __future__ import annotations

from datetime import UTC, datetime

from highdicom.sr import (
    CodeContentItem,
    ContentSequence,
    PnameContentItem,
    RelationshipTypeValues,
    TextContentItem,
)
from pydicom.dataset import Dataset

from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.finding import Finding, Judgement, Status
from viewer.io.concepts import (
    COMMENT,
    JUDGEMENT,
    OBSERVER_TYPE,
    PERSON,
    PERSON_NAME,
    STATUS,
    STATUSES,
    code_of,
    coded,
    long_text,
    person_name,
    same_code,
    spoken_name,
)
from viewer.io.sr_tree import children, coded_value, find, text_of

_CONTAINS = RelationshipTypeValues.CONTAINS
_CONTEXT = RelationshipTypeValues.HAS_OBS_CONTEXT
_PROPERTY = RelationshipTypeValues.HAS_PROPERTIES
_FORMAT = "%Y%m%d%H%M%S.%f%z"


def status_items(finding: Finding | Assessment) -> list[CodeContentItem]:
    """Return the status of a finding or statement and every verdict on it, in order."""
    status = CodeContentItem(coded(STATUS), coded(STATUSES[finding.status]), _CONTAINS)
    return [status, *(_judgement_item(judgement) for judgement in finding.history)]


def status_of(group: Dataset) -> Status:
    """Return what people made of a finding; proposed where the report does not say."""
    for item in find(group, STATUS):
        for status, code in STATUSES.items():
            if same_code(coded_value(item), code):
                return status
    return Status.PROPOSED


def history_of(group: Dataset) -> tuple[Judgement, ...]:
    """Return every verdict on a finding, in order."""
    return tuple(
        judgement for item in find(group, JUDGEMENT) if (judgement := _judgement(item)) is not None
    )


def canonical(judgement: Judgement) -> Judgement:
    """Return a verdict as it comes back from a saved report."""
    name = spoken_name(person_name(judgement.by.name))
    return Judgement(
        judgement.status, Author(name), canonical_moment(judgement.at), long_text(judgement.reason)
    )


def person_items(person: Author) -> ContentSequence:
    """Return a person as the observer of an item or a group (PS3.16 TID 1002, 1003)."""
    return ContentSequence(
        [
            CodeContentItem(coded(OBSERVER_TYPE), coded(PERSON), _CONTEXT),
            PnameContentItem(coded(PERSON_NAME), person_name(person.name), _CONTEXT),
        ]
    )


def person_of(item: Dataset) -> Author | None:
    """Return the person who is named as observer of an item, if one is."""
    for name in find(item, PERSON_NAME):
        spoken = spoken_name(str(name.get("PersonName", "") or ""))
        if spoken:
            return Author(spoken)
    return None


def _judgement_item(judgement: Judgement) -> CodeContentItem:
    item = CodeContentItem(coded(JUDGEMENT), coded(STATUSES[judgement.status]), _CONTAINS)
    item.ContentSequence = person_items(judgement.by)
    if judgement.reason.strip():
        reason = TextContentItem(coded(COMMENT), long_text(judgement.reason), _PROPERTY)
        item.ContentSequence.append(reason)
    moment = stored_moment(judgement.at)
    if moment:
        item.add_new("ObservationDateTime", "DT", moment)
    return item


def _judgement(item: Dataset) -> Judgement | None:
    value = code_of(item.ConceptCodeSequence[0])
    status = next((s for s, code in STATUSES.items() if same_code(value, code)), None)
    person = person_of(item)
    if status is None or person is None:
        return None
    reasons = [text_of(child) for child in children(item) if child.get("TextValue")]
    stored = str(item.get("ObservationDateTime", "") or "")
    return Judgement(status, person, spoken_moment(stored), "\n".join(reasons))


def stored_moment(at: str) -> str:
    """Return a moment written as ISO 8601 as DICOM writes it; nothing where it is none."""
    moment = _parsed(at)
    return "" if moment is None else moment.strftime(_FORMAT)


def _parsed(at: str) -> datetime | None:
    """Return a moment that is written as ISO 8601; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def canonical_moment(at: str) -> str:
    """Return a moment as it comes back from a saved report."""
    moment = _parsed(at)
    return "" if moment is None else moment.astimezone(UTC).isoformat()


def spoken_moment(stored: str) -> str:
    """Return a stored moment as ISO 8601 in UTC; nothing where it is not one of ours."""
    try:
        return datetime.strptime(stored, _FORMAT).astimezone(UTC).isoformat()
    except ValueError:
        return ""
