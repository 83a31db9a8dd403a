"""Learning from corrections: what pushes a model's scores is weighed anew by local verdicts.

The network and the features stay as they are; each push (in log odds) gets a factor, held near 1
by a penalty, and all together a shift. So little can be learned from few verdicts, and what was
learned can be read. Patients are held out by a rule that never changes: what was learned is only
of use if it is better on them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from scipy.optimize import minimize
from scipy.special import expit

from viewer.ai.card import STRICT
from viewer.ai.reading import Reading
from viewer.core.correction import WHOLE, Correction, pushes_of
from viewer.core.errors import Declined, Unreadable
from viewer.core.finding import Finding, Reason
from viewer.core.progress import Progress
from viewer.core.study import Notice
from viewer.imaging.evaluation.classification import area_under
from viewer.imaging.evaluation.resampling import folds

Array = NDArray[np.float64]

HELD_OUT = 0.25
"""Share of patients that nothing is ever learned from."""
LEAST_PATIENTS = 10
LEAST_HELD_OUT = 5
LEAST_EACH = 5
PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
SAMPLES = 2000
ADAPTED = "adapted by corrections"
"""The parameter of an author that names the adaptation by which a finding was scored."""
_LEAST_FACTOR = 0.05
"""What was weighed by less cannot be told any more."""
_SEED = 20
_FOLDS = 4


@dataclass(frozen=True, slots=True)
class Side:
    """How a set of scores does on the patients held out: log loss, and area under the ROC."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    loss: float
    area: float | None


@dataclass(frozen=True, slots=True)
class Adaptation:
    """Factors on the pushes of one model, and what they were worth on patients held out."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    weights_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    factors: Annotated[tuple[tuple[str, float], ...], Field(max_length=1000)]
    shift: float
    penalty: float
    made_at: str
    verdicts: int
    patients: int
    held_verdicts: int
    held_patients: int
    before: Side
    after: Side
    gain: tuple[float, float, float]
    """Loss before less loss after on patients held out: mean, and the ends of its 95 % interval."""

    @property
    def is_better(self) -> bool:
        """Tell whether it may be used: surely less loss, and no worse order."""
        area = (self.after.area or 0.0) >= (self.before.area or 0.0) - 0.005
        return self.gain[1] > 0 and area

    @property
    def name(self) -> str:
        """A short name that tells it from all others."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()[:12]

    def as_json(self) -> str:
        """Return it as a text that `adaptation_from` takes back."""
        return json.dumps(asdict(self), sort_keys=True)

    def adapted(self, finding: Finding) -> Finding:
        """Return a finding of this model with the score and the pushes as learned here."""
        if finding.score is None or finding.author.weights_sha256 != self.weights_sha256:
            return finding
        known = dict(self.factors)
        pushes, rest = pushes_of(finding)
        odds = rest + self.shift + sum(known.get(name, 1.0) * push for name, push in pushes)
        lines = tuple(_weighed(line, known) for line in finding.explanation)
        author = replace(
            finding.author,
            parameters=(*finding.author.parameters, (ADAPTED, self.name)),
        )
        return replace(finding, score=float(expit(odds)), explanation=lines, author=author)


def as_it_came(finding: Finding, learned: Mapping[str, Adaptation]) -> Finding | None:
    """Return a finding with the score and the pushes that the model gave before any adaptation.

    None where nobody can tell any more. What is learned next starts from the model as it came.

    Args:
        finding: Of a model.
        learned: Adaptations by name.
    """
    name = dict(finding.author.parameters).get(ADAPTED)
    if name is None or finding.score is None:
        return finding
    known = dict(learned[name].factors) if name in learned else None
    pushes, rest = pushes_of(finding)
    if known is None or any(abs(known.get(one, 1.0)) < _LEAST_FACTOR for one, _ in pushes):
        return None
    shift = learned[name].shift
    if [one for one, _ in pushes] == [WHOLE]:
        odds = (pushes[0][1] - shift) / known.get(WHOLE, 1.0)
    else:
        odds = rest - shift + sum(push / known.get(one, 1.0) for one, push in pushes)
    inverse = {one: 1 / factor for one, factor in known.items() if factor}
    lines = tuple(_weighed(line, inverse) for line in finding.explanation)
    kept = tuple(one for one in finding.author.parameters if one[0] != ADAPTED)
    author = replace(finding.author, parameters=kept)
    return replace(finding, score=float(expit(odds)), explanation=lines, author=author)


def adaptation_from(text: str) -> Adaptation:
    """Read what `Adaptation.as_json` wrote.

    Raises:
        Unreadable: if it is none.
    """
    try:
        return TypeAdapter(Adaptation).validate_json(text)
    except ValidationError as problem:
        raise Unreadable("This is no adaptation of a model.", code="bad_adaptation") from problem


def adapted_reading(reading: Reading, texts: Sequence[str]) -> Reading:
    """Return what a model read with scores as learned here; texts of other models do nothing.

    Damaged texts are left out with a notice.
    """
    hashes = {card.weights_sha256 for card in reading.models}
    for text in texts:
        try:
            learned = adaptation_from(text)
        except Unreadable as why:
            reading = replace(
                reading, notices=(*reading.notices, Notice("bad_adaptation", str(why)))
            )
            continue
        if learned.weights_sha256 in hashes:
            reading = _adapted(reading, learned)
    return reading


def _adapted(reading: Reading, learned: Adaptation) -> Reading:
    findings = sorted(map(learned.adapted, reading.findings), key=lambda one: -(one.score or 0.0))
    sentence = (
        f"Scores were weighed anew by {learned.verdicts} verdicts of {learned.patients} patients"
        " here; the figures of the model's card were measured without that."
    )
    return replace(
        reading,
        findings=tuple(findings),
        notices=(*reading.notices, Notice("adapted", sentence)),
    )


def is_held_out(patient: str, weights_sha256: str) -> bool:
    """Tell whether a patient is one of those that a model never learns from."""
    mark = hashlib.sha256(f"held out|{weights_sha256}|{patient}".encode()).digest()
    return int.from_bytes(mark[:4]) < HELD_OUT * 2**32


def adapt(corrections: Sequence[Correction], made_at: str, progress: Progress) -> Adaptation:
    """Learn from verdicts on the findings of one model.

    Args:
        corrections: Verdicts, one for each finding.
        made_at: When this is, ISO 8601.
        progress: Told how far it is.

    Raises:
        Declined: if they are of several models, or too few to learn from or to judge by.
    """
    models = {one.weights_sha256 for one in corrections}
    if len(models) > 1:
        raise Declined("These are verdicts on several models.", code="several_models")
    held = [one for one in corrections if is_held_out(one.patient, one.weights_sha256)]
    learn = [one for one in corrections if not is_held_out(one.patient, one.weights_sha256)]
    _enough(learn, LEAST_PATIENTS, "to learn from")
    _enough(held, LEAST_HELD_OUT, "held out to judge by")
    names = tuple(sorted({name for one in learn for name, _ in one.pushes}))
    table = _Table.of(learn, names)
    penalty = _best_penalty(table, progress)
    factors, shift = _fit(table, penalty)
    judged = _Table.of(held, names)
    before, after = judged.rest + judged.pushes.sum(axis=1), judged.odds(factors, shift)
    progress.report(1.0, "judged on patients held out")
    return Adaptation(
        next(iter(models)),
        tuple(zip(names, (round(float(one), 6) for one in factors), strict=True)),
        round(shift, 6),
        penalty,
        made_at,
        len(learn),
        len(set(table.patients)),
        len(held),
        len(set(judged.patients)),
        _side(judged, before),
        _side(judged, after),
        _gain(judged, before, after),
    )


def informative(odds: Mapping[str, Sequence[float]]) -> tuple[str, ...]:
    """Order cases by how much a verdict on them would teach, the most first.

    A case counts for its three least certain findings: those nearest to even odds.

    Args:
        odds: By case, the log odds of its findings that nobody has judged.
    """

    def worth(case: str) -> float:
        sure = expit(np.asarray(odds[case], dtype=np.float64))
        doubt = -(sure * np.log(sure.clip(1e-12)) + (1 - sure) * np.log((1 - sure).clip(1e-12)))
        return float(np.sort(doubt)[-3:].sum())

    return tuple(sorted((case for case in odds if len(odds[case])), key=lambda c: (-worth(c), c)))


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Verdicts as arrays: pushes (n, names), rest (n), truth (n), patients."""

    pushes: Array
    rest: Array
    truth: Array
    patients: tuple[str, ...]

    @classmethod
    def of(cls, corrections: Sequence[Correction], names: Sequence[str]) -> _Table:
        rows = [dict(one.pushes) for one in corrections]
        pushes = np.array([[row.get(name, 0.0) for name in names] for row in rows])
        unknown = [sum(push for name, push in row.items() if name not in names) for row in rows]
        rest = np.array([one.rest for one in corrections]) + np.array(unknown)
        truth = np.array([float(one.right) for one in corrections])
        return cls(pushes, rest, truth, tuple(one.patient for one in corrections))

    def odds(self, factors: Array, shift: float) -> Array:
        return np.asarray(self.rest + shift + self.pushes @ factors)

    def part(self, chosen: NDArray[np.bool_]) -> _Table:
        patients = tuple(p for p, c in zip(self.patients, chosen, strict=True) if c)
        return _Table(self.pushes[chosen], self.rest[chosen], self.truth[chosen], patients)


def _enough(some: Sequence[Correction], patients: int, what: str) -> None:
    here = len({one.patient for one in some})
    right = sum(one.right for one in some)
    if here < patients or min(right, len(some) - right) < LEAST_EACH:
        raise Declined(
            f"There are too few verdicts {what}: {right} right and {len(some) - right} wrong"
            f" findings of {here} patients; {LEAST_EACH} of each and {patients} patients are"
            " needed.",
            code="too_few_verdicts",
        )


def _losses(truth: Array, odds: Array) -> Array:
    return np.asarray(np.logaddexp(0.0, odds) - truth * odds)


def _fit(table: _Table, penalty: float) -> tuple[Array, float]:
    def cost(numbers: Array) -> tuple[float, Array]:
        factors, shift = numbers[:-1], float(numbers[-1])
        odds = table.odds(factors, shift)
        off = expit(odds) - table.truth
        value = _losses(table.truth, odds).sum() + penalty * ((factors - 1) ** 2).sum()
        slope = np.append(table.pushes.T @ off + 2 * penalty * (factors - 1), off.sum())
        return float(value), slope

    start = np.append(np.ones(table.pushes.shape[1]), 0.0)
    found = minimize(cost, start, jac=True, method="L-BFGS-B").x
    return np.asarray(found[:-1]), float(found[-1])


def _best_penalty(table: _Table, progress: Progress) -> float:
    """Choose by patients left out in turn, among those that may be learned from."""
    fold = folds(table.patients, _FOLDS, _SEED)
    worth = []
    for number, penalty in enumerate(PENALTIES):
        progress.report(number / len(PENALTIES), f"penalty {penalty:g}")
        total = 0.0
        for left in range(_FOLDS):
            away = fold == left
            factors, shift = _fit(table.part(~away), penalty)
            judged = table.part(away)
            total += float(_losses(judged.truth, judged.odds(factors, shift)).sum())
        worth.append(total)
    return PENALTIES[int(np.argmin(worth))]


def _side(table: _Table, odds: Array) -> Side:
    both = 0 < table.truth.sum() < len(table.truth)
    area = float(area_under(table.truth > 0, odds)) if both else None
    return Side(float(_losses(table.truth, odds).mean()), area)


def _gain(table: _Table, before: Array, after: Array) -> tuple[float, float, float]:
    """Return how much the loss falls, with its interval over patients drawn anew."""
    gains = _losses(table.truth, before) - _losses(table.truth, after)
    patients = sorted(set(table.patients))
    place = {patient: number for number, patient in enumerate(patients)}
    where = np.array([place[one] for one in table.patients])
    drawn = np.random.default_rng(_SEED).integers(0, len(patients), (SAMPLES, len(patients)))
    sums = np.bincount(where, gains, len(patients))
    counts = np.bincount(where, minlength=len(patients))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return float(gains.mean()), float(low), float(high)


def _weighed(line: Reason, known: Mapping[str, float]) -> Reason:
    if line.contribution is None:
        return line
    return replace(line, contribution=round(line.contribution * known.get(line.name, 1.0), 3))
