"""How large the pixels of a screen are: as a reader measured it, or as it says of itself."""

from __future__ import annotations

from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

from viewer.session.magnification import Glass
from viewer.settings import Settings

_LEAST_MM, _MOST_MM = 0.02, 2.0


def name_of(screen: QScreen) -> str:
    """Return by what a screen is known again: maker, model and serial number, or its plug."""
    said = (screen.manufacturer(), screen.model(), screen.serialNumber())
    words = " ".join(part.strip() for part in said if part.strip())
    size = screen.size() * screen.devicePixelRatio()
    return f"{words or screen.name()} {size.width()}x{size.height()}"[:200]


def own_mm_per_pixel(screen: QScreen) -> float | None:
    """Return how long a pixel is by what the screen says; None where that cannot be."""
    pixels = screen.geometry().width() * screen.devicePixelRatio()
    length = screen.physicalSize().width() / max(pixels, 1)
    return length if _LEAST_MM <= length <= _MOST_MM else None


def glass_of(widget: QWidget, settings: Settings) -> Glass:
    """Return the screen that a widget is on."""
    screen = widget.screen()
    measured = settings.viewing.screens.get(name_of(screen))
    if measured is not None:
        return Glass(measured, calibrated=True)
    return Glass(own_mm_per_pixel(screen))
