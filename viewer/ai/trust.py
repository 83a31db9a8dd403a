"""Which TorchScript programs the reader said are trusted: by the hash of each, beside the models.

A TorchScript file is a program that can do whatever this user can. It is let in only where the
reader says so; what is trusted is one file, known by its SHA-256: a changed one is a stranger.
The list lies outside the folders of the models, so that no model brings its own trust along.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from viewer.ai.card import Card
from viewer.core.errors import Declined

TRUSTED = ".trusted.json"
_LARGEST = 1_000_000
_WORKER = "viewer.jobs.worker"


def trust(own: Path, card: Card) -> None:
    """Keep that the program of a model is trusted, as it is now.

    Raises:
        OSError: if it cannot be written.
    """
    _keep(own, {**_kept(own), card.id: card.weights_sha256})


def distrust(own: Path, id_: str) -> None:
    """Forget the trust in a model, if there is any.

    Raises:
        OSError: if it cannot be written.
    """
    kept = _kept(own)
    if id_ in kept:
        _keep(own, {name: value for name, value in kept.items() if name != id_})


def require_trust(own: Path, card: Card) -> None:
    """Let the program of a model be used only if this very file is trusted.

    Raises:
        Declined: if it is not, or not any more.
    """
    if not card.weights_sha256 or _kept(own).get(card.id) != card.weights_sha256:
        raise Declined(
            f"{card.title} is a TorchScript program that is not trusted, or changed since; remove"
            " it and add it again.",
            code="not_trusted",
        )


def require_worker() -> None:
    """See that this is a worker process, which is killed when its job is cancelled.

    Raises:
        Declined: if it is not.
    """
    spec = getattr(sys.modules.get("__main__"), "__spec__", None)
    if getattr(spec, "name", "") != _WORKER:
        raise Declined("A TorchScript program runs only in a process of its own.", code="not_apart")


def _kept(own: Path) -> Mapping[str, str]:
    path = own / TRUSTED
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            return {}
        said = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    return {str(name): value for name, value in said.items() if isinstance(value, str)}


def _keep(own: Path, kept: Mapping[str, str]) -> None:
    part = own / f"{TRUSTED}.{os.getpid()}.part"
    part.write_text(json.dumps(kept, indent=2), "utf-8")
    part.replace(own / TRUSTED)
