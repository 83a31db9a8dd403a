"""From a bundle to a model folder of this program: its card, an ONNX network, a test vector.

Meant for a worker process: the files are a stranger's. What comes out is checked like any model
that is added; figures of the bundle are not taken over, as they were not measured here.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from viewer.ai.bundles.network_words import unet_shape
from viewer.ai.bundles.preprocessing import Answers, Asked, Prepares, answers, prepares
from viewer.ai.bundles.settings import Settings, settings_of
from viewer.ai.bundles.state_dict import arrays_of
from viewer.ai.bundles.unet import UNetShape
from viewer.ai.card import LARGEST_BYTES, ONNX, TEST_VECTOR, Accepts, Card, Channel, Preparation
from viewer.ai.luggage import Luggage, Piece, opened
from viewer.ai.trial import Trial, asserted, try_model
from viewer.ai.writing import write_card
from viewer.core.code import Code
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Part, Progress

_CONFIGS = ("configs/inference.json", "inference.json")
_METADATA = ("configs/metadata.json", "metadata.json")
_WEIGHTS = ("models/model.safetensors", "model.safetensors", "models/model.pt", "model.pt")
_MODALITIES = {"CT": "CT", "MR": "MR", "MRI": "MR", "PET": "PT", "PT": "PT"}
_OWN_SCHEME = "99BUNDLE"
_BACKGROUND = ("background", "bg", "everything else")
_LARGEST_TEST = 64
_TOLERANCE = 1e-3


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody says of a bundle; empty where the bundle is to say it."""

    licence: str = ""
    commercial: bool = False
    """Whether licence and data are known to allow commercial use."""
    modality: str = ""
    id: str = ""
    labels: tuple[str, ...] = ()
    asked: Asked = field(default_factory=Asked)


def convert(source: Path, target: Path, wishes: Wishes, progress: Progress) -> Trial:
    """Write a model folder from the folder or ZIP of a bundle, and run its test vector.

    Raises:
        Declined: if something of it is not done here, is an expression, or is not said.
        Unreadable: if it is no bundle, or damaged.
    """
    if target.exists():
        raise Declined(f"{target.name} is there already; choose another folder.", code="taken")
    with opened(source) as luggage:
        bundle = _Bundle(luggage)
        card, shape, found = _described(bundle, wishes)
        progress.report(0.1, card.title)
        weights = bundle.weights()
    progress.report(0.3, card.title)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".converting-", dir=target.parent))
    except OSError as why:
        raise _not_written(target, why) from why
    try:
        folder = aside / card.id
        _write(folder, card, shape, found, weights)
        trial = asserted(try_model(folder, Part(progress, 0.5, 1.0)))
        folder.rename(target)
    except OSError as why:
        raise _not_written(target, why) from why
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return trial


def _not_written(target: Path, why: OSError) -> Declined:
    return Declined(
        f"{target.name} could not be written: {why.strerror or why}.", code="not_written"
    )


class _Bundle:
    """The files of a bundle, read by name."""

    def __init__(self, luggage: Luggage) -> None:
        self._luggage = luggage
        self._pieces = {str(piece.place): piece for piece in luggage.pieces}
        self.name = luggage.name
        self.settings = self._settings(_CONFIGS)
        self.metadata = self._settings(_METADATA)

    def _settings(self, names: tuple[str, ...]) -> Settings:
        for name in names:
            if name in self._pieces:
                return settings_of(self._read(self._pieces[name], 4_000_001), name)
        written = [one for one in self._pieces if one.endswith((".yaml", ".yml"))]
        if written:
            raise Declined(
                f"{self.name}: its settings are YAML ({written[0][:80]}), which is not read here;"
                f" write them as JSON ({names[0]}).",
                code="yaml",
            )
        raise Unreadable(f"{self.name}: no bundle of MONAI: there is no {names[0]}.",
                         code="no_model")  # fmt: skip

    def weights(self) -> Mapping[str, NDArray[np.float32]]:
        """Return the named arrays of the network."""
        for name in _WEIGHTS:
            piece = self._pieces.get(name)
            if piece is None:
                continue
            content = self._read(piece, LARGEST_BYTES)
            return arrays_of(content, name) if name.endswith(".pt") else _safe(content, name)
        raise Declined(
            f"{self.name}: there are no weights in it ({', '.join(_WEIGHTS[::2])}); TorchScript"
            " and ONNX of a bundle have fixed axes and are not converted.",
            code="no_weights",
        )

    def _read(self, piece: Piece, most: int) -> bytes:
        if piece.link:
            raise Declined(f"{piece.place} is a link, and links are not followed.", code="link")
        if piece.size > most:
            raise Declined(f"{piece.place} is larger than it may be.", code="too_large")
        with self._luggage.open(piece) as file:
            content = file.read(most + 1)
        if len(content) != piece.size:
            raise Unreadable(f"{piece.place}: not as long as announced.", code="damaged_model")
        return content


def _safe(content: bytes, name: str) -> Mapping[str, NDArray[np.float32]]:
    try:
        return {key: np.asarray(value, np.float32) for key, value in load(content).items()}
    except (SafetensorError, ValueError, KeyError, TypeError, OverflowError) as why:
        raise Unreadable(f"{name}: damaged.", code="damaged_model") from why


# -- the card -------------------------------------------------------------------------------


def _described(bundle: _Bundle, wishes: Wishes) -> tuple[Card, UNetShape, Prepares]:
    shape = unet_shape(bundle.settings)
    found = prepares(bundle.settings, bundle.metadata, wishes.asked)
    if any(side % step for side, step in zip(found.tile, found.axes.ours(shape.step), strict=True)):
        raise Declined(
            f"{bundle.name}: a window of {' x '.join(map(str, found.tile))} cannot be halved as"
            " often as the network does; give --tile.",
            code="not_said",
        )
    names = _outputs(bundle.metadata, shape)
    background = bool(names) and names[0].lower() in _BACKGROUND
    meant = answers(bundle.settings, background=background)
    labels = _labels(bundle, wishes, shape, meant, names)
    modality = _modality(bundle, wishes, shape)
    return _card(bundle, wishes, found, meant, labels, modality), shape, found


def _outputs(metadata: Settings, shape: UNetShape) -> tuple[str, ...]:
    """Return what the outputs of the network are called; nothing if it is not said of each."""
    outputs = metadata.at("network_data_format", "outputs")
    for key in outputs if isinstance(outputs, Mapping) else ():
        said = metadata.at("network_data_format", "outputs", str(key), "channel_def")
        if isinstance(said, Mapping):
            names = tuple(str(said.get(str(k), ""))[:64] for k in range(shape.outputs))
            return names if all(names) else ()
    return ()


def _labels(
    bundle: _Bundle, wishes: Wishes, shape: UNetShape, meant: Answers, names: tuple[str, ...]
) -> tuple[Code, ...]:
    count = shape.outputs - 1 if meant.classes and shape.outputs > 1 else shape.outputs
    given = wishes.labels or names[shape.outputs - count :]
    if len(given) != count:
        raise Declined(
            f"{bundle.name}: what its {count} labels are called is not said; give --labels, one"
            " name for each, with commas.",
            code="not_said",
        )
    return tuple(_coded(name, number) for number, name in enumerate(given, start=1))


def _coded(name: str, number: int) -> Code:
    """Return a label as a code of SNOMED CT where it is a structure known here."""
    from viewer.imaging.anatomy.structures import STRUCTURES

    plain = re.sub(r"[^a-z0-9]+", " ", name.lower()).strip()
    for one in STRUCTURES:
        if plain in (one.title.lower(), one.id.replace("_", " ")):
            return one.code
    return Code(f"{number}_{plain.replace(' ', '_')}"[:16], _OWN_SCHEME, name[:64])


def _modality(bundle: _Bundle, wishes: Wishes, shape: UNetShape) -> str:
    if shape.inputs != 1:
        raise Declined(
            f"{bundle.name}: it takes {shape.inputs} images, and nothing in it tells which image"
            " of a study is which; only bundles that take one are converted.",
            code="several_images",
        )
    said = wishes.modality or _text(bundle.metadata, "network_data_format", "inputs", "image",
                                    "modality")  # fmt: skip
    found = _MODALITIES.get(said.upper().strip())
    if found is None:
        raise Declined(
            f"{bundle.name}: its modality is not said; give --modality CT, MR or PT.",
            code="not_said",
        )
    return found


def _card(
    bundle: _Bundle,
    wishes: Wishes,
    found: Prepares,
    meant: Answers,
    labels: tuple[Code, ...],
    modality: str,
) -> Card:
    metadata = bundle.metadata
    licence = wishes.licence or _text(metadata, "license") or _text(metadata, "licence")
    if not licence:
        raise Declined(
            f"{bundle.name}: under which licence its weights may be used is not said; give"
            " --licence.",
            code="not_said",
        )
    title = _text(metadata, "name") or _text(metadata, "task") or Path(bundle.name).stem
    intended = _text(metadata, "intended_use") or _text(metadata, "description") or title
    channel = Channel(
        modality,
        found.low,
        found.high,
        found.standardised,
        over=found.over,
    )
    return Card(
        id=_id(wishes.id or Path(bundle.name).stem),
        version=(_text(metadata, "version") or "unknown")[:40],
        title=title[:200],
        architecture="onnx",
        intended_use=_with_steps(intended, (*found.left_out, *meant.left_out))[:4000],
        not_for="Diagnosis. It was converted from a bundle, and no figure was measured here.",
        accepts=Accepts((modality,), "HU" if modality == "CT" else ""),
        licence=licence[:1000],
        non_commercial=not wishes.commercial,
        experimental=True,
        trained_on="; ".join(_origin(metadata))[:4000],
        preparation=Preparation(
            0, (), 0.0, 1.0, "patient", found.spacing_mm, False, found.tile, found.overlap,
            (channel,),
        ),
        features=(),
        labels=labels,
        operating_on="",
        operating=(),
        default_threshold=0.5,
        performance=(),
        tolerance=_TOLERANCE,
        sha256=(),
    )  # fmt: skip


def _with_steps(intended: str, left_out: tuple[str, ...]) -> str:
    if not left_out:
        return intended
    return f"{intended} (Steps of the bundle that are not done here: {', '.join(left_out)[:300]}.)"


def _origin(metadata: Settings) -> Iterator[str]:
    told = ("data_source", "Data"), ("authors", "Authors"), ("copyright", "Copyright")
    for key, word in told:
        text = _text(metadata, key)
        if text:
            yield f"{word}: {text[:1000]}"
    yield f"MONAI {_text(metadata, 'monai_version')[:20] or 'of unknown version'}"


def _text(metadata: Settings, *path: str) -> str:
    found = metadata.at(*path)
    return " ".join(found.split()) if isinstance(found, str) and found[:1] not in "$@%" else ""


def _id(name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40]
    return plain if re.match(r"^[a-z]", plain) else f"bundle_{plain}"[:40].rstrip("_")


# -- the files -------------------------------------------------------------------------------


def _write(
    folder: Path,
    card: Card,
    shape: UNetShape,
    found: Prepares,
    weights: Mapping[str, NDArray[np.float32]],
) -> None:
    """Write the network, the numbers that torch gives for it, and the card."""
    from viewer.ai.bundles.architectures import asked, unet_of
    from viewer.ai.bundles.onnx_unet import onnx_unet

    net = unet_of(shape, weights)
    sides = [_side(step) for step in found.axes.ours(shape.step)]
    picture = np.random.default_rng(0).random((1, shape.inputs, *sides), dtype=np.float32)
    scaled = picture * np.float32(found.scale[0]) + np.float32(found.scale[1])
    answer = found.axes.to_ours(asked(net, found.axes.to_bundle(scaled)))
    vector = {"input.input": picture, "output.dense": answer}
    folder.mkdir(parents=True)
    contents = {ONNX: onnx_unet(shape, weights, found.axes, found.scale), TEST_VECTOR: save(vector)}
    hashes = []
    for name, content in contents.items():
        if len(content) > LARGEST_BYTES:
            raise Declined(f"{name} would be larger than any model here.", code="too_large")
        (folder / name).write_bytes(content)
        hashes.append((name, hashlib.sha256(content).hexdigest()))
    largest = float(np.abs(answer).max())
    tolerance = min(1.0, max(_TOLERANCE, _TOLERANCE * largest))
    write_card(folder, replace(card, sha256=tuple(hashes), tolerance=tolerance))


def _side(step: float) -> int:
    """Return a side of the test picture: at least two voxels on the coarsest level."""
    step = int(step)
    return max(2, -(-16 // step)) * step if step <= _LARGEST_TEST else 2 * step
