"""A verb: what it is called, where it is found, when it may be said, what it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

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

    def listed(self, desk: Desk) -> bool:
        """Tell whether menus and the palette show it now."""
        return self.named is None or bool(self.named(desk))


class Commands:
    """Every verb by its id."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._all: dict[str, Command] = {}
        keys: dict[str, str] = {}
        for command in commands:
            if command.id in self._all:
                raise ValueError(f"two commands are called {command.id}")
            for key in filter(None, command.key.split("; ")):
                if key in keys:
                    raise ValueError(f"{command.id} and {keys[key]} want the same key {key}")
                keys[key] = command.id
            self._all[command.id] = command

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
            return False
        try:
            command.run(desk)
        except Declined as why:
            desk.session.say(str(why), serious=True)
        return True
