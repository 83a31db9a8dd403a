"""What an earlier review left in the same folder: never to lie among results of another patient."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

ACCOUNT = "review.json"


def earlier_results(out: Path) -> frozenset[Path]:
    """Return the files that the account of an earlier review names as its results."""
    try:
        account = json.loads((out / ACCOUNT).read_text(encoding="utf-8"))
        names = [name for series in account["series"] for name in series["results"]]
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
    return frozenset(
        out / name for name in names if isinstance(name, str) and _lies_below(out, name)
    )


def sweep(out: Path, earlier: Iterable[Path], kept: Iterable[Path]) -> None:
    """Remove earlier results that were not replaced, and the folders that are empty then."""
    for path in set(earlier) - set(kept):
        with suppress(OSError):
            path.unlink()
            for folder in path.parents:
                if folder == out:
                    break
                folder.rmdir()


def _lies_below(out: Path, name: str) -> bool:
    path = out / name
    parts = Path(name).parts
    return ".." not in parts and path.resolve().is_relative_to(out.resolve()) and path.is_file()
