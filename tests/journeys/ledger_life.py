"""Lives of the program without a window, to be killed one after the other.

Run with the folder of the database and the file of the ledger. For each line on the
standard input one life begins, in a process forked from this one, which says its
number. A life brings back what was left, then makes gestures without end. Into
the ledger it writes what each gesture is to leave ("want") and, when that is on
the disk, that it is there ("have"), as a number and a digest.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from viewer.commands.keeper import Keeper
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Finding, Status
from viewer.core.geometry import Geometry
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import Catalogue, Instance, Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.session.images import OpenImage
from viewer.session.record import Record
from viewer.session.session import Session
from viewer.store.drafts import Draft
from viewer.store.serial import pack
from viewer.store.shelf import Shelf

UID = "1.8"
READER = Author("Dr. Roe")
MODEL = Author("Model", is_model=True, version="1")
GRID = Geometry.from_axes((6, 24, 24), (0, 0, 0), np.eye(3)[::-1], (2, 1, 1), "frame")


def digest(record: Record | Draft) -> str:
    """Return what tells a record from every other, to the last bit."""
    said = (record.findings, record.segmentations, record.measurements, record.key_images)
    packed = pack(said)
    return hashlib.sha256(packed.text.encode()).hexdigest()


def session() -> Session:
    """Return a session with one study open."""
    instance = Instance(Path("a.dcm"), "1.2.3", "1.2.840.10008.5.1.4.1.1.2", "", 1)
    series = Series("key", "1.9", UID, "CT", SeriesKind.VOLUME, (instance,), rows=24, columns=24)
    study = Study(UID, Patient("P1", name="Doe^Jane"), (series,), "20260102")
    made = Session(READER)
    made.add_to_catalogue(Catalogue((study,)))
    volume = Volume(np.zeros(GRID.shape, np.int16), GRID, "[hnsf'U]", "CT", "key")
    made.show(OpenImage(study, series, volume))
    return made


def after_gesture(record: Record, number: int, chance: random.Random) -> Record:
    """Return what a record is after one of many gestures."""
    what = chance.randrange(7)
    place = tuple(chance.uniform(0, 10) for _ in range(3))
    if what == 0 and record.measurements:
        return replace(record, measurements=record.measurements[1:])
    if what == 1 and record.measurements:
        moved = replace(record.measurements[-1], points=(place, (0.0, 0.0, 0.0)))
        return replace(record, measurements=(*record.measurements[:-1], moved))
    if what == 2 and record.findings:
        judged = record.findings[0].judged(chance.choice(list(Status)[1:]), READER, f"t{number}")
        return record.with_finding(judged)
    if what == 3:
        low, high = (tuple(part + off for part in place) for off in (-1.0, 1.0))
        found = Finding(f"2.25.{number}", NODULE, LUNG, place, low, high, 2.0, 4.2, "key", MODEL)
        return replace(record, findings=(*record.findings[-9:], found))
    if what == 4:
        labels = np.random.default_rng(number).integers(0, 2, GRID.shape).astype(np.uint8)
        drawn = Segmentation("1.2", "Lung", labels, GRID, (Segment(1, "L", LUNG),), READER, "key")
        return replace(record, segmentations=(drawn,))
    if what == 5 and record.segmentations:
        return record.with_segmentation(painted(record.segmentations[-1], chance))
    anchor = Anchor("key", "frame", (0.0, 0.0, 1.0))
    points = (place, (float(number), 0.0, 0.0))
    drawn = Measurement(f"1.9.{number}", MeasurementKind.LENGTH, points, anchor, READER)
    return replace(record, measurements=(*record.measurements[-9:], drawn))


def painted(group: Segmentation, chance: random.Random) -> Segmentation:
    """Return a group after a stroke or a rub somewhere in it."""
    start = chance.randrange(5), chance.randrange(20), chance.randrange(20)
    block = np.full((2, 4, 4), chance.randrange(2), np.uint8)
    return replace(group, label_map=group.label_map.with_box(start, block))


def live(folder: Path, ledger: int, seed: int) -> None:
    """Bring back what was left and go on from there, without end."""
    chance, shelf, one = random.Random(seed), Shelf.open(folder), session()
    one.record.set(Record())
    left = shelf.drafts.latest(UID)
    shelf.locks.left_behind()
    keeper = Keeper(shelf, one, lambda call: None)
    shelf.locks.take(UID, READER.name)
    if left is not None:
        said = Record(left.findings, left.segmentations, left.measurements, left.key_images)
        one.do("Bring back", said)
    number = seed * 1000
    while True:
        number += 1
        undo = chance.randrange(6) == 0 and one.history.next_undo is not None
        after = after_gesture(one.record.value, number, chance)
        goal = one.history.next_undo.before if undo else after
        os.write(ledger, f"want {number} {digest(goal)}\n".encode())
        if undo:
            one.undo()
        else:
            one.do(f"Gesture {number}", after)
        keeper.flush()
        os.write(ledger, f"have {number} {digest(one.record.value)}\n".encode())


def main() -> None:
    folder = Path(sys.argv[1])
    for seed, _ in enumerate(sys.stdin, start=1):
        child = os.fork()
        if child == 0:
            ledger = os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            live(folder, ledger, seed)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)
        sys.stdout.write("gone\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
