"""One DICOM series into parts that can each be opened as one thing.

Pictures that differ in orientation, size, pixel spacing or frame of reference
never share a part, nor do those that show different things at the same place.
Where the same was pictured at several moments, a part knows them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import isclose
from typing import TypeAlias

import numpy as np

from viewer.core.plane import Plane
from viewer.core.study import Notice
from viewer.io import tags
from viewer.io.moments import tell_apart
from viewer.io.quantities import kinds
from viewer.io.regular import same_turn
from viewer.io.shot import Shot
from viewer.io.traits import KIND

Groups: TypeAlias = dict[str, list[Shot]]

_MANY_TURNS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """Some pictures of a series, what they have in common, and what to say about it.

    Where they lie at the same places, `moments` are they again, each place
    once, and `told_by` names what tells those apart.
    """

    shots: tuple[Shot, ...]
    label: str = ""
    notices: tuple[Notice, ...] = ()
    moments: tuple[Part, ...] = ()
    told_by: str = ""


def split(shots: Sequence[Shot]) -> list[Part]:
    """Return the parts of a series, the largest first."""
    placed = [shot for shot in shots if shot.plane is not None]
    flat = [shot for shot in shots if shot.plane is None]
    parts = [kind for part in _placed_parts(placed) for kind in _kinds_apart(part)]
    parts = _flat_parts(flat) + [_in_moments(part) for part in parts]
    if flat and placed:
        parts = [
            replace(p, label=p.label or ("no position" if p.shots[0].plane is None else ""))
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


def _kinds_apart(part: Part) -> list[Part]:
    """Part pictures of the same places that show different things."""
    groups = kinds(part.shots)
    if len(groups) == 1:
        return [part]
    return [
        Part(tuple(group), _join(part.label, f"{KIND} {name}"), part.notices)
        for name, group in groups.items()
    ]


def _in_moments(part: Part) -> Part:
    """Say of a part in which moments its pictures were made, if they lie at the same places."""
    told = tell_apart(part.shots)
    if told is None:
        return part
    moments = tuple(
        Part(group, _join(part.label, label), part.notices) for label, group in told.groups
    )
    return replace(part, moments=moments, told_by=told.name)
