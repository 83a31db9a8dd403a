"""Questions to the list of studies, as SQL."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVarTuple

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    func,
    text,
)

from viewer.store.listed import Column, Held, Listed, Priority, Question, Reading
from viewer.store.tables import PATIENT, STUDY

Asked = TypeVarTuple("Asked")
_LONGEST = 200
COLUMNS = (
    *(STUDY.c.id, STUDY.c.uid, PATIENT.c.name, PATIENT.c.patient_id, PATIENT.c.issuer),
    *(PATIENT.c.birth_date, PATIENT.c.sex, STUDY.c.date, STUDY.c.time, STUDY.c.description),
    *(STUDY.c.accession, STUDY.c.modalities, STUDY.c.images, STUDY.c.status, STUDY.c.priority),
    *(STUDY.c.tags, STUDY.c.notes, STUDY.c.added_at, STUDY.c.opened_at, STUDY.c.place),
    *(STUDY.c.held, STUDY.c.missing),
)
JOINED = STUDY.join(PATIENT, PATIENT.c.id == STUDY.c.patient)
_MATCHING = text("study.id IN (SELECT rowid FROM study_text WHERE study_text MATCH :words)")


def asked(query: Select[*Asked], question: Question) -> Select[*Asked]:
    """Return a query with what a question asks for."""
    conditions: list[ColumnElement[bool]] = []
    words = matching(question.text)
    if words:
        query = query.where(_MATCHING.bindparams(words=words))
    if question.statuses:
        conditions.append(STUDY.c.status.in_(sorted(one.value for one in question.statuses)))
    if question.modality:
        conditions.append(_has(STUDY.c.modalities, question.modality))
    if question.tag:
        conditions.append(_has(STUDY.c.tags, question.tag))
    if question.since:
        conditions.append(STUDY.c.date >= question.since)
    if question.until:
        conditions.append(STUDY.c.date <= question.until)
    if question.missing is not None:
        conditions.append(STUDY.c.missing == int(question.missing))
    return query.where(*conditions)


def matching(typed: str) -> str:
    """Return what was typed as the full-text index asks for it: each word, begun like this."""
    words = "".join(sign if sign.isalnum() else " " for sign in typed[:_LONGEST]).split()
    return " ".join(f'"{word}"*' for word in words)


def _has(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """Ask whether a word is one of several that are parted by backslashes."""
    return func.instr("\\" + column + "\\", f"\\{word}\\") > 0


def order(question: Question) -> tuple[ColumnElement[object], ...]:
    """Return by what the answers are sorted; never by chance."""
    columns: dict[Column, ColumnElement[object]] = {
        Column.STATUS: func.instr("unread reading read reported", STUDY.c.status),
        Column.PRIORITY: STUDY.c.priority,
        Column.PATIENT: func.lower(PATIENT.c.name),
        Column.PATIENT_ID: PATIENT.c.patient_id,
        Column.BIRTH_DATE: PATIENT.c.birth_date,
        Column.DATE: STUDY.c.date,
        Column.MODALITIES: STUDY.c.modalities,
        Column.DESCRIPTION: func.lower(STUDY.c.description),
        Column.IMAGES: STUDY.c.images,
        Column.TAGS: func.lower(STUDY.c.tags),
        Column.OPENED: STUDY.c.opened_at,
    }
    first = columns[question.order]
    ordered = first.desc() if question.descending else first.asc()
    if question.order is Column.DATE:
        rest = (STUDY.c.time, STUDY.c.id)
        return (ordered, *(one.desc() if question.descending else one.asc() for one in rest))
    return (ordered, STUDY.c.date.desc(), STUDY.c.id)


def listed(row: RowMapping) -> Listed:
    """Return a row as the study it is of."""
    return Listed(
        id=row["id"],
        uid=row["uid"],
        patient_name=row["name"],
        patient_id=row["patient_id"],
        issuer=row["issuer"],
        birth_date=row["birth_date"],
        sex=row["sex"],
        date=row["date"],
        time=row["time"],
        description=row["description"],
        accession=row["accession"],
        modalities=words_of(row["modalities"]),
        images=row["images"],
        status=Reading(row["status"]),
        priority=Priority(row["priority"]),
        tags=words_of(row["tags"]),
        notes=row["notes"],
        added_at=row["added_at"],
        opened_at=row["opened_at"],
        place=Path(row["place"]),
        held=Held(row["held"]),
        missing=bool(row["missing"]),
    )


def words_of(line: str) -> tuple[str, ...]:
    """Return the words of a column that are parted by backslashes."""
    return tuple(word for word in line.split("\\") if word)
