"""All settings together, frozen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from viewer.settings.sections import (
    Appearance,
    Computer,
    Measuring,
    Mouse,
    Paths,
    Reader,
    SecondReader,
    Space,
    Texts,
    Viewing,
    Window,
)


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
