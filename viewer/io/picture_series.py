"""PNG, JPEG, TIFF and BMP files as series: numbered ones of a folder together, others alone.

They know nothing of a patient. The pictures of a folder are a study of their own;
those beside DICOM files never get among them.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from viewer.core.study import Instance, Notice, Patient, Series, SeriesKind, Study
from viewer.io.picture_heads import Page, PictureFile
from viewer.io.picture_kinds import picture_format, read_picture_head

_ENDINGS = (".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".bmp")
_NUMBER = re.compile(r"\d{1,15}")
_BLOCK = 1 << 20
_MOST_NAMED = 5
_DICOM = b"DICM"

Alike: TypeAlias = tuple[object, ...]
Numbers: TypeAlias = tuple[int, ...]


def format_of_picture(path: Path) -> str | None:
    """Return the format of a picture file; None for what is none by its name or first bytes.

    Raises:
        OSError: if it cannot be read.
    """
    if not path.name.lower().endswith(_ENDINGS):
        return None
    with path.open("rb", buffering=0) as file:
        start = file.read(132)
    return None if start[128:] == _DICOM else picture_format(path, start)


def is_dicom(path: Path) -> bool:
    """Tell whether a file is DICOM by its mark, whatever it is called (PS3.10 7.1).

    Raises:
        OSError: if it cannot be read.
    """
    with path.open("rb", buffering=0) as file:
        return file.read(132)[128:] == _DICOM


def read_pictures(path: Path, kind: str) -> PictureFile:
    """Return what is in a file, with a hash of its content.

    Raises:
        Unreadable: if it is cut off, damaged, too large, or of a kind that is not read.
        OSError: if it cannot be read.
    """
    found = read_picture_head(path, kind)
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    pages = tuple(replace(page, palette=None) for page in found.pages)  # read again when decoded
    return replace(found, pages=pages, digest=digest.hexdigest())


def studies_of(files: Sequence[PictureFile]) -> list[Study]:
    """Return a study for each folder."""
    folders: dict[Path, list[PictureFile]] = defaultdict(list)
    for found in files:
        folders[found.path.parent].append(found)
    return [_study(folder, members) for folder, members in sorted(folders.items())]


def _study(folder: Path, files: list[PictureFile]) -> Study:
    uid = _uid(files)
    one = files[0].path.name if len(files) == 1 else folder.name
    series: list[Series] = []
    for number, group in enumerate(_groups(files), start=1):
        series += _series(group, uid, folder, number, alone=len(group) == len(files))
    return Study(f"{uid}.1", Patient(), tuple(series), description=one)


def _uid(files: Sequence[PictureFile]) -> str:
    """Return a UID made from the content of files, whatever they are called (PS3.5 B.2)."""
    every = "".join(sorted(found.digest for found in files))
    digest = hashlib.sha256(every.encode()).digest()
    return f"2.25.{int.from_bytes(digest[:12], 'big')}"


def _groups(files: Sequence[PictureFile]) -> list[list[PictureFile]]:
    """Return the files that make one series each, in the order of their numbers.

    One picture of a series differs from the next in its last number that differs at all:
    "patient2_slice10" is none of "patient1".
    """
    alike: dict[Alike, list[PictureFile]] = defaultdict(list)
    for found in files:
        alike[_what(found)].append(found)
    groups: list[list[PictureFile]] = []
    for members in alike.values():
        numbers = [_numbers(found.path) for found in members]
        counting = [n for n, column in enumerate(zip(*numbers, strict=True)) if len({*column}) > 1]
        counter = counting[-1] if counting else None
        parted: dict[Numbers, list[tuple[int, PictureFile]]] = defaultdict(list)
        for found, said in zip(members, numbers, strict=True):
            others = tuple(n for place, n in enumerate(said) if place != counter)
            parted[others].append((0 if counter is None else said[counter], found))
        for others in sorted(parted):
            ordered = sorted(parted[others], key=lambda one: (one[0], one[1].path.name))
            if counter is None:
                groups += [[found] for _, found in ordered]
            else:
                groups.append([found for _, found in ordered])
    return sorted(groups, key=lambda group: (-len(group), _natural(group[0].path)))


def _what(found: PictureFile) -> Alike:
    """Return what pictures of one series have in common."""
    pattern = _NUMBER.sub("#", found.path.name.lower())
    if len(found.pages) > 1 or "#" not in pattern:
        return (found.path,)
    return (found.format, pattern, _shape(found.pages[0]))


def _shape(page: Page) -> Alike:
    return (*page.shown, page.dtype, page.colour, page.inverted)


def _numbers(path: Path) -> Numbers:
    return tuple(int(digits) for digits in _NUMBER.findall(path.name))


def _natural(path: Path) -> tuple[str, Numbers]:
    return _NUMBER.sub("#", path.name.lower()), _numbers(path)


def _series(
    files: list[PictureFile], study: str, folder: Path, number: int, *, alone: bool
) -> list[Series]:
    """Return the series of a group; pages of different sizes are a series each."""
    uid, first = _uid(files), files[0]
    pattern = _NUMBER.sub("#", first.path.name)
    name = first.path.name if len(files) == 1 else folder.name
    name = name if alone or len(files) == 1 else f"{name} ({pattern})"
    shapes: dict[Alike, list[Instance]] = defaultdict(list)
    for found in files:
        for page in found.pages:
            place = shapes[_shape(page)]
            place.append(Instance(found.path, "", "", "", len(place) + 1, page.number))
    notices = dict.fromkeys(notice for found in files for notice in found.notices)
    whole = Series(
        key=f"{uid}@{study[-8:]}",
        uid=uid,
        study_uid=f"{study}.1",
        modality="OT",
        kind=SeriesKind.STACK,
        instances=(),
        number=number,
        description=name,
        format=first.format,
        notices=(*_as_one(notices), *_missing(files)),
    )
    if len(shapes) == 1:
        return [_sized(whole, *next(iter(shapes.items())))]
    return [
        replace(
            _sized(whole, shape, instances),
            key=f"{whole.key}#{part}",
            split=f"{shape[1]} x {shape[0]}, {part} of {len(shapes)}",
        )
        for part, (shape, instances) in enumerate(shapes.items(), start=1)
    ]


def _sized(series: Series, shape: Alike, instances: list[Instance]) -> Series:
    rows, columns = (int(str(side)) for side in shape[:2])
    return replace(series, rows=rows, columns=columns, instances=tuple(instances))


def _as_one(notices: Sequence[Notice] | dict[Notice, None]) -> list[Notice]:
    """Say what differs a little from picture to picture (the dots per inch) only once."""
    kept: dict[str, Notice] = {}
    for notice in notices:
        kept.setdefault(notice.code, notice)
    return list(kept.values())


def _missing(files: Sequence[PictureFile]) -> tuple[Notice, ...]:
    """Name the numbers that are missing in a row of files, if only a few are."""
    numbers = [_numbers(found.path) for found in files]
    columns = [{*column} for column in zip(*numbers, strict=True) if len({*column}) > 1]
    if len(columns) != 1:
        return ()
    there = columns[0]
    if max(there) - min(there) + 1 > 2 * len(there):
        return ()
    gone = sorted({*range(min(there), max(there) + 1)} - there)
    if not gone:
        return ()
    named = ", ".join(str(number) for number in gone[:_MOST_NAMED])
    more = f" and {len(gone) - _MOST_NAMED} more" if len(gone) > _MOST_NAMED else ""
    what = "Picture number" if len(gone) == 1 else "Pictures number"
    verb = "is" if len(gone) == 1 else "are"
    return (Notice("missing_number", f"{what} {named}{more} {verb} missing in this folder."),)
