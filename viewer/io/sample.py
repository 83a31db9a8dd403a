"""The sample study: a synthetic chest CT, for whoever has no images at hand.

Every file says that it is synthetic: in the patient's name and ID, the
descriptions and the comments. What is true of it lies beside it as text.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

from viewer.core.geometry import Shape
from viewer.core.progress import Part, Progress
from viewer.core.volume import Volume
from viewer.imaging.phantom import SHAPE, VERSION, Phantom, PhantomNodule, thorax

SEED = 1
_TITLE = "SYNTHETIC thorax CT"
_DAY, _TIME = "20260101", "120000"


def sample_study(
    folder: Path, progress: Progress, *, seed: int = SEED, shape: Shape = SHAPE
) -> Path:
    """Write the synthetic chest CT into a folder once, and return the folder of its files.

    A complete one of the same version is used again. `truth.json` lies beside the
    returned folder. Nothing half-written is left behind.

    Raises:
        Cancelled: if nobody wants it any more.
        OSError: if the folder cannot be written.
    """
    size = "x".join(map(str, shape))
    home = folder / f"synthetic-thorax-{seed}-{size}-v{VERSION}"
    if _complete(home, shape[0]):
        return home / "series"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".synthetic-") as temporary:
        made = Path(temporary) / home.name
        _write(made, thorax(seed, shape=shape, progress=Part(progress, 0.0, 0.8)), progress)
        _publish(made, home, shape[0])
    return home / "series"


def _complete(home: Path, slices: int) -> bool:
    return (home / "truth.json").is_file() and len(list((home / "series").glob("*.dcm"))) == slices


def _publish(made: Path, home: Path, slices: int) -> None:
    """Put the finished study in its place, unless another process was faster."""
    if home.exists() and not _complete(home, slices):
        shutil.rmtree(home)
    try:
        made.replace(home)
    except OSError:
        if not _complete(home, slices):
            raise


def _write(home: Path, phantom: Phantom, progress: Progress) -> None:
    series = home / "series"
    series.mkdir(parents=True)
    volume = phantom.volume
    count = len(volume.voxels)
    for index in range(count):
        progress.report(0.8 + 0.2 * index / count, f"Writing slice {index + 1} of {count}")
        image = _image(volume, index, phantom.seed)
        image.save_as(series / f"IM{index + 1:04d}.dcm", enforce_file_format=True)
    truth = json.dumps(_truth(phantom), indent=2)
    (home / "truth.json").write_text(truth + "\n", encoding="utf-8")


def _uid(seed: int, *what: str) -> str:
    return str(generate_uid(entropy_srcs=["skiagram synthetic thorax", VERSION, str(seed), *what]))


def _image(volume: Volume, index: int, seed: int) -> Dataset:
    """Return one slice as a CT image (PS3.3 A.3)."""
    image = Dataset()
    _describe_study(image, seed, "x".join(map(str, volume.voxels.shape)))
    _describe_series(image)
    _describe_place(image, volume, index)
    _describe_pixels(image, volume, index)
    image.SOPInstanceUID = _uid(seed, image.SeriesInstanceUID, f"slice {index + 1}")
    image.file_meta = FileMetaDataset()
    image.file_meta.MediaStorageSOPClassUID = image.SOPClassUID
    image.file_meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID
    image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    return image


def _describe_study(image: Dataset, seed: int, size: str) -> None:
    """Say whose image it is: nobody's."""
    image.SpecificCharacterSet = "ISO_IR 100"
    image.SOPClassUID = CTImageStorage
    image.PatientName = "SYNTHETIC^Thorax phantom"
    image.PatientID = "SYNTHETIC-THORAX"
    image.PatientBirthDate, image.PatientSex = "", "O"
    image.StudyInstanceUID = _uid(seed, size, "study")
    image.SeriesInstanceUID = _uid(seed, size, "series")
    image.FrameOfReferenceUID = _uid(seed, size, "frame of reference")
    image.StudyDate = image.SeriesDate = image.AcquisitionDate = image.ContentDate = _DAY
    image.StudyTime = image.SeriesTime = image.AcquisitionTime = image.ContentTime = _TIME
    image.StudyDescription = "SYNTHETIC thorax phantom"
    image.AccessionNumber, image.ReferringPhysicianName = "", ""
    image.StudyID = str(seed)


def _describe_series(image: Dataset) -> None:
    """Say how it was made: by arithmetic, in the manner of a CT."""
    image.Modality = "CT"
    image.SeriesDescription = _TITLE
    image.ImageComments = "SYNTHETIC"
    image.SeriesNumber, image.AcquisitionNumber = 1, 1
    image.BodyPartExamined = "CHEST"
    image.PatientPosition = "HFS"
    image.PositionReferenceIndicator = ""
    image.Manufacturer = "Skiagram"
    image.ManufacturerModelName = "Synthetic thorax"
    image.SoftwareVersions = VERSION
    image.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    image.KVP = "120"
    image.BurnedInAnnotation = "NO"


def _describe_place(image: Dataset, volume: Volume, index: int) -> None:
    """Say where the slice lies (PS3.3 C.7.6.2)."""
    grid = volume.geometry
    x, y, z = grid.to_patient((index, 0, 0))
    image.InstanceNumber = index + 1
    image.ImagePositionPatient = [f"{x:.6f}", f"{y:.6f}", f"{z:.6f}"]
    image.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    image.PixelSpacing = [f"{grid.spacing_mm[1]:.8g}", f"{grid.spacing_mm[2]:.8g}"]
    image.SliceThickness = f"{grid.spacing_mm[0]:.8g}"
    image.SpacingBetweenSlices = image.SliceThickness
    image.SliceLocation = f"{z:.6f}"


def _describe_pixels(image: Dataset, volume: Volume, index: int) -> None:
    image.SamplesPerPixel, image.PhotometricInterpretation = 1, "MONOCHROME2"
    image.Rows, image.Columns = volume.voxels.shape[1:]
    image.BitsAllocated, image.BitsStored, image.HighBit = 16, 16, 15
    image.PixelRepresentation = 1
    image.RescaleIntercept, image.RescaleSlope, image.RescaleType = 0, 1, "HU"
    image.WindowCenter = [f"{window.centre:g}" for _, window in volume.windows]
    image.WindowWidth = [f"{window.width:g}" for _, window in volume.windows]
    image.WindowCenterWidthExplanation = [name for name, _ in volume.windows]
    image.PixelData = volume.voxels[index].astype("<i2").tobytes()


def _truth(phantom: Phantom) -> dict[str, object]:
    litre = phantom.volume.geometry.voxel_volume_mm3 / 1e6
    return {
        "synthetic": True,
        "version": VERSION,
        "seed": phantom.seed,
        "frame": "LPS, mm",
        "lungs_litres": {
            name: round(int(np.count_nonzero(phantom.lungs == label)) * litre, 4)
            for name, label in (("right", 1), ("left", 2))
        },
        "nodules": [_nodule(nodule) for nodule in phantom.truth],
    }


def _nodule(nodule: PhantomNodule) -> dict[str, object]:
    return {
        "position_mm": [round(value, 3) for value in nodule.position],
        "diameter_mm": round(nodule.diameter_mm, 3),
        "volume_mm3": round(nodule.volume_mm3, 2),
        "mean_hu": round(nodule.mean_hu, 1),
        "texture": str(nodule.texture),
        "seat": str(nodule.seat),
    }
