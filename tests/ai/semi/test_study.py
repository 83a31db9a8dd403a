"""The study of withheld labels keeps patients apart and gives all ways the same."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.ai.semi.study import Cases, runs_of, table, task_of
from viewer.ai.semi.ways import CLASSICAL, WAYS
from viewer.core.errors import Declined
from viewer.imaging.evaluation.classification import area_under


def cases(count=60):
    """Two pictures of each of some patients, the ill ones with a bright half."""
    chance = np.random.default_rng(0)
    patients = np.repeat(np.arange(count // 2), 2).astype(np.str_)
    ill = np.repeat(np.arange(count // 2) % 2 == 0, 2)
    pictures = chance.normal(0, 1, (count, 1, 8, 8)).astype(np.float32)
    pictures[ill, :, :4] += 1.5
    return Cases(pictures, ill, patients)


def test_half_of_the_labelled_are_ill_and_nobody_is_on_two_sides(tmp_path):
    all_ = cases()
    free = np.array([int(one) < 20 for one in all_.patients])
    task = task_of(all_, free, 6, 0, 1, tmp_path)
    assert len(task.known) == 12
    assert task.ill.sum() == 6
    assert len(task.unknown) + len(task.known) == free.sum()
    rows = {one.tobytes() for one in task.known}
    assert not rows & {one.tobytes() for one in task.unknown}
    with pytest.raises(Declined):
        task_of(all_, free, 60, 0, 1, tmp_path)


def test_classical_ways_learn_judge_and_are_read_again(tmp_path):
    all_ = cases()
    ways = [name for name, way in WAYS.items() if way.classical]
    # as many components as there are pictures to find them in
    runs = runs_of(all_, 10, 0, 1, tmp_path, ways)
    again = runs_of(all_, 10, 0, 1, tmp_path, ways)
    assert [run.way for run in runs] == ways
    for one, other in zip(runs, again, strict=True):
        assert np.array_equal(one.scores, other.scores)
        assert area_under(all_.ill[one.rows], one.scores) > 0.75
    lines = table(all_, runs)
    assert len(lines) == 2 + len(ways)
    assert lines[2].startswith(f"| 10 | {CLASSICAL} |")


def test_scores_of_other_pictures_are_never_taken_for_those_of_these(tmp_path):
    ours = cases()
    theirs = Cases(ours.pictures[::-1].copy(), ours.ill[::-1].copy(), ours.patients)
    (here,), (there,) = (runs_of(one, 10, 0, 1, tmp_path, [CLASSICAL]) for one in (ours, theirs))
    (fresh,) = runs_of(theirs, 10, 0, 1, tmp_path / "fresh", [CLASSICAL])
    assert np.array_equal(there.scores, fresh.scores)
    assert not np.array_equal(here.scores, there.scores)
