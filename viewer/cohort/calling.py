"""Which models a review lets read which series, and what each of them takes along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from viewer.ai.asking import experimental, offers
from viewer.ai.external.programs import PROGRAMS, program_of
from viewer.ai.offer import Offer
from viewer.ai.readers import READERS, Image, Inputs, Reader
from viewer.ai.registry import Registry
from viewer.cohort.plan import Errand
from viewer.core.errors import Declined
from viewer.core.study import Catalogue, Series, SeriesKind, of_one_person
from viewer.io.load import open_series

ALL = "all"
"""In place of the ids of models: every one that takes the images, experimental ones too."""
MOST_COMPANIONS = 8
_ENDINGS = {"nii", "gz", "nrrd", "nhdr", "mha", "mhd", "hdr", "img", "dcm"}


@dataclass(frozen=True, slots=True)
class Choice:
    """The models that are wanted; none named means those that may run by themselves.

    `own` is the folder of added models.
    """

    models: tuple[str, ...]
    own: Path

    def check(self) -> None:
        """See that every model that is named is there.

        Raises:
            Declined: naming the first that is not, and those that are.
        """
        added = (one.id for one in Registry(self.own).entries() if not one.built_in)
        external = (one.id for one in PROGRAMS)
        known = dict.fromkeys((*(one.id for one in READERS), *added, *external))
        for name in self.models:
            program = program_of(name)
            if program is not None and program.lacking:
                raise Declined(program.lacking, code="not_installed")
            if name != ALL and name not in known:
                raise Declined(
                    f"No model {name[:80]!r} reads images here; these do: {', '.join(known)}.",
                    code="no_reader",
                )

    @property
    def reads_stacks(self) -> bool:
        """Whether models are wanted that read single pictures."""
        if ALL in self.models:
            return True
        return any(one.kind != "volume" for one in READERS if self._may_want(one))

    def _may_want(self, reader: Reader) -> bool:
        if self.models:
            return reader.id in self.models
        return reader.unasked or not experimental(reader.id)

    def wants(self, offer: Offer) -> bool:
        """Tell whether a model is to be asked; a program of others only by its name."""
        if not self.models:
            return offer.built_in and (offer.unasked or not offer.experimental)
        if program_of(offer.id) is not None:
            return offer.id in self.models
        return ALL in self.models or offer.id in self.models


@dataclass(frozen=True, slots=True)
class Call:
    """One model that is to read one series, and what it takes along."""

    errand: Errand
    offer: Offer
    companions: tuple[Errand, ...] = ()


def calls_for(errand: Errand, catalogue: Catalogue, choice: Choice) -> tuple[Call, ...]:
    """Return the models that take a series, going by headers alone.

    Raises:
        Declined: with the reason, if none of the wanted ones does.
        Unreadable: if the files cannot be opened.
    """
    image = open_series(errand.series).image
    inputs = _inputs(errand, image)
    earlier = tuple(_earlier(errand, catalogue))
    asked = [
        one
        for one in offers(inputs, choice.own, earlier=_with(inputs, earlier) if earlier else None)
        if choice.wants(one)
    ]
    asked = asked if choice.models else [_not_beyond(one) for one in asked]
    taken = [one for one in asked if one.taken]
    if not taken:
        raise _refusal(asked)
    return tuple(Call(errand, one, companions(errand, catalogue, one)) for one in taken)


def _not_beyond(offer: Offer) -> Offer:
    """Return an offer that refuses what its model reads only where somebody named it."""
    if not offer.taken or not offer.beyond:
        return offer
    return replace(offer, reason=offer.beyond, code="beyond")


def _inputs(errand: Errand, image: Image) -> Inputs:
    series = errand.series
    return Inputs(
        image,
        body_part=series.body_part,
        dates=(errand.study.date,),
        names=(series.description,),
    )


def _with(inputs: Inputs, earlier: Sequence[Errand]) -> Inputs:
    images = tuple(open_series(one.series).image for one in earlier)
    return replace(
        inputs,
        others=images,
        dates=(*inputs.dates, *(one.study.date for one in earlier)),
        names=(*inputs.names, *(one.series.description for one in earlier)),
    )


def _refusal(asked: Sequence[Offer]) -> Declined:
    """Return why no model took a series: the reasons of those that looked further than the kind."""
    if not asked:
        return Declined("No model that is wanted reads images of this kind.", code="no_model")
    near = [one for one in asked if not one.code.startswith(("no_", "not_"))] or list(asked)
    sentences = tuple(dict.fromkeys(one.reason for one in near))
    return Declined(" ".join(sentences[:3]), code=near[0].code)


def companions(errand: Errand, catalogue: Catalogue, offer: Offer) -> tuple[Errand, ...]:
    """Return the volumes that a model takes along, those with the most slices first.

    They are of the same person in the same frame of reference, those of the same study first. For
    a model that compares also those of other studies: first what is called alike, of these what
    is earlier, the latest first.
    """
    found = [*_beside(errand, catalogue, offer)]
    found.sort(key=lambda one: -len(one.series.instances))
    found.sort(key=lambda one: one.study.identity != errand.study.identity)
    if offer.compares:
        found += sorted(_earlier(errand, catalogue), key=partial(_nearness, errand), reverse=True)
    return tuple(found[:MOST_COMPANIONS])


def _nearness(errand: Errand, other: Errand) -> tuple[int, bool, str, int]:
    """Return what is greater for series that are likelier what one is to be compared with."""
    shared = len(_words(errand.series) & _words(other.series))
    return shared, _is_before(other, errand), other.study.date, len(other.series.instances)


def _is_before(one: Errand, other: Errand) -> bool:
    return bool(one.study.date) and one.study.date < other.study.date


def _words(series: Series) -> set[str]:
    """Return what a series is called, without numbers and the endings of files."""
    return set(re.findall(r"[a-z]+", series.description.lower())) - _ENDINGS


def _others(errand: Errand, catalogue: Catalogue) -> Iterator[Errand]:
    """Go through the other volumes of the same person."""
    for study, series in catalogue.all_series():
        if (
            of_one_person(study, errand.study)
            and series.kind is SeriesKind.VOLUME
            and series.key != errand.series.key
        ):
            yield Errand(study, series)


def _beside(errand: Errand, catalogue: Catalogue, offer: Offer) -> Iterator[Errand]:
    space = errand.series.frame_of_reference_uid
    for one in _others(errand, catalogue):
        same_space = bool(space) and one.series.frame_of_reference_uid == space
        if same_space and one.series.modality in offer.companions:
            yield one


def _earlier(errand: Errand, catalogue: Catalogue) -> Iterator[Errand]:
    for one in _others(errand, catalogue):
        same_study = one.study.identity == errand.study.identity
        if not same_study and one.series.modality == errand.series.modality:
            yield one


def each_once(calls: Iterable[Call]) -> tuple[Call, ...]:
    """Return the calls without those whose series another call of the same model takes along.

    Of the series of a group that one comes first whose modality the model names first. A model
    that compares is asked about every date but the first, which is compared with the second.
    """
    calls = tuple(calls)
    kept: list[Call] = []
    for call in sorted(calls, key=_rank):
        along = {
            one.series.key
            for other in kept
            if other.offer.id == call.offer.id
            for one in other.companions
        }
        if _is_done_by(calls, call) if call.offer.compares else call.errand.series.key in along:
            continue
        kept.append(call)
    return tuple(kept)


def _is_done_by(calls: Sequence[Call], call: Call) -> bool:
    """Tell whether a call of a model that compares brings nothing that others do not bring.

    So it is for the first date, if a later series that is called alike takes it along; of two
    without dates the first in the list is asked.
    """
    if any(_is_before(one, call.errand) and _alike(one, call.errand) for one in call.companions):
        return False
    number = calls.index(call)
    return any(
        call.errand.series.key in {one.series.key for one in other.companions}
        and _alike(other.errand, call.errand)
        and (
            _is_before(call.errand, other.errand)
            or (other.errand.study.date == call.errand.study.date and place < number)
        )
        for place, other in enumerate(calls)
        if other.offer.id == call.offer.id
    )


def _alike(one: Errand, other: Errand) -> bool:
    return _words(one.series) == _words(other.series)


def _rank(call: Call) -> int:
    order = _modalities().get(call.offer.id, ())
    modality = call.errand.series.modality
    return order.index(modality) if modality in order else len(order)


@lru_cache(maxsize=1)
def _modalities() -> dict[str, tuple[str, ...]]:
    return {one.id: one.modalities for one in READERS}
