"""How files are written for another program and read back; the room of files brings the ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from viewer.core.geometry import Geometry
from viewer.core.segmentation import Segmentation
from viewer.core.volume import Volume


@dataclass(frozen=True, slots=True)
class Exchange:
    """Both ways; functions of a module, so that a worker process can be given them."""

    write: Callable[[Path, Volume], None] = field(repr=False)
    """Write a volume as NIfTI, in its real-world values and its place in the patient."""
    read: Callable[[Path, Geometry, str], tuple[Segmentation, ...]] = field(repr=False)
    """Read a label map that must lie on the voxels of a geometry; for the series of a key."""
