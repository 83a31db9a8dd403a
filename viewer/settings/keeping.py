"""How settings are kept: as JSON, written as a whole or not at all.

A damaged file is set aside and told about; the program never fails for it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, TypeAlias

from pydantic import RootModel, ValidationError
from pydantic_settings import EnvSettingsSource, SettingsError

from viewer.core.errors import Declined
from viewer.core.study import Notice
from viewer.settings.folders import settings_file
from viewer.settings.whole import Settings


class Loaded(NamedTuple):
    """Settings, and what the user must know about how they were read."""

    settings: Settings
    notices: tuple[Notice, ...] = ()


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
