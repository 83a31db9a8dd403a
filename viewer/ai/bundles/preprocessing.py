"""How a bundle prepares an image and reads the answer, as data of a card.

Only steps that this program does in the same way are taken; a step that would change the
numbers otherwise is refused, and one that only changes what surrounds the image is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from viewer.ai.bundles.onnx_unet import Axes, axes_of
from viewer.ai.bundles.settings import Said, Settings, class_word, number, numbers, wholes
from viewer.core.errors import Declined

Over = Literal["bright", "all", "nonzero"]
_NEUTRAL = frozenset({
    "LoadImaged", "EnsureChannelFirstd", "AddChanneld", "AsChannelFirstd", "EnsureTyped",
    "ToTensord", "CastToTyped", "ToDeviced", "SelectItemsd",
})  # fmt: skip
_LEFT_OUT = frozenset({"CropForegroundd", "DivisiblePadd", "SpatialPadd"})
_TURNS = frozenset({"Invertd", "SaveImaged", "EnsureTyped", "ToTensord", "CastToTyped"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says where a bundle does not; empty where the bundle is to say it."""

    orientation: str = ""
    spacing_mm: tuple[float, ...] = ()
    """In the order of the bundle's axes, as `pixdim`."""
    tile: tuple[int, ...] = ()
    """In the order of the bundle's axes, as `roi_size`."""
    range: tuple[float, ...] = ()
    """From a low to a high value, spread over 0 to 1."""


@dataclass(frozen=True, slots=True)
class Prepares:
    """What happens before the network, and how tiles lie; all in our order of axes."""

    axes: Axes
    spacing_mm: tuple[float, ...] = ()
    low: float = 0.0
    high: float = 1.0
    standardised: bool = False
    over: Over = "bright"
    scale: tuple[float, float] = (1.0, 0.0)
    """The network gets x * scale[0] + scale[1] of what the card prepares."""
    tile: tuple[int, ...] = ()
    overlap: float = 0.25
    left_out: tuple[str, ...] = ()


def prepares(settings: Settings, metadata: Settings, asked: Asked) -> Prepares:
    """Return how a bundle prepares its image.

    Raises:
        Declined: if something is an expression, is not said, or is not done here.
    """
    reader = _Steps(settings, asked)
    if not (asked.orientation and asked.spacing_mm and asked.range):
        for name, step, place in settings.steps("preprocessing", _GIVE):
            reader.take(name, step, place)
    found = reader.whole()
    tile, overlap = _window(settings, metadata, asked)
    ours = tuple(int(side) for side in found.axes.ours(tile))
    return replace(found, tile=ours, overlap=overlap)


_GIVE = "give --orientation, --spacing and --range"


class _Steps:
    """What was seen of the steps so far."""

    def __init__(self, settings: Settings, asked: Asked) -> None:
        self._settings, self._asked = settings, asked
        self._codes = asked.orientation
        self._spacing: tuple[float, ...] = asked.spacing_mm
        self._spread: Prepares | None = None
        self._left_out: list[str] = []
        if asked.range:
            self._ranged(asked.range[0], asked.range[-1], (0.0, 1.0))

    def take(self, name: str, step: Said, place: str) -> None:
        """Take one step of the bundle."""
        if name in _LEFT_OUT:
            self._left_out.append(name)
        elif name == "Orientationd":
            self._orientation(step, place)
        elif name == "Spacingd":
            self._spaced(step, place)
        elif name in ("ScaleIntensityRanged", "NormalizeIntensityd"):
            if self._asked.range:
                return
            if self._spread is not None:
                raise self._no(place, "is a second change of values")
            take = self._range if name == "ScaleIntensityRanged" else self._normalised
            take(step, place)
        elif name not in _NEUTRAL:
            raise self._no(place, "is not done in this program")

    def whole(self) -> Prepares:
        """Return all of it.

        Raises:
            Declined: if something was not said.
        """
        if not self._codes:
            raise self._missing("how the axes of the image lie (Orientationd)", "--orientation RAS")
        if self._spread is None:
            raise self._missing("how values are spread", "--range LOW,HIGH")
        try:
            axes = axes_of(self._codes)
        except ValueError as why:
            raise self._missing("three directions as the orientation", "--orientation RAS") from why
        if len(self._spacing) not in (0, 3) or not all(0.05 <= k <= 50 for k in self._spacing):
            raise self._missing("a spacing of three sides", "--spacing 1.5,1.5,2")
        spacing = axes.ours(self._spacing) if self._spacing else ()
        return replace(self._spread, axes=axes, spacing_mm=spacing, left_out=tuple(self._left_out))

    def _orientation(self, step: Said, place: str) -> None:
        if self._asked.orientation:
            return
        if self._spacing and len(set(self._spacing)) > 1 and not self._asked.spacing_mm:
            raise self._no(place, "follows Spacingd, whose sides then have another order")
        codes = self._get(step, "axcodes", place, "give --orientation, such as RAS")
        if step.get("as_closest_canonical") is True:
            codes = "RAS"
        self._codes = codes if isinstance(codes, str) and len(codes) == 3 else ""

    def _spaced(self, step: Said, place: str) -> None:
        if self._spread is not None and self._spread.standardised:
            raise self._no(place, "follows NormalizeIntensityd, which then sees other voxels")
        if self._asked.spacing_mm:
            return
        pixdim = self._get(step, "pixdim", place, "give --spacing, such as 1.5,1.5,2")
        self._spacing = numbers(pixdim) or ()
        if len(self._spacing) != 3:
            raise self._missing("a spacing of three sides", "--spacing 1.5,1.5,2")

    def _range(self, step: Said, place: str) -> None:
        give = "give --range LOW,HIGH"
        low, high = (number(self._get(step, key, place, give)) for key in ("a_min", "a_max"))
        to = [number(self._get(step, key, place, give)) for key in ("b_min", "b_max")]
        clip = self._get(step, "clip", place, give)
        bottom, top = (usual if k is None else k for k, usual in zip(to, (0.0, 1.0), strict=True))
        if low is None or high is None or low >= high:
            raise self._missing("a range of values", "--range LOW,HIGH")
        if clip is not True:
            raise self._no(place, "does not clip its range, as this program does")
        self._ranged(low, high, (bottom, top))

    def _ranged(self, low: float, high: float, to: tuple[float, float]) -> None:
        if low >= high:
            raise self._missing("a range from low to high", "--range LOW,HIGH")
        self._spread = Prepares(axes_of("SPL"), low=low, high=high, scale=(to[1] - to[0], to[0]))

    def _normalised(self, step: Said, place: str) -> None:
        give = "give --range LOW,HIGH"
        if self._get(step, "subtrahend", place, give) or self._get(step, "divisor", place, give):
            raise self._no(place, "subtracts and divides by given numbers without a range")
        nonzero = self._get(step, "nonzero", place, give) is True
        over: Over = "nonzero" if nonzero else "all"
        self._spread = Prepares(axes_of("SPL"), standardised=True, over=over)

    def _get(self, step: Said, key: str, place: str, give: str) -> object:
        return self._settings.literal(step.get(key), f"{place}.{key}", give)

    def _no(self, place: str, why: str) -> Declined:
        return Declined(
            f"{self._settings.name}: {place[:120]} {why}; export the network as ONNX with a card"
            " of its own (docs/models.md).",
            code="preprocessing",
        )

    def _missing(self, what: str, option: str) -> Declined:
        return Declined(
            f"{self._settings.name}: the bundle does not say {what}; give {option}.",
            code="not_said",
        )


def _window(settings: Settings, metadata: Settings, asked: Asked) -> tuple[tuple[int, ...], float]:
    """Return sides and overlap of the tiles, in the order of the bundle's axes."""
    give = "give --tile, such as 96,96,96"
    inferer = settings.at("inferer")
    tile, overlap = asked.tile or None, 0.25
    if isinstance(inferer, Mapping) and class_word(inferer.get("_target_")) in (
        "SlidingWindowInferer",
        "SlidingWindowInfererAdapt",
    ):
        share = number(
            settings.literal(inferer.get("overlap"), "inferer.overlap", "write it there")
        )
        overlap = overlap if share is None or not 0 <= share < 1 else share
        if tile is None:
            tile = wholes(settings.literal(inferer.get("roi_size"), "inferer.roi_size", give))
    if tile is None:
        tile = wholes(metadata.at("network_data_format", "inputs", "image", "spatial_shape"))
    if tile is None or len(tile) != 3 or not all(8 <= side <= 512 for side in tile):
        raise Declined(
            f"{settings.name}: the bundle does not say the sides of its window (roi_size) as three"
            f" whole numbers; {give}.",
            code="not_said",
        )
    return tile, overlap


@dataclass(frozen=True, slots=True)
class Answers:
    """What the outputs are: classes that exclude each other, or each by itself."""

    classes: bool
    left_out: tuple[str, ...] = ()


def answers(settings: Settings, *, background: bool) -> Answers:
    """Return how the outputs are meant, by the steps after the network.

    Args:
        settings: Of the bundle.
        background: Whether the first output is called background.

    Raises:
        Declined: if nobody says so.
    """
    votes: set[bool] = set()
    left_out = []
    give = "write true or false there by hand"
    for name, step, place in settings.steps("postprocessing", give):
        says = {
            key: settings.literal(step.get(key), f"{place}.{key}", give) is True
            for key in ("softmax", "sigmoid", "argmax")
        }
        if name in ("Activationsd", "AsDiscreted"):
            votes |= {True} if says["softmax"] or says["argmax"] else set()
            votes |= {False} if says["sigmoid"] else set()
        elif name not in _TURNS:
            left_out.append(name or "a step without a name")
    if len(votes) > 1 or (not votes and not background):
        raise Declined(
            f"{settings.name}: the bundle does not say whether its outputs exclude each other"
            " (softmax, argmax) or stand by themselves (sigmoid); write it into postprocessing.",
            code="not_said",
        )
    return Answers(votes.pop() if votes else True, tuple(left_out))
