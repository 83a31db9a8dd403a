"""Anatomy by rules: a structure, or all that can be found, as editable segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.core.segmentation import Segmentation
from viewer.core.volume import Fidelity, Volume
from viewer.imaging.anatomy.result import Found
from viewer.imaging.anatomy.segments import AUTHOR, anatomy_of, modality_of, segmentations_of
from viewer.imaging.anatomy.structures import ALL, wanted
from viewer.jobs.job import Lane
from viewer.session.images import OpenImage

_VOLUMES_NEEDED = 5
"""Times the voxels as 16-bit values that the rules hold at most; see benchmarks/anatomy.py."""
_BYTES_BESIDE = 300 << 20
_UNSURE = 0.6
_FEW = 3


@dataclass(frozen=True, slots=True, eq=False)
class Came:
    """What comes back from the worker: label groups, and what is said of each structure."""

    segmentations: tuple[Segmentation, ...]
    found: tuple[Found, ...]


def find(desk: Desk, word: str, title: str) -> None:
    """Look for structures on the active volume; they come in as proposed segments.

    Raises:
        Declined: if the active image is no volume, has not all arrived, or is no CT and no MR.
    """
    opened = desk.session.active_image
    if opened is None or not isinstance(opened.image, Volume):
        raise Declined("Anatomy is looked for in a volume; open one first.", code="no_volume")
    if opened.key in desk.loadings or _still_coming(opened.fidelity):
        raise Declined(
            "Not all of this series is loaded; look for anatomy when it is.",
            code="loading",
        )
    volume = opened.image
    modality_of(volume)
    desk.runner.start(
        f"{title}: {opened.series.title}",
        partial(find_apart, volume, word, "" if word == ALL else title.lower()),
        partial(_came, desk, opened),
        lane=Lane.PROCESS,
        instead_of=f"anatomy {opened.key}",
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, "The search for anatomy was stopped."),
        belongs_to=opened.study.uid,
        needs_bytes=volume.voxels.size * 2 * _VOLUMES_NEEDED + _BYTES_BESIDE,
    )


def find_apart(volume: Volume, word: str, asked: str, progress: Progress) -> Came:
    """Find structures in a volume, in a process of its own.

    Raises:
        Declined: if the rules cannot be used on it.
    """
    anatomy = anatomy_of(volume, Part(progress, 0.0, 0.98), wanted([word]))
    return Came(segmentations_of(anatomy, volume.series_key, asked), anatomy.found)


def _still_coming(fidelity: Fidelity | None) -> bool:
    return fidelity is not None and fidelity.waiting


def _came(desk: Desk, opened: OpenImage, came: Came) -> None:
    session = desk.session
    current = session.images.value.get(opened.key)
    if current is None or current.image is not opened.image:
        return
    there = [one for one in came.found if one.there]
    missing = [one for one in came.found if not one.there]
    if not there:
        session.say(_nothing(missing, opened.series.modality), serious=True)
        return
    record = session.record.value
    for segmentation in came.segmentations:
        record = record.with_segmentation(segmentation)
    session.do("Anatomy", record)
    if len(came.found) <= _FEW:
        unsure = any(one.certainty < _UNSURE for one in came.found)
        session.say(" ".join(one.in_words for one in came.found), serious=unsure)
        return
    session.say(_summary(there, missing))


def _nothing(missing: Sequence[Found], modality: str) -> str:
    if modality not in ("CT", "MR"):
        return (
            "Nothing was found: the file does not say that this is a CT. If it is one, say so "
            "first: Image > Unit > Take values as HU."
        )
    whys = dict.fromkeys(sentence for one in missing for sentence in one.failed)
    return f"Nothing was found. {' '.join(list(whys)[:3])}".strip()


def _summary(there: Sequence[Found], missing: Sequence[Found]) -> str:
    least = min(there, key=lambda one: one.certainty)
    percent = round(100 * least.certainty)
    return (
        f"{len(there)} structures were found, {len(missing)} not; the least sure is "
        f"{least.structure.title.lower()} ({percent} %). Nothing is accepted until you accept it."
    )


# -- how sure ---------------------------------------------------------------------------------


def _told(desk: Desk) -> list[Segmentation]:
    opened = desk.session.active_image
    if opened is None:
        return []
    said = desk.session.record.value.segmentations
    return [one for one in said if one.series_key == opened.key and one.author.name == AUTHOR]


def explain(desk: Desk) -> None:
    """Show how sure each structure is that rules found, and why."""
    rows = [
        f"<tr><td><b>{escape(desk.words(name))}</b></td><td>{escape(desk.words(said))}</td></tr>"
        for segmentation in _told(desk)
        for name, said in segmentation.author.parameters
    ]
    table = f"<table cellpadding='4'>{''.join(rows)}</table>"
    desk.asker.show_page("How sure the anatomy is", table)


# -- commands ---------------------------------------------------------------------------------


def _has_volume(desk: Desk) -> bool:
    opened = desk.session.active_image
    return opened is not None and isinstance(opened.image, Volume)


def _find(word: str, title: str, desk: Desk) -> None:
    find(desk, word, title)


_VERBS: tuple[tuple[str, str, str], ...] = (
    (ALL, "All that can be found", "Look for all structures that rules can find, with checks."),
    ("body", "Body", "Outline the skin, without table and blankets (CT)."),
    ("lungs", "Lungs", "Outline left and right lung (CT)."),
    ("airways", "Trachea and bronchi", "Grow the airways, stopped before they leak (CT)."),
    ("heart", "Heart region", "Mark the region of the heart between the lungs (CT)."),
    ("aorta", "Aorta", "Follow descending and abdominal aorta as a tube (CT)."),
    ("liver", "Liver", "Mark the liver by place, values and size (CT)."),
    ("spleen", "Spleen", "Mark the spleen by place, values and size (CT)."),
    ("kidneys", "Kidneys", "Mark both kidneys by place, values and size (CT)."),
    ("bone", "Bone", "Mark bone with its marrow, without contrast in vessels (CT)."),
    ("tissues", "Fat and muscle", "Mark fat under the skin and in the belly, and muscle (CT)."),
    ("skull", "Skull", "Mark the bone round the brain (CT)."),
    ("brain", "Brain", "Mark the brain (CT or MR)."),
)

COMMANDS: tuple[Command, ...] = (
    *(
        Command(
            id=f"anatomy.{word}",
            title=title,
            help=f"{help_} Found by rules; each says how sure it is.",
            menu="Segment/Anatomy",
            run=partial(_find, word, title),
            allowed=_has_volume,
        )
        for word, title, help_ in _VERBS
    ),
    Command(
        id="anatomy.explain",
        title="How sure the anatomy is…",
        help="Show certainty, reasons and failures of the structures that rules found.",
        menu="Segment/Anatomy",
        run=explain,
        allowed=lambda desk: bool(_told(desk)),
    ),
)
