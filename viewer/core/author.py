"""Who said so: a person, or a program with version, weights and parameters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Author:
    """The origin of a result; it travels with it into every saved object.

    `parameters` are name and value pairs as text. `weights_sha256` is empty
    for people and for algorithms without weights.
    """

    name: str
    is_model: bool = False
    version: str = ""
    weights_sha256: str = ""
    parameters: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("an author has a name")
        if self.is_model and not self.version:
            raise ValueError("a model has a version")

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()
