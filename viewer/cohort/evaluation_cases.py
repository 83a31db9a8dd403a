"""Which cases are compared, whose they are, and in which group and fold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from viewer.cohort.evaluation_tables import Row, listed, read_rows, require_columns
from viewer.core.errors import Declined
from viewer.imaging.evaluation.resampling import refuse_shared

_OWN = ("case", "patient", "fold", "split")
_MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its name, its patient, its groups by column."""

    name: str
    patient: str
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases that are compared, by rising name; `notices` are what must be known of them."""

    every: tuple[Case, ...]
    notices: tuple[str, ...] = ()

    @property
    def patients(self) -> tuple[str, ...]:
        """The patient of each case."""
        return tuple(one.patient for one in self.every)

    @property
    def one_each(self) -> bool:
        """Whether no patient has more than one case."""
        return len(set(self.patients)) == len(self.every)

    def parts(self) -> Iterator[tuple[str, str, list[int]]]:
        """Go through all groups: column, value, and the numbers of its cases."""
        columns = dict.fromkeys(name for one in self.every for name in one.groups)
        for column in columns:
            values = sorted({one.groups.get(column, "") for one in self.every})
            for value in values:
                inside = [
                    n for n, one in enumerate(self.every) if one.groups.get(column, "") == value
                ]
                yield column, value or "(none)", inside


def paired(predicted: Mapping[str, str], true: Mapping[str, str], groups: Path | None) -> Cases:
    """Return the cases of both sides; each maps the names of cases to patients, empty if unknown.

    Raises:
        Declined: if a case is on one side only, a patient is another on the other side or on
            both sides of a fold or split, or the groups leave out a case.
    """
    told = {} if groups is None else _told(groups)
    notices: list[str] = []
    kept = _tested(told, notices)
    if kept is not None:
        refused = sorted(set(predicted) - set(told))
        if refused:
            raise Declined(
                f"{_name(groups)} does not say on which side {listed(refused)} are.",
                code="missing_cases",
            )
        predicted = {name: one for name, one in predicted.items() if name in kept}
        true = {name: one for name, one in true.items() if name in kept}
    _require_both(predicted, true)
    without = sorted(set(true) - set(told)) if groups is not None else []
    if without:
        raise Declined(f"{_name(groups)} does not tell of {listed(without)}.", code="missing_cases")
    every = tuple(_case(name, told, (predicted[name], true[name])) for name in sorted(true))
    if all(one.patient == one.name for one in every):
        notices.append("No patients were named: each case counts as a patient of its own.")
    folds = [told[one.name].text("fold") for one in every if one.name in told]
    if any(folds):
        refuse_shared([one.patient for one in every], folds)
    return Cases(every, tuple(notices))


def _name(groups: Path | None) -> str:
    return "" if groups is None else groups.name


def _told(groups: Path) -> dict[str, Row]:
    rows = read_rows(groups)
    require_columns(groups, rows, ("case",))
    require_once([row.text("case") for row in rows], groups.name)
    return {row.text("case"): row for row in rows}


def _tested(told: Mapping[str, Row], notices: list[str]) -> set[str] | None:
    """Return the cases that are judged where some were learned from; None if all are.

    Raises:
        Declined: if a patient is on both sides, or no side is called test.
    """
    sides = {name: row.text("split").lower() for name, row in told.items()}
    if not any(sides.values()):
        return None
    patients = [row.text("patient") or name for name, row in told.items()]
    refuse_shared(patients, list(sides.values()), "split")
    kept = {name for name, side in sides.items() if side in ("test", "hold-out", "holdout")}
    if not kept:
        raise Declined("No case of the groups is in the split called test.", code="no_test")
    notices.append(
        f"Only the {len(kept)} cases held out (split test) were judged; "
        f"{len(told) - len(kept)} others were left out."
    )
    return kept


def _require_both(predicted: Iterable[str], true: Iterable[str]) -> None:
    ours, theirs = set(predicted), set(true)
    sentences = []
    if theirs - ours:
        sentences.append(f"There are no predictions of {listed(sorted(theirs - ours))}.")
    if ours - theirs:
        sentences.append(f"There is no truth of {listed(sorted(ours - theirs))}.")
    if sentences:
        raise Declined(
            f"{' '.join(sentences)} A case without findings is a line with its name alone.",
            code="missing_cases",
        )
    if not ours:
        raise Declined("There is no case to be judged.", code="no_cases")


def _case(name: str, told: Mapping[str, Row], patients: Sequence[str]) -> Case:
    row = told.get(name)
    named = {one for one in (*patients, row.text("patient") if row else "") if one}
    if len(named) > 1:
        raise Declined(
            f"{name} is of patient {' and of patient '.join(sorted(named))}.", code="other_patient"
        )
    groups = {} if row is None else _groups(row)
    return Case(name, next(iter(named), name), groups)


def _groups(row: Row) -> dict[str, str]:
    own = {name: text for name, text in row.cells.items() if name and name not in _OWN}
    fold = row.text("fold")
    return {**own, "fold": fold} if fold else own


def too_many(cases: Cases) -> tuple[str, ...]:
    """Return the columns of groups that have so many values that they are no groups."""
    columns = dict.fromkeys(name for one in cases.every for name in one.groups)
    return tuple(
        column
        for column in columns
        if len({one.groups.get(column, "") for one in cases.every}) > _MOST_VALUES
    )


def require_once(names: Sequence[str], where: str) -> None:
    """Decline cases that are there twice, or have no name.

    Raises:
        Declined: naming them.
    """
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise Declined(f"{where} has {listed(twice)} more than once.", code="duplicate_cases")
    if "" in names:
        raise Declined(f"{where} has a line without the name of a case.", code="no_case")
