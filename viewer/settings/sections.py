"""What a user may set, in sections; each setting has a default, bounds and a sentence."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

MOST_TRANSFERS = 40


class Section(BaseModel):
    """Settings that belong together; frozen."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    def changed(self, **values: object) -> Self:
        """Return this section with other values.

        Raises:
            pydantic.ValidationError: if one of them is out of bounds.
        """
        return type(self).model_validate({**self.model_dump(), **values})


_ScreenName = Annotated[str, Field(max_length=200)]
_PixelMm = Annotated[float, Field(gt=0.01, lt=5)]


class Viewing(Section):
    """How pictures are shown at first."""

    preset: Annotated[str, Field(max_length=40)] = "auto"
    """The window of a newly opened series: a preset's name, "auto" or "file"."""
    layout: Annotated[str, Field(max_length=20)] = "2x2"
    """The grid of views the program starts with."""
    slab_mm: Annotated[float, Field(ge=1, le=100)] = 10.0
    """The thickness of a slab when it is switched on, in mm."""
    cine_per_second: Annotated[float, Field(ge=1, le=60)] = 15.0
    """How many pictures a second are played where the file does not say."""
    cine_own_speed: bool = True
    """Whether a clip whose file says how fast it ran is played at that speed."""
    smooth: bool = True
    """Whether pixels are blended into each other when magnified."""
    fast_wheel: bool = True
    """Whether a wheel that is turned fast goes on by several slices at a time."""
    screens: dict[_ScreenName, _PixelMm] = {}
    """How long a pixel of each screen is, in mm, as the reader measured it, by its name."""
    windows: tuple[tuple[Annotated[str, Field(max_length=40)], float, float], ...] = ()
    """The reader's own windows: name, centre and width."""
    cine_speed: Annotated[float, Field(ge=1, le=60)] | None = None
    """How many pictures a second were played last; empty for the speed of the file."""
    cine_way: Annotated[str, Field(max_length=20)] = "loop"
    """What cine does at the end: "loop", "bounce" or "once"."""
    scale_percent: Annotated[int, Field(ge=100, le=300)] = 100
    """The size of letters and buttons."""


class Theme(StrEnum):
    """What the window wears; pictures are on black in every theme."""

    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


class Appearance(Section):
    """How the window looks and speaks."""

    theme: Theme = Theme.DARK
    """Dark for the reading room, light for an office, or what the system says."""
    letters_percent: Annotated[int, Field(ge=80, le=200)] = 100
    """The size of letters alone."""
    language: Annotated[str, Field(max_length=10)] = ""
    """The language of the window, "en" or "de"; empty for that of the system."""
    tour_seen: bool = False
    """Whether the tour of the window was taken, or declined."""
    tools: tuple[Annotated[str, Field(max_length=40)], ...] = ()
    """The groups of the tool bar that are put away."""


class Mouse(Section):
    """What the other mouse buttons do in a slice view; the left one has the chosen tool."""

    middle: Annotated[str, Field(max_length=20)] = "pan"
    """The tool of the middle button."""
    right: Annotated[str, Field(max_length=20)] = "window"
    """The tool of the right button when it is dragged."""


class Texts(Section):
    """What stands in the corners of the views."""

    level: Annotated[str, Field(max_length=20)] = "all"
    """How much is said: "all", "short" or "none"."""
    names_hidden: bool = False
    """Whether the patient's name, ID and birth date are left out."""
    off: tuple[Annotated[str, Field(max_length=60)], ...] = ()
    """The texts that are switched off."""
    corners: dict[
        Annotated[str, Field(max_length=16)],
        Annotated[tuple[tuple[str, ...], ...], Field(min_length=4, max_length=4)],
    ] = {}
    """The texts of the four corners of a kind of image: both upper ones, then both lower."""


class SecondReader(Section):
    """What the second reader shows. It proposes; it never judges."""

    threshold: Annotated[float, Field(ge=0, le=1)] | None = None
    """Hide candidates with a lower score; empty for the threshold of the model's card."""
    automatic: bool = False
    """Whether it starts by itself when a chest CT is opened."""
    read_first: bool = False
    """Whether what models find stays hidden until you have stored your own first read."""
    models: Annotated[
        dict[Annotated[str, Field(max_length=16)], Annotated[str, Field(max_length=40)]],
        Field(max_length=40),
    ] = {}
    """The model that is asked first, for each kind of image, such as "CT"."""
    keep_verdicts: bool = True
    """Whether verdicts of saved results are kept on this computer, to learn from; no images."""
    keep_crops: bool = False
    """Whether small pieces of the patient's image round judged findings are kept with them."""


_Part: TypeAlias = Annotated[int, Field(ge=0, le=255)]


class Measuring(Section):
    """How measurements are drawn."""

    keep_tool: bool = True
    """Whether a tool stays in the hand after a figure; else the crosshair is taken up again."""
    snap: bool = False
    """Whether ends are drawn to the strongest edge nearby and to the ends of other figures."""
    colour: tuple[_Part, _Part, _Part] | None = None
    """The colour of new figures, red, green and blue of 0 to 255; empty for the usual one."""
    recent_names: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """The codes of findings and sites that were chosen last."""


Knot: TypeAlias = tuple[float, float, float, float, float]


class OwnTransfer(Section):
    """How values become colour and opacity in 3D, as the reader keeps it under a name."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    """What it is called."""
    knots: Annotated[tuple[Knot, ...], Field(min_length=2, max_length=32)]
    """Points: value, red, green, blue, opacity; colours and opacity from 0 to 1."""
    relative: bool = False
    """Whether values are parts of the window instead of HU."""
    shaded: bool = True
    """Whether there is light and shade."""
    steepest: Annotated[float, Field(gt=0)] | None = None
    """Where values change faster than this (a millimetre), nothing is shown."""
    step: Annotated[float, Field(ge=0.25, le=4)] = 1.0
    """Voxels between two samples."""
    blend: Annotated[str, Field(max_length=20)] = "composite"
    """What a line of sight becomes."""


class Space(Section):
    """The 3D view."""

    transfers: Annotated[tuple[OwnTransfer, ...], Field(max_length=MOST_TRANSFERS)] = ()
    """Your own ways of seeing volumes."""


class Reader(Section):
    """The person who reads; signs every judgement."""

    name: Annotated[str, Field(max_length=64)] = ""
    """Your name as it stands in saved results; empty for the name of the computer's account."""
    id: Annotated[str, Field(max_length=64)] = ""
    """Your identifier in this institution, if there is one."""


class Paths(Section):
    """Where things lie."""

    sample: Path | None = None
    """The folder of the synthetic sample study; empty for the program's cache."""
    results: Path | None = None
    """The folder in which results are saved first; empty to ask."""


class Computer(Section):
    """How much of this computer the program may take."""

    memory_mb: Annotated[int, Field(ge=512, le=16_000_000)] | None = None
    """The most memory to take, in MB, larger series are kept on disk; empty for what is free."""


class Window(Section):
    """What the window remembers by itself."""

    last_folder: Path | None = None
    """The folder a study was last opened from."""
    geometry: Annotated[str, Field(max_length=20_000)] = ""
    """Place and size of the window, as Qt tells them, in hexadecimal."""
    state: Annotated[str, Field(max_length=200_000)] = ""
    """Place of the panels, as Qt tells them, in hexadecimal."""
    uses: Annotated[
        dict[Annotated[str, Field(max_length=100)], Annotated[str, Field(max_length=200_000)]],
        Field(max_length=40),
    ] = {}
    """Place of the panels for each kind of study, by its modalities, such as "CT PT"."""
    second: Annotated[str, Field(max_length=20_000)] = ""
    """Place and size of the second window, in the same way."""
