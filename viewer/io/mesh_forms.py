"""The forms that surfaces can be written in; light, so that the command line may name them."""

from __future__ import annotations

from enum import StrEnum


class MeshForm(StrEnum):
    """The file format of a surface."""

    STL = "stl"
    OBJ = "obj"
    PLY = "ply"
    GLB = "glb"


class Space(StrEnum):
    """How the axes of a patient are counted."""

    LPS = "lps"
    RAS = "ras"

    @property
    def word(self) -> str:
        """As it is written into files."""
        return self.value.upper()
