"""A series masked by a segment is another series, and says so."""

import numpy as np

from viewer.commands import segment_edits, segment_masking


def drawn(desk):
    segment_edits.add_segment(desk)
    (group,) = desk.session.record.value.segmentations
    block = np.ones((2, 3, 4), np.uint8)
    from dataclasses import replace

    segment_edits.keep(
        desk, "Paint", replace(group, label_map=group.label_map.with_box((1, 2, 3), block))
    )


def test_outside_a_segment_the_values_are_those_that_were_typed(desk, hung):
    drawn(desk)
    before = hung.image.values()
    desk.asker.text = "-1000"
    segment_masking.mask(desk, inside=False)
    desk.settle()
    made = desk.session.active_image
    assert made.key != hung.key
    values = made.image.values()
    inside = np.zeros(values.shape, bool)
    inside[1:3, 2:5, 3:7] = True
    assert (values[inside] == before[inside]).all()
    assert (values[~inside] == -1000).all()
    assert made.image.geometry == hung.geometry
    assert any("outside Segment 1 set to -1000" in notice.sentence for notice in made.notices)
    assert (hung.image.values() == before).all()


def test_an_empty_segment_and_a_word_mask_nothing(desk, hung):
    segment_edits.add_segment(desk)
    desk.asker.text = "much"
    segment_masking.mask(desk, inside=True)
    assert "is no value" in desk.session.message.value.sentence
    desk.asker.text = "0"
    segment_masking.mask(desk, inside=True)
    desk.settle()
    assert "is empty" in desk.session.message.value.sentence
    assert desk.session.active_image.key == hung.key
