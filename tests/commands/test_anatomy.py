"""Looking for anatomy from the menu, without a window."""

from dataclasses import replace

import numpy as np
import pytest

from viewer.commands import anatomy
from viewer.commands.every import COMMANDS
from viewer.core.errors import Declined
from viewer.core.study import Catalogue
from viewer.core.volume import Fidelity, Volume
from viewer.imaging.anatomy.segments import AUTHOR, anatomy_of, values_of
from viewer.imaging.anatomy.structures import names, wanted
from viewer.imaging.phantom.simple import abdomen


@pytest.fixture
def shown(desk, opened):
    """A synthetic trunk, open in the first view."""
    body = abdomen(step_mm=6.0, contrast=True)
    volume = Volume(
        body.values + 1024, body.geometry, "[hnsf'U]", "CT", opened.key, intercept=-1024.0
    )
    quality = np.full(body.geometry.shape[0], Fidelity.ORIGINAL, np.uint8)
    image = replace(opened, image=volume, fidelity=Fidelity(quality))
    desk.session.catalogue.set(Catalogue((opened.study,)))
    desk.session.show(image)
    return image


def test_a_structure_comes_in_as_a_proposed_segment_that_can_be_undone(desk, shown):
    anatomy.find(desk, "lungs", "Lungs")
    desk.settle(lambda: desk.session.record.value.segmentations)
    (group,) = desk.session.record.value.segmentations
    assert group.title == "Anatomy: lungs"
    assert group.status == "proposed"
    assert (group.author.name, group.author.is_model) == (AUTHOR, True)
    assert [one.name for one in group.segments] == ["Right lung", "Left lung"]
    assert [one.type.value for one in group.segments] == ["3341006", "44029006"]
    assert min(group.volumes_mm3().values()) > 400_000
    desk.session.undo()
    assert not desk.session.record.value.segmentations


def test_certainty_and_reasons_are_shown(desk, shown):
    anatomy.find(desk, "kidneys", "Kidneys")
    desk.settle(lambda: desk.session.record.value.segmentations)
    anatomy.explain(desk)
    (page,) = desk.asker.pages
    assert "Right kidney" in page
    assert "% sure" in page
    assert "It lies in its usual place beside the spine." in page


def test_nothing_found_is_said_with_its_reason(desk, shown):
    anatomy.find(desk, "brain", "Brain")
    desk.settle(lambda: "Nothing was found" in desk.session.message.value.sentence)
    message = desk.session.message.value
    assert message.serious
    assert "No closed skull is seen" in message.sentence
    assert not desk.session.record.value.segmentations


def test_what_is_neither_ct_nor_mr_is_declined(desk, shown):
    pet = replace(shown.image, unit="g/ml{SUVbw}", modality="PT")
    desk.session.show(replace(shown, image=pet))
    with pytest.raises(Declined, match="this is neither"):
        anatomy.find(desk, "liver", "Liver")


def test_padding_is_taken_as_air():
    voxels = np.full((3, 4, 5), 1000, np.int16)
    voxels[0] = -2000
    body = abdomen(step_mm=20.0)
    grid = body.geometry.crop((0, 0, 0), (3, 4, 5))
    volume = Volume(voxels, grid, "[hnsf'U]", "CT", "k", intercept=-1000.0, padding=(-2000, -2000))
    values = values_of(volume)
    assert values.dtype == np.int16
    assert set(values[0].ravel()) == {-1024}
    assert set(values[1:].ravel()) == {0}
    with pytest.raises(Declined):
        anatomy_of(volume, None)


def test_every_command_asks_for_something_there_is():
    words = {
        one.id.removeprefix("anatomy.")
        for one in COMMANDS
        if one.menu == "Segment/Anatomy" and one.id != "anatomy.explain"
    }
    assert words <= set(names())
    asked = {one.id for word in words - {"all"} for one in wanted([word])}
    assert asked == {one.id for one in wanted(["all"])}


def test_a_file_that_does_not_say_it_is_a_ct_is_told_how_to_say_so(desk, shown):
    series = replace(shown.series, modality="OT")
    plain = replace(shown.image, unit="1", modality="OT")
    desk.session.show(replace(shown, series=series, image=plain))
    anatomy.find(desk, "liver", "Liver")
    desk.settle(lambda: "Nothing was found" in desk.session.message.value.sentence)
    assert "Take values as HU" in desk.session.message.value.sentence
