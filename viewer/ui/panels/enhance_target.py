"""What a recipe is applied to, and how signal and contrast stand to noise in measured regions."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from viewer.commands.desk import Desk
from viewer.commands.enhance_apply import aim, choose_slices, targets
from viewer.commands.enhance_figures import measure_regions
from viewer.core.errors import Declined
from viewer.core.target import WHOLE, Target
from viewer.session.enhancing import Enhancing
from viewer.session.record import Record
from viewer.ui.words import in_words


class TargetChoice(QWidget):
    """Series, the slice on screen, slices from and to, a region, a segment."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: tuple[Target, ...] = ()
        self._choice = QComboBox()
        self._choice.setAccessibleName(self.tr("Apply to"))
        self._choice.setToolTip(
            self.tr("What the recipe is applied to; values outside stay those of the original.")
        )
        self._choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(QLabel(self.tr("Apply to")))
        row.addWidget(self._choice, 1)
        self._choice.activated.connect(self._chosen)
        session = desk.session
        for news in (
            session.enhancing.changed,
            session.hanging.changed,
            session.place.changed,
            session.record.changed,
        ):
            news.connect(self._refresh)
        self._refresh()

    def _refresh(self, *_: object) -> None:
        now = self._desk.session.enhancing.value
        self.setVisible(bool(now.recipe.steps))
        found = targets(self._desk)
        if found != self._found:
            self._found = found
            self._choice.clear()
            self._choice.addItems([in_words(target.words) for target in found])
            self._choice.addItem(self.tr("Slices…"))
        number = found.index(now.target) if now.target in found else 0
        self._choice.setCurrentIndex(number)

    def _chosen(self, number: int) -> None:
        try:
            if number >= len(self._found):
                choose_slices(self._desk)
            else:
                aim(self._desk, self._found[number] if self._found else WHOLE)
        except Declined as why:
            self._desk.session.say(str(why), serious=True)
        self._refresh()


class RegionQuality(QLabel):
    """Signal to noise of each measured region, contrast to noise of two, before and after."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setWordWrap(True)
        self.setObjectName("quiet")
        self.setToolTip(
            self.tr(
                "Signal to noise (SNR) and contrast to noise (CNR) in the regions measured last "
                "on this series, before and after."
            )
        )
        desk.session.enhancing.changed.connect(self._changed)
        desk.session.record.changed.connect(self._measured)
        self._show(desk.session.enhancing.value)

    def _changed(self, new: Enhancing, old: Enhancing) -> None:
        if new.sheets != old.sheets:
            measure_regions(self._desk)
        self._show(new)

    def _measured(self, new: Record, old: Record) -> None:
        if new.measurements != old.measurements:
            measure_regions(self._desk)

    def _show(self, now: Enhancing) -> None:
        self.setText("\n".join(now.regions))
        self.setVisible(bool(now.regions and now.recipe.steps))
