"""The models of this computer: those that come with the program, and the reader's own.

A model is added as a whole or not at all: copied aside, its card read, every file compared
with the card's hash, its test vector run; only then does it get its place.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from viewer.ai.card import CARD, TEST_VECTOR, Card, read_card, vouched
from viewer.ai.luggage import opened, unpack
from viewer.ai.onnx_file import check_onnx
from viewer.ai.trial import Trial, asserted, try_model
from viewer.ai.trust import distrust, require_trust, trust
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Part, Progress
from viewer.core.resources import resource_folder

MOST_MODELS = 500
_ADDING = ".adding-"
_STALE_S = 3600.0
_WORDS = (".txt", ".md")
"""Files that say something and are read by nobody here; the card need not name them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One model of the list: its card, or why it cannot be used."""

    id: str
    folder: Path = field(repr=False)
    built_in: bool
    card: Card | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Registry:
    """Where models are kept: with the program, and in the reader's data folder."""

    own: Path
    shipped: Path = field(default_factory=lambda: resource_folder() / "models")

    def entries(self) -> tuple[Entry, ...]:
        """Return all models by name, those of the program first; damaged ones with the reason."""
        shipped = tuple(_entries(self.shipped, built_in=True))
        taken = {entry.id for entry in shipped}
        own = (entry for entry in _entries(self.own, built_in=False) if entry.id not in taken)
        return (*shipped, *own)

    def entry(self, id_: str) -> Entry:
        """Return one model.

        Raises:
            Declined: if there is none of that name.
        """
        for entry in self.entries():
            if entry.id == id_:
                return entry
        raise Declined(f"There is no model {id_[:80]!r} here.", code="no_such_model")

    def usable(self, id_: str) -> tuple[Entry, Card]:
        """Return a model whose card can be read.

        Raises:
            Declined: if there is none of that name.
            Unreadable: if its card is damaged.
        """
        entry = self.entry(id_)
        return entry, entry.card or read_card(entry.folder)

    def test(self, id_: str, progress: Progress) -> Trial:
        """Run the test vector of a model; meant for a worker process.

        Raises:
            Declined: if there is no such model, or nothing here can compute it.
            Unreadable: if one of its files is not what the card says.
        """
        entry, card = self.usable(id_)
        if card.architecture == "torchscript":
            require_trust(self.own, card)
        _complete(entry.folder, read_card(entry.folder))
        return try_model(entry.folder, progress)

    def add(self, source: Path, progress: Progress, *, torchscript: bool = False) -> Trial:
        """Add a model from a folder or ZIP; meant for a worker process.

        With `torchscript` it may be a TorchScript program: the reader said that it is trusted.

        Raises:
            Declined: if something in it is not let in, its name is taken, or its test vector
                comes out wrong.
            Unreadable: if it is no model, or damaged.
        """
        self._sweep()
        try:
            self.own.mkdir(parents=True, exist_ok=True)
            aside = Path(tempfile.mkdtemp(prefix=_ADDING, dir=self.own))
        except OSError as why:
            raise _not_written(self.own, why) from why
        try:
            return self._added(source, aside, progress, torchscript=torchscript)
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def _added(self, source: Path, aside: Path, progress: Progress, *, torchscript: bool) -> Trial:
        folder = aside / (source.resolve().stem[:60] or "model")
        try:
            folder.mkdir()
            with opened(source) as luggage:
                part = Part(progress, 0.0, 0.4)
                unpack(luggage, folder, part, torchscript=torchscript)
        except OSError as why:
            raise _not_written(self.own, why) from why
        card = read_card(folder)
        self._free(card)
        _complete(folder, card)
        trial = asserted(try_model(folder, Part(progress, 0.4, 0.98)))
        self._free(card)
        try:
            if card.architecture == "torchscript":
                trust(self.own, card)
            folder.rename(self.own / card.id)
        except OSError as why:
            raise _not_written(self.own, why) from why
        progress.report(1.0, card.title)
        return trial

    def remove(self, id_: str) -> None:
        """Delete one of the reader's own models.

        Raises:
            Declined: if it comes with the program, or is not there.
        """
        entry = self.entry(id_)
        if entry.built_in:
            raise Declined(
                f"{id_} comes with the program and stays; only added models can be removed.",
                code="built_in",
            )
        try:
            distrust(self.own, id_)
            self._put_aside(entry.folder)
        except OSError as why:
            raise _not_written(self.own, why) from why

    def _put_aside(self, folder: Path) -> None:
        """Let a folder vanish at once, then delete it; a link is deleted, not what it names."""
        if folder.is_symlink():
            folder.unlink()
            return
        aside = Path(tempfile.mkdtemp(prefix=_ADDING, dir=self.own))
        folder.rename(aside / folder.name)
        shutil.rmtree(aside, ignore_errors=True)

    def _free(self, card: Card) -> None:
        taken = self.own / card.id
        if (self.shipped / card.id).exists() or taken.exists() or taken.is_symlink():
            raise Declined(
                f"There is a model {card.id} already; remove it first, or give the new one"
                " another id.",
                code="taken",
            )

    def _sweep(self) -> None:
        """Delete what additions that were killed left behind."""
        with suppress(OSError):
            for left in self.own.glob(f"{_ADDING}*"):
                if time.time() - left.stat().st_mtime > _STALE_S:
                    shutil.rmtree(left, ignore_errors=True)


def _entries(place: Path, *, built_in: bool) -> Iterator[Entry]:
    try:
        with os.scandir(place) as found:
            names = sorted(one.name for one in found if not one.name.startswith("."))
    except OSError:
        return
    for name in names[:MOST_MODELS]:
        folder = place / name
        if folder.is_dir():
            yield _entry(folder, built_in=built_in)


def _entry(folder: Path, *, built_in: bool) -> Entry:
    try:
        card = read_card(folder)
    except Unreadable as why:
        return Entry(folder.name, folder, built_in, None, str(why))
    if card.id != folder.name:
        why_not = f"{folder.name}: its card calls it {card.id}; add the model again."
        return Entry(folder.name, folder, built_in, None, why_not)
    return Entry(card.id, folder, built_in, card)


def _complete(folder: Path, card: Card) -> None:
    """Compare what lies in a folder with what its card names, both ways.

    Raises:
        Unreadable: if a file is missing, unnamed, or another one.
    """
    stated = [name for name, _ in card.sha256]
    for needed in (card.weights_file, TEST_VECTOR):
        if needed not in stated:
            raise Unreadable(
                f"{folder.name}/{CARD}: names no hash of {needed}", code="hash_mismatch"
            )
    for path in sorted(folder.iterdir()):
        if path.name not in (*stated, CARD) and path.suffix.lower() not in _WORDS:
            raise Unreadable(
                f"{folder.name}/{path.name}: the card does not name it", code="unnamed_file"
            )
    for name in stated:
        content = vouched(folder, name, card)
        if name.endswith(".onnx"):
            check_onnx(content, f"{folder.name}/{name}")


def _not_written(folder: Path, why: OSError) -> Declined:
    return Declined(
        f"The models in {folder} could not be changed: {why.strerror or why}.", code="not_written"
    )
