"""Running the test vector of a model: does it give here the numbers it came with?

Meant for a worker process: the files are a stranger's, and an engine may crash on them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.ai import engines
from viewer.ai.card import (
    ONNX,
    TEST_VECTOR,
    Card,
    ModelFolder,
    load_folder,
    read_card,
    tensors,
    vouched,
)
from viewer.ai.engine.choosing import EngineTrial, difference, tried
from viewer.ai.onnx_file import check_onnx
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress

OURS = "Skiagram"
_INPUT, _OUTPUT = "input.", "output."


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of the test vector of a model, on every engine that can compute it."""

    id: str
    version: str
    weights_sha256: str
    tolerance: float
    engines: tuple[EngineTrial, ...]

    @property
    def best(self) -> EngineTrial | None:
        """The fastest engine that gives the right numbers."""
        right = [one for one in self.engines if one.passed(self.tolerance)]
        return min(right, key=lambda one: one.seconds, default=None)

    @property
    def passed(self) -> bool:
        """Whether at least one engine gives the right numbers."""
        return self.best is not None

    @property
    def in_words(self) -> str:
        """The outcome as a sentence."""
        best = self.best
        if best is not None:
            return (
                f"{self.id} {self.version}: the test vector comes out right on {best.engine}"
                f" (off by {best.off:.2g}, {self.tolerance:.2g} allowed; {best.seconds:.2f} s)."
            )
        whys = "; ".join(
            f"{one.engine}: {one.problem or f'off by {one.off:.3g}'}" for one in self.engines
        )
        return (
            f"{self.id} {self.version}: the test vector does not come out right,"
            f" {self.tolerance:.2g} is allowed. {whys.rstrip('.')}."
        )


def try_model(folder: Path, progress: Progress) -> Trial:
    """Check all files of a model and run its test vector; trust in a program was asked before.

    Raises:
        Unreadable: if a file is missing, damaged, or not the one the card names.
        Declined: if nothing here can compute it.
    """
    card = read_card(folder)
    progress.report(0.1, card.title)
    if card.architecture == "onnx":
        found = _on_engines(folder, card)
    elif card.architecture == "torchscript":
        from viewer.ai.engine.torchscript_asking import torchscript_trial

        found = (torchscript_trial(folder, card),)
    else:
        model = load_folder(folder)
        progress.report(0.3, card.title)
        found = _networks(model) if card.architecture == "network" else (_timed(card, model),)
    progress.report(1.0, card.title)
    return Trial(card.id, card.version, card.weights_sha256, card.tolerance, found)


def asserted(trial: Trial) -> Trial:
    """Return a trial that was passed.

    Raises:
        Declined: if it was not.
    """
    if not trial.passed:
        raise Declined(trial.in_words, code="wrong_numbers")
    return trial


# -- networks and forests of this program ------------------------------------------------------


def _timed(card: Card, model: ModelFolder) -> EngineTrial:
    ask = _ARCHITECTURES[card.architecture]
    start = time.perf_counter()
    try:
        wanted, got = ask(model)
    except (KeyError, IndexError, ValueError, RuntimeError, TypeError) as why:
        raise Unreadable(
            f"{card.id}: weights and test vector do not fit the architecture {card.architecture!r}",
            code="damaged_model",
        ) from why
    return EngineTrial(OURS, time.perf_counter() - start, difference(wanted, got))


def _nodules(model: ModelFolder) -> tuple[NDArray[np.generic], NDArray[np.generic]]:
    from viewer.ai.network import asked, network_of
    from viewer.ai.ranking import NETWORK_LIMIT, NETWORK_PREFIX, combined

    vector = model.test_vector
    layers = {
        name.removeprefix(NETWORK_PREFIX): value
        for name, value in model.weights.items()
        if name.startswith(NETWORK_PREFIX)
    }
    odds = asked(network_of(layers), vector["cubes"]).clip(-NETWORK_LIMIT, NETWORK_LIMIT)
    scores = combined(model, vector["numbers"].astype(np.float64), odds).scores
    return vector["scores"], scores


def _outlines(model: ModelFolder) -> tuple[NDArray[np.generic], NDArray[np.generic]]:
    from viewer.imaging.click.trees import Forest

    forest = Forest.of(model.weights, len(model.card.features))
    return model.test_vector["fits"], forest(model.test_vector["features"])


def _shapes(model: ModelFolder) -> tuple[NDArray[np.generic], NDArray[np.generic]]:
    from viewer.ai.malignancy import model_of

    shapes = model.test_vector["shapes"].astype(np.float64)
    return model.test_vector["risks"], model_of(model).risks(shapes)


def _unlike(model: ModelFolder) -> tuple[NDArray[np.generic], NDArray[np.generic]]:
    from viewer.ai.unlike.model import tried

    return tried(model)


def _networks(model: ModelFolder) -> tuple[EngineTrial, ...]:
    """Run the test vector on every engine that can compute a network of ours."""
    from viewer.ai.engine.asking import candidates

    which = candidates(model)
    trials = (
        tried(make, engine, which.input, which.wanted)[1] for engine, make in which.makers.items()
    )
    return tuple(trials)


_ARCHITECTURES: Mapping[
    str, Callable[[ModelFolder], tuple[NDArray[np.generic], NDArray[np.generic]]]
] = {
    "nodule_ranking": _nodules,
    "outline_forest": _outlines,
    "shape_regression": _shapes,
    "unlike_patches": _unlike,
}


# -- ONNX ---------------------------------------------------------------------------------------


def _on_engines(folder: Path, card: Card) -> tuple[EngineTrial, ...]:
    content = vouched(folder, ONNX, card)
    check_onnx(content, f"{folder.name}/{ONNX}")
    vector = tensors(folder, TEST_VECTOR, card)
    inputs = _named(vector, _INPUT)
    outputs = _named(vector, _OUTPUT)
    if not inputs or not outputs:
        raise Unreadable(
            f"{card.id}: its test vector has no arrays named 'input.…' and 'output.…'",
            code="damaged_model",
        )
    here = engines.installed()
    if not here:
        raise Declined(
            "Neither OpenVINO nor ONNX Runtime is installed; ONNX models need one of them.",
            code="no_engine",
        )
    return tuple(_one_engine(engine, content, inputs, outputs) for engine in here)


def _named(
    vector: Mapping[str, NDArray[np.float32]], prefix: str
) -> dict[str, NDArray[np.generic]]:
    return {
        name.removeprefix(prefix): value
        for name, value in vector.items()
        if name.startswith(prefix)
    }


def _one_engine(
    engine: str, content: bytes, inputs: engines.Arrays, outputs: engines.Arrays
) -> EngineTrial:
    try:
        model = engines.compiled(engine, content)
        engines.ask(engine, model, inputs)  # the first time includes what is made once
        start = time.perf_counter()
        found = engines.ask(engine, model, inputs)
    except Unreadable as why:
        return EngineTrial(engine, 0.0, float("inf"), str(why))
    seconds = time.perf_counter() - start
    missing = sorted(set(outputs) - set(found))
    if missing:
        return EngineTrial(engine, seconds, float("inf"), f"no output {missing[0]!r}")
    return EngineTrial(
        engine, seconds, max(difference(outputs[name], found[name]) for name in outputs)
    )
