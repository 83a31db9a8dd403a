"""What is saved is what the reader saw whole and stood behind."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.commands import objects, results
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.errors import Declined
from viewer.core.finding import Finding, Status
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.volume import Fidelity
from viewer.session.record import Record

MODEL = Author("nodules", is_model=True, version="1")


def segmentation(opened, id_, status):
    labels = np.ones(opened.geometry.shape, np.uint8)
    segments = (Segment(1, "Lung", LUNG),)
    return Segmentation(id_, id_, labels, opened.geometry, segments, MODEL, "key", status)


def accepted():
    finding = Finding("1.5", NODULE, LUNG, (1, 2, 4), (0, 1, 3), (2, 3, 5), 2.0, 4.2, "key", MODEL)
    return finding.judged(Status.ACCEPTED, Author("Dr. Roe"), "2026-01-02T00:00:00+00:00")


def test_accepting_segments_does_not_accept_what_was_rejected(desk, hung):
    shapes = segmentation(hung, "1.6", "proposed"), segmentation(hung, "1.7", "rejected")
    desk.session.do("Open", Record((), shapes))
    results.accept_segments(desk)
    assert [s.status for s in desk.session.record.value.segmentations] == ["accepted", "rejected"]


@pytest.mark.parametrize("quality", [Fidelity.EMPTY, Fidelity.NEIGHBOUR])
def test_nothing_is_saved_of_a_volume_that_is_half_loaded(desk, hung, tmp_path, quality):
    desk.session.do("Accept", Record((accepted(),)))
    slices = np.full(hung.count, Fidelity.ORIGINAL, np.uint8)
    slices[2] = quality
    images = desk.session.images.value.with_fidelity("key", Fidelity(slices))
    desk.session.images.set(images)
    with pytest.raises(Declined, match="Not all of this series is loaded"):
        results.save_to(desk, tmp_path)


def test_a_finding_that_nobody_is_named_to_have_judged_is_only_proposed():
    claimed = replace(accepted(), history=())
    (put,) = objects._with_judged(Record(), claimed).findings
    assert put.status is Status.PROPOSED
    (put,) = objects._with_judged(Record(), accepted()).findings
    assert put.status is Status.ACCEPTED
