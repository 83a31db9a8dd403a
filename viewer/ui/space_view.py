"""The volume in space: turned by the mouse, coarse while it moves, fine at rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from viewer.commands.desk import Desk
from viewer.commands.files import tell
from viewer.core.volume import Volume
from viewer.render.bodies import Body
from viewer.render.caveats import sides_known
from viewer.render.describe import describe
from viewer.render.scene import Scene
from viewer.render.shrink import shrink
from viewer.session.images import OpenImage
from viewer.ui.careful import careful
from viewer.ui.marks import Pen, draw_marks, draw_sentence
from viewer.ui.skins import Skins
from viewer.ui.smalls import Smalls
from viewer.ui.studio import Sitting, Studio
from viewer.ui.theme import colour
from viewer.ui.view import View

_REST_MS = 250


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """Of which volume the picture on screen is, the words that belong to it, and its 4D series."""

    volume: Volume | None
    scene: Scene
    group: str


class SpaceView(View):
    """Shows what its studio draws of the volume in its cell."""

    def __init__(self, desk: Desk, cell: int, parent: QWidget) -> None:
        super().__init__(desk, cell, parent)
        self._studio = Studio(self)
        self._studio.drawn.connect(self._drawn)
        self._studio.failed.connect(self._failed)
        self._skins = Skins(desk, cell, self.refresh)
        self._small: Volume | None = None
        self._small_of: Volume | None = None
        self._pixels: NDArray[np.uint8] | None = None
        self._picture = QImage()
        self._finished: Finished | None = None
        self._smalls = Smalls()
        self._turning = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._rested)
        desk.session.cine.changed.connect(self._news)

    @property
    def ready(self) -> bool:
        """Tell whether the picture on screen is the one that the session asks for."""
        if self._volume is None:
            return True
        finished = self._finished
        return finished is not None and finished.volume is self._volume

    def close_studio(self) -> None:
        """Give the thread and its OpenGL context back; nothing is drawn after that."""
        self._soon.stop()
        self._rest.stop()
        self._studio.close()

    def refresh(self) -> None:
        """Have the picture drawn that the session asks for now."""
        self._soon.start()
        self.update()

    def touched(self) -> None:
        """Draw coarsely until the reader rests."""
        self._turning = True
        self._rest.start()
        self._soon.start()

    # -- from Qt -----------------------------------------------------------------

    @careful
    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Show the picture, or say why there is none."""
        scene = self._scene()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colour("picture"))
            self._show(painter, scene)
            self.frame(painter)

    def _show(self, painter: QPainter, scene: Scene) -> None:
        pen = Pen(painter, self.width(), self.height(), self.width() / scene.size[0])
        sentence = scene.empty or self._waiting_for()
        if sentence:
            draw_sentence(pen, sentence)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=True)
            painter.drawImage(QRectF(self.rect()), self._picture)
        if not scene.empty:
            draw_marks(pen, scene)

    def _scene(self) -> Scene:
        """Return the words for the picture: of a moment that is not drawn yet, those before."""
        scene = describe(self.desk.session, self.cell, self.device_size)
        opened, finished = self._opened, self._finished
        if self.ready or finished is None or opened is None or scene.empty:
            return scene
        return finished.scene if finished.group and finished.group == opened.group else scene

    @careful
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw for the new size."""
        super().resizeEvent(event)
        self._soon.start()

    # -- asking for a picture --------------------------------------------------------

    @property
    def _opened(self) -> OpenImage | None:
        return self.desk.session.image_in(self.cell)

    @property
    def _volume(self) -> Volume | None:
        """The volume to be shown, once all of it is there."""
        opened = self._opened
        if opened is None or not isinstance(opened.image, Volume) or _still_coming(opened):
            return None
        return opened.image

    def _waiting_for(self) -> str:
        """Return what to say while there is no picture."""
        opened = self._opened
        if opened is not None and _still_coming(opened):
            return self.tr("3D follows when all slices are there.")
        finished = self._finished
        lags = bool(finished and opened and opened.group and finished.group == opened.group)
        if lags:
            return ""
        if self._pixels is None or not self.ready:
            return self.tr("Preparing 3D…")
        return ""

    def _ask(self) -> None:
        volume = self._volume
        self._smalls.keep_only(self.desk.session.images.value)
        if self._opened is None:
            self._small = self._small_of = self._finished = None
        if volume is None or not self.isVisible():
            return
        known = self._smalls.get(volume)
        if known is not None:
            self._small, self._small_of = known, volume
            self._studio.want(self._sitting(known))
        elif self._small_of is not volume and not self._holds_still:
            self._prepare(volume)

    @property
    def _holds_still(self) -> bool:
        """Tell whether moments are played in another view: this one follows when that ends."""
        cine, opened = self.desk.session.cine.value, self._opened
        return cine not in (None, self.cell) and opened is not None and bool(opened.group)

    def _prepare(self, volume: Volume) -> None:
        """Have the volume made small enough to turn, in the background."""
        opened = self._opened
        if opened is None:
            return
        self._small, self._small_of = None, volume
        self.desk.runner.start(
            self.tr("Prepare 3D"),
            partial(shrink, volume),
            partial(self._prepared, volume),
            failed=partial(tell, self.desk),
            instead_of=f"3d {self.cell}",
            belongs_to=opened.study.uid,
        )

    def _prepared(self, volume: Volume, small: Volume) -> None:
        if self._small_of is volume:
            self._smalls.put(volume, small)
            self.refresh()

    def _sitting(self, small: Volume) -> Sitting:
        session = self.desk.session
        look = session.hanging.value.cells[self.cell]
        shown = session.shown.value.findings
        findings = session.visible_findings() if shown else ()
        return Sitting(
            volume=small,
            preset=look.preset_3d,
            window=session.window_of(look),
            camera=look.camera,
            size=self.device_size,
            bodies=self._bodies(),
            findings=tuple(item for item in findings if item.series_key == look.series_key),
            selected=session.selected.value,
            turning=self._turning,
            sides_known=self._opened is None or sides_known(self._opened),
        )

    def _bodies(self) -> tuple[Body, ...]:
        """Return the surfaces of the segments that are switched on."""
        session, opened = self.desk.session, self._opened
        if opened is None or not session.shown.value.segments:
            return ()
        segmentations = [
            item
            for item in session.record.value.segmentations
            if item.series_key == opened.key and item.status != "rejected"
        ]
        return self._skins.of(segmentations, opened.study.uid)

    def _drawn(self, pixels: NDArray[np.uint8], sitting: Sitting) -> None:
        volume, opened = self._volume, self._opened
        if sitting.volume is not self._small or volume is not self._small_of or opened is None:
            return
        scene = describe(self.desk.session, self.cell, self.device_size)
        self._finished = Finished(self._small_of, scene, opened.group)
        height, width = pixels.shape[:2]
        self._pixels = pixels
        self._picture = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        self.update()

    def _rested(self) -> None:
        self._turning = False
        self._soon.start()

    def _failed(self, why: str) -> None:
        self.desk.session.say(
            self.tr("The 3D view does not work on this computer: {why}").format(why=why),
            serious=True,
        )


def _still_coming(opened: OpenImage) -> bool:
    fidelity = opened.fidelity
    return fidelity is not None and bool((fidelity.quality < fidelity.ORIGINAL).any())
