"""Folders of masks: one file a case, called as the file or as the folder it lies alone in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.cohort.evaluation_tables import listed
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.progress import Part, Progress
from viewer.core.segmentation import Segment, Segmentation
from viewer.io.segment_files import patient_of, read_segments

_ENDINGS = (".nii.gz", ".nii", ".nrrd", ".seg.nrrd", ".nhdr", ".mha", ".mhd", ".dcm")
_MOST = 20_000


def mask_files(place: Path) -> dict[str, Path]:
    """Return the masks below a folder by the name of their case.

    Raises:
        Declined: if there are none, or a case has two.
    """
    files = [path for path in sorted(place.rglob("*")) if path.is_file() and _is_mask(path)]
    if not files or len(files) > _MOST:
        raise Declined(
            f"There are no masks (NIfTI, NRRD, MetaImage, DICOM) in {place.name}.", code="no_cases"
        )
    alone = Counter(path.parent for path in files)
    named: dict[str, list[Path]] = defaultdict(list)
    for path in files:
        folder = path.parent.relative_to(place)
        own = folder.as_posix() != "." and alone[path.parent] == 1
        named[folder.as_posix() if own else (folder / _stem(path)).as_posix()].append(path)
    twice = sorted(name for name, found in named.items() if len(found) > 1)
    if twice:
        raise Declined(f"{place.name} has {listed(twice)} more than once.", code="duplicate_cases")
    return {name: found[0] for name, found in named.items()}


def _is_mask(path: Path) -> bool:
    name = path.name.lower()
    return not name.startswith(".") and name.endswith(_ENDINGS)


def _stem(path: Path) -> str:
    name = path.name
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return path.stem


def patients_in(files: Mapping[str, Path]) -> dict[str, str]:
    """Return the patient that each file names; empty where it names none."""
    return {name: patient_of(path) or "" for name, path in files.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """Where one structure is: the segments of this name in one file; none if it is not there."""

    parts: tuple[tuple[Segmentation, Segment], ...] = field(default=(), repr=False)

    def voxels(self, geometry: Geometry) -> NDArray[np.bool_]:
        """Return its voxels (slice, row, column)."""
        mask = np.zeros(geometry.shape, np.bool_)
        for group, segment in self.parts:
            mask |= group.labels == segment.label
        return mask


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A structure in prediction and truth; `only` names the side where alone it is."""

    name: str
    found: Structure
    true: Structure

    @property
    def only(self) -> str:
        """The side where alone it is: "prediction", "truth", or empty."""
        if self.found.parts and self.true.parts:
            return ""
        return "prediction" if self.found.parts else "truth"


def read_pair(
    ours: Path, truth: Path, case: str, progress: Progress
) -> tuple[Geometry, tuple[Pair, ...]]:
    """Read prediction and truth on one grid and pair their structures.

    Contours, and files that hold fewer slices than the other, are put on the grid of the other.

    Raises:
        Declined: if they lie on other voxels.
        Unreadable: if a file is not what it says.
    """
    try:
        true = _read(truth, None, case, Part(progress, 0.0, 0.5))
        found = _read(ours, true[0].geometry, case, Part(progress, 0.5, 1.0))
    except Declined as why:
        if why.code not in ("needs_images", "beyond"):
            raise
        found = _read(ours, None, case, Part(progress, 0.0, 0.5))
        true = _read(truth, found[0].geometry, case, Part(progress, 0.5, 1.0))
    return true[0].geometry, _paired(_named(found, ours), _named(true, truth))


def _read(
    path: Path, geometry: Geometry | None, case: str, progress: Progress
) -> tuple[Segmentation, ...]:
    try:
        read = read_segments(path, geometry, progress=progress)
    except Declined as why:
        if why.code != "other_grid":
            raise
        raise Declined(
            f"{case}: prediction and truth lie on other voxels; resample one of them first.",
            code="other_grid",
        ) from why
    if any(notice.code == "beyond" for notice in read.notices):
        raise Declined(
            f"{case}: a mask goes beyond the grid of the other, where nothing could be judged.",
            code="beyond",
        )
    if not read.segmentations:
        raise Declined(f"{case}: there is no label map in {path.name}.", code="no_segments")
    return read.segmentations


_Names = dict[str, list[tuple[Segmentation, Segment]]]


def _named(groups: Sequence[Segmentation], path: Path) -> _Names:
    """Return segments by name; one that has only the name of its file is called by its number."""
    own = path.name.partition(".")[0].casefold()
    found: _Names = defaultdict(list)
    for group in groups:
        for segment in group.segments:
            name = segment.name.strip().casefold()
            found[f"label {segment.label}" if name == own else name].append((group, segment))
    return found


def _paired(ours: _Names, truth: _Names) -> tuple[Pair, ...]:
    if ours and truth and not set(ours) & set(truth):
        ours = _renamed(ours, truth)
    names = dict.fromkeys((*truth, *ours))
    return tuple(
        Pair(name, Structure(tuple(ours.get(name, ()))), Structure(tuple(truth.get(name, ()))))
        for name in names
    )


def _renamed(ours: _Names, truth: _Names) -> _Names:
    """Give segments the names that those of the same number have in the truth."""
    if len(ours) == len(truth) == 1:
        return {next(iter(truth)): next(iter(ours.values()))}
    names = {segment.label: name for name, parts in truth.items() for _, segment in parts}
    renamed: _Names = defaultdict(list)
    for name, parts in ours.items():
        for group, segment in parts:
            renamed[names.get(segment.label, name)].append((group, segment))
    return renamed
