"""Who said so: a person, or a program with version, weights and parameters."""

from __future__ import annotations

from dataclasses import dataclass, replace

_HELPED = "helped by"
ANATOMY_BY_RULES = "Anatomy by rules"
SEGMENTED_BY_RECIPE = "Skiagram segment"
_RULES = frozenset({ANATOMY_BY_RULES, SEGMENTED_BY_RECIPE})


@dataclass(frozen=True, slots=True)
class Author:
    """The origin of a result; it travels with it into every saved object.

    `parameters` are name and value pairs as text; those of a person name the algorithms that
    helped. `weights_sha256` is empty for people and for algorithms without weights.
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

    @property
    def as_it_came(self) -> str:
        """Its name and version, without what its network learned here (after a plus sign)."""
        return f"{self.name} {self.version.partition('+')[0]}".strip()

    @property
    def was_helped(self) -> bool:
        """Tell whether this is a person whom algorithms helped."""
        return not self.is_model and bool(self.parameters)

    @property
    def is_rule(self) -> bool:
        """Tell whether this is one of our own algorithms in which nothing was learned."""
        return self.is_model and not self.weights_sha256 and self.name in _RULES

    @property
    def helpers(self) -> tuple[str, ...]:
        """The algorithms at work: those that helped a person, or the algorithm itself."""
        return (str(self),) if self.is_model else tuple(value for _, value in self.parameters)

    def helped_by(self, *algorithms: str) -> Author:
        """Return this person with algorithms named that helped, each once."""
        if self.is_model:
            raise ValueError("only a person is helped")
        named = dict.fromkeys((*self.helpers, *algorithms))
        return replace(self, parameters=tuple((_HELPED, one) for one in named if one))

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()
