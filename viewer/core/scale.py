"""What a pixel measures, and where: in the patient, at the detector, on a film, or nowhere.

A length is the patient's only where its file says so. Everything else carries
its words with it: "mm at the detector", "mm, estimated at magnification 1.3", "px".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from viewer.core.region import Region, RegionFormat, region_at

Spacing = tuple[float, float]
"""Between rows, between columns."""


class ScaleKind(StrEnum):
    """Where the millimetres of a picture are those of a ruler."""

    PATIENT = "patient"
    CALIBRATED = "calibrated"
    """In the patient, as somebody calibrated it (PS3.3 10.7.1.3)."""
    CORRECTED = "corrected"
    """In the patient, at an unnamed depth: changed away from the detector's, it is not said how."""
    ESTIMATED = "estimated"
    """In the patient if the magnification that was estimated is right."""
    DETECTOR = "detector"
    SCANNED = "scanned"
    """On the sheet that was scanned."""
    REGIONS = "regions"
    """Each ultrasound region has its own; outside there is none."""
    ASPECT = "aspect"
    """Only the shape of a pixel is known."""
    PIXELS = "pixels"


@dataclass(frozen=True, slots=True)
class Scale:
    """What one pixel of a picture measures.

    `spacing_mm` is in mm where `kind` says, `shape` the relative (row, column) size of a pixel
    where no mm are known. `sentence` tells the reader where it comes from.
    """

    kind: ScaleKind = ScaleKind.PIXELS
    spacing_mm: Spacing | None = None
    shape: Spacing = (1.0, 1.0)
    magnification: float | None = None
    sentence: str = ""
    regions: tuple[Region, ...] = ()
    detail: str = ""
    """What else stands behind a length: how it was calibrated, in which region it holds."""
    before: Scale | None = None
    """What the file says, where a reader has calibrated the picture otherwise."""

    def __post_init__(self) -> None:
        if min(self.spacing_mm or self.shape) <= 0:
            raise ValueError("pixels have a size")

    @property
    def in_patient(self) -> bool:
        """Tell whether lengths are those in the patient."""
        return self.kind in (ScaleKind.PATIENT, ScaleKind.CALIBRATED, ScaleKind.CORRECTED)

    @property
    def patient_mm(self) -> Spacing | None:
        """The (row, column) mm in the patient; None where they are elsewhere or unknown."""
        return self.spacing_mm if self.in_patient else None

    @property
    def known(self) -> bool:
        """Tell whether there are mm of any kind."""
        return self.spacing_mm is not None

    @property
    def size(self) -> Spacing:
        """The (row, column) in which pixels are drawn: mm of any kind, else their shape alone."""
        main = self.main_region
        if main is not None and main.spacing_mm is not None:
            return main.spacing_mm
        return self.spacing_mm or self.shape

    @property
    def unit(self) -> str:
        """The unit of lengths with all that must be said of it: "mm at the detector"."""
        return f"mm{self.qualification}" if self.known else "px"

    @property
    def qualification(self) -> str:
        """What must stand behind a length in mm; empty where they are simply the patient's."""
        if self.kind is ScaleKind.ESTIMATED:
            return f", estimated at magnification {self.magnification or 1.0:.3g}"
        return _QUALIFICATIONS.get(self.kind, "") + self.detail

    @property
    def main_region(self) -> Region | None:
        """The largest ultrasound region with mm in the patient."""
        bodies = [region for region in self.regions if region.spacing_mm is not None]
        return max(bodies, key=lambda region: region.area, default=None)

    def at(self, row: float, column: float) -> Scale:
        """Return what holds at a pixel: for ultrasound that of its region alone."""
        if self.kind is not ScaleKind.REGIONS:
            return self
        return self.within(region_at(self.regions, row, column))

    def within(self, region: Region | None) -> Scale:
        """Return what holds in one of the ultrasound regions."""
        if region is None or region.spacing_mm is None:
            return Scale(shape=self.size, sentence="Outside the calibrated ultrasound regions.")
        return Scale(
            ScaleKind.PATIENT,
            region.spacing_mm,
            sentence=f"Calibrated for this {region.name}.",
            detail=f" in the {region.name}",
        )

    def between(self, *pixels: tuple[float, float]) -> Scale:
        """Return what holds from one (row, column) to the others: px where no region has them all.

        A colour box inside its tissue is no border, where both measure the same.
        """
        if self.kind is not ScaleKind.REGIONS or not pixels:
            return self
        own = [region_at(self.regions, row, column) for row, column in pixels]
        sizes = {None if region is None else region.spacing_mm for region in own}
        if len(sizes) > 1:
            return self.within(None)
        (size,) = sizes
        around = [
            region
            for region in self.regions
            if region.spacing_mm == size and all(region.contains(*pixel) for pixel in pixels)
        ]
        return self.within(min(around, key=lambda region: region.area, default=None))

    @property
    def only_plane(self) -> Region | None:
        """The region with mm in the patient, if there is just one in the picture."""
        bodies = [one for one in self.regions if one.format is RegionFormat.PLANE]
        return bodies[0] if len(bodies) == 1 and bodies[0].spacing_mm else None


_QUALIFICATIONS = {
    ScaleKind.CALIBRATED: ", calibrated",
    ScaleKind.CORRECTED: ", corrected for magnification",
    ScaleKind.DETECTOR: " at the detector",
    ScaleKind.SCANNED: " on the scanned sheet",
}


UNKNOWN = Scale()
"""Pixels, and nothing known of their size."""
SECTION = Scale(ScaleKind.PATIENT, (1.0, 1.0))
"""Lengths in the patient, of voxels whose size their grid knows."""


@lru_cache(maxsize=256)
def in_patient(spacing_mm: Spacing) -> Scale:
    """Return the scale of a section, whose mm are those in the patient."""
    return Scale(ScaleKind.PATIENT, spacing_mm)
