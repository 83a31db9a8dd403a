"""One DICOM series into parts that can each be opened as one thing.

Pictures that differ in orientation, size, pixel spacing or frame of reference
never share a part. Where several lie at the same place, the first of these
that tells them apart does: time, echo, b-value, kind of image, heart phase,
acquisition.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isclose
from typing import TypeAlias

import numpy as np

from viewer.core.plane import Plane
from viewer.core.study import Notice
from viewer.io import tags
from viewer.io.regular import same_turn
from viewer.io.shot import Shot

Groups: TypeAlias = dict[str, list[Shot]]

_MANY_TURNS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """Some pictures of a series, what they have in common, and what to say about it."""

    shots: tuple[Shot, ...]
    label: str = ""
    notices: tuple[Notice, ...] = ()


def split(shots: Sequence[Shot]) -> list[Part]:
    """Return the parts of a series, the largest first."""
    placed = [shot for shot in shots if shot.plane is not None]
    flat = [shot for shot in shots if shot.plane is None]
    parts = _flat_parts(flat) + [timed for part in _placed_parts(placed) for timed in _timed(part)]
    if flat and placed:
        parts = [
            Part(p.shots, p.label or ("no position" if p.shots[0].plane is None else ""), p.notices)
            for p in parts
        ]
    return sorted(parts, key=lambda part: -len(part.shots))


def _flat_parts(shots: list[Shot]) -> list[Part]:
    """Part pictures without a place: each clip is one, single pictures go together."""
    clips: dict[str, list[Shot]] = defaultdict(list)
    for shot in shots:
        clips[str(shot.picture.path) if shot.picture.layout.frames > 1 else ""].append(shot)
    many = len(clips) > 1
    return [
        Part(tuple(group), f"clip {group[0].picture.number}" if path and many else "")
        for path, group in clips.items()
    ]


def _placed_parts(shots: list[Shot]) -> list[Part]:
    if not shots:
        return []
    parts = [Part(tuple(shots))]
    for ask, code, what in (
        (_turns, "mixed_orientation", "orientations"),
        (_sizes, "mixed_size", "picture sizes"),
        (_spacings, "mixed_pixel_spacing", "pixel spacings"),
        (_frames_of_reference, "mixed_frame_of_reference", "frames of reference"),
        (_scouts, "scout", "kinds of picture (scout and sections)"),
    ):
        parts = [finer for part in parts for finer in _divide(part, ask, code, what)]
    return parts


def _divide(
    part: Part, ask: Callable[[Sequence[Shot]], Groups], code: str, what: str
) -> list[Part]:
    groups = ask(part.shots)
    if len(groups) == 1:
        return [part]
    if code == "mixed_orientation" and len(groups) > _MANY_TURNS and _mostly_single(groups):
        sentence = f"The {len(part.shots)} slices of this series are turned {len(groups)} ways."
        return [Part(part.shots, part.label, (*part.notices, Notice(code, sentence)))]
    sizes = ", ".join(f"{label}: {len(group)}" for label, group in list(groups.items())[:6])
    more = " and more" if len(groups) > 6 else ""
    notice = Notice(code, f"This series mixes {what}; each is listed on its own ({sizes}{more}).")
    return [
        Part(tuple(group), _join(part.label, label), (*part.notices, notice))
        for label, group in groups.items()
    ]


def _mostly_single(groups: Groups) -> bool:
    return len(groups) > sum(len(group) for group in groups.values()) / 2


def _join(label: str, more: str) -> str:
    return f"{label}, {more}" if label else more


def _named(clusters: list[tuple[str, list[Shot]]]) -> Groups:
    """Number the labels that would otherwise be the same."""
    count = Counter(label for label, _ in clusters)
    seen: Counter[str] = Counter()
    groups: Groups = {}
    for label, group in clusters:
        seen[label] += 1
        groups[f"{label} {seen[label]}" if count[label] > 1 else label] = group
    return groups


def _turns(shots: Sequence[Shot]) -> Groups:
    clusters: list[tuple[Plane, list[Shot]]] = []
    for shot in shots:
        plane = shot.placed
        for first, group in clusters:
            if same_turn(first, plane):
                group.append(shot)
                break
        else:
            clusters.append((plane, [shot]))
    return _named([(_orientation_name(plane), group) for plane, group in clusters])


def _orientation_name(plane: Plane) -> str:
    normal = np.abs(plane.normal)
    name = ("sagittal", "coronal", "axial")[int(np.argmax(normal))]
    return name if normal.max() > 0.94 else f"oblique {name}"


def _sizes(shots: Sequence[Shot]) -> Groups:
    groups: Groups = defaultdict(list)
    for shot in shots:
        layout = shot.picture.layout
        groups[f"{layout.columns}x{layout.rows}{' colour' if layout.colour else ''}"].append(shot)
    return groups


def _spacings(shots: Sequence[Shot]) -> Groups:
    clusters: list[tuple[tuple[float, float], list[Shot]]] = []
    for shot in shots:
        spacing = shot.placed.spacing_mm
        for first, group in clusters:
            if all(isclose(a, b, rel_tol=1e-3) for a, b in zip(first, spacing, strict=True)):
                group.append(shot)
                break
        else:
            clusters.append((spacing, [shot]))
    return _named([(f"{row:.3g} x {column:.3g} mm", group) for (row, column), group in clusters])


def _frames_of_reference(shots: Sequence[Shot]) -> Groups:
    groups: dict[str, list[Shot]] = defaultdict(list)
    for shot in shots:
        groups[shot.head.text(tags.FRAME_OF_REFERENCE)].append(shot)
    if len(groups) > max(2, len(shots) // 2):
        return {"": list(shots)}  # some anonymisers give every picture its own, which tells nothing
    return _named([("frame of reference", group) for group in groups.values()])


def _scouts(shots: Sequence[Shot]) -> Groups:
    groups: Groups = defaultdict(list)
    for shot in shots:
        scout = "LOCALIZER" in shot.head.texts(tags.IMAGE_TYPE)
        groups["scout" if scout else "sections"].append(shot)
    return groups


def _place(shot: Shot) -> tuple[int, int, int]:
    x, y, z = (round(value * 100) for value in shot.placed.origin)
    return x, y, z


_TELLING: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("time", (tags.TEMPORAL_POSITION,)),
    ("echo", (tags.ECHO_NUMBER,)),
    ("echo time", (tags.ECHO_TIME,)),
    ("inversion time", (tags.INVERSION_TIME,)),
    ("b-value", (tags.B_VALUE,)),
    ("b-value", (tags.FRAME_B_VALUE,)),
    ("kind", (tags.IMAGE_TYPE,)),
    ("heart phase", (tags.TRIGGER_TIME,)),
    ("acquisition", (tags.ACQUISITION_NUMBER,)),
    ("file", ()),
    ("acquired at", (tags.ACQUISITION_DATE, tags.ACQUISITION_TIME)),
)


def _timed(part: Part) -> list[Part]:
    """Part pictures that lie at the same place."""
    places = Counter(_place(shot) for shot in part.shots)
    most = max(places.values())
    if most == 1:
        return [part]
    if len(places) == 1 and len(part.shots) > 2:
        return [part]
    for name, attributes in _TELLING:
        groups = _by(part.shots, attributes)
        if attributes == (tags.IMAGE_TYPE,):
            groups = _shortened(groups)
        telling = 1 < len(groups) <= 2 * most  # what differs in every picture tells nothing
        if telling and all(_each_place_once(group) for group in groups.values()):
            if name == "heart phase" and len(places) < len(groups):
                break
            return _labelled(part, name, groups)
    ranked = _ranked(part.shots, places)
    return _labelled(part, *ranked) if ranked else [part]


def _by(shots: Sequence[Shot], attributes: tuple[int, ...]) -> Groups:
    groups: Groups = defaultdict(list)
    for shot in shots:
        said = " ".join(shot.head.whole(tag) for tag in attributes)
        groups[said if attributes else str(shot.picture.path)].append(shot)
    return groups


def _shortened(groups: Groups) -> Groups:
    """Name kinds of image by the words in which they differ."""
    words = {said: said.split("\\") for said in groups}
    common = set.intersection(*(set(parts) for parts in words.values()))
    return {
        " ".join(part for part in words[said] if part not in common) or said: group
        for said, group in groups.items()
    }


def _each_place_once(shots: Sequence[Shot]) -> bool:
    return len({_place(shot) for shot in shots}) == len(shots)


def _labelled(part: Part, name: str, groups: Groups) -> list[Part]:
    ordered = sorted(
        groups.items(), key=lambda item: (_sortable(item[0]), item[1][0].picture.number)
    )
    total = len(ordered)
    numbered = name in ("time", "heart phase", "file", "acquired at", "place", "moment")
    return [
        Part(
            tuple(group),
            _join(
                part.label, f"{name} {number} of {total}" if numbered else f"{name} {said}".strip()
            ),
            part.notices,
        )
        for number, (said, group) in enumerate(ordered, start=1)
    ]


def _sortable(said: str) -> tuple[float, str]:
    try:
        return float(said), said
    except ValueError:
        return float("inf"), said


def _ranked(
    shots: Sequence[Shot], places: Counter[tuple[int, int, int]]
) -> tuple[str, Groups] | None:
    """Part pictures by moment; by place if there are fewer places than moments."""
    at_place: dict[tuple[int, int, int], list[Shot]] = defaultdict(list)
    for shot in shots:
        at_place[_place(shot)].append(shot)
    for members in at_place.values():
        members.sort(key=_moment)
        if len({_moment(shot)[:3] for shot in members}) != len(members):
            return None
    if len(places) < max(places.values()):
        firsts = sorted(at_place.values(), key=lambda members: members[0].picture.number)
        return "place", {str(number): members for number, members in enumerate(firsts)}
    if len(set(places.values())) != 1:
        return None
    groups: Groups = defaultdict(list)
    for members in at_place.values():
        for rank, shot in enumerate(members):
            groups[str(rank)].append(shot)
    return "moment", groups


def _moment(shot: Shot) -> tuple[float, float, str, int]:
    head = shot.head
    return (
        head.number(tags.TEMPORAL_POSITION, 0),
        head.number(tags.TRIGGER_TIME, 0),
        head.text(tags.ACQUISITION_TIME) or head.text(tags.CONTENT_TIME),
        shot.picture.number,
    )
