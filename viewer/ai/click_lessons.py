"""Lesions with outlines to learn the one-click judge from, real ones and planted ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import SimpleITK
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, gaussian_filter, label

from viewer.core.geometry import Geometry, Shape
from viewer.core.volume import Volume

_SARCOMA = (("PET", "PT"), ("CT", "CT"), ("MR_T1", "MR"))
_CROPS = ("brain1", "brain2", "breast1")
_AROUND_MM = 105.0
_SMALLEST_MM, _LARGEST_MM = 6.0, 60.0
_TRIES = 200


@dataclass(frozen=True, slots=True, eq=False)
class Lesion:
    """One outlined lesion; `patient` keeps all that is of one patient together."""

    name: str
    patient: str
    modality: str
    volume: Volume = field(repr=False)
    inside: NDArray[np.bool_] = field(repr=False)
    planted: bool = False


def volume_of(image: SimpleITK.Image, modality: str) -> Volume:
    """Return an image of ITK, whose space is LPS, as a volume."""
    voxels = SimpleITK.GetArrayFromImage(image)
    directions = np.asarray(image.GetDirection()).reshape(3, 3).T[::-1]
    grid = Geometry.from_axes(voxels.shape, image.GetOrigin(), directions, image.GetSpacing()[::-1])
    return Volume(voxels, grid, "1", modality, "lesson")


def real_lesions(data: Path) -> Iterator[Lesion]:
    """Go through the real lesions that are given as volumes with masks."""
    for folder in sorted((data / "petctmr_sarcoma").glob("STS_*")):
        for stem, modality in _SARCOMA:
            yield _read(
                folder / f"{stem}.nii.gz", folder / f"{stem}_mask.nii.gz", folder.name, modality
            )
    crops = data / "lesion_crops" / "pyradiomics"
    for name in _CROPS:
        yield _read(crops / f"{name}_image.nrrd", crops / f"{name}_label.nrrd", name, "MR")


def _read(image: Path, mask: Path, patient: str, modality: str) -> Lesion:
    volume = volume_of(SimpleITK.ReadImage(str(image)), modality)
    inside = np.asarray(SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(str(mask))) != 0)
    return Lesion(f"{patient} {modality}", patient, modality, volume, inside)


def planted_lesions(data: Path, real: list[Lesion], count: int, seed: int) -> Iterator[Lesion]:
    """Plant lesions of known outline into images without outlines, and beside real PET lesions."""
    grounds = [Lesion(name, name, m, v, np.zeros(v.geometry.shape, np.bool_))
               for name, m, v in _grounds(data)]  # fmt: skip
    grounds += [one for one in real if one.modality == "PT"]
    random = np.random.default_rng(seed)
    modalities = ("CT", "MR", "PT")
    for number in range(count):
        fitting = [one for one in grounds if one.modality == modalities[number % 3]]
        ground = fitting[random.integers(len(fitting))]
        made = _planted(random, ground, number)
        if made is not None:
            yield made


def _grounds(data: Path) -> Iterator[tuple[str, str, Volume]]:
    places = (
        ("ct_organs_totalsegmentator/example_ct.nii.gz", "CT"),
        ("ct_organs_totalsegmentator/chest_ct.nii.gz", "CT"),
        ("ct_organs_totalsegmentator/example_mr_sm.nii.gz", "MR"),
        ("mr_ms_longitudinal/patient01/study2_FLAIR.nii.gz", "MR"),
        ("mr_ms_longitudinal/patient12/study2_T1W.nii.gz", "MR"),
    )
    for place, modality in places:
        yield place, modality, volume_of(SimpleITK.ReadImage(str(data / place)), modality)


def _planted(random: np.random.Generator, ground: Lesion, number: int) -> Lesion | None:
    values, spacing = ground.volume.values(), ground.volume.geometry.spacing_mm
    low, high = (float(v) for v in np.percentile(values[::3, ::3, ::3], (2, 99)))
    for _ in range(_TRIES):
        smallest = max(_SMALLEST_MM, 3 * min(spacing))
        across_mm = float(np.exp(random.uniform(np.log(smallest), np.log(_LARGEST_MM))))
        at = np.array([random.integers(0, n) for n in values.shape])
        half = np.array([int(across_mm / mm) + 2 for mm in spacing])
        if (at < half / 2).any() or (at + half / 2 >= values.shape).any():
            continue
        start, stop = np.maximum(at - half, 0), np.minimum(at + half + 1, values.shape)
        block = tuple(slice(int(a), int(b)) for a, b in zip(start, stop, strict=True))
        around = tuple(slice(max(int(n) - 1, 0), int(n) + 2) for n in at)
        mean = float(values[around].mean())
        if not _may_grow(ground.modality, mean, low, high) or ground.inside[block].any():
            continue
        inside = _blob(random, tuple(2 * half + 1), spacing, across_mm)
        shift = tuple(
            slice(int(a - (n - h)), int(b - (n - h)))
            for a, b, n, h in zip(start, stop, at, half, strict=True)
        )
        inside = inside[shift]
        if np.count_nonzero(inside) >= 12:
            return _put(random, ground, number, block, inside, (mean, low, high))
    return None


def _may_grow(modality: str, mean: float, low: float, high: float) -> bool:
    """Tell whether lesions grow in tissue of this mean value."""
    if modality == "CT":
        return -150 < mean < 150 or -950 < mean < -600
    return mean > (0.15 if modality == "PT" else low + 0.15 * (high - low))


def _blob(
    random: np.random.Generator, shape: Shape, spacing: tuple[float, ...], across_mm: float
) -> NDArray[np.bool_]:
    """Return a turned ellipsoid with an uneven surface, the piece at the middle."""
    axes = across_mm / 2 * np.exp(random.normal(0, 0.25, 3))
    turn = np.linalg.qr(random.normal(size=(3, 3)))[0]
    along = [(np.arange(n) - (n - 1) / 2) * mm for n, mm in zip(shape, spacing, strict=True)]
    places = np.stack(np.meshgrid(*along, indexing="ij"), -1) @ turn
    radius = np.sqrt(((places / axes) ** 2).sum(-1))
    waves = gaussian_filter(
        random.normal(size=shape), [max(across_mm / 6 / mm, 0.5) for mm in spacing]
    )
    waves /= waves.std() + 1e-9
    pieces, _ = label(radius * (1 + 0.22 * random.uniform() * waves) < 1)
    middle = pieces[tuple(n // 2 for n in shape)]
    return np.asarray((pieces == middle) & (middle > 0))


def _put(
    random: np.random.Generator,
    ground: Lesion,
    number: int,
    block: tuple[slice, ...],
    inside: NDArray[np.bool_],
    levels: tuple[float, float, float],
) -> Lesion:
    """Put values of its own where a blob is, blurred as the image is, and cut out around it."""
    modality, spacing = ground.modality, ground.volume.geometry.spacing_mm
    values = ground.volume.values()
    region = values[block]
    blur_mm = {"CT": (0.5, 1.2), "MR": (0.5, 1.5), "PT": (2.0, 3.0)}[modality]
    blur = random.uniform(*blur_mm)
    share = gaussian_filter(inside.astype(np.float64), [blur / mm for mm in spacing])
    target, amplitude = _level(random, modality, levels)
    extent_mm = np.count_nonzero(inside) ** (1 / 3) * float(np.prod(spacing)) ** (1 / 3)
    texture = gaussian_filter(
        random.normal(size=region.shape), [max(extent_mm / 8 / mm, 0.4) for mm in spacing]
    )
    texture /= texture.std() + 1e-9
    noise = float(np.std(region - gaussian_filter(region, 0.8)))
    filling = target + amplitude * texture + 0.8 * noise * random.normal(size=region.shape)
    values[block] = region * (1 - share) + filling * share
    whole = np.zeros(values.shape, np.bool_)
    whole[block] = inside
    centre = np.argwhere(whole).mean(axis=0)
    half = np.array([int(_AROUND_MM / mm) + 1 for mm in spacing])
    start = np.maximum(centre - half, 0).astype(int).tolist()
    stop = np.minimum(centre + half + 1, values.shape).astype(int).tolist()
    cut = tuple(slice(a, b) for a, b in zip(start, stop, strict=True))
    grid = ground.volume.geometry.crop(tuple(start), tuple(stop))
    volume = Volume(values[cut].copy(), grid, ground.volume.unit, modality, "lesson")
    name = f"planted {number} {modality}"
    return Lesion(name, ground.patient, modality, volume, whole[cut].copy(), planted=True)


def _level(
    random: np.random.Generator, modality: str, levels: tuple[float, float, float]
) -> tuple[float, float]:
    """Return the mean value of a planted lesion, and how uneven it is."""
    mean, low, high = levels
    if modality == "PT":
        target = max(mean * random.uniform(2, 8), 1.5)
        return target, 0.15 * target
    sign = float(random.choice([-1, 1]))
    if modality == "MR":
        return max(mean + sign * random.uniform(0.12, 0.6) * (high - low), low), 0.04 * (high - low)
    if mean < -500:
        solid = random.random() < 0.8
        return random.uniform(-50, 80) if solid else random.uniform(-700, -300), 8.0
    return mean + sign * random.uniform(15, 90), random.uniform(2, 15)


def click_inside(
    inside: NDArray[np.bool_], spacing_mm: tuple[float, float, float], random: np.random.Generator
) -> Shape:
    """Return a voxel that a reader might click at: one well inside, not always the deepest."""
    places = np.argwhere(inside)
    low, high = places.min(axis=0), places.max(axis=0) + 1
    cut = tuple(slice(int(a), int(b)) for a, b in zip(low, high, strict=True))
    depth = distance_transform_edt(np.pad(inside[cut], 1), sampling=spacing_mm)[1:-1, 1:-1, 1:-1]
    deep = np.argwhere(depth >= 0.6 * depth.max())
    z, y, x = (deep[random.integers(len(deep))] + low).tolist()
    return int(z), int(y), int(x)
