"""A nodule of a real chest, outlined by one click and compared with what four readers drew."""

from __future__ import annotations

import numpy as np
import pytest

from tests.journeys.drawer import Drawer
from tests.journeys.lesion import take_lesion

pytestmark = pytest.mark.window


@pytest.mark.data
def test_the_nodule_of_a_real_chest_is_taken_by_one_click(walker, data):
    import nibabel

    folder = data / "ct_chest_lidc0314"
    truth = nibabel.load(folder / "nodule_consensus_2of4.nii.gz")
    inside = np.argwhere(np.asarray(truth.dataobj) > 0)
    x, y, z = (truth.affine @ [*inside.mean(axis=0), 1])[:3]
    walker.open(folder / "dicom")
    walker.rest()
    hand, middle = Drawer(walker), (-x, -y, z)
    take_lesion(hand, hand.pixel(middle), middle)
    (finding,) = walker.session.record.value.findings
    true_mm3 = len(inside) * abs(np.linalg.det(truth.affine[:3, :3]))
    assert 0.5 < finding.volume_mm3 / true_mm3 < 2
    walker.rest()
