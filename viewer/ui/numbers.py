"""Fields for numbers that are typed with a point or a comma, and shown as all numbers here are."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QWidget


class NumberBox(QDoubleSpinBox):
    """A field in which 2.5 and 2,5 are the same, whatever the language of the system.

    Qt drops the sign that parts thousands in that language, so that 2.5 would be 25 in German.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale.c())
        self.setGroupSeparatorShown(False)

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Tell whether a text is a number; a comma becomes a point, and there is but one."""
        plain = text.replace(",", ".")
        if plain.count(".") > 1 + self.suffix().count(".") + self.prefix().count("."):
            return QValidator.State.Invalid, text, place
        state, _, place = super().validate(plain, place)
        return state, plain, place

    def valueFromText(self, text: str) -> float:  # noqa: N802 - Qt's name
        """Return the number of a text."""
        return super().valueFromText(text.replace(",", "."))
