"""deepbet beside the brain found by rules: `python -m viewer.ai.brain.comparing [--data FOLDER]`.

On the MR heads at hand nobody marked the brain by hand, so that this tells how far both agree
and how long they take, and not which one is right.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so

from viewer.ai.brain.extraction import agreement, extracted
from viewer.ai.ms.pair import head_of
from viewer.ai.ms.training import volume_of
from viewer.core.progress import Silent
from viewer.core.volume import Volume


def heads(folder: Path) -> Iterator[tuple[str, Volume]]:
    """Return the MR heads of the data folder."""
    for patient in ("01", "12"):
        for date in (1, 2):
            for kind in ("T1W", "FLAIR"):
                name = f"patient{patient}/study{date}_{kind}.nii.gz"
                path = folder / "mr_ms_longitudinal" / name
                if path.exists():
                    yield name, volume_of(sitk.ReadImage(str(path), sitk.sitkFloat32), name)


def main() -> None:
    """Print a line for each head."""
    parser = argparse.ArgumentParser(prog="python -m viewer.ai.brain.comparing")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("SKIAGRAM_DATA", "data")))
    parser.add_argument(
        "--models", type=Path, help="deepbet's folder data/models, if not installed"
    )
    asked = parser.parse_args()
    for name, volume in heads(asked.data):
        start = time.process_time()
        ours = head_of(volume, Silent())
        middle = time.process_time()
        theirs = extracted(volume, Silent(), asked.models)
        end = time.process_time()
        inside = np.asarray(ours.turn.stored(ours.brain))
        size = float(np.count_nonzero(inside)) * volume.geometry.voxel_volume_mm3 / 1000
        print(
            f"{name}: Dice of both {agreement(inside, theirs.inside):.3f}; rules {size:.0f} ml in "
            f"{middle - start:.1f} s, deepbet {theirs.volume_ml:.0f} ml in {end - middle:.1f} s "
            "(processor time)",
            flush=True,
        )


if __name__ == "__main__":
    main()
