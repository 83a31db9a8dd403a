"""Make the weights of a model again: `python -m viewer.ai.train NAME [OPTIONS]`.

Each model has a module of its own that knows how; `NAME --help` tells its options. Seeds are
fixed, patients are never on both sides, and a run that was broken off goes on.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

TRAINERS: Mapping[str, str] = {
    "chest_pneumonia": "viewer.ai.chest_xray.training",
    "head_haemorrhage": "viewer.ai.haemorrhage.training",
    "lung_nodules": "viewer.ai.nodule_training",
    "ms_change": "viewer.ai.ms.training",
    "one_click": "viewer.ai.click_training",
    "tumour_petctmr": "viewer.ai.tumour.training",
    "semi_study": "viewer.ai.semi.study",
    "unlike_head_ct": "viewer.ai.unlike.training",
}
"""Names of models, and the modules whose `main(arguments)` trains them."""


def main(arguments: Sequence[str]) -> int:
    """Train the model that the first word names; return the exit code."""
    if not arguments or arguments[0] not in TRAINERS:
        names = ", ".join(sorted(TRAINERS))
        print(f"Usage: python -m viewer.ai.train NAME [OPTIONS]. Names: {names}.", file=sys.stderr)
        return 2
    import_module(TRAINERS[arguments[0]]).main(arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
