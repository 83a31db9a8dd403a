"""Volumes made small for 3D, kept while they are open, so that moments can be gone through."""

from __future__ import annotations

from viewer.core.volume import Volume
from viewer.session.images import Images

_MOST_BYTES = 512 << 20


class Smalls:
    """Knows the small copy of each volume; the one asked for longest ago goes first."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._known: dict[int, tuple[Volume, Volume]] = {}

    def get(self, whole: Volume) -> Volume | None:
        """Return the small copy of a volume, if it is there."""
        found = self._known.pop(id(whole), None)
        if found is None:
            return None
        self._known[id(whole)] = found
        return found[1]

    def put(self, whole: Volume, small: Volume) -> None:
        """Keep the small copy of a volume, and others while there is room."""
        self._known[id(whole)] = (whole, small)
        while len(self._known) > 1 and self._bytes() > self._most_bytes:
            del self._known[next(iter(self._known))]

    def keep_only(self, images: Images) -> None:
        """Let go of the copies of what is closed."""
        still = {id(opened.image) for opened in images}
        self._known = {key: pair for key, pair in self._known.items() if key in still}

    def _bytes(self) -> int:
        return sum(small.voxels.nbytes for _, small in self._known.values())
