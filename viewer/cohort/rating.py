"""What the readers of LIDC-IDRI would think of the nodules that were found, beside each."""

from __future__ import annotations

from dataclasses import replace

from viewer.ai.malignancy import malignancy_model, rate, with_rating
from viewer.ai.reading import Reading
from viewer.ai.similar import lines, similar_cases, with_similar
from viewer.core.errors import Declined
from viewer.core.finding import Finding
from viewer.core.progress import Silent
from viewer.core.study import Notice
from viewer.core.volume import Volume


def rated(volume: Volume, reading: Reading) -> Reading:
    """Return a reading whose shown findings tell their rating; what cannot be rated is noted."""
    notices: list[Notice] = []
    shown = {one.id for one in reading.shown}

    def one(finding: Finding) -> Finding:
        if finding.id not in shown or finding.mask is None:
            return finding
        try:
            rating = rate(volume, finding.mask, Silent())
            told = lines(similar_cases(rating.shape.numbers()))
            return with_similar(with_rating(finding, rating), told)
        except Declined as why:
            notices.append(Notice("not_rated", str(why)))
            return finding

    findings = tuple(one(each) for each in reading.findings)
    return replace(
        reading,
        findings=findings,
        models=(*reading.models, malignancy_model().card),
        notices=(*reading.notices, *notices),
    )
