"""Maps of what a network's answers hang on, as pictures and JSON, without any window."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.ai.asking import Request, read
from viewer.ai.explaining.explained import Explained, explain
from viewer.ai.explaining.methods import Method
from viewer.ai.explaining.subject import About
from viewer.ai.readers import Image, Inputs
from viewer.ai.reading import Reading
from viewer.cohort.apart import apart
from viewer.cohort.calling import Call, Choice, calls_for
from viewer.cohort.plan import errands
from viewer.cohort.visit import inputs_for, taken_along
from viewer.core.errors import Declined
from viewer.core.finding import Finding
from viewer.core.progress import Part, Progress
from viewer.core.score_map import ScoreMap
from viewer.core.stack import Stack
from viewer.core.study import Catalogue, Series
from viewer.imaging.colour_maps import ColourMap, colours
from viewer.io.atomic import Staging
from viewer.io.load import load
from viewer.io.map_files import stage_map
from viewer.io.map_forms import MapForm
from viewer.io.scan import scan

MOST_FINDINGS = 3
"""Of findings the likeliest are explained; each takes as long as the reading or longer."""
_OPACITY = 0.55


@dataclass(frozen=True, slots=True)
class Wish:
    """Which model's answers are to be explained, how, and where to."""

    model: str
    method: Method
    out: Path
    own: Path
    patch: int = 0
    force: bool = False
    maps: MapForm = MapForm.NIFTI


@dataclass(frozen=True, slots=True)
class Told:
    """One answer that was explained: what was said of it, and the picture, if there is a map."""

    series: str
    about: str
    sentence: str
    picture: str


def explain_files(places: Sequence[Path], wish: Wish, progress: Progress) -> tuple[Told, ...]:
    """Let a model read what it takes, explain its answers; write pictures, maps and one JSON.

    Raises:
        Declined: if nothing is there that the model takes, or files would be replaced unasked.
    """
    choice = Choice((wish.model,), wish.own)
    choice.check()
    catalogue = scan(places, Part(progress, 0.0, 0.05))
    calls = list(_calls(catalogue, choice))
    file = wish.out / "explained.json"
    if file.exists() and not wish.force:
        raise Declined(f"{file} is there already; --force replaces it.", code="exists")
    told: list[Told] = []
    facts: list[dict[str, object]] = []
    pictures: dict[str, bytes] = {}
    maps: list[tuple[int, ScoreMap, Series]] = []
    for number, call in enumerate(calls):
        ends = (0.05 + 0.95 * (number + k) / len(calls) for k in range(2))
        for about, image, found in _of(call, wish, Part(progress, *ends)):
            name = f"{len(facts) + 1:03d}_{wish.method.value}.png" if found.map else ""
            if found.map is not None:
                pictures[name] = _drawn(image, found.map, about)
                maps.append((len(facts) + 1, found.map, call.errand.series))
            series = call.errand.series.title
            facts.append(_facts(series, about, found, name))
            told.append(Told(series, about.kind.meaning, found.sentence, name))
    with Staging(wish.out) as staging:
        for name, content in pictures.items():
            staging.write(name, content)
        for number, one, of in maps:
            stage_map(staging, one, number, of, wish.maps)
        staging.write(file.name, json.dumps(facts, indent=2, ensure_ascii=False).encode())
        staging.commit()
    return tuple(told)


def _calls(catalogue: Catalogue, choice: Choice) -> Iterator[Call]:
    """Go through what the model takes; if it takes nothing, say why not."""
    refused: Declined | None = None
    taken = 0
    for errand in errands(catalogue, stacks=choice.reads_stacks):
        try:
            calls = calls_for(errand, catalogue, choice)
        except Declined as why:
            refused = why
            continue
        taken += len(calls)
        yield from calls
    if not taken:
        raise refused or Declined("There is no image that a model could read.", code="no_series")


def _of(call: Call, wish: Wish, progress: Progress) -> Iterator[tuple[About, Image, Explained]]:
    image = load(call.errand.series, Part(progress, 0.0, 0.05))
    call, along, _ = taken_along(call, Part(progress, 0.05, 0.1))
    inputs = inputs_for(call, image, along)
    request = Request(call.offer.id, inputs, wish.own)
    reading = apart(call.offer.title, partial(read, request), Part(progress, 0.1, 0.4))
    answers = _answers(reading)
    if not answers:
        progress.report(1.0, call.offer.title)
    for number, about in enumerate(answers):
        ends = (0.4 + 0.6 * (number + k) / len(answers) for k in range(2))
        work = partial(_work, call.offer.id, inputs, about, wish)
        yield about, image, apart("Explain", work, Part(progress, *ends))


def _work(id_: str, inputs: Inputs, about: About, wish: Wish, progress: Progress) -> Explained:
    return explain(id_, inputs, about, wish.method, progress, wish.patch, wish.own)


def _answers(reading: Reading) -> tuple[About, ...]:
    best = sorted(reading.findings, key=lambda one: -(one.score or 0.0))[:MOST_FINDINGS]
    return (*reading.assessments, *best)


def _facts(series: str, about: About, found: Explained, picture: str) -> dict[str, object]:
    return {
        "series": series,
        "kind": about.kind.meaning,
        "score": about.score,
        "log_odds": round(found.log_odds, 4),
        "method": found.method.value,
        "shown": found.map is not None,
        "picture": picture,
        "sentence": found.sentence,
        "sanity": {name: round(value, 4) for name, value in found.sanity.stages},
        "sanity_passed": found.sanity.passed,
        "deletion": {
            "marked": round(found.deletion.marked, 4),
            "elsewhere": round(found.deletion.elsewhere, 4),
            "beaten": round(found.deletion.beaten, 4),
        },
    }


def _drawn(image: Image, found: ScoreMap, about: About) -> bytes:
    """Return a PNG of the slice where the map is highest, or that of the finding, under the map."""
    if isinstance(about, Finding) and found.geometry is not None:
        number = found.geometry.nearest(about.position)[0]
    else:
        number = int(found.voxels.max(axis=(1, 2)).argmax())
    veil = found.voxels[number].astype(np.float32)[..., None] / 255 * _OPACITY
    tinted = colours(ColourMap.HOT)[found.voxels[number]][..., :3].astype(np.float32)
    grey = _grey(image, number)[..., None].astype(np.float32)
    drawn = (grey * (1 - veil) + tinted * veil).round().clip(0, 255).astype(np.uint8)
    _, coded = cv2.imencode(".png", np.ascontiguousarray(drawn[..., ::-1]))
    return bytes(coded.tobytes())


def _grey(image: Image, number: int) -> NDArray[np.uint8]:
    """Return a slice or frame as grey, the outermost hundredth clipped."""
    inverted = False
    if isinstance(image, Stack):
        frame = image.frames[number]
        pixels, inverted = frame.pixels, frame.inverted
        values = pixels.mean(axis=2) if pixels.ndim == 3 else pixels
    else:
        values = image.voxels[number]
    known = values.astype(np.float32)
    low, high = np.percentile(known, (1, 99))
    level = ((known - low) / max(float(high - low), 1e-6)).clip(0, 1)
    return np.asarray(((1 - level if inverted else level) * 255).round(), np.uint8)
