"""What the labels of a label map are called, where the file format has no words of its own.

Three ways are read: our own words (JSON in a comment), the label file of ITK-SNAP beside the
map, and the label table that TotalSegmentator and the Connectome Workbench put into the header.
Our own words bring back all that a segmentation says of itself.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from viewer.core.author import Author
from viewer.core.code import TISSUE, Code
from viewer.core.segmentation import Colour, Segment, Segmentation
from viewer.io.identifiers import is_uid

COLOURS: tuple[Colour, ...] = (
    (230, 180, 80), (90, 200, 250), (120, 220, 130), (250, 130, 170), (190, 140, 250),
    (255, 140, 60), (80, 160, 220), (220, 120, 80), (170, 210, 90), (240, 220, 120),
)  # fmt: skip
"""Given in turn to segments of files that name no colour."""
_STATUSES = ("proposed", "accepted", "edited", "rejected", "imported")
_LONGEST = 4 << 20
_SNAP_LINE = re.compile(
    r'^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+[\d.]+\s+\d+\s+\d+\s+"(.*)"\s*$', re.MULTILINE
)
_CARET_LABEL = re.compile(r"<Label\b([^>]*)>(.*?)</Label>", re.DOTALL)
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Words:
    """What a file says of its labels."""

    segments: Mapping[int, Segment]
    id: str = ""
    title: str = ""
    author: Author | None = None
    status: str = "imported"


def colour_of(label: int) -> Colour:
    """Return the colour of a label for which nobody named one."""
    return COLOURS[(label - 1) % len(COLOURS)]


def plain_segment(label: int, name: str = "", colour: Colour | None = None) -> Segment:
    """Return a segment of which a file says no more than this."""
    return Segment(label, name or f"Label {label}", TISSUE, TISSUE, colour or colour_of(label))


# -- our own -------------------------------------------------------------------------------


def our_words(segmentation: Segmentation) -> str:
    """Return all that a segmentation says of itself but its voxels, as JSON."""
    author = segmentation.author
    return json.dumps(
        {
            "title": segmentation.title,
            "author": str(author),
            "status": segmentation.status,
            "labels": {
                str(s.label): [s.name, s.type.scheme, s.type.value] for s in segmentation.segments
            },
            "id": segmentation.id,
            "made_by": {
                "name": author.name,
                "is_model": author.is_model,
                "version": author.version,
                "weights_sha256": author.weights_sha256,
                "parameters": [list(pair) for pair in author.parameters],
            },
            "segments": [
                {
                    "label": s.label,
                    "name": s.name,
                    "type": [s.type.value, s.type.scheme, s.type.meaning],
                    "category": [s.category.value, s.category.scheme, s.category.meaning],
                    "colour": list(s.colour),
                }
                for s in segmentation.segments
            ],
        }
    )


def words_in(text: str) -> Words | None:
    """Return what `our_words` wrote; None if it is something else."""
    if len(text) > _LONGEST:
        return None
    try:
        said = json.loads(text)
        segments = {int(one["label"]): _segment(one) for one in said["segments"]}
        made = said["made_by"]
        author = Author(
            str(made["name"]),
            is_model=bool(made["is_model"]),
            version=str(made["version"]),
            weights_sha256=str(made["weights_sha256"]),
            parameters=tuple((str(name), str(value)) for name, value in made["parameters"]),
        )
        id_, status = str(said["id"]), str(said["status"])
        return Words(
            segments,
            id_ if is_uid(id_) else "",
            str(said["title"]),
            author,
            status if status in _STATUSES else "imported",
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _segment(one: Mapping[str, object]) -> Segment:
    return Segment(
        int(str(one["label"])),
        str(one["name"]),
        _code(one["type"]),
        _code(one["category"]),
        _rgb(one["colour"]),
    )


def _code(said: object) -> Code:
    if not isinstance(said, list) or len(said) != 3:
        raise ValueError("a code is three words")
    return Code(*(str(part) for part in said))


def _rgb(said: object) -> Colour:
    if not isinstance(said, list) or len(said) != 3:
        raise ValueError("a colour is three numbers")
    red, green, blue = (min(max(int(part), 0), 255) for part in said)
    return red, green, blue


# -- ITK-SNAP ------------------------------------------------------------------------------


def snap_labels(segments: Sequence[Segment]) -> str:
    """Return segments as a label description file of ITK-SNAP."""
    lines = [
        "################################################",
        "# ITK-SnAP Label Description File",
        "# File format: ",
        "# IDX   -R-  -G-  -B-  -A--  VIS MSH  LABEL",
        "################################################",
        '    0     0    0    0        0  0  0    "Clear Label"',
    ]
    for one in segments:
        name = one.name.replace('"', "'").replace("\n", " ")
        red, green, blue = one.colour
        lines.append(f'{one.label:5} {red:5} {green:4} {blue:4}        1  1  1    "{name}"')
    return "\n".join(lines) + "\n"


def labels_beside(path: Path) -> Words | None:
    """Return what a label file of ITK-SNAP beside a map says; None if there is none."""
    stem = path.name
    for ending in (".gz", ".nii", ".nrrd", ".seg", ".mha", ".hdr", ".img"):
        stem = stem.removesuffix(ending)
    for name in (f"{stem}.label", f"{stem}.txt", f"{stem}_labels.txt"):
        table = path.with_name(name)
        if not table.is_file() or table.stat().st_size > _LONGEST:
            continue
        found = _snap(table.read_text("utf-8", errors="replace"))
        if found:
            return Words(found)
    return None


def _snap(text: str) -> dict[int, Segment]:
    """Return the segments of a label description file."""
    segments = {}
    for index, red, green, blue, name in _SNAP_LINE.findall(text):
        label = int(index)
        if 1 <= label <= 65535:
            colour = (min(int(red), 255), min(int(green), 255), min(int(blue), 255))
            segments[label] = plain_segment(label, name.strip(), colour)
    return segments


# -- the header of NIfTI -------------------------------------------------------------------


def caret_labels(text: str) -> Words | None:
    """Return the label table of a Caret extension; None if there is none."""
    if len(text) > _LONGEST or "<Label" not in text:
        return None
    segments = {}
    for head, body in _CARET_LABEL.findall(text):
        said = dict(_ATTRIBUTE.findall(head))
        if not said.get("Key", "").isdecimal() or not 1 <= int(said["Key"]) <= 65535:
            continue
        name = html.unescape(re.sub(r"^\s*<!\[CDATA\[(.*)\]\]>\s*$", r"\1", body, flags=re.DOTALL))
        label = int(said["Key"])
        segments[label] = plain_segment(label, name.strip(), _caret_colour(said))
    return Words(segments) if segments else None


def _caret_colour(said: Mapping[str, str]) -> Colour | None:
    try:
        parts = [round(255 * float(said[name])) for name in ("Red", "Green", "Blue")]
    except (KeyError, ValueError, OverflowError):
        return None
    red, green, blue = (min(max(part, 0), 255) for part in parts)
    return red, green, blue
