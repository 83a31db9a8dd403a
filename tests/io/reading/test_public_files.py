"""Every file that comes with pydicom and pydicom-data: as pydicom reads it, or refused by name."""

from __future__ import annotations

import warnings
from fnmatch import fnmatch
from pathlib import Path

import data_store
import numpy as np
import pydicom
import pytest
import SimpleITK
from pydicom.dataset import Dataset
from pydicom.pixels import apply_color_lut, apply_modality_lut

from viewer.core.progress import Silent
from viewer.core.study import Series, SeriesKind
from viewer.core.volume import Volume
from viewer.io.load import open_series
from viewer.io.quiet import quietly
from viewer.io.scan import scan

_ROOTS = (Path(pydicom.__file__).parent / "data", Path(data_store.__file__).parent)
_NOT_FOR_READING = (".py", ".pyc", ".txt", ".md", ".json", ".sqlite", ".csv")
FILES = sorted(
    path
    for root in _ROOTS
    for path in root.rglob("*")
    if path.is_file() and path.suffix not in _NOT_FOR_READING
)

REFUSED = {
    # DICOMDIR is an index, and palettes, plans and dumps hold no picture
    "not_an_image": (
        "DICOMDIR*", "chrSQEncoding*.dcm", "fall.dcm", "hotiron.dcm", "hotmetalblue.dcm",
        "pet.dcm", "pet20step.dcm", "spring.dcm", "summer.dcm", "winter.dcm", "UN_sequence.dcm",
        "ExplVR_BigEndNoMeta.dcm", "crayons.icc", "README", "empty_charset_LEI.dcm",
        "meta_missing_tsyntax.dcm", "*priv_SQ.dcm", "no_meta.dcm", "no_meta_group_length.dcm",
        "*.dump",
    ),
    "no_pixels": ("chrJapMulti.dcm", "chrJapMultiExplicitIR6.dcm", "chrKoreanMulti.dcm"),
    "truncated": ("MR_truncated.dcm", "rtplan_truncated.dcm"),
    "foreign_archive": ("zipMR.gz",),
}  # fmt: skip
OBJECTS = (
    "liver*.dcm", "ExplVR_LitEndNoMeta.dcm", "badVR.dcm", "IM0000??", "reportsi*.dcm",
    "rtdose*.dcm", "rtplan.dcm", "rtstruct.dcm", "test-SR.dcm", "waveform_ecg.dcm",
)  # fmt: skip
DAMAGED = ("JPEG2000-embedded-sequence-delimiter.dcm",)
BY_SIMPLEITK = (
    "JPEG-LL.dcm", "JPGLosslessP14SV1_1s_1f_8b.dcm", "OT-PAL-8-face.dcm", "bad_sequence.dcm",
    "GDCMJ2K_TextGBR.dcm", "JPEG-lossy.dcm", "JPGExtended.dcm", "SC_rgb_jpeg_gdcm.dcm",
)  # fmt: skip
"""What pydicom does not decode with the plug-ins installed here."""
TWINS = {
    "emri_small_jpeg_2k_lossless_too_short.dcm": "emri_small.dcm",
    "OBXXXX1A_expb.dcm": "OBXXXX1A.dcm",
    "OBXXXX1A_expb_2frame.dcm": "OBXXXX1A_2frame.dcm",
}
"""What neither reads, or reads right (big endian palettes), and a file of the same pictures."""

INDEXES = ("dicomdirtests/DICOMDIR", "TINY_ALPHA/DICOMDIR")
"""Files that name others, which are listed instead."""


def listed_among(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def expected_code(name: str) -> str:
    codes = [code for code, patterns in REFUSED.items() if listed_among(name, patterns)]
    return codes[0] if codes else "object" if listed_among(name, OBJECTS) else ""


def by_pydicom(path: Path) -> list[np.ndarray]:
    """Every picture of a file as it is to be shown, values rescaled and colours as RGB."""
    with quietly(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file = pydicom.dcmread(path, force=True)
        pixels = file.pixel_array
        frames = pixels if int(file.get("NumberOfFrames", 1) or 1) > 1 else pixels[None]
        return [shown(frame, file, number) for number, frame in enumerate(frames)]


def shown(frame: np.ndarray, file: Dataset, number: int) -> np.ndarray:
    if file.PhotometricInterpretation == "PALETTE COLOR":
        frame = apply_color_lut(frame, file)
        return frame >> 8 if frame.dtype.itemsize == 2 else frame
    if file.SamplesPerPixel == 3:
        return frame >> (file.BitsStored - 8) if file.BitsStored > 8 else frame
    said = file
    for groups in (
        *file.get("SharedFunctionalGroupsSequence", []),
        *file.get("PerFrameFunctionalGroupsSequence", [])[number : number + 1],
    ):
        said = groups.get("PixelValueTransformationSequence", [said])[0]
    return np.asarray(apply_modality_lut(frame, said), np.float64)


def by_simpleitk(path: Path) -> list[np.ndarray]:
    return list(SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(str(path))))


def reference(path: Path) -> list[np.ndarray]:
    if path.name in BY_SIMPLEITK:
        return by_simpleitk(path)
    return by_pydicom(path.with_name(TWINS.get(path.name, path.name)))


def ours(series: Series) -> tuple[dict[int, np.ndarray], tuple[str, ...]]:
    """The values of each frame of one series, and what is said of them."""
    loading = open_series(series)
    image = loading.run(Silent(), lambda _: None)
    if isinstance(image, Volume):
        planes = [plane * image.slope + image.intercept for plane in image.voxels]
    else:
        planes = [
            one.pixels if one.pixels.ndim == 3 else one.pixels * one.slope + one.intercept
            for one in image.frames
        ]
    frames = {one.frame: plane for one, plane in zip(series.instances, planes, strict=True)}
    return frames, tuple(notice.code for notice in loading.notices)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_public_file_is_right_or_refused_by_name(path):
    catalogue = scan([path], Silent())
    if f"{path.parent.name}/{path.name}" in INDEXES:
        assert catalogue.studies
        return
    listed = [series for _, series in catalogue.all_series()]
    codes = {refusal.code for refusal in catalogue.refused if refusal.path == path}
    codes |= {"object" for series in listed if series.kind is SeriesKind.OBJECT}
    wanted = expected_code(path.name)
    if wanted:
        assert codes == {wanted}
        return
    assert not codes
    frames: dict[int, np.ndarray] = {}
    said: tuple[str, ...] = ()
    for series in listed:
        found, notices = ours(series)
        frames, said = frames | found, said + notices
    assert ("damaged" in said) == (path.name in DAMAGED)
    if path.name in DAMAGED:
        return
    right = reference(path)
    assert len(frames) == len(right)
    for number, values in enumerate(right):
        assert frames[number].shape == values.shape
        np.testing.assert_allclose(frames[number].astype(float), values, rtol=1e-6, atol=1e-3)


def test_the_public_files_are_all_there():
    assert len(FILES) >= 250
