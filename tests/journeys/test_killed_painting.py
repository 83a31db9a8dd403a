"""The whole program killed in the middle of a stroke: all strokes before it come back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from viewer.core.progress import Silent
from viewer.io.sample import sample_study

pytestmark = pytest.mark.window
LIFE = Path(__file__).with_name("painting_life.py")


@pytest.fixture(scope="module")
def images(tmp_path_factory) -> Path:
    return sample_study(tmp_path_factory.mktemp("images"), Silent(), seed=5, shape=(12, 64, 64))


def killed_while_painting(images: Path, notes: Path) -> list[int]:
    """Paint and kill the program at once; return how many voxels there were after each stroke."""
    with notes.open("w") as written:
        process = subprocess.Popen(
            [sys.executable, str(LIFE), str(images), "painting"],
            stdout=subprocess.PIPE,
            stderr=written,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
    try:
        assert process.stdout.readline().strip() == "painting", notes.read_text()
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    return [int(line) for line in notes.read_text().splitlines() if line.isdecimal()]


def test_every_finished_stroke_comes_back_after_a_kill_in_the_next(home, images, tmp_path, request):
    counts = killed_while_painting(images, tmp_path / "notes.txt")
    assert len(counts) == 4
    assert counts == sorted(set(counts))
    walker = request.getfixturevalue("walker")
    walker.open(images)
    assert walker.session.record.value.segmentations == ()
    walker.answer_yes()
    (group,) = walker.session.record.value.segmentations
    assert group.label_map.counts()[1] == counts[-1]
    assert group.author == walker.session.reader
    assert walker.serious == []
    walker.rest()
