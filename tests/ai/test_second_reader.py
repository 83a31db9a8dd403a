from __future__ import annotations

import math
import pickle
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from viewer.ai import candidates
from viewer.ai.card import load_folder
from viewer.ai.explanation import NETWORK
from viewer.ai.second_reader import model_folder, read
from viewer.ai.tuning.tail import log_odds, net_of
from viewer.ai.tuning.using import share_of
from viewer.core.code import LEFT_LUNG, NODULE, RIGHT_LUNG
from viewer.core.errors import Declined
from viewer.core.finding import Status
from viewer.core.geometry import Geometry
from viewer.core.progress import Cancelled, Silent
from viewer.core.volume import Volume
from viewer.imaging.blobs import find_blobs
from viewer.imaging.phantom import thorax


def at(findings, nodule):
    """Return the finding at a nodule of the phantom, if there is one."""
    near = [f for f in findings if math.dist(f.position, nodule.position) < nodule.diameter_mm / 3]
    return near[0] if near else None


def isolated(phantom):
    return [n for n in phantom.truth if n.seat.value == "isolated" and n.diameter_mm >= 6]


def test_every_solid_nodule_from_6_mm_is_shown(phantom, reading):
    solid = [n for n in phantom.truth if n.texture.value == "solid" and n.diameter_mm >= 6]
    assert len(solid) >= 4
    assert all(at(reading.shown, nodule) for nodule in solid)


def test_part_solid_and_ground_glass_nodules_are_among_the_findings(phantom, reading):
    faint = [n for n in phantom.truth if n.texture.value != "solid"]
    assert faint
    assert all(at(reading.findings, nodule) for nodule in faint)


def test_few_false_marks_are_shown(phantom, reading):
    true = [at(reading.shown, nodule) for nodule in phantom.truth]
    false = [f for f in reading.shown if f not in true]
    assert len(false) <= 4


def test_solid_free_nodules_are_measured_right(phantom, reading):
    for nodule in isolated(phantom):
        if nodule.texture.value == "solid":
            found = at(reading.findings, nodule)
            assert found.diameter_mm == pytest.approx(nodule.diameter_mm, rel=0.10)
            assert found.volume_mm3 == pytest.approx(nodule.volume_mm3, rel=0.15)
            assert found.mean_value == pytest.approx(nodule.mean_hu, abs=80)


def test_a_mask_covers_its_nodule(phantom, reading):
    for nodule in isolated(phantom):
        found = at(reading.findings, nodule)
        marked = found.mask.geometry.to_patient(np.argwhere(found.mask.voxels))
        index = np.rint(nodule.mask.geometry.to_index(marked)).astype(int)
        inside = ((index >= 0) & (index < nodule.mask.voxels.shape)).all(axis=1)
        hit = nodule.mask.voxels[tuple(index[inside].T)]
        overlap = 2 * hit.sum() / (found.mask.voxels.sum() + nodule.mask.voxels.sum())
        assert overlap > 0.8


def test_findings_come_best_first_inside_their_boxes_and_only_proposed(reading):
    scores = [f.score for f in reading.findings]
    assert scores == sorted(scores, reverse=True)
    for finding in reading.findings:
        assert finding.kind == NODULE
        assert finding.site in (LEFT_LUNG, RIGHT_LUNG, None)
        assert finding.status is Status.PROPOSED
        assert finding.author.is_model
        assert finding.author.weights_sha256 == reading.models[0].weights_sha256
        assert all(
            a <= b <= c for a, b, c in zip(finding.low, finding.position, finding.high, strict=True)
        )


def test_the_crop_of_each_finding_is_what_the_network_scored(reading):
    model = load_folder(model_folder())
    crops = {one.finding_id: one.voxels for one in reading.crops}
    assert list(crops) == [finding.id for finding in reading.findings]
    few = reading.findings[:6]
    odds = log_odds(net_of(model.weights), np.stack([crops[one.id] for one in few]))
    for finding, seen in zip(few, odds, strict=True):
        (line,) = (one for one in finding.explanation if one.name == NETWORK)
        assert line.contribution == pytest.approx(share_of(model.weights) * seen, abs=0.05)


def test_sides_are_the_sides_of_the_patient(reading):
    for finding in reading.shown:
        assert finding.site == (LEFT_LUNG if finding.position[0] > 0 else RIGHT_LUNG)


def test_the_reasons_add_up_to_the_score(reading):
    first, last = reading.findings[0], reading.findings[-1]
    pushes = [sum(r.contribution for r in f.explanation) for f in (first, last)]
    odds = [math.log(f.score / (1 - f.score)) for f in (first, last)]
    assert pushes[0] - pushes[1] == pytest.approx(odds[0] - odds[1], abs=0.05)


def test_identifiers_are_uids_and_no_two_are_the_same(reading):
    uids = [f.id for f in reading.findings] + [s.id for s in reading.segmentations]
    assert len(set(uids)) == len(uids)
    assert all(uid.startswith("2.25.") and len(uid) <= 64 for uid in uids)


def test_lungs_and_airways_come_as_one_segmentation_on_the_grid_of_the_picture(phantom, reading):
    (found,) = reading.segmentations
    assert [segment.name for segment in found.segments] == ["Left lung", "Right lung", "Airways"]
    assert found.geometry == phantom.volume.geometry
    assert min(found.volumes_mm3().values()) > 10_000


def test_a_reading_travels_between_processes(reading):
    again = pickle.loads(pickle.dumps(reading))
    assert again.findings == reading.findings
    assert again.threshold == reading.threshold


def test_every_stage_is_timed(reading):
    assert [name for name, _ in reading.timings_s] == [
        "prepare", "lungs and airways", "spots", "outlines", "ranking",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def small():
    return thorax(8, shape=(64, 150, 150)).volume


@pytest.fixture(scope="module")
def small_reading(small):
    return read_briefly(small)


def read_briefly(volume):
    """Read, but of all spots look closer only at those that most deserve it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "find_blobs", partial(find_blobs, most=80))
        return read(volume, Silent())


def test_the_same_picture_always_gives_the_same_reading(small, small_reading):
    assert small_reading.findings
    again = read_briefly(small)
    assert again.findings == small_reading.findings
    assert np.array_equal(again.segmentations[0].labels, small_reading.segmentations[0].labels)


@pytest.mark.parametrize(
    ("order", "flips"),
    [((2, 1, 0), (True, False, False)), ((1, 0, 2), (False, True, True)), ((0, 1, 2), (True,) * 3)],
)
def test_the_same_patient_stored_otherwise_gives_the_same_places(
    small, small_reading, order, flips
):
    affine, start = np.eye(4), np.zeros(3)
    for new, (old, flip) in enumerate(zip(order, flips, strict=True)):
        affine[:3, new] = small.geometry.affine[:3, old] * (-1 if flip else 1)
        start[old] = small.geometry.shape[old] - 1 if flip else 0
    affine[:3, 3] = small.geometry.to_patient(start)
    turned = small.voxels.transpose(order)[tuple(slice(None, None, -1 if f else 1) for f in flips)]
    voxels = np.ascontiguousarray(turned)
    volume = replace(small, voxels=voxels, geometry=Geometry(voxels.shape, affine), origins=())
    found = read_briefly(volume)
    assert len(found.findings) == len(small_reading.findings)
    for one, other in zip(found.findings, small_reading.findings, strict=True):
        assert one.position == pytest.approx(other.position, abs=1e-3)
        assert one.low == pytest.approx(other.low, abs=1e-3)
        assert one.score == pytest.approx(other.score, abs=1e-4)
        assert one.site == other.site


def test_reading_stops_when_it_is_cancelled(small):
    class Impatient:
        def report(self, done, doing=""):
            if done > 0.55:
                raise Cancelled

    with pytest.raises(Cancelled):
        read(small, Impatient())


def refusal(volume):
    with pytest.raises(Declined) as declined:
        read(volume, Silent())
    sentence = str(declined.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return declined.value.code


@pytest.mark.parametrize("modality", ["MR", "PT", "CR", "US"])
def test_other_modalities_are_declined(small, modality):
    assert refusal(replace(small, modality=modality)) == "not_ct"


def test_a_ct_without_hounsfield_units_is_declined(small):
    assert refusal(replace(small, unit="1")) == "not_hu"


def test_a_file_of_unknown_kind_is_declined_unless_its_values_are_those_of_a_ct(small):
    bright = Volume(np.abs(small.voxels), small.geometry, "1", "OT", "some file")
    assert refusal(bright) == "not_ct"


def test_a_ct_from_a_file_that_does_not_say_so_is_read_with_a_notice(small, small_reading):
    found = read_briefly(replace(small, unit="1", modality="OT"))
    assert "taken_as_ct" in [notice.code for notice in found.notices]
    assert len(found.findings) == len(small_reading.findings)


def test_thick_slices_are_declined(small):
    affine = small.geometry.affine @ np.diag([2.0, 1, 1, 1])
    geometry = Geometry(small.geometry.shape, affine)
    assert refusal(replace(small, geometry=geometry)) == "too_thick"


def part(volume, start, stop):
    rows, columns = volume.geometry.shape[1:]
    geometry = volume.geometry.crop((start, 0, 0), (stop, rows, columns))
    return replace(volume, voxels=volume.voxels[start:stop], geometry=geometry)


def test_a_few_slices_are_declined(small):
    assert refusal(part(small, 20, 34)) == "too_few_slices"


def test_the_lower_half_of_the_chest_is_declined(small):
    assert refusal(part(small, 0, 28)) in ("partly_covered", "no_airways")


def test_a_belly_is_declined(small):
    water = np.where(small.voxels > -300, small.voxels, 40)
    body = np.where(small.voxels < -900, small.voxels, water)
    body[(small.voxels < -300) & (small.voxels > -900)] = 40
    assert refusal(replace(small, voxels=body)) in ("no_lungs", "no_airways")
