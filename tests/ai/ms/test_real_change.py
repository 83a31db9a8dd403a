"""Two real patients at two dates (Lesjak 2016): what learned from one finds in the other."""

from __future__ import annotations

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so

from viewer.ai.card import load_folder
from viewer.ai.ms.card import THRESHOLD
from viewer.ai.ms.change import changes_of, outlined, scores_of
from viewer.ai.ms.features import NAMES, seen_of
from viewer.ai.ms.figures import score_of
from viewer.ai.ms.flair import admit_contrast, depth_correlation
from viewer.ai.ms.reader import MODEL
from viewer.ai.ms.training import case_of, plain_difference
from viewer.core.errors import Declined
from viewer.core.resources import resource_folder
from viewer.imaging.click.trees import Forest


@pytest.fixture(scope="module")
def case(data):
    folder = data / "mr_ms_longitudinal"
    if not folder.is_dir():
        pytest.skip("no images of multiple sclerosis")
    return case_of(folder, "12")


def test_what_ships_marks_more_of_the_change_than_a_difference_does(case):
    model = load_folder(resource_folder() / "models" / MODEL)
    seen = seen_of(case.pair)
    changes = changes_of(seen, scores_of(seen, Forest.of(model.weights, len(NAMES))))
    marked = score_of(outlined(changes, case.truth.shape, THRESHOLD), case.truth, case.pair)
    plain = score_of(plain_difference(seen, 2.0), case.truth, case.pair)
    assert marked.dice > plain.dice + 0.2
    assert marked.false < plain.false


def test_a_real_flair_is_told_from_a_real_t1(case, data):
    brain, geometry = case.pair.brain, case.pair.geometry
    assert admit_contrast(case.pair.first, brain, geometry, "It").certain
    place = data / "mr_ms_longitudinal" / "patient12"
    target = sitk.ReadImage(str(place / "gt.nii.gz"))
    t1 = sitk.ReadImage(str(place / "study1_T1W.nii.gz"), sitk.sitkFloat32)
    both = sitk.CompositeTransform(
        [
            sitk.ReadTransform(str(place / "study1_FLAIR_to_common_space.txt")),
            sitk.ReadTransform(str(place / "study1_T1W_intrastudy_to_FLAIR.txt")),
        ][::-1]
    )
    there = sitk.GetArrayFromImage(sitk.Resample(t1, target, both, sitk.sitkLinear, 0.0))
    start = np.rint(
        np.array(target.TransformPhysicalPointToContinuousIndex(geometry.origin))[::-1]
    ).astype(int)
    a, b, c = (slice(s, s + n) for s, n in zip(start, brain.shape, strict=True))
    values = np.ascontiguousarray(there[a, b, c])
    assert depth_correlation(values, brain, geometry) > 0.1
    with pytest.raises(Declined, match="as on T1"):
        admit_contrast(values, brain, geometry, "The image in front")
