"""Headers into patients, studies and series that can each be opened as one thing."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from viewer.core.study import (
    Catalogue,
    Instance,
    Notice,
    Patient,
    Refusal,
    Series,
    SeriesKind,
    Study,
)
from viewer.imaging.derivation import DERIVED, DERIVED_MARK
from viewer.io import tags
from viewer.io.four_d import together
from viewer.io.frame_groups import UNNAMED
from viewer.io.header import Header
from viewer.io.meaning import object_in
from viewer.io.mosaic import is_untold
from viewer.io.picture import Picture
from viewer.io.regular import arrange
from viewer.io.shot import Shot, shots_of
from viewer.io.split import Part, split

StudyKey: TypeAlias = tuple[str, str, str, str]
"""Study UID, patient ID, its issuer, and the name where there is no ID."""


def study_key(header: Header) -> StudyKey:
    """Return what makes two files one study of one person."""
    patient = patient_of(header)
    study = header.text(tags.STUDY_UID)
    return study, patient.id, patient.issuer, "" if patient.id else patient.name


def patient_of(header: Header) -> Patient:
    """Return whose picture it is."""
    return Patient(
        id=header.text(tags.PATIENT_ID),
        issuer=" ".join(filter(None, map(header.text, (tags.ISSUER, tags.ISSUER_QUALIFIERS)))),
        name=header.whole(tags.PATIENT_NAME),
        birth_date=header.text(tags.BIRTH_DATE),
        sex=header.text(tags.SEX),
    )


def group(headers: Sequence[Header], others: Sequence[Study] = ()) -> Catalogue:
    """Return everything in order: studies by date, series by number.

    `others` are studies from files that are not DICOM.
    """
    headers, copies = _without_copies(headers)
    refused: list[Refusal] = list(copies)
    alike: dict[tuple[bytes | None, ...], list[Header]] = defaultdict(list)
    for header in headers:
        alike[tuple(map(header.raw.get, _WHOSE))].append(header)
    studies: dict[StudyKey, dict[str, list[Header]]] = defaultdict(lambda: defaultdict(list))
    for members in alike.values():
        studies[study_key(members[0])][members[0].text(tags.SERIES_UID)] += members
    listed: list[Study] = []
    for of_study in studies.values():
        series: list[Series] = []
        for group_of_headers in of_study.values():
            found, lost = _series(group_of_headers)
            series += found
            refused += lost
        if series:
            first = next(iter(of_study.values()))[0]
            listed.append(_with_own_keys(_study(first, series)))
    return Catalogue(tuple(_sorted([*listed, *others])), tuple(refused))


_WHOSE = (
    tags.CHARACTER_SET, tags.PATIENT_NAME, tags.PATIENT_ID, tags.ISSUER, tags.ISSUER_QUALIFIERS,
    tags.STUDY_UID, tags.SERIES_UID,
)  # fmt: skip


def _sorted(studies: list[Study]) -> list[Study]:
    return sorted(
        studies, key=lambda study: (study.patient.name, study.patient.id, study.date, study.time)
    )


def _study(header: Header, series: list[Series]) -> Study:
    ordered = sorted(series, key=_rank)
    return Study(
        uid=header.text(tags.STUDY_UID),
        patient=patient_of(header),
        series=tuple(ordered),
        date=header.text(tags.STUDY_DATE),
        time=header.text(tags.STUDY_TIME),
        description=header.text(tags.STUDY_DESCRIPTION),
        accession_number=header.text(tags.ACCESSION_NUMBER),
    )


def _rank(series: Series) -> tuple[bool, int, str, int]:
    """Images come first, by their numbers; what is drawn or said about them comes after."""
    about = series.kind is SeriesKind.OBJECT
    return about, series.number, series.uid, -len(series.instances)


def _with_own_keys(study: Study) -> Study:
    """Let each key name study and patient, too: files may claim the series UID of another."""
    mark = hashlib.sha256(repr(study.identity).encode()).hexdigest()[:8]
    return replace(study, series=tuple(_marked(series, mark) for series in study.series))


def _marked(series: Series, mark: str) -> Series:
    parts = tuple(_marked(part, mark) for part in series.parts)
    return replace(series, key=f"{series.key}@{mark}", parts=parts)


def _without_copies(headers: Sequence[Header]) -> tuple[list[Header], list[Refusal]]:
    """Keep the first found of files that are the same picture twice.

    Names do not decide: an archive is unpacked at another place on every computer.
    """
    same_uid: dict[bytes, list[Header]] = defaultdict(list)
    for header in headers:
        same_uid[header.raw.get(tags.SOP_INSTANCE, b"")].append(header)
    kept: list[Header] = []
    refused: list[Refusal] = []
    for uid, members in same_uid.items():
        if len(members) == 1 or not uid:
            kept += members
            continue
        first: dict[tuple[object, ...], Header] = {}
        for header in members:
            twin = first.setdefault(_picture_mark(header), header)
            if twin is header:
                kept.append(header)
            else:
                what = f"{header.path.name} is the same picture as {twin.path.name}"
                refused.append(Refusal(header.path, "copy", f"{what}; it is shown once."))
    return sorted(kept, key=lambda one: str(one.path)), refused


def _picture_mark(header: Header) -> tuple[object, ...]:
    """Return what two files have in common only if they are copies."""
    raw = header.raw
    whose = tuple(raw.get(tag) for tag in _WHOSE)
    return whose, raw.get(tags.INSTANCE_NUMBER), raw.get(tags.POSITION), header.stamp.size


def _series(headers: list[Header]) -> tuple[list[Series], list[Refusal]]:
    objects: dict[str, list[Header]] = defaultdict(list)
    shots: list[Shot] = []
    refused: list[Refusal] = []
    for header in headers:
        name = object_in(header)
        if name or header.pixels is None:
            objects[name].append(header)
        else:
            shots += shots_of(header)
    shots.sort(key=_reading_order)
    torn = [shot for shot in shots if is_torn(shot.picture)]
    by_file = {shot.picture.path: shot.picture for shot in reversed(torn)}
    refused += [Refusal(path, "truncated", torn_sentence(one)) for path, one in by_file.items()]
    if torn and len(torn) == len(shots):
        shots = torn = []
    parts = split(shots) if shots else []
    alone = len(parts) == 1
    listed = [one for part in parts for one in _opened(part, torn, alone=alone)]
    listed += [
        _object(name, group, alone=not parts and len(objects) == 1)
        for name, group in objects.items()
    ]
    return _told_apart(listed), refused


def _reading_order(shot: Shot) -> tuple[int, int, str]:
    picture = shot.picture
    return picture.number, picture.frame, picture.sop_instance_uid


def _told_apart(listed: list[Series]) -> list[Series]:
    """Give each part of a series its own key."""
    taken: set[str] = set()

    def named(series: Series) -> Series:
        uid = series.uid or "unnamed"
        key = f"{uid}#{_slug(series.split)}" if series.split else uid
        number = 2
        unique = key
        while unique in taken:
            unique, number = f"{key}-{number}", number + 1
        taken.add(unique)
        return replace(series, key=unique, parts=tuple(named(part) for part in series.parts))

    return [named(series) for series in listed]


def _slug(label: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", label.lower()).strip("-")


def is_torn(picture: Picture) -> bool:
    """Tell whether a file that is not compressed ends before this picture does."""
    place = picture.place
    if place.length is None or not picture.straight:
        return False
    end = _end(picture)
    return end > place.length or place.offset + end > picture.stamp.size


def _end(picture: Picture) -> int:
    """Return where a picture that is not compressed ends in the pixel data."""
    if picture.tile is not None:
        return picture.tile.whole.frame_bytes
    return (picture.frame + 1) * picture.layout.frame_bytes


def torn_sentence(picture: Picture) -> str:
    """Say what of the pixel data is missing."""
    want, place = _end(picture), picture.place
    got = max(0, min(place.length or 0, picture.stamp.size - place.offset))
    return f"{picture.path.name} is cut off: the pixel data ends after {got} of {want} bytes."


def _opened(part: Part, torn: list[Shot], *, alone: bool) -> list[Series]:
    """Return a part as the series it can be opened as: one, or one for each of its moments."""
    if not part.moments:
        return [_listed(part, torn, alone=alone)]
    moments = [_listed(moment, torn, alone=False) for moment in part.moments]
    label = part.label or ("" if alone else f"{len(part.shots)} images")
    return together(moments, part.told_by, label)


def _listed(part: Part, torn: list[Shot], *, alone: bool) -> Series:
    shots, kind, notices = _ordered(part)
    first = shots[0]
    there = {id(shot) for shot in shots}
    broken = [shot for shot in torn if id(shot) in there]
    notices += tuple(Notice("damaged", torn_sentence(shot.picture)) for shot in broken)
    if first.head.text(tags.LOSSY) == "01":
        notices += (
            Notice("lossy", "The pictures were compressed with loss; values are not exact."),
        )
    notices += (*_derived(first.head), *_elsewhere(first.head))
    notices += _programs([shot.head for shot in shots])
    label = part.label
    if not alone and not label:
        label = f"{len(shots)} images"
    return replace(
        _described(first.head),
        kind=kind,
        instances=tuple(shot.picture for shot in shots),
        split=label,
        rows=first.picture.layout.rows,
        columns=first.picture.layout.columns,
        notices=(*part.notices, *notices),
    )


def _ordered(part: Part) -> tuple[tuple[Shot, ...], SeriesKind, tuple[Notice, ...]]:
    """Return the pictures in reading order, what they open as, and why no volume."""
    shots = part.shots
    planes = [shot.plane for shot in shots if shot.plane is not None]
    numbers = [shot.picture.number or index + 1 for index, shot in enumerate(shots)]
    if len({shot.picture.path for shot in shots}) == 1 and len(shots) > 1:
        numbers = [shot.picture.frame + 1 for shot in shots]
    by_number = tuple(sorted(shots, key=lambda shot: (shot.picture.number, shot.picture.frame)))
    if len(planes) < len(shots):
        clip = shots[0].picture.layout.frames > 1
        return by_number, SeriesKind.CINE if clip else SeriesKind.STACK, ()
    if any(notice.code == "mixed_orientation" for notice in part.notices) and not part.label:
        return by_number, SeriesKind.STACK, ()
    arrangement = arrange(planes, numbers)
    ordered = tuple(shots[index] for index in arrangement.order)
    if arrangement.one_place:
        return ordered, SeriesKind.CINE, ()
    if arrangement.regular and shots[0].picture.layout.colour:
        return ordered, SeriesKind.STACK, (Notice("colour", "The slices are in colour."),)
    if arrangement.regular:
        return ordered, SeriesKind.VOLUME, ()
    return ordered, SeriesKind.STACK, arrangement.notices


def _described(head: Header) -> Series:
    words = (
        head.text(tags.PATIENT_ID), head.text(tags.SERIES_DESCRIPTION),
        head.text(tags.IMAGE_COMMENTS), head.text(tags.PATIENT_COMMENTS),
    )  # fmt: skip
    return Series(
        key="",
        uid=head.text(tags.SERIES_UID),
        study_uid=head.text(tags.STUDY_UID),
        modality=head.text(tags.MODALITY),
        kind=SeriesKind.OBJECT,
        instances=(),
        number=head.integer(tags.SERIES_NUMBER),
        description=head.text(tags.SERIES_DESCRIPTION),
        body_part=head.text(tags.BODY_PART),
        contrast=head.text(tags.CONTRAST),
        image_type=head.texts(tags.IMAGE_TYPE)[:8],
        conversion=head.text(tags.CONVERSION),
        frame_of_reference_uid=_space(head),
        synthetic=any("SYNTHETIC" in word.upper() for word in words),
    )


def _space(head: Header) -> str:
    """Return the UID of the space in which positions are told; empty where it has none."""
    space = head.text(tags.VOLUME_SPACE) or head.text(tags.FRAME_OF_REFERENCE)
    return "" if space == UNNAMED else space


def _object(name: str, headers: list[Header], *, alone: bool) -> Series:
    ordered = sorted(headers, key=lambda header: header.integer(tags.INSTANCE_NUMBER))
    what = name or "an object without pictures"
    notice = Notice("object", f"This is {what}; it has no pictures of its own to open.")
    return replace(
        _described(ordered[0]),
        instances=tuple(_instance(header) for header in ordered),
        split="" if alone else what,
        notices=(notice, *_programs(ordered)),
    )


def _derived(head: Header) -> tuple[Notice, ...]:
    """Say what was done to the values, where this program wrote the series itself."""
    told = head.text(tags.DERIVATION)
    if not told.startswith(DERIVED_MARK) or "DERIVED" not in head.texts(tags.IMAGE_TYPE):
        return ()
    return (Notice(DERIVED, told),)


def _elsewhere(head: Header) -> tuple[Notice, ...]:
    """Say where positions are not those in the patient (PS3.3 C.8.24.2), or not known."""
    if is_untold(head):
        sentence = "Slices lie side by side in each picture; where each belongs is not told."
        return (Notice("mosaic", sentence),)
    if not head.text(tags.VOLUME_SPACE):
        return ()
    sentence = "Places are told from the ultrasound probe, so the patient's sides are unknown."
    return (Notice("unknown_orientation", sentence),)


def _programs(headers: Sequence[Header]) -> tuple[Notice, ...]:
    """Warn of files that a system would run as programs (PS3.10 7.5)."""
    found = {header.path.name: header.program for header in headers if header.program}
    if not found:
        return ()
    name, what = next(iter(found.items()))
    others = f" and {len(found) - 1} more" if len(found) > 1 else ""
    sentence = f"{name}{others} would also run as {what}; it is only read here, never run."
    return (Notice("executable_preamble", sentence),)


def _instance(header: Header) -> Instance:
    return Instance(
        path=header.path,
        sop_instance_uid=header.text(tags.SOP_INSTANCE),
        sop_class_uid=header.text(tags.SOP_CLASS),
        transfer_syntax_uid=header.syntax,
        number=header.integer(tags.INSTANCE_NUMBER),
    )
