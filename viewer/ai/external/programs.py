"""The programs that are known here: what they are called, how they are asked, how to get them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_NOWHERE = "http://127.0.0.1:9"
"""The discard port of this computer: what goes there goes nowhere."""
_KEPT = (
    "PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT",
    "USERPROFILE", "CUDA_VISIBLE_DEVICES",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Program:
    """One program: `arguments` and `settle` are given the folder it works in."""

    id: str
    title: str
    help: str
    command: str
    modalities: tuple[str, ...]
    how_to: str
    """How to get it, where it is not installed."""
    licence: str
    not_for: str
    arguments: Callable[[Path, str], tuple[str, ...]] = field(repr=False)
    """Its arguments, by its folder and the modality of the image."""
    settle: Callable[[Path], Mapping[str, str]] = field(repr=False)
    """Put down what it needs in its folder; return the variables of its own."""
    weights: Callable[[], Path] = field(repr=False)
    """Where its weights must lie."""

    @property
    def path(self) -> Path | None:
        """Where it is installed; None if it is not."""
        found = shutil.which(self.command, path=_absolute_path())
        return None if found is None else Path(found)

    @property
    def lacking(self) -> str:
        """Return why it cannot be used, as a sentence; empty if it can."""
        if self.path is None:
            return f"{self.title} is not installed. {self.how_to}"
        try:
            there = any(self.weights().iterdir())
        except OSError:
            there = False
        return "" if there else f"{self.title} has no weights on this computer. {self.how_to}"


def environment(program: Program, folder: Path) -> dict[str, str]:
    """Return the variables that a program gets: few, and none that leads to the network."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    proxies = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")
    blocked = {one: _NOWHERE for name in proxies for one in (name, name.upper())}
    return {
        **kept,
        **blocked,
        "PATH": _absolute_path(),
        "HF_HUB_OFFLINE": "1",
        "TMPDIR": str(folder),
        **program.settle(folder),
    }


def _absolute_path() -> str:
    """Return the PATH without its relative entries, which depend on where one stands."""
    parts = os.environ.get("PATH", "").split(os.pathsep)
    return os.pathsep.join(part for part in parts if Path(part).is_absolute())


INPUT, OUTPUT = "image.nii.gz", "labels.nii.gz"


# -- TotalSegmentator -------------------------------------------------------------------------


def _totalseg_home() -> Path:
    home = os.environ.get("TOTALSEG_HOME_DIR")
    return Path(home) if home else Path.home() / ".totalsegmentator"


def _totalseg_weights() -> Path:
    named = os.environ.get("TOTALSEG_WEIGHTS_PATH")
    return Path(named) if named else _totalseg_home() / "nnunet" / "results"


def _totalseg_settled(folder: Path) -> Mapping[str, str]:
    """Give it a home of its own, whose settings say that no figures of its use are sent."""
    home = folder / "home"
    home.mkdir()
    said = {"totalseg_id": "skiagram", "send_usage_stats": False, "prediction_counter": 0}
    (home / "config.json").write_text(json.dumps(said), "utf-8")
    return {"TOTALSEG_HOME_DIR": str(home), "TOTALSEG_WEIGHTS_PATH": str(_totalseg_weights())}


def _totalseg_arguments(folder: Path, modality: str) -> tuple[str, ...]:
    task = "total_mr" if modality == "MR" else "total"
    return ("-i", str(folder / INPUT), "-o", str(folder / OUTPUT), "--ml", "--task", task)


def _totalseg_fast(folder: Path, modality: str) -> tuple[str, ...]:
    return (*_totalseg_arguments(folder, modality), "--fast")


_TOTALSEG_HOW_TO = (
    "Install it with: pip install TotalSegmentator; then get its weights once with:"
    " totalseg_download_weights -t total (total_fast, total_mr, total_fast_mr)."
)
_TOTALSEG_LICENCE = "Apache-2.0 (program, and weights of the tasks total and total_mr)"
_TOTALSEG_NOT_FOR = "Diagnosis: its makers call it no medical device. Nothing was measured here."

PROGRAMS: tuple[Program, ...] = (
    Program(
        "totalsegmentator",
        "TotalSegmentator (external)",
        "Outlines organs, bones, muscles and vessels on CT or MR; minutes, best with a GPU.",
        "TotalSegmentator",
        ("CT", "MR"),
        _TOTALSEG_HOW_TO,
        _TOTALSEG_LICENCE,
        _TOTALSEG_NOT_FOR,
        _totalseg_arguments,
        _totalseg_settled,
        _totalseg_weights,
    ),
    Program(
        "totalsegmentator_fast",
        "TotalSegmentator, 3 mm (external)",
        "Outlines organs, bones, muscles and vessels on CT or MR at 3 mm; for the processor.",
        "TotalSegmentator",
        ("CT", "MR"),
        _TOTALSEG_HOW_TO,
        _TOTALSEG_LICENCE,
        _TOTALSEG_NOT_FOR,
        _totalseg_fast,
        _totalseg_settled,
        _totalseg_weights,
    ),
)


def program_of(id_: str) -> Program | None:
    """Return a program by its id."""
    return next((one for one in PROGRAMS if one.id == id_), None)
