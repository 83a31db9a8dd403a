"""RT structure sets: written without errors, read back to the same voxels, others' too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset
from skimage.draw import polygon2mask

from viewer.core.author import Author
from viewer.core.code import LEFT_LUNG, LUNG
from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import SeriesKind
from viewer.core.volume import Volume
from viewer.io.load import load
from viewer.io.scan import scan
from viewer.io.structures import on_grid, read_structures
from viewer.io.structures_write import write_structures


def drawn(grid: Geometry, author: Author) -> Segmentation:
    """A ring with an island in its hole over some slices, and a second segment beside it."""
    labels = np.zeros(grid.shape, np.uint8)
    _, rows, columns = grid.shape
    y, x = np.mgrid[:rows, :columns]
    away = np.hypot(y - rows / 2, x - columns / 3)
    size = min(rows, columns / 2) / 2
    ring = ((away < 0.9 * size) & (away > 0.5 * size)) | (away < 0.2 * size)
    labels[1:4, ring] = 1
    labels[2, :3, -4:] = 2
    labels[4, -1, -1] = 2
    segments = (Segment(1, "Ring", LUNG, colour=(10, 200, 30)), Segment(2, "Eck", LEFT_LUNG))
    return Segmentation("1.2.3.4", "Lungen", labels, grid, segments, author, "one")


@pytest.mark.parametrize("turn", ["axial", "oblique", "flipped"])
def test_what_is_written_has_no_errors_and_comes_back_to_the_same_voxels(
    make_case, make_grid, dicom_errors: Callable[[Path], list[str]],
    person: Author, tmp_path: Path, turn: str,
) -> None:  # fmt: skip
    plain = make_grid()
    directions = {
        "axial": plain.directions,
        "oblique": np.array([[0.0, -0.6, 0.8], [0.0, 0.8, 0.6], [1.0, 0.0, 0.0]]),
        "flipped": plain.directions * np.array([[-1.0], [-1.0], [1.0]]),
    }[turn]
    grid = Geometry.from_axes(
        (6, 40, 52), plain.origin, directions, (3.0, 0.7, 0.9), plain.frame_of_reference_uid
    )
    case = make_case(tmp_path / "images", grid)
    segmentation = drawn(grid, person)
    path = tmp_path / "structures.dcm"

    uid = write_structures(path, segmentation, case.series)

    assert dicom_errors(path) == []
    found = read_structures(path)
    assert (found.id, found.series_uid, found.patient_id) == (uid, case.series.uid, "P-1")
    (back,), notices = on_grid(found, grid, "one")
    assert not notices
    assert (back.labels == segmentation.labels).all()
    assert [s.name for s in back.segments] == ["Ring", "Eck"]
    assert [s.type.value for s in back.segments] == [LUNG.value, LEFT_LUNG.value]
    assert back.segments[0].colour == (10, 200, 30)


def test_another_reader_fills_our_contours_to_the_same_voxels(
    case, person: Author, tmp_path: Path
) -> None:
    segmentation = drawn(case.geometry, person)
    write_structures(tmp_path / "s.dcm", segmentation, case.series)
    dataset = dcmread(tmp_path / "s.dcm")
    grid = case.geometry
    mask = np.zeros(grid.shape, bool)
    for contour in dataset.ROIContourSequence[0].ContourSequence:
        index = grid.to_index(np.array(contour.ContourData, float).reshape(-1, 3))
        number = round(index[0, 0])
        named = contour.ContourImageSequence[0].ReferencedSOPInstanceUID
        assert named == case.series.instances[number].sop_instance_uid
        mask[number] ^= polygon2mask(grid.shape[1:], index[:, 1:])
    apart = (mask != (segmentation.labels == 1)).sum()
    assert apart <= 0.02 * mask.sum()


def test_nothing_drawn_is_declined_and_other_files_are_refused(
    case, person: Author, tmp_path: Path
) -> None:
    empty = replace(drawn(case.geometry, person), label_map=np.zeros(case.geometry.shape, np.uint8))
    with pytest.raises(Declined, match="nothing drawn"):
        write_structures(tmp_path / "s.dcm", empty, case.series)
    with pytest.raises(Unreadable) as refused:
        read_structures(case.series.instances[0].path)
    assert refused.value.code == "not_structures"
    (tmp_path / "no.dcm").write_bytes(b"nothing")
    with pytest.raises(Unreadable, match="damaged"):
        read_structures(tmp_path / "no.dcm")


def test_a_file_that_is_cut_off_is_refused(case, person: Author, tmp_path: Path) -> None:
    write_structures(tmp_path / "s.dcm", drawn(case.geometry, person), case.series)
    content = (tmp_path / "s.dcm").read_bytes()
    (tmp_path / "cut.dcm").write_bytes(content[: len(content) // 2])
    with pytest.raises(Unreadable):
        read_structures(tmp_path / "cut.dcm")


def edited(path: Path, change: Callable[[Dataset], None]) -> Path:
    dataset = dcmread(path)
    change(dataset)
    dataset.save_as(path)
    return path


def test_points_and_contours_off_the_images_are_named_and_left_out(
    case, person: Author, tmp_path: Path
) -> None:
    write_structures(tmp_path / "s.dcm", drawn(case.geometry, person), case.series)

    def change(dataset: Dataset) -> None:
        contours = dataset.ROIContourSequence[0].ContourSequence
        contours[0].ContourGeometricType = "POINT"
        other = dataset.ROIContourSequence[1].ContourSequence
        other[0].ContourGeometricType = "OPEN_PLANAR"
        far = np.array(contours[1].ContourData, float).reshape(-1, 3)
        far += 500 * case.geometry.directions[0]
        contours[1].ContourData = [f"{value:.3f}" for value in far.ravel()]
        bent = np.array(contours[2].ContourData, float).reshape(-1, 3)
        bent += np.linspace(0, 8, len(bent))[:, None] * case.geometry.directions[0]
        contours[2].ContourData = [f"{value:.3f}" for value in bent.ravel()]

    found = read_structures(edited(tmp_path / "s.dcm", change))
    _, notices = on_grid(found, case.geometry, "one")
    said = " ".join(notice.sentence for notice in notices)
    assert "Ring: left out, as they enclose nothing: points (1)." in said
    assert "Eck: left out, as they enclose nothing: open lines (1)." in said
    assert "beyond the images" in said
    assert "across the slices" in said


@pytest.mark.parametrize("damage", ["1\\2\\x\\4\\5\\6", "1\\2\\3\\4", "nan\\1\\2"])
def test_numbers_that_are_none_are_refused(
    case, person: Author, tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "s.dcm"
    write_structures(path, drawn(case.geometry, person), case.series)
    content = path.read_bytes()
    number = dcmread(path).ROIContourSequence[0].ContourSequence[0].ContourData
    text = "\\".join(str(n) for n in number).encode()
    assert text in content
    path.write_bytes(content.replace(text, damage.encode().ljust(len(text))))
    with pytest.raises(Unreadable):
        read_structures(path)


def test_structures_that_overlap_come_in_layers(case, person: Author, tmp_path: Path) -> None:
    write_structures(tmp_path / "s.dcm", drawn(case.geometry, person), case.series)

    def change(dataset: Dataset) -> None:
        dataset.ROIContourSequence[1].ContourSequence = dataset.ROIContourSequence[
            0
        ].ContourSequence

    found = read_structures(edited(tmp_path / "s.dcm", change))
    layers, _ = on_grid(found, case.geometry, "one")
    assert len(layers) == 2
    assert ((layers[0].labels > 0) == (layers[1].labels > 0)).all()


def test_a_tumour_drawn_on_a_real_pet_lies_on_it(data: Path) -> None:
    """The contour of the sarcoma set against the uptake below it."""
    folder = data / "petctmr_sarcoma_dicom" / "STS_022" / "PET"
    found = read_structures(folder / "mask" / "RS.dcm")
    (series,) = [
        one
        for _, one in scan([folder], Silent()).all_series()
        if one.kind is SeriesKind.VOLUME and one.uid == found.series_uid
    ]
    image = load(series, Silent())
    assert isinstance(image, Volume)
    (back,), notices = on_grid(found, image.geometry, series.key)
    assert not notices
    inside = back.labels > 0
    assert inside.any(axis=(1, 2)).sum() == 38
    values = image.values()
    assert values[inside].mean() > 3 * values[~inside].mean()


def test_breast_structures_of_another_tool_are_read_by_name(data: Path) -> None:
    path = data / "seg_sr_rt_objects/dicompyler/tests/testdata/example_data/rtss.dcm"
    found = read_structures(path)
    names = [structure.name for structure in found.structures]
    assert names[:3] == ["BODY", "Areola", "Borders"]
    assert len(found.structures[0].contours) == 141


def _stretched(grid: Geometry, factor: float) -> Geometry:
    """The same rows and columns on slices that lie closer, or farther apart, by a factor."""
    affine = grid.affine.copy()
    affine[:3, 0] *= factor
    shape = (round(grid.shape[0] / factor), *grid.shape[1:])
    return Geometry(shape, affine, grid.frame_of_reference_uid)


def test_contours_between_slices_do_not_cancel_each_other_out(
    case, person: Author, tmp_path: Path
) -> None:
    """On slices half as many, every second contour has no slice of its own."""
    meant = drawn(case.geometry, person)
    write_structures(tmp_path / "s.dcm", meant, case.series)
    coarse = _stretched(case.geometry, 2.0)
    (back,), notices = on_grid(read_structures(tmp_path / "s.dcm"), coarse, "one")
    assert np.array_equal(back.labels[1] == 1, meant.labels[2] == 1)
    assert "lie between the slices" in " ".join(notice.sentence for notice in notices)


def test_contours_of_thicker_slices_leave_gaps_that_are_told(
    case, person: Author, tmp_path: Path
) -> None:
    meant = drawn(case.geometry, person)
    write_structures(tmp_path / "s.dcm", meant, case.series)
    fine = _stretched(case.geometry, 0.5)
    (back,), notices = on_grid(read_structures(tmp_path / "s.dcm"), fine, "one")
    assert np.array_equal(back.labels[4] == 1, meant.labels[2] == 1)
    assert not (back.labels[5] == 1).any()
    assert "Ring: there is no contour in some slices" in " ".join(n.sentence for n in notices)


def test_every_contour_names_the_picture_it_lies_on_wherever_the_grid_begins(
    case, person: Author, tmp_path: Path
) -> None:
    """A grid that covers the last slices alone names those, not the first."""
    whole = drawn(case.geometry, person)
    part = case.geometry.crop((2, 0, 0), case.geometry.shape)
    meant = replace(whole, label_map=whole.labels[2:].copy(), geometry=part)
    write_structures(tmp_path / "s.dcm", meant, case.series)
    seen = 0
    for drawn_roi in dcmread(tmp_path / "s.dcm").ROIContourSequence:
        for contour in drawn_roi.ContourSequence:
            index = case.geometry.to_index(np.array(contour.ContourData[:3], float))
            named = contour.ContourImageSequence[0].ReferencedSOPInstanceUID
            assert named == case.series.instances[round(index[0])].sop_instance_uid
            seen += 1
    assert seen >= 3
