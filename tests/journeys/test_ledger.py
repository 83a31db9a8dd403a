"""The program is killed in the middle of work, over and over: nothing acknowledged is lost.

The ledger lies outside of the database. What it says was done must be in the
database after the kill; a gesture that was still under way may be.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.journeys.ledger_life import UID, digest
from tests.patience import PATIENCE_S
from viewer.store.shelf import Shelf

LIFE = Path(__file__).with_name("ledger_life.py")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")


def lines_of(ledger: Path) -> list[list[str]]:
    """Return the whole lines of a ledger."""
    text = ledger.read_text() if ledger.exists() else ""
    return [line.split() for line in text[: text.rfind("\n") + 1].splitlines()]


def await_acknowledged(ledger: Path, before: int) -> None:
    """Wait until another gesture is acknowledged."""
    deadline = time.monotonic() + PATIENCE_S
    while sum(line[0] == "have" for line in lines_of(ledger)[before:]) == 0:
        assert time.monotonic() < deadline, "no gesture was ever acknowledged"
        time.sleep(0.002)


def killed_so_often(times: int, folder: Path, ledger: Path) -> tuple[int, float]:
    """Kill so many lives; return how many gestures were acknowledged, the longest way back in s."""
    chance, acknowledged, slowest_s = random.Random(4), 0, 0.0
    with subprocess.Popen(
        [sys.executable, str(LIFE), str(folder), str(ledger)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as lives:
        for number in range(times):
            lives.stdin.write("live\n")
            lives.stdin.flush()
            process = int(lives.stdout.readline())
            await_acknowledged(ledger, 0)
            time.sleep(chance.uniform(0, 0.03))
            os.kill(process, signal.SIGKILL)
            assert lives.stdout.readline().strip() == "gone"
            written = lines_of(ledger)
            acknowledged += sum(line[0] == "have" for line in written)
            slowest_s = max(slowest_s, require_all_there(folder, written, f"life {number}"))
            ledger.unlink()
        lives.stdin.close()
        assert lives.wait() == 0
    return acknowledged, slowest_s


def require_all_there(folder: Path, written: list[list[str]], which: str) -> float:
    """See that the last acknowledged gesture, or the one under way, is on the disk."""
    *_, last = (line for line in written if line[0] == "have")
    under_way = written[-1]
    began_s = time.process_time()
    shelf = Shelf.open(folder)
    try:
        assert UID in shelf.locks.left_behind(), f"{which}: nobody noticed the crash"
        assert [one.study_uid for one in shelf.drafts.waiting()] == [UID]
        found = digest(shelf.drafts.latest(UID))
        took_s = time.process_time() - began_s
        assert found in {last[2], under_way[2]}, f"{which}: gesture {last[1]} is lost"
        assert shelf.check() == ""
    finally:
        shelf.close()
    return took_s


def test_nothing_acknowledged_is_lost_in_25_kills(tmp_path):
    acknowledged, slowest_s = killed_so_often(25, tmp_path / "data", tmp_path / "ledger")
    assert acknowledged >= 25
    assert slowest_s < 5


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_nothing_acknowledged_is_lost_in_1000_kills(tmp_path):
    acknowledged, slowest_s = killed_so_often(1000, tmp_path / "data", tmp_path / "ledger")
    sys.stdout.write(f"{acknowledged} gestures acknowledged, all there; back in {slowest_s:.2f} s")
    assert acknowledged >= 1000
    assert slowest_s < 5
