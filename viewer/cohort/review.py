"""Read studies from first file to saved result, as the window would, without one.

Nobody judges here: findings stay proposed and the report unverified. Page, SEG
and SR hold what reaches the threshold of the model's card, as the window shows
it at first; the table holds every candidate with its score.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from viewer.cohort.account import (
    Account,
    Fate,
    SeriesAccount,
    began,
    once_declined,
    refused,
)
from viewer.cohort.calling import Call, Choice, calls_for, each_once
from viewer.cohort.leftovers import ACCOUNT, earlier_results, sweep
from viewer.cohort.plan import Errand, errands, left_out, place, study_folder
from viewer.cohort.visit import Done, Draw, visit
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Part, Progress
from viewer.core.taken import all_as_ct
from viewer.io.atomic import Staging
from viewer.io.map_forms import MapForm
from viewer.io.scan import scan
from viewer.jobs.failing import WorkFailed

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Review:
    """What a review brought: the series that were read, and the account of everything."""

    done: tuple[Done, ...]
    account: Account
    account_file: Path

    @property
    def fates(self) -> frozenset[Fate]:
        """What became of the series that were found."""
        return frozenset(series.fate for series in self.account.series)


def review(
    places: Sequence[Path],
    out: Path,
    draw: Draw,
    progress: Progress,
    *,
    own: Path,
    models: tuple[str, ...] = (),
    as_ct: bool = False,
    malignancy: bool = False,
    maps: MapForm = MapForm.NIFTI,
    learned: tuple[str, ...] = (),
) -> Review:
    """Read every image that a model accepts; write its results below `out`.

    What an earlier review wrote there is replaced as a whole. Volumes whose files do not
    tell what they are count `as_ct` in HU if the caller gives that word. `models` are the ids of
    those that are wanted; where none is named all read that may run by themselves. `own` is the
    folder of added models. Models score as they came, but for what was `learned` here and given.

    Raises:
        Declined: if `out` cannot be written, or a model that is named is not there.
    """
    began_s = time.monotonic()
    choice = Choice(models, own)
    choice.check()
    stacks = choice.reads_stacks
    catalogue = scan(places, Part(progress, 0.0, 0.1))
    catalogue = all_as_ct(catalogue) if as_ct else catalogue
    earlier = earlier_results(out)
    work = partial(visit, draw=draw, own=own, malignancy=malignancy, maps=maps, learned=learned)
    desk = _Desk(places, out, work)
    ask = partial(calls_for, catalogue=catalogue, choice=choice)
    accepted = desk.admit(errands(catalogue, stacks=stacks), ask)
    done = desk.read(accepted, Part(progress, 0.1, 1.0))
    desk.leave(left_out(catalogue, stacks=stacks))
    account = Account(
        inputs=tuple(place.resolve().name for place in places),
        series=tuple(desk.accounts) if models else once_declined(desk.accounts),
        refused=tuple(refused(one, places) for one in catalogue.refused),
        seconds=round(time.monotonic() - began_s, 2),
    )
    file = _write(out, account)
    sweep(out, earlier, (path for one in done for path in one.files))
    return Review(tuple(done), account, file)


class _Desk:
    """Tries series one after the other, and notes down what became of each."""

    def __init__(self, given: Sequence[Path], out: Path, call: Callable[..., Done]) -> None:
        self._given, self._out, self._call = given, out, call
        self.accounts: list[SeriesAccount] = []

    def admit(
        self, todo: Sequence[Errand], ask: Callable[[Errand], tuple[Call, ...]]
    ) -> tuple[Call, ...]:
        """Return who reads what, as far as headers tell."""
        asked = (self._tried(errand, partial(ask, errand)) for errand in todo)
        return each_once(call for calls in asked for call in calls or ())

    def read(self, todo: Sequence[Call], progress: Progress) -> list[Done]:
        """Read and save each; return those that came through."""
        done: list[Done] = []
        for number, call in enumerate(todo):
            folder = place(self._out, [one.errand for one in done], call.errand)
            part = Part(progress, number / len(todo), (number + 1) / len(todo))
            came = self._tried(call.errand, partial(self._call, call, folder, progress=part))
            if came is not None:
                done.append(came)
        settled = self._settled(done)
        self.accounts += [one.told(self._account(one.errand), self._out) for one in settled]
        return settled

    def _settled(self, done: Sequence[Done]) -> list[Done]:
        """Give the first study a folder of its own, too, if it did not remain alone."""
        first = {one.errand.study.identity for one in done[:1]}
        if all(one.errand.study.identity in first for one in done):
            return list(done)
        own = study_folder(self._out, 0)
        return [
            one.moved(self._out, own) if one.errand.study.identity in first else one for one in done
        ]

    def leave(self, others: Sequence[Errand]) -> None:
        """Note what was not tried."""
        for errand in others:
            sentence = f"This is no volume but a {errand.series.kind}, so no model was asked."
            self._note(errand, Fate.NOT_TRIED, "no_volume", sentence)

    def _tried(self, errand: Errand, work: Callable[[], T]) -> T | None:
        """Return what the work brings, or nothing and a note of what stood in its way."""
        try:
            return work()
        except Declined as error:
            self._note(errand, Fate.DECLINED, error.code, str(error))
        except Unreadable as error:
            self._note(errand, Fate.UNREADABLE, error.code, str(error))
        except WorkFailed as error:
            self._note(errand, Fate.FAILED, error.failure.code, error.failure.sentence)
        return None

    def _note(self, errand: Errand, fate: Fate, code: str, sentence: str) -> None:
        account = self._account(errand)
        self.accounts.append(replace(account, fate=fate, code=code, sentence=sentence))

    def _account(self, errand: Errand) -> SeriesAccount:
        return began(errand.study, errand.series, self._given)


def _write(out: Path, account: Account) -> Path:
    with Staging(out) as staging:
        staging.write(ACCOUNT, account.as_json().encode())
        (path,) = staging.commit()
    return path
