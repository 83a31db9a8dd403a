"""Videos, in DICOM and in files of their own: every frame in its place, or the reason why not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import VideoEndoscopicImageStorage

from tests.io.reading.h264 import stream
from viewer.core.errors import Unreadable
from viewer.core.progress import Silent
from viewer.core.study import SeriesKind
from viewer.io.load import load, open_series
from viewer.io.pace import axis_of
from viewer.io.pixels import frame_of
from viewer.io.syntaxes import VIDEO
from viewer.io.thumbnail import thumbnail

UID = "1.2.826.0.1.3680043.8.498.88"
MPEG2, AVC, HEVC = (f"1.2.840.10008.1.2.4.{end}" for end in ("100", "102", "107"))
ROWS, COLUMNS, COUNT = 48, 64, 12


def colours(count=COUNT) -> np.ndarray:
    """Frames of four fields, whose colours change slowly."""
    films = np.zeros((count, ROWS, COLUMNS, 3), np.uint8)
    for number, frame in enumerate(films):
        frame[:24, :32] = (40 + number * 12, 60, 90)
        frame[24:, :32] = (200, 60 + number * 12, 50)
        frame[:24, 32:] = (90, 180, 60 + number * 12)
        frame[24:, 32:] = 30 + number * 15
    return films


def filmed(path, frames, letters="FFV1", per_second=20.0):
    rows, columns = frames.shape[1:3]
    code = cv2.VideoWriter.fourcc(*letters)
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, code, per_second, (columns, rows))
    assert writer.isOpened()
    for frame in frames:
        writer.write(np.ascontiguousarray(frame[..., ::-1]))
    writer.release()
    return path


GREYS = np.random.default_rng(2).integers(20, 230, (COUNT, ROWS, COLUMNS)).astype(np.uint8)


def shown_grey(luma: np.ndarray) -> np.ndarray:
    """What studio levels (16 to 235) look like: BT.601."""
    return ((luma.astype(float) - 16) * 255 / 219).round().clip(0, 255)


def save(path, data, syntax, count=COUNT, pieces=1, **changes: object):
    file = Dataset()
    file.SOPClassUID, file.SOPInstanceUID = VideoEndoscopicImageStorage, f"{UID}.1"
    file.StudyInstanceUID, file.SeriesInstanceUID = f"{UID}.2", f"{UID}.3"
    file.PatientID, file.Modality, file.InstanceNumber = "film", "ES", 1
    file.Rows, file.Columns, file.NumberOfFrames = ROWS, COLUMNS, count
    file.PhotometricInterpretation, file.SamplesPerPixel = "YBR_PARTIAL_420", 3
    file.PlanarConfiguration, file.FrameTime = 0, 50
    file.BitsAllocated = file.BitsStored = 8
    file.HighBit, file.PixelRepresentation, file.LossyImageCompression = 7, 0, "01"
    for name, value in changes.items():
        setattr(file, name, value)
    data += b"\0" * (len(data) % 2)
    file.PixelData = encapsulate([data], fragments_per_frame=pieces, has_bot=False)
    file["PixelData"].VR, file["PixelData"].is_undefined_length = "OB", True
    file.file_meta = FileMetaDataset()
    file.file_meta.TransferSyntaxUID = syntax
    file.save_as(path, implicit_vr=False, little_endian=True, enforce_file_format=True)
    return path


@pytest.mark.parametrize("pieces", [1, 3])
def test_avc_in_dicom_gives_every_frame_in_its_place(tmp_path, series, pieces):
    save(tmp_path / "film.dcm", stream(GREYS), AVC, pieces=pieces)
    (one,) = series()
    assert (one.kind, len(one.instances)) == (SeriesKind.CINE, COUNT)
    loading = open_series(one)
    assert loading.wanted == 0
    stack = loading.run(Silent(), lambda _: None)
    for frame, truth in zip(stack.frames, GREYS, strict=True):
        assert frame.pixels.shape == (ROWS, COLUMNS, 3)
        assert np.abs(frame.pixels[..., 1] - shown_grey(truth)).max() <= 2
    assert not any(notice.code in ("damaged", "more_frames") for notice in loading.notices)


def test_mpeg_2_in_dicom_is_shown_in_its_colours(tmp_path, series):
    data = filmed(tmp_path / "film.m2v", colours(), "mpg2", 25.0).read_bytes()
    (tmp_path / "film.m2v").unlink()
    save(tmp_path / "film.dcm", data, MPEG2)
    stack = load(series()[0], Silent())
    for frame, truth in zip(stack.frames, colours(), strict=True):
        assert np.abs(frame.pixels[10, 10].astype(int) - truth[10, 10]).max() < 12
        assert np.abs(frame.pixels[40, 50].astype(int) - truth[40, 50]).max() < 12


def test_one_frame_of_a_video_can_be_had_alone(tmp_path):
    save(tmp_path / "film.dcm", stream(GREYS), AVC)
    for number in (7, 0):
        got = frame_of(tmp_path / "film.dcm", number, stored=True)
        assert np.abs(got[..., 1] - shown_grey(GREYS[number])).max() <= 2


def test_a_clip_of_dicom_has_a_thumbnail(tmp_path, series):
    save(tmp_path / "film.dcm", stream(GREYS), AVC)
    assert thumbnail(series()[0]).shape == (ROWS, COLUMNS)


@pytest.mark.parametrize("told", [8, 15])
def test_a_wrong_count_of_frames_is_named(tmp_path, series, told):
    save(tmp_path / "film.dcm", stream(GREYS), AVC, count=told)
    loading = open_series(series()[0])
    stack = loading.run(Silent(), lambda _: None)
    codes = [notice.code for notice in loading.notices]
    assert len(stack.frames) == told
    assert ("more_frames" in codes) == (told < COUNT)
    assert codes.count("damaged") == max(0, told - COUNT)


def test_a_video_cut_off_shows_what_is_there_and_names_the_rest(tmp_path, series):
    path = save(tmp_path / "film.dcm", stream(GREYS), AVC)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    loading = open_series(series()[0])
    stack = loading.run(Silent(), lambda _: None)
    there = [not frame.damage for frame in stack.frames]
    assert 5 <= sum(there) <= 8
    assert there == sorted(there, reverse=True)
    assert "cut off" in loading.notices[-1].sentence


def test_what_no_decoder_reads_is_declined_with_its_syntax(tmp_path, series):
    save(tmp_path / "film.dcm", b"\0\0\0\1" + bytes(range(256)) * 20, HEVC)
    loading = open_series(series()[0])
    stack = loading.run(Silent(), lambda _: None)
    assert all(frame.damage for frame in stack.frames)
    assert "HEVC video" in loading.notices[-1].sentence
    with pytest.raises(Unreadable, match="HEVC video"):
        frame_of(tmp_path / "film.dcm", 0, stored=True)


@pytest.mark.parametrize("text", [b"#EXTM3U\nfile:///etc/hostname\n", b"ffconcat version 1.0\n"])
def test_a_list_of_other_files_is_never_followed(tmp_path, listed, text):
    (tmp_path / "film.mp4").write_bytes(text * 30)
    (refusal,) = listed().refused
    assert refusal.code == "not_an_image"


def test_a_frame_larger_than_told_is_never_shown(tmp_path, series):
    save(tmp_path / "film.dcm", stream(GREYS), AVC, Rows=32)
    loading = open_series(series()[0])
    stack = loading.run(Silent(), lambda _: None)
    assert all(frame.damage for frame in stack.frames)


@pytest.mark.parametrize(
    ("letters", "ending"),
    [("FFV1", "avi"), ("FFV1", "mkv"), ("mp4v", "mp4"), ("mp4v", "mov"), ("MJPG", "avi"),
     ("mpg2", "mpg")],
)  # fmt: skip
def test_a_video_file_is_a_clip_without_calibration(tmp_path, series, letters, ending):
    rate = 25.0 if letters == "mpg2" else 20.0
    filmed(tmp_path / f"film.{ending}", colours(), letters, rate)
    (one,) = series()
    assert (one.kind, one.format, one.modality) == (SeriesKind.CINE, "Video", "OT")
    assert (len(one.instances), one.rows, one.columns) == (COUNT, ROWS, COLUMNS)
    codes = [notice.code for notice in one.notices]
    assert ("no_calibration" in codes, "lossy" in codes) == (True, letters != "FFV1")
    stack = load(one, Silent())
    for frame, truth in zip(stack.frames, colours(), strict=True):
        far = 3 if letters == "FFV1" else 15
        assert np.abs(frame.pixels[10, 10].astype(int) - truth[10, 10]).max() <= far
        assert not frame.damage
    axis = axis_of(one, Silent())
    assert axis.per_second == pytest.approx(rate)
    assert axis.at[2] == pytest.approx(2000 / rate)
    assert thumbnail(one).shape == (ROWS, COLUMNS)


def test_a_video_file_cut_off_is_refused_or_its_gaps_are_named(tmp_path, listed):
    path = filmed(tmp_path / "film.avi", colours(), "MJPG")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    catalogue = listed()
    for _, one in catalogue.all_series():
        assert len(one.instances) < COUNT
        stack = load(one, Silent())
        assert not stack.frames[0].damage
    assert len(catalogue.refused) + len(list(catalogue.all_series())) == 1


@pytest.mark.parametrize("data", [b"", b"\0\0\0\x18ftypisom" + bytes(400), b"RIFF1234AVI "])
def test_what_only_calls_itself_a_video_is_refused(tmp_path, listed, data):
    (tmp_path / "film.mp4").write_bytes(data)
    (refusal,) = listed().refused
    assert refusal.code in ("empty", "unsupported_syntax", "not_an_image")


def test_every_video_syntax_of_the_standard_is_known_by_name():
    from viewer.io.syntaxes import syntax_name

    assert len(VIDEO) == 16
    assert all("video" in syntax_name(uid) for uid in VIDEO)


def test_frames_too_large_for_anybody_are_never_decoded(tmp_path, listed, series):
    huge = stream(GREYS[:1], told=(1000, 1000))
    (tmp_path / "huge.m2v").write_bytes(huge)
    (refusal,) = listed().refused
    assert refusal.code == "unsupported_syntax"
    (tmp_path / "huge.m2v").unlink()
    save(tmp_path / "film.dcm", huge, AVC, count=1)
    loading = open_series(series()[0])
    assert loading.run(Silent(), lambda _: None).frames[0].damage


@pytest.mark.parametrize("ending", ["mp4", "avi", "mpg"])
def test_mangled_videos_are_opened_or_refused(tmp_path, listed, ending):
    letters = {"mp4": "mp4v", "avi": "MJPG", "mpg": "mpg2"}[ending]
    path = filmed(tmp_path / f"film.{ending}", colours(4), letters, 25.0)
    whole = path.read_bytes()
    random = np.random.default_rng(len(whole))
    for number in range(8):
        data = bytearray(whole)
        for at in random.integers(0, len(data), 1 + number * 3):
            data[at] = random.integers(0, 256)
        (tmp_path / f"film{number}.{ending}").write_bytes(data)
    catalogue = listed()
    listed_series = [one for _, one in catalogue.all_series()]
    assert len(listed_series) + len(catalogue.refused) == 9
    for one in listed_series:
        stack = open_series(one).run(Silent(), lambda _: None)
        assert len(stack.frames) == len(one.instances)
