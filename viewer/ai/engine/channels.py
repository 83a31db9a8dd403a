"""Which image of a study goes into which channel of a network, and in which unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viewer.ai.accepting import IN_UNITS, KINDS, UNITS, UNSAID
from viewer.ai.card import Channel
from viewer.ai.readers import Inputs
from viewer.core.errors import Declined
from viewer.core.rescaled import given_as
from viewer.core.study import Notice
from viewer.core.volume import Volume

_USUAL_UNIT = {"CT": "HU", "PT": "SUVbw"}


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """The volume of each channel, None where it is missing, and which one is in front."""

    volumes: tuple[Volume | None, ...]
    front: int
    notices: tuple[Notice, ...] = ()

    @property
    def in_front(self) -> Volume:
        """The image that fixes the grid."""
        volume = self.volumes[self.front]
        if volume is None:
            raise ValueError("the image in front is missing")
        return volume


def chosen(channels: Sequence[Channel], inputs: Inputs, title: str) -> Chosen:
    """Give each channel its image: by modality, the image in front before the others.

    Channels of the same modality take images of it in their order. A file that does not tell
    what it is is taken only as the image in front, for the first channel that must be there.

    Args:
        channels: As the card has them.
        inputs: The image in front, and others.
        title: Who asks, for refusals.

    Raises:
        Declined: if an image that must be there is missing, lies in another space, or is not in
            the unit that the model needs.
    """
    front = _front(channels, inputs.volume, title)
    waiting = [one for one in inputs.others if isinstance(one, Volume)]
    found: list[Volume | None] = [None] * len(channels)
    notices: list[Notice] = []
    for number, channel in enumerate(channels):
        if number == front:
            found[number] = in_unit(inputs.volume, channel, title)
            continue
        fitting = [one for one in waiting if one.modality == channel.modality]
        here = [one for one in fitting if _same_space(one, inputs.volume)]
        taken, why_not = _first_in_unit(here, channel, title)
        if taken is not None:
            original, found[number] = taken
            waiting.remove(original)
        elif not channel.optional:
            raise why_not or _missing(channel, title, elsewhere=bool(fitting))
        elif fitting:
            notices.append(_left_out(channel, why_not))
    if inputs.volume.modality in UNSAID:
        notices.append(_taken(channels[front]))
    return Chosen(tuple(found), front, tuple(notices))


def in_unit(volume: Volume, channel: Channel, title: str) -> Volume:
    """Return a volume with its values in the unit of a channel, by a way that its file gives.

    Raises:
        Declined: if the file gives none.
    """
    unit = unit_of(channel)
    if volume.modality in UNSAID or not unit or volume.unit in UNITS[unit]:
        return volume
    for way in volume.ways.known:
        if way.unit in UNITS[unit] and not way.why_not:
            return given_as(volume, way.name)
    raise Declined(
        f"{title} needs {KINDS.get(channel.modality, channel.modality)} {IN_UNITS[unit]}; this one"
        " cannot be given so.",
        code=f"not_{unit.lower()}",
    )


def unit_of(channel: Channel) -> str:
    """Return the unit that the values of a channel are in; empty where it does not matter."""
    usual = "" if channel.standardised else _USUAL_UNIT.get(channel.modality, "")
    return channel.unit or usual


def _front(channels: Sequence[Channel], volume: Volume, title: str) -> int:
    fitting = [
        number
        for number, channel in enumerate(channels)
        if channel.modality == volume.modality or volume.modality in UNSAID
    ]
    if not fitting:
        kind = KINDS.get(volume.modality, f"an image of the kind {volume.modality}")
        wanted = ", ".join(dict.fromkeys(channel.modality for channel in channels))
        code = "not_" + wanted.replace(", ", "_").lower()
        raise Declined(f"{title} was made for {wanted}; this is {kind}.", code=code)
    return next((k for k in fitting if not channels[k].optional), fitting[0])


def _same_space(one: Volume, other: Volume) -> bool:
    return one.geometry.frame_of_reference_uid == other.geometry.frame_of_reference_uid


def _missing(channel: Channel, title: str, *, elsewhere: bool) -> Declined:
    kind = KINDS.get(channel.modality, channel.modality)
    if elsewhere:
        return Declined(
            f"{title} also needs {kind}; the one of this study lies in another space (frame of"
            " reference) than the image in front.",
            code="other_space",
        )
    return Declined(f"{title} also needs {kind} of the same study.", code="missing_image")


def _first_in_unit(
    images: Sequence[Volume], channel: Channel, title: str
) -> tuple[tuple[Volume, Volume] | None, Declined | None]:
    """Return the first that can be given in the unit, as it was and so; else why not."""
    why_not = None
    for one in images:
        try:
            return (one, in_unit(one, channel, title)), None
        except Declined as why:
            why_not = why_not or why
    return None, why_not


def _left_out(channel: Channel, why_not: Declined | None) -> Notice:
    kind = KINDS.get(channel.modality, channel.modality)
    if why_not is not None:
        return Notice("left_out", f"Left out {kind}: {why_not}")
    return Notice("left_out", f"Left out {kind}: it lies in another space (frame of reference).")


def _taken(channel: Channel) -> Notice:
    kind = KINDS.get(channel.modality, channel.modality)
    return Notice(
        "kind_unsaid", f"The file does not say what kind of image it is; it was taken as {kind}."
    )
