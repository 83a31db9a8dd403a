"""What a user may set, where it is kept, and the folders of the program.

Every setting has a default, bounds and a sentence, which the settings dialog
shows. They are kept as JSON, written as a whole or not at all. A damaged file
is set aside and told about; the program never fails for it.

`SKIAGRAM_HOME` moves settings, caches and data together into one folder.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple, Self, TypeAlias

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from viewer.core.errors import Declined
from viewer.core.study import Notice

_NAME = "skiagram"
_HOME = "SKIAGRAM_HOME"
MOST_TRANSFERS = 40


def config_folder() -> Path:
    """Return the folder of settings; it need not exist yet."""
    return _home("config") or platformdirs.user_config_path(_NAME)


def cache_folder() -> Path:
    """Return the folder of what can be made again."""
    return _home("cache") or platformdirs.user_cache_path(_NAME)


def data_folder() -> Path:
    """Return the folder of what the user would miss: drafts, the index, the audit trail."""
    return _home("data") or platformdirs.user_data_path(_NAME)


def _home(part: str) -> Path | None:
    home = os.environ.get(_HOME)
    return Path(home).expanduser().resolve() / part if home else None


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


class Settings(BaseSettings):
    """All settings. Frozen; kept by `save`, brought back by `load`.

    One can be set for one run from outside, `SKIAGRAM_READER__NAME=...`; that
    one is not kept.
    """

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_prefix="SKIAGRAM_",
        env_nested_delimiter="__",
        use_attribute_docstrings=True,
    )
    viewing: Viewing = Viewing()
    """How pictures are shown at first."""
    texts: Texts = Texts()
    """What stands in the corners of the views."""
    second_reader: SecondReader = SecondReader()
    """What the second reader shows."""
    measuring: Measuring = Measuring()
    """How measurements are drawn."""
    space: Space = Space()
    """The 3D view."""
    reader: Reader = Reader()
    """The person who reads."""
    paths: Paths = Paths()
    """Where things lie."""
    computer: Computer = Computer()
    """How much of this computer the program may take."""
    window: Window = Window()
    """What the window remembers by itself."""
    appearance: Appearance = Appearance()
    """How the window looks and speaks."""
    mouse: Mouse = Mouse()
    """What the mouse buttons do."""
    keys: dict[Annotated[str, Field(max_length=80)], Annotated[str, Field(max_length=120)]] = {}
    """The reader's own keys by the ids of commands; empty text for none."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the shape that pydantic calls
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take nothing from outside by default; `load` looks at the environment itself."""
        return (init_settings,)

    def with_last_folder(self, place: Path) -> Settings:
        """Return settings that remember where a study was opened from."""
        folder = place if place.is_dir() else place.parent
        return self.model_copy(update={"window": self.window.changed(last_folder=folder)})

    @property
    def start_folder(self) -> Path:
        """The folder that a file dialog shows first."""
        last = self.window.last_folder
        return last if last is not None and last.is_dir() else Path.home()


class Loaded(NamedTuple):
    """Settings, and what the user must know about how they were read."""

    settings: Settings
    notices: tuple[Notice, ...] = ()


def log_file() -> Path:
    """Return the file that warnings and errors are written to."""
    return data_folder() / "skiagram.log"


def crash_file() -> Path:
    """Return the file into which a dying process writes where it was."""
    return data_folder() / "crash.txt"


def settings_file() -> Path:
    """Return where settings are kept."""
    return config_folder() / "settings.json"


def load() -> Loaded:
    """Read the settings; never fails: what cannot be used is told about and left out."""
    kept, notices = _kept()
    settings, left_out = _usable(_merged(kept, _from_environment()))
    sentences = (f"the setting {name} had no usable value" for name in left_out)
    return Loaded(settings, (*notices, *map(_notice, sentences)))


def save(settings: Settings) -> None:
    """Keep the settings, wholly or not at all; what the environment set stays as it was.

    Raises:
        Declined: if the folder cannot be written, in one sentence.
    """
    values = _Kept.model_validate(settings.model_dump(mode="json")).root
    kept, _ = _kept()
    for section, names in _from_environment().items():
        for name in names:
            values.get(section, {}).pop(name, None)
        before = {name: kept[section][name] for name in names if name in kept.get(section, {})}
        values = _merged(values, {section: before})
    _write(settings_file(), _Kept(values).model_dump_json(indent=2).encode())


_Values: TypeAlias = dict[str, dict[str, object]]


class _Kept(RootModel[_Values]):
    """What a settings file holds: sections, each with names and values."""


def _kept() -> tuple[_Values, tuple[Notice, ...]]:
    """Return what the file holds; a damaged one is set aside."""
    file = settings_file()
    try:
        return _Kept.model_validate_json(file.read_bytes()).root, ()
    except FileNotFoundError:
        return {}, ()
    except OSError as error:
        return {}, (_notice(f"{file} could not be read ({error.strerror or error})"),)
    except ValidationError:
        return {}, (_notice(f"{file.name} was damaged and is kept as {_set_aside(file)}"),)


def _set_aside(file: Path) -> str:
    """Rename a damaged file so that nothing is lost; return its new name."""
    aside = file.with_name(f"{file.stem}-damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}{file.suffix}")
    with suppress(OSError):
        file.replace(aside)
    return aside.name


def _notice(what: str) -> Notice:
    return Notice("settings", f"{what[0].upper()}{what[1:]}; the default is used instead.")


def _from_environment() -> _Values:
    """Return what is set for this run by variables such as SKIAGRAM_READER__NAME."""
    try:
        return _Kept.model_validate(EnvSettingsSource(Settings)()).root
    except (SettingsError, ValidationError):
        return {}


def _merged(under: _Values, over: _Values) -> _Values:
    return {
        section: {**under.get(section, {}), **over.get(section, {})}
        for section in {**under, **over}
    }


def _usable(values: _Values) -> tuple[Settings, tuple[str, ...]]:
    """Return settings from what is valid, and the names of what is not."""
    try:
        return Settings.model_validate(values), ()
    except ValidationError as error:
        wrong = {(str(e["loc"][0]), str(e["loc"][1])) for e in error.errors() if len(e["loc"]) > 1}
    good: _Values = {
        section: {name: value for name, value in names.items() if (section, name) not in wrong}
        for section, names in values.items()
    }
    return Settings.model_validate(good), tuple(sorted(".".join(place) for place in wrong))


def _write(file: Path, content: bytes) -> None:
    beside = file.with_name(f".{file.name}-{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as whole:
            whole.write(content)
            whole.flush()
            os.fsync(whole.fileno())
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise Declined(
            f"The settings could not be kept in {file.parent}: {error.strerror or error}.",
            code="write_failed",
        ) from error
