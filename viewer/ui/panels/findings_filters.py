"""Three menus over the worked list: which source, which status, which kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from viewer.core.finding import Status
from viewer.session.session import Session
from viewer.session.worked_list import kinds, sources
from viewer.ui.words import in_words

_MANY = 10


class FindingsFilters(QWidget):
    """Says to the session what of the list is listed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.source, self.status, self.kind = (QComboBox(), QComboBox(), QComboBox())
        names = (self.tr("Source"), self.tr("Status"), self.tr("Kind"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for box, name in zip((self.source, self.status, self.kind), names, strict=True):
            box.setAccessibleName(name)
            box.setToolTip(self.tr("List only: {what}").format(what=name))
            box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.setMinimumWidth(box.fontMetrics().horizontalAdvance("00000000"))
            box.activated.connect(self._chosen)
            line.addWidget(box, 1)
        self.refresh()

    def refresh(self) -> None:
        """Offer what is there."""
        listing = self._session.listing.value
        own = [(name, name) for name in sources(self._session)]
        fill(self.source, [(self.tr("All sources"), ""), *own], listing.source)
        states = [(in_words(one.value), one.value) for one in Status]
        now = listing.status.value if listing.status else ""
        fill(self.status, [(self.tr("Any status"), ""), *states], now)
        found = [(in_words(name), name) for name in kinds(self._session)]
        fill(self.kind, [(self.tr("All kinds"), ""), *found], listing.kind)

    def wanted(self, listed: int) -> bool:
        """Tell whether there is enough to choose from."""
        several = self.source.count() > 2 or self.kind.count() > 2
        return several or listed > _MANY or self._session.listing.value.filters

    def _chosen(self, _: int) -> None:
        status = str(self.status.currentData())
        self._session.listing.update(
            source=str(self.source.currentData()),
            status=Status(status) if status else None,
            kind=str(self.kind.currentData()),
        )


def fill(box: QComboBox, choices: Sequence[tuple[str, str]], chosen: str) -> None:
    """Offer choices; one that is gone, but chosen, stays to be seen."""
    if chosen and all(value != chosen for _, value in choices):
        choices = [*choices, (chosen, chosen)]
    now = [(box.itemText(n), str(box.itemData(n))) for n in range(box.count())]
    if now != list(choices):
        box.clear()
        for text, value in choices:
            box.addItem(text, value)
    number = next((n for n, (_, value) in enumerate(choices) if value == chosen), -1)
    if box.currentIndex() != number:
        box.setCurrentIndex(number)
