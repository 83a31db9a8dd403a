"""What a model is given: the image in front, and what it takes along of the same patient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.ai.offer import Offer
from viewer.ai.readers import Inputs
from viewer.commands.desk import Desk
from viewer.core.ages import years_between
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Part, Progress, Silent
from viewer.core.stack import Stack
from viewer.core.study import Series, SeriesKind, Study, of_one_person
from viewer.core.technique import Technique
from viewer.core.volume import Volume
from viewer.imaging.derivation import DERIVED
from viewer.imaging.veil import ready as ready_to_veil
from viewer.imaging.warm import be_ready_for
from viewer.io.load import load
from viewer.io.technique import technique_of
from viewer.session.images import Image, OpenImage
from viewer.session.session import Session

MOST_COMPANIONS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """A series that a model is given; without an image it is still to be loaded."""

    study: Study
    series: Series
    image: Image | None


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """All that a model is given, and the UIDs of the series it came from."""

    inputs: Inputs
    sources: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    """Sentences about series that could not be loaded."""


def front(desk: Desk) -> OpenImage:
    """Return the image that is to be read.

    Raises:
        Declined: if there is none, not all of it has arrived, or it was resampled.
    """
    opened = desk.session.active_image
    if opened is None:
        raise Declined("The second reader needs an image in the active view.", code="no_volume")
    if opened.key in desk.loadings or not opened.is_whole:
        raise Declined(
            "Not all of this series is loaded. Start the second reader when it is complete.",
            code="loading",
        )
    if any(notice.code == DERIVED for notice in (*opened.notices, *opened.series.notices)):
        raise Declined(
            "The second reader works on slices as they were acquired; this volume was resampled.",
            code="derived",
        )
    return opened


def inputs_of(opened: OpenImage) -> Inputs:
    """Return an image alone, as far as its headers say what it is."""
    return Inputs(
        opened.image,
        body_part=opened.series.body_part,
        dates=(opened.study.date,),
        names=(opened.series.description,),
        years=years_between(opened.study.patient.birth_date, opened.study.date),
    )


def companions(desk: Desk, opened: OpenImage, offer: Offer) -> tuple[Wanted, ...]:
    """Return what a model takes along: open series first, then those with the most slices.

    Series of the same person in the same frame of reference, and for a model that compares
    also open ones of other studies.
    """
    found = {one.series.key: one for one in _earlier(desk, opened, offer)}
    if isinstance(opened.image, Volume) and opened.frame_of_reference_uid:
        for one in _beside(desk.session, opened, offer):
            found.setdefault(one.series.key, one)
    whole = [one for one in found.values() if one.series.key not in desk.loadings]
    whole.sort(key=lambda one: (one.image is None, -len(one.series.instances)))
    return tuple(whole[:MOST_COMPANIONS])


def _beside(session: Session, opened: OpenImage, offer: Offer) -> Iterator[Wanted]:
    space = opened.frame_of_reference_uid
    for study, series in session.catalogue.value.all_series():
        if not of_one_person(study, opened.study) or series.key == opened.key:
            continue
        if series.modality not in offer.companions or series.kind is not SeriesKind.VOLUME:
            continue
        if series.frame_of_reference_uid == space and series.format != DERIVED:
            there = session.images.value.get(series.key)
            yield Wanted(study, series, None if there is None else there.image)


def _earlier(desk: Desk, opened: OpenImage, offer: Offer) -> Iterator[Wanted]:
    if not offer.compares:
        return
    for one in desk.session.images.value:
        other = one.study.identity != opened.study.identity
        same_person = of_one_person(one.study, opened.study)
        as_taken = one.is_whole and one.series.format != DERIVED
        if other and same_person and as_taken and one.image.modality == opened.image.modality:
            yield Wanted(one.study, one.series, one.image)


def bytes_to_load(wanted: tuple[Wanted, ...]) -> int:
    """Return about how much memory the series will take that are still to be loaded."""
    missing = (one.series for one in wanted if one.image is None)
    return sum(2 * one.rows * one.columns * len(one.instances) for one in missing)


def gather(opened: OpenImage, wanted: tuple[Wanted, ...], progress: Progress) -> Gathered:
    """Load what is missing, and ask the files how everything was taken.

    What cannot be loaded is left out, with a sentence.
    """
    be_ready_for(np.dtype(np.uint8))
    ready_to_veil()  # what a map is drawn by is not loaded in front of the reader
    images: list[Image] = [opened.image]
    kept: list[Wanted] = []
    left_out: list[str] = []
    for number, one in enumerate(wanted):
        part = Part(progress, number / len(wanted), (number + 1) / len(wanted))
        try:
            image = one.image if one.image is not None else load(one.series, part)
        except (Unreadable, Declined) as why:
            left_out.append(f"{one.series.title} was left out: {why}")
            continue
        part.report(1.0, one.series.title)
        images.append(image)
        kept.append(one)
    series = (opened.series, *(one.series for one in kept))
    studies = (opened.study, *(one.study for one in kept))
    inputs = Inputs(
        images[0],
        tuple(images[1:]),
        opened.series.body_part,
        tuple(study.date for study in studies),
        tuple(one.description for one in series),
        tuple(map(_technique, series)),
        years_between(opened.study.patient.birth_date, opened.study.date),
    )
    return Gathered(inputs, tuple(one.uid for one in series), tuple(left_out))


def _technique(series: Series) -> Technique:
    if series.format != "DICOM" or not series.instances:
        return Technique()
    middle = series.instances[len(series.instances) // 2]
    try:
        return technique_of(middle.path, middle.frame, Silent())
    except (Unreadable, Declined, OSError):
        return Technique()


def voxels_of(inputs: Inputs) -> int:
    """Return how many voxels or pixels all images of a request have together."""
    return sum(map(_voxels, (inputs.image, *inputs.others)))


def _voxels(image: Image) -> int:
    if isinstance(image, Stack):
        return sum(frame.pixels.size for frame in image.frames)
    return int(image.voxels.size)


def unchanged(session: Session, opened: OpenImage) -> bool:
    """Tell whether an image is still open with the very voxels that it had."""
    now = session.images.value.get(opened.key)
    if now is None:
        return False
    if isinstance(opened.image, Volume) and isinstance(now.image, Volume):
        same_place = now.image.geometry == opened.image.geometry
        return same_place and _same(now.image.voxels, opened.image.voxels)
    if isinstance(opened.image, Stack) and isinstance(now.image, Stack):
        pairs = zip(now.image.frames, opened.image.frames, strict=False)
        same = len(now.image.frames) == len(opened.image.frames)
        return same and all(_same(one.pixels, other.pixels) for one, other in pairs)
    return False


def _same(one: NDArray[np.generic], other: NDArray[np.generic]) -> bool:
    """Tell whether two arrays are views of the very same memory."""
    ours, theirs = one.__array_interface__, other.__array_interface__
    return all(ours[name] == theirs[name] for name in ("data", "shape", "typestr", "strides"))
