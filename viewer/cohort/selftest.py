"""Proof that what matters works on this computer, each in a process of its own.

A proof is a function that returns a sentence, or raises. In its own process
even a crash of a driver or a decoder is only a cross in the list.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import load_folder
from viewer.ai.second_reader import model_folder, read
from viewer.cohort.apart import apart
from viewer.core.errors import Declined
from viewer.core.finding import Finding
from viewer.core.progress import Part, Progress, Silent
from viewer.core.study import Catalogue
from viewer.core.volume import Volume
from viewer.imaging.phantom import thorax
from viewer.io.load import load
from viewer.io.results import Results, save_results
from viewer.io.sample import sample_study
from viewer.io.scan import scan
from viewer.jobs.failing import WorkFailed

Work: TypeAlias = Callable[[Progress], str]

_SEED = 3
_SHAPE = (60, 192, 192)
_CLOSE = 1e-3
_SAME_PICTURE = {
    "uncompressed": "MR_small.dcm",
    "big endian": "MR_small_bigendian.dcm",
    "RLE": "MR_small_RLE.dcm",
    "JPEG-LS": "MR_small_jpeg_ls_lossless.dcm",
    "JPEG 2000": "MR_small_jp2klossless.dcm",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """Something that must work, and the picklable function that shows it."""

    name: str
    work: Work


@dataclass(frozen=True, slots=True)
class Shown:
    """Whether it worked, in a sentence, and how long it took."""

    good: bool
    sentence: str
    seconds: float


class Wrong(Exception):
    """A proof that came out otherwise than it must."""


def proofs(picture_in_3d: Work) -> tuple[Proof, ...]:
    """Return all proofs; the drawing in 3D, which this room cannot do, is given."""
    return (
        Proof("decode", same_picture_in_every_encoding),
        Proof("3D", picture_in_3d),
        Proof("model", model_gives_known_scores),
        Proof("read and save", phantom_read_and_saved),
    )


def tried(proof: Proof) -> Shown:
    """Try one proof in a process of its own; never raises but for an interruption."""
    began_s = time.monotonic()
    good = False
    try:
        sentence = apart(proof.name, proof.work, Silent())
        good = True
    except Declined as error:
        sentence = str(error)
    except WorkFailed as error:
        last = error.failure.traceback.strip().rpartition("\n")[2]
        sentence = last or error.failure.sentence
    return Shown(good, sentence, time.monotonic() - began_s)


def same_picture_in_every_encoding(progress: Progress) -> str:
    """Decode one picture from several encodings; all are lossless, so all must be equal.

    The files come with pydicom.
    """
    folder = _samples_of_pydicom()
    pictures = {}
    for number, (encoding, name) in enumerate(_SAME_PICTURE.items()):
        progress.report(number / len(_SAME_PICTURE), encoding)
        pictures[encoding] = _first_picture(folder / name)
    first = pictures["uncompressed"]
    wrong = [name for name, picture in pictures.items() if not np.array_equal(picture, first)]
    if wrong:
        raise Wrong(f"{', '.join(wrong)} came out differently")
    return f"the same picture from {len(pictures)} encodings ({', '.join(pictures)})"


def model_gives_known_scores(progress: Progress) -> str:
    """Ask the model about the inputs it came with; the scores must be those it came with."""
    from viewer.ai.ranking import NETWORK_LIMIT, NETWORK_PREFIX, combined

    progress.report(0.0, "model")
    model = load_folder(model_folder())
    vector = model.test_vector
    layers = {
        name.removeprefix(NETWORK_PREFIX): value
        for name, value in model.weights.items()
        if name.startswith(NETWORK_PREFIX)
    }
    odds: NDArray[np.float64] | None = None
    if layers:
        from viewer.ai.network import asked, network_of

        odds = asked(network_of(layers), vector["cubes"]).clip(-NETWORK_LIMIT, NETWORK_LIMIT)
    scores = combined(model, vector["numbers"].astype(np.float64), odds).scores
    off = float(np.abs(scores - vector["scores"]).max())
    if off > _CLOSE:
        raise Wrong(f"scores are off by {off:.3g}")
    return f"{model.card.title} {model.card.version}: {len(scores)} known scores within {off:.1g}"


def phantom_read_and_saved(progress: Progress) -> str:
    """Find the largest nodule of a synthetic chest and save everything; saving reads it back."""
    with tempfile.TemporaryDirectory(prefix="skiagram-selftest-") as temporary:
        folder = Path(temporary)
        place = sample_study(folder, Part(progress, 0.0, 0.2), seed=_SEED, shape=_SHAPE)
        catalogue = scan([place], Part(progress, 0.2, 0.3))
        ((study, series),) = catalogue.all_series()
        volume = load(series, Part(progress, 0.3, 0.4))
        if not isinstance(volume, Volume):
            raise Wrong(f"the synthetic chest came out as no volume: {volume.reason}")
        reading = read(volume, Part(progress, 0.4, 0.8))
        rank = _rank_of_largest(reading.findings)
        results = Results(study, series, volume, reading.findings[:rank], reading.segmentations)
        saved = save_results(folder / "results", results, Part(progress, 0.8, 1.0))
    return (
        f"the largest nodule of a synthetic chest is candidate {rank} of {len(reading.findings)}; "
        f"{len(saved.files)} files saved and read back"
    )


def _rank_of_largest(findings: Sequence[Finding]) -> int:
    nodule = max(thorax(_SEED, shape=_SHAPE).truth, key=lambda nodule: nodule.diameter_mm)
    for rank, finding in enumerate(findings, start=1):
        if math.dist(finding.position, nodule.position) < nodule.diameter_mm / 2:
            return rank
    raise Wrong("the largest nodule of a synthetic chest was not found")


def _samples_of_pydicom() -> Path:
    found = find_spec("pydicom")
    if found is None or found.origin is None:
        raise Wrong("pydicom is not installed")
    return Path(found.origin).parent / "data" / "test_files"


def _first_picture(path: Path) -> NDArray[np.generic]:
    catalogue: Catalogue = scan([path], Silent())
    for _, series in catalogue.all_series():
        image = load(series, Silent())
        return image.voxels[0] if isinstance(image, Volume) else image.frames[0].pixels
    raise Wrong(catalogue.refused[0].sentence if catalogue.refused else f"{path.name} is empty")
