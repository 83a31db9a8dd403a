"""A real chest CT: a nodule drawn by four readers is where every view says it is."""

from __future__ import annotations

import nibabel
import numpy as np
import pytest

from viewer.core.geometry import Geometry, position_of
from viewer.core.progress import Silent
from viewer.core.window import PRESETS
from viewer.io.load import load
from viewer.io.scan import scan
from viewer.render.describe import cut_of, describe
from viewer.render.outlines import outlines_of
from viewer.render.paint import paint
from viewer.render.shrink import shrink
from viewer.render.space import picture
from viewer.session.look import Viewing
from viewer.session.session import Place
from viewer.session.transfer import transfer_named

pytestmark = pytest.mark.data
SIZE = (500, 500)


@pytest.fixture(scope="module")
def volume(data):
    folder = data / "ct_chest_lidc0314" / "dicom"
    if not folder.is_dir():
        pytest.skip("no chest CT among the real images")
    (series,) = [series for _, series in scan([folder], Silent()).all_series()]
    return load(series, Silent())


@pytest.fixture(scope="module")
def nodule(data):
    """The consensus of the readers, as a mask in LPS."""
    image = nibabel.load(data / "ct_chest_lidc0314" / "nodule_consensus_2of4.nii.gz")
    affine = np.diag([-1.0, -1.0, 1.0, 1.0]) @ image.affine
    turned = affine.copy()
    turned[:, :3] = affine[:, 2::-1]
    voxels = np.asarray(image.dataobj).transpose(2, 1, 0) > 0
    grid = Geometry(voxels.shape, turned)
    index = np.argwhere(voxels)
    low, high = index.min(axis=0), index.max(axis=0) + 1
    part = voxels[tuple(slice(a, b) for a, b in zip(low, high, strict=True))]
    return np.ascontiguousarray(part), grid.crop(tuple(low), tuple(high))


@pytest.mark.parametrize("viewing", list(Viewing)[:4])
def test_the_nodule_is_bright_inside_its_outline_and_the_lung_dark_around(
    bench, volume, nodule, viewing
):
    voxels, grid = nodule
    place = position_of(grid.to_patient(np.argwhere(voxels)).mean(axis=0))
    session = bench.session_with(volume, viewing, window=PRESETS["Lung"])
    session.place.set(Place(place, volume.geometry.frame_of_reference_uid))
    scene = describe(session, 0, SIZE)
    assert cut_of(session, 0).original
    drawn = paint(scene)[..., 0]
    x, y = (round(n) for n in scene.to_screen(place))
    around = [np.subtract(place, 25 * np.asarray(scene.plane.right))]
    assert drawn[y - 2 : y + 3, x - 2 : x + 3].mean() > 180
    assert np.median([drawn[round(v), round(u)] for u, v in map(scene.to_screen, around)]) < 160
    lines = outlines_of(bench.Mask(voxels, grid), scene.plane)
    points = np.concatenate(lines)
    assert np.linalg.norm(points.mean(axis=0) - (x, y)) < 6


def test_the_chest_is_seen_in_space(volume):
    seen = picture(shrink(volume, Silent()), transfer_named("Bone"), (200, 150))
    assert (seen[30:120, 40:160, :3].max(axis=2) > 60).mean() > 0.1
