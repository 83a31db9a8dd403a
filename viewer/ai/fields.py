"""Reading a JSON object field by field, with a sentence where one is missing or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from viewer.core.errors import Unreadable


@dataclass(frozen=True, slots=True)
class Fields:
    """A JSON object of a model card and where it stands."""

    values: Mapping[str, object]
    where: str

    @classmethod
    def of(cls, value: object, where: str) -> Fields:
        """Take a value that has to be an object."""
        if not isinstance(value, dict):
            raise Unreadable(f"{where}: the model card is not what it should be", code="bad_card")
        return cls({str(key): item for key, item in value.items()}, where)

    def text(self, name: str) -> str:
        """Return a text."""
        value = self._get(name)
        if not isinstance(value, str):
            raise self._wrong(name)
        return value

    def number(self, name: str) -> float:
        """Return a number."""
        return self._number(name, self._get(name))

    def numbers(self, name: str) -> tuple[float, ...]:
        """Return a list of numbers."""
        return tuple(self._number(name, item) for item in self._list(name))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        items = self._list(name)
        if not all(isinstance(item, str) for item in items):
            raise self._wrong(name)
        return tuple(str(item) for item in items)

    def part(self, name: str) -> Fields:
        """Return an object inside this one."""
        return Fields.of(self._get(name), f"{self.where}: {name}")

    def parts(self, name: str) -> tuple[Fields, ...]:
        """Return a list of objects."""
        return tuple(Fields.of(item, f"{self.where}: {name}") for item in self._list(name))

    def _get(self, name: str) -> object:
        if name not in self.values:
            raise Unreadable(
                f"{self.where}: the model card says nothing of {name!r}", code="bad_card"
            )
        return self.values[name]

    def _list(self, name: str) -> list[object]:
        value = self._get(name)
        if not isinstance(value, list):
            raise self._wrong(name)
        return value

    def _number(self, name: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong(name)
        return float(value)

    def _wrong(self, name: str) -> Unreadable:
        return Unreadable(f"{self.where}: {name!r} is not what it should be", code="bad_card")
