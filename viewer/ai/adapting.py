"""Learning from corrections: what was learned of a model's scores, and how scores are adapted.

Two things may be learned. What pushes a score (in log odds) is weighed anew: each push gets a
factor, held near 1 by a penalty, and all together a shift. On top of that the last layers of its
network may be trained further (`tuning`): then the network pushes otherwise. Patients are held out
by a rule that never changes: what was learned is only of use if it is better on them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from scipy.optimize import minimize
from scipy.special import expit

from viewer.ai.card import STRICT, Card
from viewer.ai.reading import Reading
from viewer.ai.verdicts import (
    Array,
    Judgement,
    Side,
    fold_of,
    is_held_out,
    judged,
    losses,
    parted,
    patients_of,
    truth_of,
)
from viewer.core.correction import WHOLE, Correction, log_odds, pushes_of
from viewer.core.errors import Unreadable
from viewer.core.finding import Finding, Reason
from viewer.core.progress import Progress
from viewer.core.study import Notice

__all__ = ["Adaptation", "Side", "adapt", "is_held_out"]

PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
ADAPTED = "adapted by corrections"
"""The parameter of an author that names the adaptation by which a finding was scored."""
UNTUNED = "score before its network was trained further"
CAME_WITH = "weights as the model came"
"""Parameters of an author whose network was trained further."""
_LEAST_FACTOR = 0.05
"""What was weighed by less cannot be told any more."""
_SHORT = 8


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What was learned of one model, and what it was worth on patients held out.

    Factors on its pushes, and, if its network was trained further, the hash of the new weights.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    weights_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Of the model as it came."""
    factors: Annotated[tuple[tuple[str, float], ...], Field(max_length=1000)]
    shift: float
    penalty: float
    """How firmly factors are held near 1."""
    made_at: str
    verdicts: int
    patients: int
    held_verdicts: int
    held_patients: int
    before: Side
    after: Side
    gain: tuple[float, float, float]
    """Loss before less loss after on patients held out: mean, and the ends of its 95 % interval."""
    tuned_sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    layers: Literal["", "last layer", "last block"] = ""
    """What of the network was trained further."""
    anchor: float = 0.0
    """How firmly its weights are held near those that it came with."""

    @property
    def is_better(self) -> bool:
        """Tell whether it may be used: surely less loss, and no worse order."""
        return Judgement(self.before, self.after, self.gain).is_better

    @property
    def name(self) -> str:
        """A short name that tells it from all others."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()[:12]

    def as_json(self) -> str:
        """Return it as a text that `adaptation_from` takes back."""
        told = asdict(self)
        if not self.tuned_sha256:
            del told["tuned_sha256"], told["layers"], told["anchor"]
        return json.dumps(told, sort_keys=True)

    def version(self, version: str) -> str:
        """Return how a version of the model is called once its network was trained further."""
        return f"{version}+{self.tuned_sha256[:_SHORT]}" if self.tuned_sha256 else version

    def adapted(self, finding: Finding) -> Finding:
        """Return a finding of this model with the score and the pushes as weighed here."""
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

    def odds_of(self, corrections: Sequence[Correction]) -> Array:
        """Return the log odds of findings (n) with the pushes as weighed here."""
        known = dict(self.factors)
        return np.array(
            [
                one.rest
                + self.shift
                + sum(known.get(name, 1.0) * push for name, push in one.pushes)
                for one in corrections
            ]
        )

    def tuned(self, finding: Finding, line: Reason, pushed: float) -> Finding:
        """Return a finding that was weighed anew as the network sees it after training further.

        Args:
            finding: As `adapted` gives it.
            line: What its explanation says of the network now, in place of the line so called.
            pushed: By how much its log odds are more now.
        """
        if finding.score is None or finding.author.weights_sha256 != self.weights_sha256:
            return finding
        told = ((UNTUNED, f"{finding.score:.9f}"), (CAME_WITH, self.weights_sha256))
        author = replace(
            finding.author,
            version=self.version(finding.author.version),
            weights_sha256=self.tuned_sha256,
            parameters=(*finding.author.parameters, *told),
        )
        lines = tuple(line if one.name == line.name else one for one in finding.explanation)
        odds = log_odds(finding.score) + pushed
        return replace(finding, score=float(expit(odds)), explanation=lines, author=author)


def as_it_came(
    finding: Finding, learned: Mapping[str, Adaptation], network: str = ""
) -> Finding | None:
    """Return a finding with the score and the pushes that the model gave before any adaptation.

    None where nobody can tell any more. What is learned next starts from the model as it came.

    Args:
        finding: Of a model.
        learned: Adaptations by name.
        network: What the line of an explanation is called that tells of the network.
    """
    if CAME_WITH in dict(finding.author.parameters):
        untuned = _untuned(finding, network)
        return None if untuned is None else as_it_came(untuned, learned)
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


def _untuned(finding: Finding, network: str) -> Finding | None:
    """Return a finding as it was before the network of its model was trained further."""
    told = dict(finding.author.parameters)
    try:
        score = float(told[UNTUNED])
    except (KeyError, ValueError):
        return None
    if not 0 <= score <= 1 or finding.score is None:
        return None
    pushed = log_odds(finding.score) - log_odds(score)
    lines = tuple(
        replace(one, contribution=round(one.contribution - pushed, 3))
        if one.name == network and one.contribution is not None
        else one
        for one in finding.explanation
    )
    author = replace(
        finding.author,
        version=finding.author.version.partition("+")[0],
        weights_sha256=told[CAME_WITH],
        parameters=tuple(
            one for one in finding.author.parameters if one[0] not in (UNTUNED, CAME_WITH)
        ),
    )
    return replace(finding, score=score, explanation=lines, author=author)


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
    """Return what a model read with scores as weighed here; texts of other models do nothing.

    Damaged texts are left out with a notice. Weights that were trained further: `tuning.using`.
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
        if learned.weights_sha256 in hashes and not learned.tuned_sha256:
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
        models=tuple(promising_nothing(card, learned) for card in reading.models),
        notices=(*reading.notices, Notice("adapted", sentence)),
    )


def weighed_odds(
    learn: Sequence[Correction], others: Sequence[Correction], penalty: float
) -> tuple[Array, Array]:
    """Return the log odds of both after weighing by the verdicts on the first alone."""
    names = tuple(sorted({name for one in learn for name, _ in one.pushes}))
    table = _Table.of(learn, names)
    factors, shift = _fit(table, penalty)
    return table.odds(factors, shift), _Table.of(others, names).odds(factors, shift)


def promising_nothing(card: Card, learned: Adaptation) -> Card:
    """Return the card without its operating table, which was measured with other scores."""
    if card.weights_sha256 != learned.weights_sha256:
        return card
    return replace(card, operating=(), operating_on="")


def adapt(corrections: Sequence[Correction], made_at: str, progress: Progress) -> Adaptation:
    """Weigh pushes anew by verdicts on the findings of one model.

    Args:
        corrections: Verdicts, one for each finding.
        made_at: When this is, ISO 8601.
        progress: Told how far it is.

    Raises:
        Declined: if they are of several models, or too few to learn from or to judge by.
    """
    learn, held = parted(corrections)
    names = tuple(sorted({name for one in learn for name, _ in one.pushes}))
    table = _Table.of(learn, names)
    penalty = _best_penalty(table, progress)
    factors, shift = _fit(table, penalty)
    known = _Table.of(held, names)
    after = judged(held, known.rest + known.pushes.sum(axis=1), known.odds(factors, shift))
    progress.report(1.0, "judged on patients held out")
    return Adaptation(
        learn[0].weights_sha256,
        tuple(zip(names, (round(float(one), 6) for one in factors), strict=True)),
        round(shift, 6),
        penalty,
        made_at,
        len(learn),
        len(set(table.patients)),
        len(held),
        len(set(known.patients)),
        after.before,
        after.after,
        after.gain,
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
        return cls(pushes, rest, truth_of(corrections), patients_of(corrections))

    def odds(self, factors: Array, shift: float) -> Array:
        return np.asarray(self.rest + shift + self.pushes @ factors)

    def part(self, chosen: NDArray[np.bool_]) -> _Table:
        patients = tuple(p for p, c in zip(self.patients, chosen, strict=True) if c)
        return _Table(self.pushes[chosen], self.rest[chosen], self.truth[chosen], patients)


def _fit(table: _Table, penalty: float) -> tuple[Array, float]:
    def cost(numbers: Array) -> tuple[float, Array]:
        factors, shift = numbers[:-1], float(numbers[-1])
        odds = table.odds(factors, shift)
        off = expit(odds) - table.truth
        value = losses(table.truth, odds).sum() + penalty * ((factors - 1) ** 2).sum()
        slope = np.append(table.pushes.T @ off + 2 * penalty * (factors - 1), off.sum())
        return float(value), slope

    start = np.append(np.ones(table.pushes.shape[1]), 0.0)
    found = minimize(cost, start, jac=True, method="L-BFGS-B").x
    return np.asarray(found[:-1]), float(found[-1])


def _best_penalty(table: _Table, progress: Progress) -> float:
    """Choose by patients left out in turn, among those that may be learned from."""
    fold = fold_of(table.patients)
    worth = []
    for number, penalty in enumerate(PENALTIES):
        progress.report(number / len(PENALTIES), f"penalty {penalty:g}")
        total = 0.0
        for left in np.unique(fold):
            away = fold == left
            factors, shift = _fit(table.part(~away), penalty)
            known = table.part(away)
            total += float(losses(known.truth, known.odds(factors, shift)).sum())
        worth.append(total)
    return PENALTIES[int(np.argmin(worth))]


def _weighed(line: Reason, known: Mapping[str, float]) -> Reason:
    if line.contribution is None:
        return line
    return replace(line, contribution=round(line.contribution * known.get(line.name, 1.0), 3))
