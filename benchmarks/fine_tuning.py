"""How much learning from verdicts helps at a site with a false mark of its own. All synthetic.

`python benchmarks/fine_tuning.py` paints blocks of lung (1 mm) with vessels, nodules, and something
that this site has often and that is none: a bead between two shadows, as metal makes
(`--site shadow`), or a bead on a thin plate, as a scar (`--site plate`). The pipeline that reads
patients finds, outlines and ranks what is in them; the truth gives the verdicts; what is learned
is judged on patients held out. Last it is tried with the verdicts shuffled.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.ai.adapting import adapt
from viewer.ai.candidates import Chest, candidates
from viewer.ai.card import ModelFolder, load_folder
from viewer.ai.explanation import NETWORK, WORDS
from viewer.ai.findings import FLOOR
from viewer.ai.improving import Improved, Lessons, improved
from viewer.ai.ranking import rank
from viewer.ai.second_reader import model_folder
from viewer.ai.tuning.tail import log_odds, net_of
from viewer.ai.tuning.using import share_of
from viewer.ai.verdicts import is_held_out, judged, odds_of, truth_of
from viewer.core.correction import Correction
from viewer.core.correction import log_odds as odds_of_score
from viewer.core.crop import Crop
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.imaging.features import FEATURE_NAMES

SIDE = 88
BEADS = 8
APART_MM = 22.0
SITES = ("shadow", "plate")
GRID = Geometry((SIDE,) * 3, np.eye(4)[[2, 1, 0, 3]])
Block = NDArray[np.float32]
Place = NDArray[np.float64]
_INDICES = np.indices((SIDE,) * 3).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Bead:
    """What was painted: where (slice, row, column), how large, and whether it is a nodule."""

    centre: Place
    diameter_mm: float
    nodule: bool


def block(random: np.random.Generator, site: str) -> tuple[Block, list[Bead]]:
    """Paint lung, vessels, nodules and false marks; return HU values and the truth."""
    lung = ndimage.gaussian_filter(random.normal(size=(SIDE,) * 3), 2.0)
    values = (-850 + 25 * lung / lung.std()).astype(np.float32)
    for _ in range(12):
        _vessel(values, random)
    beads: list[Bead] = []
    for number in range(BEADS):
        places = random.uniform(16, SIDE - 16, (60, 3))
        free = [p for p in places if all(np.linalg.norm(p - b.centre) > APART_MM for b in beads)]
        if free:
            beads.append(Bead(free[0], float(random.uniform(5, 12)), number % 2 == 0))
            _bead(values, beads[-1], site, random)
    noise = random.normal(0, random.uniform(8, 20), values.shape)
    return np.asarray(values + noise, np.float32), beads


def _bead(values: Block, bead: Bead, site: str, random: np.random.Generator) -> None:
    axes = random.uniform(0.8, 1.2, 3)
    _mix(values, _within(_away(bead.centre, axes), bead.diameter_mm / 2), random.uniform(-40, 60))
    if bead.nodule:
        return
    if site == "plate":
        across = _turned(random)
        flat = np.abs(
            sum(a * (g - c) for a, g, c in zip(across, _INDICES, bead.centre, strict=True))
        )
        near = _within(_away(bead.centre), 1.3 * bead.diameter_mm)
        _mix(values, _within(flat, 0.6, 0.4) * near, -100.0)
        return
    for side in (-1.1, 1.1):
        middle = bead.centre + np.array([0, 0, side * bead.diameter_mm])
        dark = _within(_away(middle, np.array([0.5, 1.0, 1.5])), 0.5 * bead.diameter_mm)
        values[:] = values * (1 - dark) - 1000 * dark


def _vessel(values: Block, random: np.random.Generator) -> None:
    start, along = random.uniform(0, SIDE, 3), _turned(random)
    offset = [g - p for g, p in zip(_INDICES, start, strict=True)]
    length = sum(a * o for a, o in zip(along, offset, strict=True))
    away = np.sqrt(np.maximum(sum(o**2 for o in offset) - length**2, 0))
    _mix(values, _within(away, random.uniform(0.8, 2.0), 0.5), random.uniform(-50, 50))


def _away(centre: Place, axes: Place | None = None) -> Block:
    stretch = np.ones(3) if axes is None else axes
    parts = (((g - c) / a) ** 2 for g, c, a in zip(_INDICES, centre, stretch, strict=True))
    return np.asarray(np.sqrt(sum(parts)))


def _within(away: Block, radius: float, blur: float = 0.8) -> Block:
    return np.asarray(1 / (1 + np.exp(np.clip((away - radius) / blur, -30, 30))))


def _mix(values: Block, share: Block, density: float) -> None:
    values[:] = np.where(values < density, values * (1 - share) + density * share, values)


def _turned(random: np.random.Generator) -> Place:
    vector = random.normal(size=3)
    return np.asarray(vector / np.linalg.norm(vector))


def verdicts(
    model: ModelFolder, site: str, patients: int, seed: int
) -> tuple[tuple[Correction, ...], tuple[Crop, ...]]:
    """Read blocks as patients are read; return the truth about each proposal, and its crop."""
    names = [*(WORDS[name][0] for name in FEATURE_NAMES), NETWORK]
    corrections, crops = [], []
    for patient in range(patients):
        values, beads = block(np.random.default_rng([seed, patient]), site)
        inside = np.zeros(values.shape, np.bool_)
        inside[4:-4, 4:-4, 4:-4] = True
        chest = Chest(values, inside, GRID)
        found = candidates(chest, Silent())
        ranked = rank(model, chest, found, Silent())
        for number, one in enumerate(found):
            score, cubes = float(ranked.scores[number]), ranked.cubes
            if score < FLOOR or cubes is None:
                continue
            pushes = dict(zip(names, map(float, ranked.pushes[number]), strict=True))
            id_ = f"{patient}.{number}"
            place = np.asarray(GRID.to_index(one.centre))
            right = any(
                b.nodule and np.linalg.norm(place - b.centre) < max(b.diameter_mm / 2, 3)
                for b in beads
            )
            corrections.append(
                Correction(
                    id_, model.card.weights_sha256, f"p{patient}", f"7.{patient}", "2026",
                    right, tuple(sorted(pushes.items())),
                    odds_of_score(score) - sum(pushes.values()),
                )
            )  # fmt: skip
            crops.append(Crop(id_, cubes[number]))
    return tuple(corrections), tuple(crops)


def main() -> None:
    """Paint, read, learn, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", choices=SITES, default="shadow")
    parser.add_argument("--patients", type=int, default=64)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    folder = model_folder()
    model = load_folder(folder)
    known, crops = verdicts(model, given.site, given.patients, given.seed)
    right = sum(one.right for one in known)
    print(f"{given.site}: {len(known)} proposals, {right} right, of {given.patients} patients")
    made = improved(Lessons(known, crops, folder), "2026", Silent())
    weighed = adapt(known, "2026", Silent())
    held = [one for one in known if is_held_out(one.patient, one.weights_sha256)]
    _tell("as it came", held, odds_of(held))
    _tell("weighed anew", held, weighed.odds_of(held))
    if made.weights:
        _tell("trained further, too", held, _trained(made, model, held, crops))
    print(f"used: {made.learned.layers or 'weighing'}; {made.beside}")
    random = np.random.default_rng(given.seed)
    mixed = random.permutation([one.right for one in known])
    turned = tuple(replace(o, right=bool(r)) for o, r in zip(known, mixed, strict=True))
    wrong = improved(Lessons(turned, crops, folder), "2026", Silent())
    print(f"shuffled: {'trained' if wrong.weights else 'not trained further'}; {wrong.beside}")


def _trained(
    made: Improved, model: ModelFolder, held: Sequence[Correction], crops: Sequence[Crop]
) -> NDArray[np.float64]:
    """Return the log odds of findings with the network as it was trained."""
    from safetensors.numpy import load

    seen = {one.finding_id: one.voxels for one in crops}
    voxels = np.stack([seen[one.finding_id] for one in held])
    now, came = (log_odds(net_of(w), voxels) for w in (load(made.weights), model.weights))
    return made.learned.odds_of(held) + share_of(model.weights) * (now - came)


def _tell(name: str, held: Sequence[Correction], odds: NDArray[np.float64]) -> None:
    """Print how scores do: loss, area, and false marks where 95 % of the nodules are shown."""
    truth = truth_of(held) > 0
    side = judged(held, odds, odds).after
    threshold = np.quantile(odds[truth], 0.05)
    false = int((odds[~truth] >= threshold).sum())
    patients = len({one.patient for one in held})
    print(
        f"{name}: log loss {side.loss:.3f}, area {side.area or 0:.3f}, {false / patients:.2f} false"
        f" marks per patient where 95 % of {int(truth.sum())} nodules are shown"
        f" ({len(held)} proposals of {patients} patients held out)",
        flush=True,
    )


if __name__ == "__main__":
    main()
