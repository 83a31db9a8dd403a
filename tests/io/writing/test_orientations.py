"""However a grid lies in the patient, what is saved lies where it was.

48 ways to lay three axes along the patient's (six orders, eight flips, half
of them left-handed), and some oblique ones.
"""

from __future__ import annotations

from itertools import permutations, product

import highdicom as hd
import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from tests.orders import sampled
from viewer.core.geometry import Geometry
from viewer.io.concepts import quiet
from viewer.io.nifti_write import read_labels, write_nifti
from viewer.io.seg import read_segmentation, write_masks, write_segmentation
from viewer.io.seg_read import positions_of, read_masks
from viewer.io.sr import read_findings, write_findings

_ORIGIN = np.array([-101.25, -87.5, 312.75])
_SPACING = np.array([2.5, 0.7, 0.9])
_AXES = [
    np.eye(3)[list(order)] * np.array(signs)[:, None]
    for order in permutations(range(3))
    for signs in product((1, -1), repeat=3)
]
_OBLIQUE = [
    axes @ Rotation.from_euler("xyz", (17, -33, 71), degrees=True).as_matrix()
    for axes in _AXES[::7]
]


def _truth(index: np.ndarray, axes: np.ndarray) -> np.ndarray:
    """Return where voxels lie, without our own code: origin plus steps along each axis."""
    return _ORIGIN + (np.asarray(index, float) * _SPACING) @ axes


@pytest.fixture(scope="module")
def laid(tmp_path_factory, make_case):
    """Return how a series that lies along given axes is made."""

    def make(axes):
        geometry = Geometry.from_axes((6, 9, 10), _ORIGIN, axes, _SPACING, "1.2.3.4")
        return make_case(tmp_path_factory.mktemp("ct"), geometry)

    return make


@pytest.mark.parametrize(
    "axes", [*sampled(_AXES), *_OBLIQUE], ids=lambda a: ",".join(map("{:.2f}".format, a.ravel()))
)
def test_voxels_and_coordinates_stay_where_they_were(axes, laid, tmp_path, same_points):
    case = laid(axes)
    meant, finding = case.segmentation(), case.finding(1)
    lungs, masks, report = tmp_path / "a.dcm", tmp_path / "b.dcm", tmp_path / "c.dcm"
    write_segmentation(lungs, meant, case.series)
    segments = write_masks(masks, [finding], case.geometry, case.series)
    write_findings(report, [finding], case.series, segments=segments)

    truth = _truth(np.argwhere(meant.labels), axes)
    for read in (read_segmentation(lungs), read_segmentation(lungs, case.geometry)):
        assert same_points(read.geometry.to_patient(np.argwhere(read.labels)), truth)
    slices = _truth([(n, 0, 0) for n in range(1, 4)], axes)
    assert same_points(np.unique(np.round(positions_of(lungs), 6), axis=0), slices)
    with quiet():
        volume = hd.seg.segread(lungs).get_volume(combine_segments=True)
    assert same_points(volume.map_indices_to_reference(np.argwhere(volume.array)), truth)

    mask = read_masks(masks, case.geometry)[finding.id]
    inside = np.argwhere(finding.mask.voxels) + np.array([2, 3, 2])
    assert same_points(mask.geometry.to_patient(np.argwhere(mask.voxels)), _truth(inside, axes))

    (back,) = read_findings(report)
    corners = _truth(list(product((1.5, 3.5), (2.5, 4.5), (1.5, 4.5))), axes)
    assert np.allclose(back.position, _truth((2.5, 3.5, 3.0), axes), atol=1e-3)
    assert np.allclose(back.low, corners.min(axis=0), atol=1e-3)
    assert np.allclose(back.high, corners.max(axis=0), atol=1e-3)


@pytest.mark.parametrize("axes", _AXES[::5])
def test_nifti_voxels_stay_where_they_were(axes, laid, tmp_path, same_points):
    import nibabel

    meant = laid(axes).segmentation()
    path = tmp_path / "a.nii.gz"
    write_nifti(path, meant)
    truth = _truth(np.argwhere(meant.labels), axes)
    labels, grid = read_labels(path)
    assert same_points(grid.to_patient(np.argwhere(labels)), truth)
    image = nibabel.load(path)
    ras = nibabel.affines.apply_affine(image.affine, np.argwhere(np.asarray(image.dataobj)))
    assert same_points(ras * (-1, -1, 1), truth)


@pytest.mark.parametrize("axes", [_AXES[0], _AXES[13], _OBLIQUE[2]])
def test_turned_grids_are_free_of_errors_too(axes, laid, tmp_path, dicom_errors):
    case = laid(axes)
    path = tmp_path / "a.dcm"
    write_segmentation(path, case.segmentation(), case.series)
    assert dicom_errors(path) == []
