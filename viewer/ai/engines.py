"""What computes an ONNX model here: OpenVINO or ONNX Runtime, whichever is installed.

Both get the bytes of the model, never its path, so that neither looks beside it.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
import os
import sys
from collections.abc import Callable, Mapping
from importlib import metadata
from types import ModuleType
from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined, Unreadable

Arrays: TypeAlias = Mapping[str, NDArray[np.generic]]
Compiled: TypeAlias = Callable[[Arrays], Arrays]
_MOST_THREADS = 8
MOST_VALUES = 200_000_000


def installed() -> tuple[str, ...]:
    """Return the engines of this computer."""
    return tuple(name for name in _MAKERS if importlib.util.find_spec(name) is not None)


def version(name: str) -> str:
    """Return the version of an engine; empty if it is not known."""
    try:
        return metadata.version(name.partition("_")[0])
    except metadata.PackageNotFoundError:
        return ""


def threads() -> int:
    """Return how many threads compute: as many as this process may use cores, within reason."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else ()
    return max(1, min(_MOST_THREADS, len(allowed) or os.cpu_count() or 1))


def compiled(engine: str, content: bytes) -> Compiled:
    """Make a model ready to be asked.

    Raises:
        Unreadable: if the engine cannot make anything of it.
        Declined: if the engine is not known.
    """
    if engine not in _MAKERS:
        raise Declined(f"There is no engine {engine!r}.", code="no_engine")
    try:
        return _MAKERS[engine](content)
    except (RuntimeError, ValueError, TypeError, NotImplementedError) as why:
        raise Unreadable(
            f"{engine} cannot read the model: {_short(why)}", code="damaged_model"
        ) from why


def ask(engine: str, model: Compiled, inputs: Arrays) -> Arrays:
    """Return what a model answers.

    Raises:
        Unreadable: if it cannot be computed for these inputs.
    """
    try:
        found = model(inputs)
    except (RuntimeError, ValueError, TypeError, KeyError) as why:
        raise Unreadable(
            f"{engine} cannot compute the model: {_short(why)}", code="wrong_inputs"
        ) from why
    if sum(math.prod(array.shape) for array in found.values()) > MOST_VALUES:
        raise Unreadable("the model answers with more than fits", code="too_large")
    return found


def _short(why: Exception) -> str:
    lines = [line.strip() for line in str(why).splitlines() if line.strip()]
    return (lines[-1] if lines else type(why).__name__)[:200]


def _openvino(content: bytes) -> Compiled:
    # OpenVINO reports its use to its makers unless this module is missing; nothing leaves here
    sys.modules["openvino_telemetry"] = cast("ModuleType", None)
    openvino = importlib.import_module("openvino")
    core = openvino.Core()
    core.set_property(
        "CPU", {"INFERENCE_NUM_THREADS": threads(), "INFERENCE_PRECISION_HINT": "f32"}
    )
    model = core.compile_model(core.read_model(model=content), "CPU")

    def answer(inputs: Arrays) -> Arrays:
        found = model(dict(inputs))
        return {output.any_name: np.asarray(found[output]) for output in model.outputs}

    return answer


def _onnxruntime(content: bytes) -> Compiled:
    onnxruntime = importlib.import_module("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads()
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as why:
        raise RuntimeError(str(why)) from why
    names = [output.name for output in session.get_outputs()]

    def answer(inputs: Arrays) -> Arrays:
        try:
            found = session.run(names, dict(inputs))
        except Exception as why:
            raise RuntimeError(str(why)) from why
        return dict(zip(names, (np.asarray(one) for one in found), strict=True))

    return answer


_MAKERS: Mapping[str, Callable[[bytes], Compiled]] = {
    "openvino": _openvino,
    "onnxruntime": _onnxruntime,
}
