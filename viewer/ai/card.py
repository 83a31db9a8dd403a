"""What is known of a model before it is let in: its card, and the files it vouches for.

A model folder holds `model.json` and the files whose SHA-256 the card states; docs/models.md
tells the format. Weights are safetensors or ONNX: plain numbers, which cannot run code.
A card is checked strictly: what it does not know is refused, so that a misspelt limit is
never a limit that does not hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated, ClassVar, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from safetensors import SafetensorError
from safetensors.numpy import load

from viewer.ai.networks.shape import NetworkShape
from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.errors import Unreadable

CARD = "model.json"
WEIGHTS = "weights.safetensors"
ONNX = "weights.onnx"
TORCHSCRIPT = "weights.ts"
TEST_VECTOR = "test_vector.safetensors"
LARGEST_BYTES = 500_000_000
LARGEST_CARD_BYTES = 1_000_000
STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

Word: TypeAlias = Annotated[str, Field(min_length=1, max_length=200)]
Text: TypeAlias = Annotated[str, Field(max_length=4000)]
Limit: TypeAlias = Annotated[float, Field(ge=0, le=10_000)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]


def _only_code(value: object) -> object:
    if isinstance(value, dict) and set(value) - {"value", "scheme", "meaning"}:
        raise ValueError("a code has a value, a scheme and a meaning, and nothing else")
    return value


def _hashes(value: object) -> object:
    """Take the list of objects that a file holds as pairs of name and hash."""
    if not isinstance(value, list):
        return value
    for part in value:
        if not isinstance(part, dict) or set(part) != {"file", "hash"}:
            raise ValueError("each entry has a file and a hash, and nothing else")
    return tuple((part["file"], part["hash"]) for part in value)


Term: TypeAlias = Annotated[Code, BeforeValidator(_only_code)]
FileName: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}$")]
Sha256: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Terms: TypeAlias = Annotated[tuple[Term, ...], Field(max_length=1000)]


@dataclass(frozen=True, slots=True)
class Accepts:
    """Which images a model was made for; empty or 0 where it does not matter."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    modalities: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...], Field(min_length=1, max_length=20)
    ]
    """DICOM's words: CT, MR, PT."""
    unit: Literal["", "HU", "SUVbw"] = ""
    regions: Terms = ()
    """Parts of the body that must be in the image."""
    dimensions: Literal[2, 3] = 3
    orientation: Literal["any", "axial", "sagittal", "coronal"] = "any"
    """How the stored slices must lie, oblique within 30 degrees."""
    thickest_mm: Limit = 0.0
    """Greatest distance of two slices, along the patient."""
    coarsest_mm: Limit = 0.0
    """Greatest length of a pixel in the slices."""
    finest_mm: Limit = 0.0
    """Least length of a voxel in any direction."""
    fewest_slices: Annotated[int, Field(ge=0, le=100_000)] = 0
    shortest_mm: Limit = 0.0
    """Least stretch that the slices cover."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One image that goes into a network, and how its values are spread."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    modality: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    low: float = 0.0
    high: float = 1.0
    """Spread linearly over 0 to 1, clipped outside."""
    standardised: bool = False
    """Mean 0 and deviation 1 over what is no background, in place of a range."""
    optional: bool = False
    """Whether it may be missing; then it is 0 everywhere."""
    unit: Literal["", "HU", "SUVbw"] = ""
    """Of its values. Empty: HU for CT, SUVbw for PET with a range, else as the file has them."""
    over: Literal["bright", "all", "nonzero"] = "bright"
    """Which voxels a standardised image has its mean and deviation from; bright: no background."""

    def __post_init__(self) -> None:
        if not self.standardised and self.low >= self.high:
            raise ValueError("a range runs from low to high")


@dataclass(frozen=True, slots=True)
class Preparation:
    """How a picture becomes the input of the network, as data."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    patch_voxels: Annotated[int, Field(ge=0, le=4096)]
    steps_mm: Annotated[tuple[Limit, ...], Field(max_length=16)]
    """One cube per step, each of `patch_voxels`^3, stacked as channels."""
    low_hu: float
    high_hu: float
    """Spread linearly over 0 to 1, clipped outside."""
    orientation: Literal["stored", "patient"] = "patient"
    """Axes as stored, or turned to the patient's: to the head, to the back, to the left."""
    spacing_mm: Annotated[tuple[Limit, ...], Field(max_length=3)] = ()
    """Slice, row, column; resampled to this. Empty: as it is."""
    standardised: bool = False
    """Whether mean 0 and deviation 1 are made of each image, instead of a range."""
    tile_voxels: Annotated[
        tuple[Annotated[int, Field(ge=1, le=4096)], ...], Field(max_length=3)
    ] = ()
    overlap: Share = 0.0
    """Share of a tile that the next one covers too."""
    channels: Annotated[tuple[Channel, ...], Field(max_length=64)] = ()
    """The images that go in, in this order; empty for models that take one as it is."""


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What to expect at a threshold: sensitivity, and false marks per scan."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    threshold: float
    sensitivity: Share
    false_positives_per_scan: Annotated[float, Field(ge=0)]


@dataclass(frozen=True, slots=True)
class Metric:
    """One number that was measured, with its 95 % interval where there is one."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    name: Word
    value: float
    low: float | None = None
    high: float | None = None
    interval_over: Literal["", "patients", "lesions", "scans"] = ""
    """What was drawn anew for the interval; lesions of one patient resemble each other."""
    unit: Annotated[str, Field(max_length=20)] = ""

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            raise ValueError("an interval has two ends")
        if self.low is not None and self.high is not None and not self._inside():
            raise ValueError("the value lies outside its interval")

    def _inside(self) -> bool:
        low, high = self.low or 0.0, self.high or 0.0
        return low <= self.value <= high

    @property
    def in_words(self) -> str:
        """The number as a person says it."""
        unit = f" {self.unit}" if self.unit else ""
        if self.low is None or self.high is None:
            return f"{self.name} {self.value:.3g}{unit}"
        return f"{self.name} {self.value:.3g}{unit} ({self.low:.3g} to {self.high:.3g})"


@dataclass(frozen=True, slots=True)
class Performance:
    """Measured figures: on what, how many, what came out, and the command that repeats it."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    data: Text
    n: Annotated[int, Field(ge=0, le=100_000_000)]
    """Patients, or scans where nobody knows whose they are."""
    result: Text
    command: Text
    lesions: Annotated[int, Field(ge=0, le=100_000_000)] = 0
    metrics: Annotated[tuple[Metric, ...], Field(max_length=100)] = ()


Architecture: TypeAlias = Literal[
    "nodule_ranking", "outline_forest", "shape_regression", "unlike_patches", "network", "onnx",
    "torchscript",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """A model in words and numbers."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    version: Annotated[str, Field(min_length=1, max_length=40)]
    title: Word
    architecture: Architecture
    """What computes with the weights: a network or forest of this program, or ONNX."""
    intended_use: Annotated[str, Field(min_length=1, max_length=4000)]
    not_for: Annotated[str, Field(min_length=1, max_length=4000)]
    accepts: Accepts
    licence: Annotated[str, Field(min_length=1, max_length=1000)]
    non_commercial: bool
    """Whether the licence, or that of the data learned from, forbids commercial use."""
    experimental: bool
    """Whether it has not been shown to beat what it would replace on patients it never saw."""
    trained_on: Text
    preparation: Preparation
    features: Annotated[tuple[Word, ...], Field(max_length=10_000)]
    labels: Terms
    operating_on: Text
    """The data behind the operating table."""
    operating: Annotated[tuple[OperatingPoint, ...], Field(max_length=1000)]
    default_threshold: float
    performance: Annotated[tuple[Performance, ...], Field(max_length=200)]
    tolerance: Annotated[float, Field(gt=0, le=1)]
    """How far outputs may be from those of the test vector, absolutely."""
    sha256: Annotated[
        tuple[tuple[FileName, Sha256], ...], BeforeValidator(_hashes), Field(max_length=64)
    ]
    format: Literal[1] = 1
    network: NetworkShape | None = None
    """What the network looks like, for the architecture "network"."""
    answers: Literal["log_odds", "probabilities"] = "log_odds"
    """What the outputs of the network are."""
    lesions: bool = False
    """Whether each connected part of what it outlines is a finding of its own."""

    @property
    def modality(self) -> str:
        """The modalities as a text."""
        return ", ".join(self.accepts.modalities)

    @property
    def weights_file(self) -> str:
        """The name of the file with the weights."""
        return {"onnx": ONNX, "torchscript": TORCHSCRIPT}.get(self.architecture, WEIGHTS)

    @property
    def weights_sha256(self) -> str:
        """The hash that tells these weights from all others."""
        return dict(self.sha256).get(self.weights_file, "")

    @property
    def proven(self) -> bool:
        """Whether there is at least one figure with its interval, and nobody calls it a trial."""
        figures = [metric for part in self.performance for metric in part.metrics]
        return not self.experimental and any(metric.low is not None for metric in figures)

    def author(self, parameters: tuple[tuple[str, str], ...] = ()) -> Author:
        """Return who signs what this model says."""
        return Author(self.title, True, self.version, self.weights_sha256, parameters)


@dataclass(frozen=True, slots=True, eq=False)
class ModelFolder:
    """A model whose files are what its card says."""

    card: Card
    weights: Mapping[str, NDArray[np.float32]] = field(repr=False)
    test_vector: Mapping[str, NDArray[np.float32]] = field(repr=False)


def read_card(folder: Path) -> Card:
    """Read what a model says of itself, without its weights.

    Raises:
        Unreadable: if there is no card, or it lacks something or says what nobody knows.
    """
    path = folder / CARD
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST_CARD_BYTES + 1)
    except OSError as problem:
        raise Unreadable(
            f"{folder.name}: no model card can be read there", code="no_model"
        ) from problem
    if len(text) > LARGEST_CARD_BYTES:
        raise Unreadable(f"{folder.name}/{CARD}: longer than any card", code="bad_card")
    return parse_card(text, f"{folder.name}/{CARD}")


def parse_card(text: bytes, where: str) -> Card:
    """Return the card of a JSON text.

    Raises:
        Unreadable: naming the first field that is not what it should be.
    """
    try:
        return _schema().validate_json(text)
    except ValidationError as problem:
        raise Unreadable(f"{where}: {_first(problem)}", code="bad_card") from problem


@lru_cache(maxsize=1)
def _schema() -> TypeAdapter[Card]:
    return TypeAdapter(Card)


def _first(problem: ValidationError) -> str:
    error = problem.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in error["loc"][:6])[:200]
    if error["type"] == "missing":
        return f"the model card says nothing of {place!r}"
    if error["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"the model card says {place!r}, which this program does not know"
    if not place:
        return "the model card is damaged"
    return f"{place!r} is not what it should be ({error['msg'][:200]})"


def load_folder(folder: Path) -> ModelFolder:
    """Read a model with safetensors weights and check every file against its card.

    Raises:
        Unreadable: if a file is missing, damaged or another one than the card names.
    """
    card = read_card(folder)
    return ModelFolder(card, tensors(folder, WEIGHTS, card), tensors(folder, TEST_VECTOR, card))


def vouched(folder: Path, name: str, card: Card) -> bytes:
    """Return a file of a model, if it is the one that its card names.

    Raises:
        Unreadable: if it is missing, too large, a link, or another one.
    """
    path = folder / name
    where = f"{folder.name}/{name}"
    try:
        if path.is_symlink() or path.stat().st_size > LARGEST_BYTES:
            raise Unreadable(f"{where}: a link, or larger than any model", code="damaged_model")
        content = path.read_bytes()
    except OSError as problem:
        raise Unreadable(f"{where}: cannot be read", code="no_model") from problem
    if hashlib.sha256(content).hexdigest() != dict(card.sha256).get(name):
        raise Unreadable(
            f"{where}: not the file its card vouches for; install the model again",
            code="hash_mismatch",
        )
    return content


def tensors(folder: Path, name: str, card: Card) -> Mapping[str, NDArray[np.float32]]:
    """Return the arrays of a safetensors file that the card vouches for.

    Raises:
        Unreadable: if it is missing, damaged or another one than the card names.
    """
    content = vouched(folder, name, card)
    try:
        return load(content)
    except (SafetensorError, ValueError, KeyError, OverflowError) as problem:
        raise Unreadable(
            f"{folder.name}/{name}: damaged; install the model again", code="damaged_model"
        ) from problem
