"""The models of this computer as the window shows them: words, no weights."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tested(StrEnum):
    """What is known of the test vector of a model since the program was started."""

    NOT_YET = "not tested yet"
    RUNNING = "being tested"
    PASSED = "test passed"
    FAILED = "test failed"


@dataclass(frozen=True, slots=True)
class KnownModel:
    """One model: what it says of itself, and what came of its test."""

    id: str
    built_in: bool
    title: str
    version: str = ""
    intended_use: str = ""
    not_for: str = ""
    accepts: str = ""
    licence: str = ""
    badges: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    """The few that the card leads with."""
    all_figures: tuple[str, ...] = ()
    problem: str = ""
    tested: Tested = Tested.NOT_YET
    outcome: str = ""
    state: str = ""
    """What is told in place of its test: "installed" or "not installed", for programs of others."""
    learns: bool = False
    """Whether it gives findings with scores, which verdicts can weigh anew."""
    weights_sha256: str = ""


@dataclass(frozen=True, slots=True)
class KnownModels:
    """All models in the order of the list, and the one that is chosen."""

    models: tuple[KnownModel, ...] = ()
    chosen: str = ""
    listed: bool = False
    """Whether the folders were looked into since the program was started."""

    def model(self, id_: str) -> KnownModel | None:
        """Return a model by its id."""
        return next((one for one in self.models if one.id == id_), None)

    @property
    def current(self) -> KnownModel | None:
        """The model that is chosen."""
        return self.model(self.chosen)
