"""How much memory there is to work with, as this process may use it.

A container or a batch system grants less than the computer has; such limits
are kept by control groups (the kernel's cgroup-v1/memory and cgroup-v2).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil

_MOUNT = Path("/sys/fs/cgroup")
_MEMBERSHIP = Path("/proc/self/cgroup")


def available_bytes() -> int:
    """Return how many bytes can still be taken without swapping or being killed."""
    computer = int(psutil.virtual_memory().available)
    return max(0, min([computer, *granted_bytes()]))


def granted_bytes(membership: Path = _MEMBERSHIP, mount: Path = _MOUNT) -> list[int]:
    """Return what is left within each control group we are in, outermost last."""
    left = (_left_in(folder) for folder in _groups(membership, mount))
    return [count for count in left if count is not None]


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
    """Return what is left in one group: its limit less what it holds and cannot drop."""
    for limit, used, droppable in (
        ("memory.max", "memory.current", "inactive_file"),
        ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    ):
        try:
            most = (group / limit).read_text("ascii").strip()
            if most == "max":
                return None
            return int(most) - int((group / used).read_text("ascii")) + _stat(group, droppable)
        except (OSError, ValueError):
            continue
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
