"""A verb: what it is called, where it is found, when it may be said, what it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from viewer.commands.desk import Desk
from viewer.core.errors import Declined


def _always(_: Desk) -> bool:
    return True


def _never(_: Desk) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something a user can do.

    `menu` is a path such as "View/Layout". `key` is in the notation of
    QKeySequence, several are parted by "; ". `checked` is given for what is
    either on or off. `icon` names a file of resources/icons; only commands
    with an icon stand in the tool bar. `named` gives what a command is called
    that depends on the image; while that is empty it is not listed.
    """

    id: str
    title: str
    help: str
    menu: str
    run: Callable[[Desk], None]
    key: str = ""
    allowed: Callable[[Desk], bool] = _always
    checked: Callable[[Desk], bool] | None = None
    icon: str = ""
    named: Callable[[Desk], str] | None = None
    why: Callable[[Desk], str] | None = None
    """Why it is not allowed now, in a sentence; empty while it is."""

    def listed(self, desk: Desk) -> bool:
        """Tell whether menus and the palette show it now."""
        return self.named is None or bool(self.named(desk))


def keys_of(text: str) -> tuple[str, ...]:
    """Return the single keys of several that are parted by "; "."""
    return tuple(filter(None, text.split("; ")))


class Commands:
    """Every verb by its id, with the keys that the reader gave them."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._all: dict[str, Command] = {}
        keys: dict[str, str] = {}
        for command in commands:
            if command.id in self._all:
                raise ValueError(f"two commands are called {command.id}")
            for key in keys_of(command.key):
                if key in keys:
                    raise ValueError(f"{command.id} and {keys[key]} want the same key {key}")
                keys[key] = command.id
            self._all[command.id] = command
        self._shipped = {command.id: command.key for command in self._all.values()}

    def wear(self, own: Mapping[str, str]) -> None:
        """Give commands the reader's own keys, by id.

        A key that the reader gave away is lost by the command that came with it;
        of two that the reader gave the same key the first keeps it.
        """
        taken: dict[str, str] = {}
        chosen = [(id_, own[id_]) for id_ in own if id_ in self._all]
        shipped = [(id_, key) for id_, key in self._shipped.items() if id_ not in own]
        for id_, text in (*chosen, *shipped):
            free = [key for key in keys_of(text) if taken.setdefault(key, id_) == id_]
            self._all[id_] = replace(self._all[id_], key="; ".join(dict.fromkeys(free)))

    def shipped_key(self, id_: str) -> str:
        """Return the keys that a command came with."""
        return self._shipped[id_]

    def holder(self, key: str) -> Command | None:
        """Return the command that a key belongs to now."""
        return next((one for one in self if key in keys_of(one.key)), None)

    def __iter__(self) -> Iterator[Command]:
        return iter(self._all.values())

    def __getitem__(self, id_: str) -> Command:
        return self._all[id_]

    def run(self, id_: str, desk: Desk) -> bool:
        """Do what a command says, if it is allowed now; tell whether it was.

        What is declined becomes a sentence for the reader.
        """
        command = self._all[id_]
        if not command.allowed(desk):
            if command.why is not None:
                desk.session.say(command.why(desk), serious=True)
            return False
        try:
            command.run(desk)
        except Declined as why:
            desk.session.say(str(why), serious=True)
        return True
