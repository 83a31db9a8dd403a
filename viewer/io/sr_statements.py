"""Statements about whole images as groups of a report (PS3.16 TID 1501): written and read.

One about a single picture of several refers to it by SOP instance and frame ("Source of
Measurement", TID 1501), so that any reader of the report can tell which picture it speaks of.
"""

from __future__ import annotations

from collections.abc import Sequence

from highdicom import sr
from pydicom.dataset import Dataset

from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.finding import Reason
from viewer.core.graphics import Shown
from viewer.core.study import Series
from viewer.io import judgements
from viewer.io.authorship import canonical, report_algorithm
from viewer.io.concepts import (
    CERTAINTY,
    COMMENT,
    EXPLANATION,
    FINDING,
    PERCENT,
    coded,
    long_text,
    our_code,
    same_code,
    short,
)
from viewer.io.identifiers import is_uid, required_uid
from viewer.io.judgements import history_of, person_items, status_items, status_of
from viewer.io.sr_measurements import Pictures
from viewer.io.sr_tree import children, coded_value, find, name_of, number_of, text_of

STATEMENT = our_code("statement", "Statement about the whole image")
THRESHOLD = our_code("threshold", "Score from which the algorithm speaks for it")
AGAINST = our_code("below_threshold", "Below the threshold: does not speak for it")
_SOURCE = Code("121112", "DCM", "Source of Measurement")
_TRACKING_UID = Code("112040", "DCM", "Tracking Unique Identifier")
_CONTAINS = sr.RelationshipTypeValues.CONTAINS


def statement_group(
    number: int, said: Assessment, series: Series, pictures: Pictures
) -> Sequence[Dataset]:
    """Return one statement as a group of a report.

    One that does not reach its threshold has no finding type: whoever looks for that finding
    must not find it. It evaluates the finding, and says that it does not speak for it.

    Raises:
        ValueError: if it is about a picture that the series has not.
    """
    id_ = required_uid(said.id, "the statement")
    numbers = []
    if said.score is not None:
        pairs = ((CERTAINTY, said.score), (THRESHOLD, said.threshold))
        numbers = [
            sr.Measurement(name=coded(name), value=float(value * 100), unit=coded(PERCENT))
            for name, value in pairs
        ]
    against = sr.QualitativeEvaluation(name=coded(said.kind), value=coded(AGAINST))
    group = sr.MeasurementsAndQualitativeEvaluations(
        tracking_identifier=sr.TrackingIdentifier(id_, f"Statement {number}"),
        finding_type=coded(said.kind) if said.speaks_for else None,
        algorithm_id=report_algorithm(said.author) if said.author.is_model else None,
        measurements=numbers or None,
        qualitative_evaluations=None if said.speaks_for else [against],
        source_images=_images(said, series, pictures),
    )
    content = group[0].ContentSequence
    if not said.author.is_model:
        content.extend(person_items(said.author))
    content.extend(status_items(said))
    texts = [(STATEMENT, long_text(said.sentence) or short(said.kind.meaning))]
    texts += reasons(said.explanation)
    if said.note.strip():
        texts.append((COMMENT, long_text(said.note)))
    content.extend(sr.TextContentItem(coded(name), text, _CONTAINS) for name, text in texts)
    return group


def reasons(explanation: Sequence[Reason]) -> list[tuple[Code, str]]:
    """Return what speaks for something as named lines of text."""
    lines = ((EXPLANATION, _line(reason)) for reason in explanation)
    return [(name, text) for name, text in lines if text]


def _line(reason: Reason) -> str:
    unit = "" if reason.unit in ("", "1") else f" {reason.unit}"
    push = "" if reason.contribution is None else f" (contribution {reason.contribution:+.3g})"
    return short(f"{reason.name}: {reason.value:.6g}{unit}{push}", 1000)


def _images(
    said: Assessment, series: Series, pictures: Pictures
) -> list[sr.SourceImageForMeasurementGroup] | None:
    """Return the one picture that a statement is about; None where it is about all of several."""
    number = said.picture or (1 if len(series.instances) == 1 else 0)
    if not 0 <= number <= len(series.instances):
        raise ValueError(f"the series has no picture {number}")
    if not number:
        return None
    one = series.instances[number - 1]
    frames = pictures.frames_of(one.sop_instance_uid, one.frame)
    return [sr.SourceImageForMeasurementGroup(one.sop_class_uid, one.sop_instance_uid, frames)]


def statement_of(
    group: Dataset, author: Author, series_key: str, pictures: Pictures
) -> Assessment | None:
    """Return a group of ours as a statement; None where it is none.

    Which picture of several it is about is told if it is one of `pictures`.
    """
    sentences = [text_of(item) for item in find(group, STATEMENT)]
    uids = [str(item.get("UID", "")) for item in find(group, _TRACKING_UID)]
    if not sentences or not uids or not is_uid(uids[0]):
        return None
    kinds = [coded_value(item) for item in find(group, FINDING)] or _spoken_against(group)
    score, threshold = number_of(group, CERTAINTY), number_of(group, THRESHOLD)
    return Assessment(
        uids[0],
        kinds[0] if kinds else FINDING,
        series_key,
        author,
        sentences[0],
        None if score is None else _part(score[0]),
        0.5 if threshold is None else _part(threshold[0]),
        status=status_of(group),
        history=history_of(group),
        note="\n".join(text_of(item) for item in find(group, COMMENT)),
        picture=_picture(group, pictures),
    )


def _picture(group: Dataset, pictures: Pictures) -> int:
    """Return the number of the picture that a group refers to, from 1; 0 for all, or unknown."""
    known = list(pictures.planes)
    if len(known) < 2:
        return 0
    for item in find(group, _SOURCE):
        for image in item.get("ReferencedSOPSequence") or ():
            shown = _shown(image)
            if shown in pictures.planes:
                return known.index(shown) + 1
    return 0


def _shown(image: Dataset) -> Shown:
    """Return the picture that a reference names; a frame counts from 1 in a file."""
    frame = image.get("ReferencedFrameNumber")
    first = frame[0] if isinstance(frame, Sequence) and not isinstance(frame, str) else frame
    return str(image.ReferencedSOPInstanceUID), int(first or 1) - 1


def _spoken_against(group: Dataset) -> list[Code]:
    """Return the kinds for which a group says that it does not speak for them."""
    found = []
    for item in children(group):
        called = name_of(item)
        is_code = called is not None and item.get("ValueType") == "CODE"
        if called is not None and is_code and same_code(coded_value(item), AGAINST):
            found.append(called)
    return found


def same_statement(back: Assessment, meant: Assessment) -> bool:
    """Tell whether a statement came back as it was meant."""
    scores = (back.score, meant.score)
    same_score = scores == (None, None) or (
        None not in scores and abs((back.score or 0) - (meant.score or 0)) < 1e-6
    )
    return (
        same_score
        and back.id == meant.id
        and same_code(back.kind, meant.kind)
        and back.status is meant.status
        and back.picture == meant.picture
        and back.author == canonical(meant.author)
        and back.history == tuple(map(judgements.canonical, meant.history))
        and back.note.strip() == long_text(meant.note).strip()
    )


def _part(percent: float) -> float:
    return min(max(percent / 100, 0.0), 1.0)
