"""The 3D view in numbers: transfer function, crop box, and how opaque surfaces are."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.desk import Desk
from viewer.commands.space import (
    bounds_in_space,
    change_space,
    in_space,
    look_in_space,
    set_transfer,
)
from viewer.commands.transfers import (
    all_transfers,
    count_in_space,
    forget_transfer,
    keep_transfer,
    own_transfers,
    reset_transfer,
)
from viewer.core.errors import Declined
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.units import in_words
from viewer.core.volume import Volume
from viewer.imaging.histogram import Histogram
from viewer.render.presets import in_hu, real_knots
from viewer.session.session import segment_key
from viewer.session.space_look import Crop
from viewer.session.transfer import Transfer, fitting
from viewer.ui.segment_names import segment_name
from viewer.ui.transfer_editor import TransferEditor

_STEPS = 1000
_THINNEST = 5
"""Steps of a slider that stay between two sides of the crop box."""


class SpacePanel(QWidget):
    """Edits what `commands.space` can do by numbers alone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._session = desk, desk.session
        self._shown: object = None
        self._surfaces_of: tuple[object, ...] = ()
        self.presets = QComboBox()
        self.presets.setAccessibleName(self.tr("Appearance in 3D"))
        self.editor = TransferEditor()
        self.keep = QPushButton(self.tr("Keep as…"))
        self.forget = QPushButton(self.tr("Delete"))
        self.back = QPushButton(self.tr("Reset"))
        self.shade = QPushButton(self.tr("Colour…"))
        self.sides = {(axis, end): self._slider(axis, end) for axis in range(3) for end in range(2)}
        self._surfaces = QFormLayout()
        self._lay_out()
        self.presets.activated.connect(self._chosen)
        self.editor.changed.connect(self._edited)
        self.editor.chosen.connect(lambda number: self.shade.setEnabled(number >= 0))
        self.keep.clicked.connect(self._keep)
        self.forget.clicked.connect(self._forget)
        self.back.clicked.connect(lambda: reset_transfer(self._desk))
        self.shade.clicked.connect(self._ask_colour)
        for news in (self._session.hanging, self._session.images, self._session.record):
            news.changed.connect(self._changed)
        self._changed()

    # -- building ------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.shade.setEnabled(False)
        buttons = QHBoxLayout()
        for button in (self.shade, self.back, self.keep, self.forget):
            buttons.addWidget(button)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.addWidget(self.presets)
        column.addWidget(self.editor, 1)
        column.addLayout(buttons)
        column.addWidget(self._heading(self.tr("Crop box")))
        column.addLayout(self._crop_rows())
        column.addWidget(self._heading(self.tr("Surfaces")))
        column.addLayout(self._surfaces)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setObjectName("quiet")
        return label

    def _crop_rows(self) -> QGridLayout:
        rows = QGridLayout()
        letters = (("R", "L"), ("A", "P"), ("F", "H"))
        for axis, ends in enumerate(letters):
            for end, letter in enumerate(ends):
                rows.addWidget(QLabel(letter), axis, 2 * end)
                rows.addWidget(self.sides[axis, end], axis, 2 * end + 1)
        return rows

    def _slider(self, axis: int, end: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, _STEPS)
        slider.setValue(_STEPS * end)
        names = (
            (self.tr("Right side"), self.tr("Left side")),
            (self.tr("Front"), self.tr("Back")),
            (self.tr("Towards the feet"), self.tr("Towards the head")),
        )
        slider.setAccessibleName(names[axis][end])
        slider.setToolTip(self.tr("Side of the crop box, mm in the patient"))
        slider.valueChanged.connect(partial(self._cropped, axis, end))
        return slider

    # -- showing ---------------------------------------------------------------------

    def _changed(self, *_: object) -> None:
        opened = in_space(self._desk)
        self.setEnabled(opened is not None)
        if opened is None or not isinstance(opened.image, Volume):
            self._shown = None
            self.editor.show_transfer(None, "")
            self.editor.show_counts(None)
            return
        self._show_transfer(opened.image)
        self._show_crop()
        self._show_surfaces()
        if opened.image is not self._shown and opened.is_whole and self.isVisible():
            self._shown = opened.image
            count_in_space(self._desk, opened, partial(self._counted, opened.image))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Count what was not counted while nobody looked."""
        super().showEvent(event)
        self._changed()

    def _counted(self, image: Volume, counts: Histogram) -> None:
        if self._shown is image:
            self.editor.show_counts(counts)

    def _base(self, image: Volume) -> Transfer:
        return fitting(look_in_space(self._desk).space.transfer, in_hu=in_hu(image))

    def _show_transfer(self, image: Volume) -> None:
        transfer = look_in_space(self._desk).space.transfer
        window = self._session.window_of(look_in_space(self._desk))
        knots = real_knots(transfer, image, window)
        self.editor.show_transfer(replace(self._base(image), knots=knots), in_words(image.unit))
        names = [one.name for one in all_transfers(self._desk)]
        if names != [self.presets.itemText(n) for n in range(self.presets.count())]:
            self.presets.clear()
            self.presets.addItems(names)
        self.presets.setCurrentIndex(names.index(transfer.name) if transfer.name in names else -1)
        self.forget.setEnabled(transfer.name in [one.name for one in own_transfers(self._desk)])

    def _show_crop(self) -> None:
        box, crop = bounds_in_space(self._desk), look_in_space(self._desk).space.crop
        if box is None:
            return
        shown = crop or box
        for (axis, end), slider in self.sides.items():
            low, high = box.low[axis], box.high[axis]
            at = (shown.low, shown.high)[end][axis]
            slider.blockSignals(True)
            slider.setValue(round((at - low) / (high - low) * _STEPS))
            slider.blockSignals(False)
            slider.setToolTip(self.tr("{mm:.0f} mm in the patient").format(mm=at))

    def _show_surfaces(self) -> None:
        opened = in_space(self._desk)
        key = opened.key if opened is not None else ""
        said = self._session.record.value.segmentations
        own = tuple(one for one in said if one.series_key == key and one.status != "rejected")
        if own == self._surfaces_of:
            return
        self._surfaces_of = own
        while self._surfaces.rowCount():
            self._surfaces.removeRow(0)
        for item in own:
            for segment in item.segments:
                self._surfaces.addRow(segment_name(segment, item), self._opacity(item, segment))

    def _opacity(self, item: Segmentation, segment: Segment) -> QSlider:
        key = segment_key(item, segment)
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, 100)
        slider.setValue(round(100 * look_in_space(self._desk).space.opacity_of(key)))
        slider.setAccessibleName(
            self.tr("Opacity of {name}").format(name=segment_name(segment, item))
        )
        slider.setToolTip(self.tr("How much this surface hides in 3D"))
        slider.valueChanged.connect(partial(self._faded, key))
        return slider

    # -- from the reader ---------------------------------------------------------------

    def _chosen(self, number: int) -> None:
        set_transfer(self._desk, all_transfers(self._desk)[number])

    def _edited(self, drawn: Transfer) -> None:
        opened = in_space(self._desk)
        if opened is None or not isinstance(opened.image, Volume):
            return
        base = self._base(opened.image)
        window = self._session.window_of(look_in_space(self._desk))
        knots = drawn.knots
        if base.relative:
            knots = tuple(
                ((value - window.low) / window.width, red, green, blue, opacity)
                for value, red, green, blue, opacity in knots
            )
        set_transfer(self._desk, replace(base, knots=knots))

    def _faded(self, key: str, percent: int) -> None:
        change_space(self._desk, lambda space: space.with_opacity(key, percent / 100))

    def _cropped(self, axis: int, end: int, value: int) -> None:
        box = bounds_in_space(self._desk)
        if box is None:
            return
        low, high = self.sides[axis, 0], self.sides[axis, 1]
        if high.value() - low.value() < _THINNEST:
            self._show_crop()
            return
        crop = look_in_space(self._desk).space.crop or box
        ends = [list(crop.low), list(crop.high)]
        ends[end][axis] = box.low[axis] + value / _STEPS * (box.high[axis] - box.low[axis])
        made = Crop((ends[0][0], ends[0][1], ends[0][2]), (ends[1][0], ends[1][1], ends[1][2]))
        change_space(self._desk, lambda space: replace(space, crop=made))

    def _ask_colour(self) -> None:
        dialog = QColorDialog(self.editor.colour_of_point(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._coloured)
        dialog.open()

    def _coloured(self, shade: QColor) -> None:
        self.editor.set_colour(shade)

    def _keep(self) -> None:
        name = look_in_space(self._desk).space.transfer.name
        self._desk.asker.ask_text(
            self.tr("Keep this appearance"), self.tr("Its name:"), f"{name} 2", self._kept
        )

    def _kept(self, name: str) -> None:
        try:
            keep_transfer(self._desk, name)
        except Declined as why:
            self._session.say(str(why), serious=True)
        self._changed()

    def _forget(self) -> None:
        forget_transfer(self._desk, look_in_space(self._desk).space.transfer.name)
        self._changed()
