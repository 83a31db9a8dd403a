"""How values between voxels are found."""

from __future__ import annotations

from enum import StrEnum


class Kernel(StrEnum):
    """How values between voxels are found."""

    LINEAR = "linear"
    SPLINE = "spline"
    LANCZOS = "lanczos"

    @property
    def words(self) -> str:
        """Its name as a reader knows it."""
        return {"linear": "linear", "spline": "cubic B-spline", "lanczos": "Lanczos"}[self.value]
