"""How long 10,000 listed studies take to be listed, filtered and searched, against bare sqlite3.

The bare rival asks the same file with statements written by hand and makes plain
tuples; the ratio is what values, sorting columns and the library cost beyond it.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from viewer.core.study import Instance, Patient, Series, SeriesKind, Study
from viewer.store.listed import Column, Question, Reading
from viewer.store.shelf import FILE_NAME, Shelf

_FIRST = ("Anna", "Bernd", "Chloé", "Dora", "Emil", "Fatma", "Jürgen", "Li", "Mary", "Paul")
_LAST = ("Müller", "Schmidt", "Doe", "García", "Nowak", "Yılmaz", "Wang", "Meier", "Roe", "Kaya")
_WHAT = (
    "Thorax CT",
    "Abdomen",
    "Head MR",
    "Knee left",
    "Mammography",
    "PET whole body",
    "Chest PA",
)
_MODALITIES = ("CT", "MR", "CR", "MG", "PT")
_TIMES = 40


def study(number: int, chance: random.Random) -> Study:
    """Make up a study."""
    name = f"{chance.choice(_LAST)}{number // 3}^{chance.choice(_FIRST)}"
    patient = Patient(f"ID-{number // 3:06d}", "Hospital", name, "19600101", "O")
    uid = f"1.2.826.{number}"
    series = tuple(
        Series(
            f"{uid}.{n}", f"{uid}.{n}", uid, chance.choice(_MODALITIES), SeriesKind.VOLUME,
            (Instance(Path(f"/archive/{number}/{n}.dcm"), f"{uid}.{n}.1", "1", "1", 1),) * 50,
            n, chance.choice(_WHAT), "CHEST",
        )
        for n in range(1, 4)
    )  # fmt: skip
    day = f"{chance.randrange(2010, 2026)}{chance.randrange(101, 131):04d}"
    return Study(uid, patient, series, day, "120000", chance.choice(_WHAT), f"ACC{number:07d}")


def filled(folder: Path, count: int) -> Shelf:
    """Make a shelf with so many studies, some with status, tags and notes."""
    chance = random.Random(1)
    shelf = Shelf.open(folder)
    began = perf_counter()
    shelf.studies.add(Path("/archive"), [study(number, chance) for number in range(count)])
    print(f"listing {count} studies: {perf_counter() - began:.1f} s")
    statuses = tuple(Reading)
    for status in statuses[1:]:
        shelf.studies.set_status(chance.sample(range(1, count + 1), min(count // 5, 2000)), status)
    for number in chance.sample(range(1, count + 1), min(200, count)):
        shelf.studies.set_notes(number, "compare with the prior; nodule in the left upper lobe")
        shelf.studies.set_tags(number, ("teaching", "nodule"))
    return shelf


def p95_ms(ask: Callable[[], object]) -> float:
    """Return within how many milliseconds 95 of 100 answers are there."""
    took = []
    for _ in range(_TIMES):
        began = perf_counter()
        ask()
        took.append((perf_counter() - began) * 1000)
    return statistics.quantiles(took, n=20)[-1]


_BARE = (
    "SELECT study.*, patient.* FROM study JOIN patient ON patient.id = study.patient "
    "{where} ORDER BY {order} LIMIT 200 OFFSET {start}"
)
_COUNT = "SELECT count(*) FROM study {where}"
_WORDS = "WHERE study.id IN (SELECT rowid FROM study_text WHERE study_text MATCH '{}')"
_CASES: tuple[tuple[str, Question, int, str, str], ...] = (
    ("first page", Question(), 0, "", "date DESC, time DESC, study.id DESC"),
    ("last page", Question(), 9800, "", "date DESC, time DESC, study.id DESC"),
    (
        "sorted by patient",
        Question(order=Column.PATIENT, descending=False), 4000, "", "lower(name), date DESC",
    ),
    ("sorted by images", Question(order=Column.IMAGES), 0, "", "images DESC, date DESC"),
    (
        "unread CT",
        Question(statuses=frozenset({Reading.UNREAD}), modality="CT"), 0,
        "WHERE status = 'unread' AND modalities LIKE '%CT%'", "date DESC",
    ),
    ("search one letter", Question("m"), 0, _WORDS.format('"m"*'), "date DESC"),
    ("search a name", Question("mull"), 0, _WORDS.format('"mull"*'), "date DESC"),
    ("search an ID", Question("ID-000123"), 0, _WORDS.format('"ID"* "000123"*'), "date DESC"),
    (
        "search the notes",
        Question("nodule left"), 0, _WORDS.format('"nodule"* "left"*'), "date DESC",
    ),
)  # fmt: skip


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shelf = filled(folder, count)
        bare = sqlite3.connect(folder / FILE_NAME)
        print(f"{'question':20} {'found':>6} {'p95 ms':>8} {'bare ms':>8} {'ratio':>6}")
        for title, question, start, where, order in _CASES:
            words = _BARE.format(where=where, order=order, start=start)

            def ask_bare(words: str = words, where: str = where) -> None:
                bare.execute(_COUNT.format(where=where)).fetchone()
                bare.execute(words).fetchall()

            found = shelf.studies.page(question, start, 200).count
            ours = p95_ms(lambda q=question, s=start: shelf.studies.page(q, s, 200))
            theirs = p95_ms(ask_bare)
            print(f"{title:20} {found:6} {ours:8.1f} {theirs:8.1f} {ours / theirs:6.2f}")
        bare.close()
        shelf.close()


if __name__ == "__main__":
    main()
