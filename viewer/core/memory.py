"""How much memory there is to work with, as this process may use it.

A container or a batch system grants less than the computer has; such limits
are kept by control groups (the kernel's cgroup-v1/memory and cgroup-v2). A user
may grant less still: `SKIAGRAM_MEMORY_MB` is the most that this program may take.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import psutil

try:
    import resource
except ImportError:  # there are no such limits there
    resource = None  # type: ignore[assignment]

GRANT = "SKIAGRAM_MEMORY_MB"
"""The environment variable that limits this program, in MB of 2**20 bytes."""

_MOUNT = Path("/sys/fs/cgroup")
_MEMBERSHIP = Path("/proc/self/cgroup")
_FILES = (
    (("memory.max", "memory.high"), "memory.current", "inactive_file"),
    (("memory.limit_in_bytes",), "memory.usage_in_bytes", "total_inactive_file"),
)
"""Of either version: the limits, what is used, and what of that can be dropped."""


def available_bytes() -> int:
    """Return how many bytes can still be taken without swapping or being killed."""
    computer = int(psutil.virtual_memory().available)
    return max(0, min([computer, *granted_bytes(), *_allowed_bytes()]))


def _allowed_bytes() -> list[int]:
    """Return what limits set for this process leave: the user's, and those of the shell."""
    left: list[int] = []
    held = psutil.Process().memory_info()
    with suppress(ValueError):
        most = int(os.environ.get(GRANT, "")) * 2**20
        # pages of files do not count: they can be dropped
        left.append(most - (held.rss - getattr(held, "shared", 0)))
    if resource is not None:
        for limit, used in ((resource.RLIMIT_AS, held.vms), (resource.RLIMIT_DATA, _data(held))):
            most, _ = resource.getrlimit(limit)
            if most != resource.RLIM_INFINITY:
                left.append(most - used)
    return left


def _data(held: object) -> int:
    return int(getattr(held, "data", 0))


def granted_bytes(membership: Path = _MEMBERSHIP, mount: Path = _MOUNT) -> list[int]:
    """Return what is left within each control group we are in, outermost last."""
    left = (_left_in(folder) for folder in _limiting(membership, mount))
    return [count for count in left if count is not None]


@cache
def _limiting(membership: Path, mount: Path) -> tuple[Path, ...]:
    """Return the groups that can have a limit; which these are does not change while we run."""
    names = [name for limits, _, _ in _FILES for name in limits]
    return tuple(
        folder
        for folder in _groups(membership, mount)
        if any((folder / name).is_file() for name in names)
    )


def _groups(membership: Path, mount: Path) -> Iterator[Path]:
    """Go through the folders of our memory group and of those around it."""
    try:
        lines = membership.read_text("ascii").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers == "" or "memory" in controllers.split(","):
            root = mount / "memory" if controllers else mount
            inside = root / path.lstrip("/")
            yield inside
            yield from (folder for folder in inside.parents if folder.is_relative_to(root))


def _left_in(group: Path) -> int | None:
    """Return what is left in one group: its limits less what it holds and cannot drop."""
    for limits, used, droppable in _FILES:
        most = [number for name in limits if (number := _limit(group / name)) is not None]
        with suppress(OSError, ValueError):
            held = int((group / used).read_text("ascii")) - _stat(group, droppable)
            return min(most) - held
    return None


def _limit(file: Path) -> int | None:
    """Return a limit in bytes; None where there is none."""
    with suppress(OSError, ValueError):
        return int(file.read_text("ascii"))
    return None


def _stat(group: Path, name: str) -> int:
    """Return one number of a group's statistics, in bytes."""
    for line in (group / "memory.stat").read_text("ascii").splitlines():
        key, _, value = line.partition(" ")
        if key == name:
            return int(value)
    return 0


def in_words(count: int) -> str:
    """Return a number of bytes as a person says it."""
    return f"{count / 2**30:.1f} GB" if count >= 2**30 else f"{count / 2**20:.0f} MB"
