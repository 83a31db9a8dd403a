"""Rating a nodule by its shape: what is told, what is declined, and that it can be undone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.ai.malignancy import PREFIX, RISK
from viewer.ai.similar import SHOWN, SIMILAR
from viewer.commands.command import Commands
from viewer.commands.every import COMMANDS
from viewer.core.author import Author
from viewer.core.code import NODULE
from viewer.core.finding import Finding, Reason
from viewer.core.geometry import Geometry
from viewer.core.segmentation import Mask
from viewer.core.volume import Volume

RATE = "findings.rate_malignancy"


@pytest.fixture
def chest(desk, opened):
    """A round nodule of 12 mm and a soft one in fat, in a block that is lung on the left."""
    shape, spacing = (48, 64, 96), (1.25, 0.7, 0.7)
    geometry = Geometry.from_axes(shape, (0, 0, 0), np.eye(3)[::-1], spacing, "frame")
    z, y, x = np.indices(shape)
    voxels = np.where(x < 60, -850, -90).astype(np.int16)
    inside = ((z - 24) * 1.25) ** 2 + ((y - 32) * 0.7) ** 2 + ((x - 28) * 0.7) ** 2 <= 36
    in_fat = ((z - 24) * 1.25) ** 2 + ((y - 32) * 0.7) ** 2 + ((x - 80) * 0.7) ** 2 <= 16
    voxels[inside | in_fat] = 40
    volume = Volume(voxels, geometry, "[hnsf'U]", "CT", "key")
    opened = replace(opened, image=volume)
    desk.session.images.set(desk.session.images.value.with_image(opened))
    found = [_finding("one", inside, geometry), _finding("two", in_fat, geometry)]
    bare = replace(found[0], id="three", mask=None)
    desk.session.record.set(replace(desk.session.record.value, findings=(*found, bare)))
    return opened


def _finding(name, inside, geometry):
    lines = [np.flatnonzero(inside.any(axis=axes)) for axes in ((1, 2), (0, 2), (0, 1))]
    low = tuple(int(line[0]) for line in lines)
    high = tuple(int(line[-1]) + 1 for line in lines)
    part = inside[tuple(slice(a, b) for a, b in zip(low, high, strict=True))]
    mask = Mask(np.ascontiguousarray(part), geometry.crop(low, high))
    model = Author("finder", True, "1")
    why = (Reason("Mean density", 40.0, "HU", 0.5),)
    return Finding(
        name, NODULE, None, (0, 0, 0), (0, 0, 0), (1, 1, 1), 12.0, 900.0, "key", model, 0.9,
        mask=mask, explanation=why,
    )  # fmt: skip


def ask(desk, name):
    desk.session.selected.set(name)
    done = Commands(COMMANDS).run(RATE, desk)
    desk.settle()
    return done


def told(desk, name):
    lines = desk.session.record.value.finding(name).explanation
    return {one.name: one for one in lines if one.name.startswith(PREFIX)}


def test_a_rating_stands_in_the_explanation_and_its_pushes_add_up(desk, chest):
    assert ask(desk, "one")
    lines = told(desk, "one")
    pushes = [one.contribution for one in lines.values() if one.contribution is not None]
    (told_risk,) = (one.value for name, one in lines.items() if name.startswith(RISK))
    risk = told_risk / 100
    assert sum(pushes) == pytest.approx(np.log(risk / (1 - risk)), abs=0.01)
    low, high = (one.value for name, one in lines.items() if "interval" in name)
    assert low < told_risk < high
    finding = desk.session.record.value.finding("one")
    assert finding.explanation[-1].name == "Mean density"
    assert finding.status == "proposed"
    assert "opinion, not pathology" in desk.session.message.value.sentence


def test_similar_nodules_follow_the_rating_nearest_first(desk, chest):
    ask(desk, "one")
    explanation = desk.session.record.value.finding("one").explanation
    places = [k for k, one in enumerate(explanation) if one.name.startswith(SIMILAR)]
    assert len(places) == SHOWN
    assert all(one.name.startswith(PREFIX) for one in explanation[: places[0]])
    assert places == list(range(places[0], places[0] + SHOWN))
    away = [explanation[k].value for k in places]
    assert away == sorted(away)
    assert all("malignancy by its readers" in explanation[k].name for k in places)


def test_asking_again_replaces_what_was_told_and_undo_takes_it_back(desk, chest):
    ask(desk, "one")
    before = told(desk, "one")
    ask(desk, "one")
    assert told(desk, "one") == before
    desk.session.undo()
    desk.session.undo()
    assert told(desk, "one") == {}


def test_what_lies_in_no_lung_and_what_has_no_outline_is_declined(desk, chest):
    ask(desk, "two")
    assert "no lung" in desk.session.message.value.sentence
    assert told(desk, "two") == {}
    assert not ask(desk, "three")


def test_another_modality_is_declined(desk, chest):
    image = replace(chest.image, modality="MR")
    there = desk.session.images.value.with_image(replace(chest, image=image))
    desk.session.images.set(there)
    ask(desk, "one")
    assert "magnetic resonance" in desk.session.message.value.sentence
    assert told(desk, "one") == {}
