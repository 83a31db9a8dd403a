"""A series into memory: allocated once, the wanted slice first, then outwards.

A slice that has landed stands in for its empty neighbours until they land
themselves. A damaged slice keeps its place, is filled with the lowest value
and is named; nothing ever moves up.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic

import numpy as np

from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress, Silent
from viewer.core.stack import Stack
from viewer.core.study import Notice, Series, SeriesKind
from viewer.core.volume import Fidelity, Volume
from viewer.io.decode import Decoder
from viewer.io.decoders import shared_decoders
from viewer.io.filling import Filling, plan
from viewer.io.other_loading import load_other
from viewer.io.outward import Outward
from viewer.io.patience import GIVEN_UP, Patience, check_there
from viewer.io.picture import Picture
from viewer.io.relisted import pictures_in

_NEWS_S = 0.05
_REACH = 8
_READERS = 4
_WAITING = 300e6
"""Bytes a second below which slices are waited for, and several are asked for at once. From
memory one thread reads faster than several, which would wait for each other."""


class Loading:
    """One series on its way into memory."""

    image: Volume | Stack

    def __init__(
        self, filling: Filling, first: int | None = None, progress: Progress | None = None
    ) -> None:
        count = len(filling.slots)
        self.wanted = _first(filling) if first is None else min(max(first, 0), count - 1)
        self._filling = filling
        self._decoder = Decoder()
        self._quality = np.zeros(count, np.uint8)
        self._damage: dict[int, str] = {}
        self._order = Outward(count, 0 if filling.in_order else self.wanted)
        self._patience = Patience(count)
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._news = threading.Event()
        self._fault: BaseException | None = None
        while not self._quality[self.wanted] and self._land_next():
            if progress is not None:
                progress.report(0.0, "first slice")
        self.image = filling.image(self._damage)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the reader must know, damaged slices by name."""
        with self._lock:
            sentences = dict.fromkeys(self._damage[index] for index in sorted(self._damage))
            given_up = sentences.pop(GIVEN_UP, "") is None
            told = (Notice("given_up", GIVEN_UP),) if given_up else ()
        return (*self._filling.notices, *told, *(Notice("damaged", said) for said in sentences))

    @property
    def drawn_over(self) -> tuple[Picture, ...]:
        """The pictures whose files draw something over them."""
        return tuple(picture for picture in self._filling.pictures if picture.drawn_over)

    @property
    def fidelity(self) -> Fidelity:
        """How true each slice is at this moment."""
        with self._lock:
            return Fidelity(self._quality.copy())

    def want(self, index: int) -> None:
        """Go on outwards from here. May be called from any thread."""
        with self._lock:
            self.wanted = min(max(index, 0), len(self._quality) - 1)
            if not self._filling.in_order:
                self._order.start_from(self.wanted)

    def run(self, progress: Progress, landed: Callable[[Fidelity], None]) -> Volume | Stack:
        """Fill in everything and return the image; tell what has landed up to 20 times a second.

        Raises:
            Cancelled: if the work is no longer wanted.
        """
        compressed = self._filling.compressed and not self._filling.in_order
        threads = [self._thread(n) for n in range(shared_decoders().most if compressed else 1)]
        began_s, before = monotonic(), self._there()
        try:
            while at_work := [thread for thread in threads if thread.is_alive()]:
                at_work[0].join(_NEWS_S)
                self._tell(progress, landed)
                speed = (self._there() - before) / (monotonic() - began_s)
                if speed < _WAITING and len(threads) < _READERS and not self._filling.in_order:
                    threads.append(self._thread(len(threads)))
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()
        if self._fault is not None:
            raise self._fault
        for index in self._damage:
            self._filling.slots[index].fill(self._filling.lowest())
        self._filling.finish()
        self._filling.notices += self._decoder.remarks
        self._decoder.close()
        self._filling.room.filled()
        self.image = self._filling.image(self._damage)
        self._tell(progress, landed)
        return self.image

    def _thread(self, number: int) -> threading.Thread:
        thread = threading.Thread(target=self._work, name=f"load {number}")
        thread.start()
        return thread

    def _there(self) -> int:
        """Return how many bytes of slices are there."""
        return (
            int((self._quality >= Fidelity.ORIGINAL).sum()) * self._filling.slots[0].pixels.nbytes
        )

    def _tell(self, progress: Progress, landed: Callable[[Fidelity], None]) -> None:
        with self._lock:
            self._filling.stand_in(self._quality, self._order.claimed, _REACH)
            quality = self._quality.copy()
        done = int((quality >= Fidelity.ORIGINAL).sum())
        landed(Fidelity(quality))
        progress.report(done / len(quality), f"slice {done} of {len(quality)}")

    def _work(self) -> None:
        try:
            while not self._stop.is_set() and self._land_next():
                pass
        except BaseException as fault:  # raised again where `run` was called
            self._fault = fault
            self._stop.set()

    def _land_next(self) -> bool:
        with self._lock:
            index = self._next()
        if index is None:
            return False
        slot = self._filling.slots[index]
        complaint = ""
        try:
            slot.read(self._decoder)
            self._filling.learn(slot)
        except Unreadable as damage:
            slot.fill(self._filling.lowest())
            complaint = f"{slot.name}: {damage} It is shown empty."
        with self._lock:
            self._filling.room.landed(slot.pixels)
            self._quality[index] = Fidelity.DAMAGED if complaint else Fidelity.ORIGINAL
            self._patience.note(damaged=bool(complaint))
            if complaint:
                self._damage[index] = complaint
        return True

    def _next(self) -> int | None:
        """Return which slice is tried next; those that are given up are damaged without a try."""
        far = self._patience.far()
        if far is not None and self._order.take(far):
            return far
        while (index := self._order.claim()) is not None and self._patience.out:
            self._quality[index] = Fidelity.DAMAGED
            self._damage[index] = GIVEN_UP
        return index


def _first(filling: Filling) -> int:
    """Return the slice to begin with: the middle one, but of a clip that unrolls its start."""
    clip = filling.in_order and filling.voxels is None
    return 0 if clip else len(filling.slots) // 2


def open_series(
    series: Series, first: int | None = None, progress: Progress | None = None
) -> Loading:
    """Allocate an image, decode its first wanted slice (the middle one if not said) and return it.

    Of a series of several volumes this is the first; each other is opened as the part that it is.

    Raises:
        Declined: if the series has no pictures, or neither memory nor disk would hold them.
        Unreadable: if its files are gone or not what they were.
        Cancelled: if `progress` says that the work is no longer wanted.
    """
    progress = progress or Silent()
    if series.kind is SeriesKind.OBJECT:
        sentence = series.notices[0].sentence if series.notices else "There are no pictures in it."
        raise Declined(sentence, code="object")
    if series.kind is SeriesKind.FOUR_D:
        return open_series(series.parts[0], first, progress)
    if series.format != "DICOM":
        return Loading(load_other(series, progress), first, progress)
    loading = Loading(plan(series, pictures_in(series)), first, progress)
    if loading.fidelity.quality[loading.wanted] == Fidelity.DAMAGED:
        check_there(series)
    return loading


def load(series: Series, progress: Progress) -> Volume | Stack:
    """Read one series into memory.

    Raises:
        Declined: if the series has no pictures, or neither memory nor disk would hold them.
        Unreadable: if its files are gone or not what they were.
        Cancelled: if the work is no longer wanted.
    """
    return open_series(series, None, progress).run(progress, lambda _: None)
