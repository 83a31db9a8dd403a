"""Letting a program of somebody else outline an image, and taking what it wrote as proposed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from viewer.ai.accepting import KINDS, UNITS, UNSAID
from viewer.ai.engine.places import cache_folder
from viewer.ai.external.exchange import Exchange
from viewer.ai.external.programs import INPUT, OUTPUT, Program, environment
from viewer.ai.external.running import USUAL, Limits, run, working_folder
from viewer.ai.readers import Inputs
from viewer.ai.reading import Reading
from viewer.ai.stopwatch import Stopwatch
from viewer.core.author import Author
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Part, Progress
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import Notice
from viewer.core.volume import Volume
from viewer.imaging.anatomy.structures import STRUCTURES

_VERSION = re.compile(r"\b\d+(?:\.\d+){1,3}\w*")
_ASKING = Limits(60.0, 1_000_000, 1_000_000_000)
_LARGEST = 2_000_000_000
_AIR = -700.0
"""HU; no image of another kind goes so low."""
EXTERNAL = Notice(
    "external",
    "A program of somebody else made this outside Skiagram; nothing of it was measured here.",
)


def admit(program: Program, inputs: Inputs) -> None:
    """Let an image in by what its file says, in no time.

    Raises:
        Declined: with the reason, also if the program is not installed.
    """
    if program.lacking:
        raise Declined(program.lacking, code="not_installed")
    image = inputs.image
    if not isinstance(image, Volume):
        raise Declined(f"{program.title} needs a volume.", code="no_volume")
    if image.modality in UNSAID:
        return
    if image.modality not in program.modalities:
        wanted = ", ".join(program.modalities)
        kind = KINDS.get(image.modality, f"an image of the kind {image.modality}")
        code = "not_" + "_".join(program.modalities).lower()
        raise Declined(f"{program.title} was made for {wanted}; this is {kind}.", code=code)
    if image.modality == "CT" and image.unit not in UNITS["HU"]:
        raise Declined(
            f"{program.title} needs CT in Hounsfield units; this one has none.", code="not_hu"
        )


def read(
    program: Program,
    inputs: Inputs,
    exchange: Exchange,
    progress: Progress,
    limits: Limits = USUAL,
) -> Reading:
    """Let a program outline an image; meant for a worker process.

    Raises:
        Declined: if the image is not for it, it fails, writes nothing, or on other voxels.
        Unreadable: if what it wrote is damaged.
        Cancelled: if it is no longer wanted; the program has ended then.
    """
    admit(program, inputs)
    command, volume, watch = program.path, inputs.volume, Stopwatch()
    if volume.modality in UNSAID:
        _like_ct(program, volume)
    if command is None:
        raise Declined(program.lacking, code="not_installed")
    with working_folder(cache_folder() / "external") as folder:
        variables = environment(program, folder)
        progress.report(0.01, program.title)
        version = _version(command, folder, variables, Part(progress, 0.0, 0.02))
        exchange.write(folder / INPUT, volume)
        watch.lap("write")
        words = (str(command), *program.arguments(folder, volume.modality))
        run(words, folder, variables, program.title, Part(progress, 0.05, 0.95), limits)
        watch.lap("program")
        author = Author(program.title, True, version, "", (("program", program.command),))
        groups = _read_back(program, folder, exchange, volume, author)
        watch.lap("read back")
    notices = [EXTERNAL]
    if volume.modality in UNSAID:
        told = "The file does not say what kind of image it is; it was taken as CT."
        notices.append(Notice("kind_unsaid", told))
    if any(re.fullmatch(r"Label \d+", one.name) for group in groups for one in group.segments):
        told = f"{program.title} did not say what some of its labels are called."
        notices.append(Notice("unnamed", told))
    progress.report(1.0, program.title)
    return Reading(groups, (), 0.0, (), author, watch.laps, tuple(notices))


def _like_ct(program: Program, volume: Volume) -> None:
    """Let an image that does not tell its kind in as CT only if it holds air in HU.

    Raises:
        Declined: if it does not; CT and MR are asked in other ways.
    """
    ends = volume.voxels.min(), volume.voxels.max()
    least = min(float(one) * volume.slope + volume.intercept for one in ends)
    if least > _AIR:
        raise Declined(
            f"The file does not say whether it is CT or MR, and {program.title} asks them in"
            " different ways; open it as CT in HU if it is one.",
            code="kind_unsaid",
        )


def _version(command: Path, folder: Path, variables: Mapping[str, str], progress: Progress) -> str:
    """Return what a program says its version is; "unknown" if it does not say."""
    try:
        said = run((str(command), "--version"), folder, variables, command.name, progress, _ASKING)
    except Declined:
        return "unknown"
    found = _VERSION.search(said)
    return found.group() if found else "unknown"


def _read_back(
    program: Program, folder: Path, exchange: Exchange, volume: Volume, author: Author
) -> tuple[Segmentation, ...]:
    path = folder / OUTPUT
    if path.is_symlink() or not path.is_file():
        raise Declined(f"{program.title} ended, but wrote no labels.", code="nothing_written")
    if path.stat().st_size > _LARGEST:
        raise Declined(f"{program.title} wrote more than labels need.", code="too_large")
    try:
        groups = exchange.read(path, volume.geometry, volume.series_key)
    except Declined as why:
        if why.code != "other_grid":
            raise
        raise Declined(
            f"{program.title} wrote labels on other voxels than those of the image; they are not"
            " used.",
            code="other_grid",
        ) from why
    except Unreadable as why:
        raise Unreadable(f"{program.title} wrote no label map: {why}", code=why.code) from why
    return tuple(_proposed(one, program, author, volume.series_key) for one in groups)


def _proposed(group: Segmentation, program: Program, author: Author, key: str) -> Segmentation:
    return replace(
        group,
        title=program.title,
        segments=tuple(map(_coded, group.segments)),
        author=author,
        series_key=key,
        status="proposed",
    )


def _coded(segment: Segment) -> Segment:
    """Give a segment the code of its structure, if its name is one that is known here."""
    for one in STRUCTURES:
        if one.id == segment.name:
            return replace(segment, name=one.title, type=one.code, category=one.category)
    return replace(segment, name=segment.name.replace("_", " "))
