"""Studies put into the list, with all that they can be found by."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, and_, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from viewer.core.study import Series, Study
from viewer.store.asking import JOINED
from viewer.store.database import now
from viewer.store.listed import Held
from viewer.store.tables import PATIENT, SERIES, STUDY, STUDY_TEXT


def put(connection: Connection, study: Study, place: Path, held: Held) -> int:
    """List a study, or bring what is listed of it up to date; return its number."""
    patient = _put_patient(connection, study)
    told = {
        "date": study.date,
        "time": study.time,
        "description": study.description,
        "accession": study.accession_number,
    }
    same = and_(STUDY.c.uid == study.uid, STUDY.c.patient == patient)
    known = connection.execute(select(STUDY.c.id, STUDY.c.held).where(same)).first()
    if known is None:
        row = {
            **told,
            "uid": study.uid,
            "patient": patient,
            "modalities": "",
            "images": 0,
            "added_at": now(),
            "place": str(place.absolute()),
            "held": held.value,
        }
        number = int(connection.execute(insert(STUDY).returning(STUDY.c.id), row).scalar_one())
    else:
        number = int(known.id)
        if held is Held.COPIED or (known.held != Held.COPIED.value and held is Held.IN_PLACE):
            told |= {"place": str(place.absolute()), "held": held.value}
        connection.execute(update(STUDY).where(STUDY.c.id == number).values(**told, missing=0))
    if known is None or known.held != Held.COPIED.value or held is Held.COPIED:
        _put_series(connection, number, study.series)
    put_words(connection, number)
    return number


def _put_patient(connection: Connection, study: Study) -> int:
    patient = study.patient
    who = {
        "patient_id": patient.id,
        "issuer": patient.issuer,
        "known_by": "" if patient.id else patient.name,
    }
    said = {"name": patient.name, "birth_date": patient.birth_date, "sex": patient.sex}
    same = and_(*(PATIENT.c[name] == value for name, value in who.items()))
    known = connection.execute(select(PATIENT.c.id, PATIENT.c.name).where(same)).first()
    if known is None:
        query = insert(PATIENT).returning(PATIENT.c.id)
        return int(connection.execute(query, {**who, **said}).scalar_one())
    connection.execute(update(PATIENT).where(same).values(said))
    if known.name != patient.name:
        theirs = select(STUDY.c.id).where(STUDY.c.patient == known.id)
        for number in connection.execute(theirs).scalars().all():
            put_words(connection, number)
    return int(known.id)


def _put_series(connection: Connection, number: int, series: Iterable[Series]) -> None:
    rows = [
        {
            "study": number,
            "key": one.key,
            "uid": one.uid,
            "modality": one.modality,
            "number": one.number,
            "description": one.description,
            "body_part": one.body_part,
            "images": len(one.instances),
            "file": str(one.instances[0].path.absolute()) if one.instances else "",
        }
        for one in series
    ]
    if rows:
        connection.execute(insert(SERIES).prefix_with("OR REPLACE"), rows)
    query = select(SERIES.c.modality, func.sum(SERIES.c.images)).where(SERIES.c.study == number)
    counted = connection.execute(query.group_by(SERIES.c.modality)).all()
    values = {
        "modalities": "\\".join(sorted(modality for modality, _ in counted if modality)),
        "images": sum(images for _, images in counted),
    }
    connection.execute(update(STUDY).where(STUDY.c.id == number).values(values))


def put_words(connection: Connection, number: int) -> None:
    """Write down for the full-text index what a study can be found by."""
    columns = (
        *(PATIENT.c.name, PATIENT.c.patient_id, STUDY.c.accession, STUDY.c.description),
        *(STUDY.c.modalities, STUDY.c.notes, STUDY.c.tags),
    )
    row = connection.execute(select(*columns).select_from(JOINED).where(STUDY.c.id == number))
    name, patient_id, accession, description, modalities, notes, tags = row.one()
    of_series = select(SERIES.c.description, SERIES.c.body_part).where(SERIES.c.study == number)
    told = {word for line in connection.execute(of_series) for word in line if word}
    connection.execute(delete(STUDY_TEXT).where(STUDY_TEXT.c.rowid == number))
    words = {
        "rowid": number,
        "patient": name,
        "patient_id": patient_id,
        "accession": accession,
        "descriptions": " \n".join([description, modalities, *sorted(told)]),
        "notes": notes,
        "tags": tags,
    }
    connection.execute(insert(STUDY_TEXT), words)


def drop_patients(connection: Connection) -> None:
    """Forget the patients of whom no study is listed any more."""
    connection.execute(delete(PATIENT).where(PATIENT.c.id.not_in(select(STUDY.c.patient))))
