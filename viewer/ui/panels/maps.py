"""Maps of scores: which one is drawn, how dense, from which value on, and what it means."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QSlider, QWidget

from viewer.commands.desk import Desk
from viewer.commands.score_maps import maps_here, set_floor, set_opacity, show_map
from viewer.core.score_map import ScoreMap
from viewer.ui.words import in_words


class MapsPanel(QWidget):
    """A list of the maps of the active image, two sliders, and the sentence of the map."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._there: tuple[ScoreMap, ...] = ()
        self.shown = QCheckBox(self.tr("Show over the image  (Ctrl+M)"))
        self.maps = QComboBox()
        self.maps.setAccessibleName(self.tr("Map of scores"))
        self.maps.setToolTip(self.tr("Which map is drawn over the active image"))
        self.opacity = self._slider(self.tr("How much of the map is shown over the image"))
        self.floor = self._slider(self.tr("Values below this share of the highest stay clear"))
        self._opacity_label, self._floor_label = QLabel(), QLabel()
        self.meaning = QLabel()
        self.meaning.setWordWrap(True)
        self.meaning.setTextFormat(Qt.TextFormat.RichText)
        self.meaning.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.meaning.setAccessibleName(self.tr("What the map means"))
        form = QFormLayout(self)
        form.addRow(self.shown)
        form.addRow(self.maps)
        for label, slider in (
            (self._opacity_label, self.opacity),
            (self._floor_label, self.floor),
        ):
            label.setBuddy(slider)
            form.addRow(label, slider)
        form.addRow(self.meaning)
        self._listen()
        self._refresh()

    def _slider(self, words: str) -> QSlider:
        made = QSlider(Qt.Orientation.Horizontal)
        made.setRange(0, 100)
        made.setPageStep(10)
        made.setToolTip(words)
        made.setAccessibleName(words)
        return made

    def _listen(self) -> None:
        session = self._desk.session
        self.shown.toggled.connect(self._show)
        self.maps.activated.connect(self._chosen)
        self.opacity.valueChanged.connect(self._denser)
        self.floor.valueChanged.connect(self._raised)
        for news in (session.maps, session.hanging, session.images, session.selected):
            news.changed.connect(self._changed)

    def _show(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._desk.session.maps.update(shown=on)

    def _chosen(self, row: int) -> None:
        if 0 <= row < len(self._there):
            show_map(self._desk, self._there[row].id)

    def _denser(self, percent: int) -> None:
        set_opacity(self._desk, percent / 100)

    def _raised(self, percent: int) -> None:
        set_floor(self._desk, percent / 100)

    def _changed(self, *_: object) -> None:
        self._refresh()

    def _refresh(self) -> None:
        maps, there = self._desk.session.maps.value, maps_here(self._desk)
        drawn = maps.drawn(
            frozenset(one.series_key for one in there), self._desk.session.selected.value
        ) or next(iter(there[::-1]), None)
        widgets = (self.shown, self.maps, self.opacity, self.floor)
        for widget in widgets:
            widget.setEnabled(bool(there))
            widget.blockSignals(True)
        self.shown.setChecked(maps.shown)
        if [one.id for one in there] != [one.id for one in self._there]:
            self.maps.clear()
            self.maps.addItems([f"{in_words(one.title)} ({one.author})" for one in there])
        self._there = there
        self.maps.setCurrentIndex(there.index(drawn) if drawn in there else -1)
        self.opacity.setValue(round(maps.opacity * 100))
        self.floor.setValue(round(maps.floor * 100))
        for widget in widgets:
            widget.blockSignals(False)
        self._opacity_label.setText(
            self.tr("Opacity {percent} %").format(percent=round(maps.opacity * 100))
        )
        self._floor_label.setText(self._from(drawn, maps.floor))
        self.meaning.setText(self._meant(drawn))

    def _from(self, drawn: ScoreMap | None, floor: float) -> str:
        if drawn is None:
            return self.tr("From")
        if drawn.is_signed:
            away = floor * max(-drawn.low, drawn.high)
            return self.tr("From {value}").format(value=f"±{away:.2f}")
        value = drawn.low + floor * (drawn.high - drawn.low)
        return self.tr("From {value}").format(value=f"{value:.2f}")

    def _meant(self, drawn: ScoreMap | None) -> str:
        if drawn is None:
            return escape(self.tr("No model has drawn a map of this image."))
        return f"<p>{escape(in_words(drawn.meaning))}</p><p>{escape(str(drawn.author))}</p>"
