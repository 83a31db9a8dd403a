"""How a picture was taken, as far as its file says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Technique:
    """What the header of one picture says of its taking; None or empty where it says nothing."""

    kilovolts: float | None = None
    exposure_mas: float | None = None
    ctdi_mgy: float | None = None
    """CTDIvol of the scan, not a dose to the patient (PS3.3 C.8.15.3.8)."""
    kernel: str = ""
    tilt_degrees: float | None = None
    sequence: str = ""
    repetition_ms: float | None = None
    echo_ms: float | None = None
    inversion_ms: float | None = None
    flip_degrees: float | None = None
    field_tesla: float | None = None
    slice_mm: float | None = None
    contrast: str = ""
    tracer: str = ""
    activity_mbq: float | None = None
    corrections: tuple[str, ...] = ()
    force_newton: float | None = None
    breast_mm: float | None = None
    entrance_mgy: float | None = None
    exposure_index: float | None = None
    view: str = ""
    laterality: str = ""
    mechanical_index: float | None = None
    thermal_index: float | None = None
    probe: str = ""
