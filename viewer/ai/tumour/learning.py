"""The network learns: one set of weights from some patients, kept on disk as it goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from torch import Tensor

from viewer.ai.networks.shape import NetworkShape
from viewer.ai.networks.torch_net import Net
from viewer.ai.networks.training import Answers, Course, Say, dice_and_entropy, trained
from viewer.ai.tumour.lessons import Lessons, copies_of
from viewer.ai.tumour.patients import Patient
from viewer.ai.tumour.preparation import CHANNELS

SHAPE = NetworkShape(dimensions=3, inputs=len(CHANNELS), widths=(16, 32, 64), outputs=1)
SEED = 20
STEPS = 900


def taught(
    patients: Sequence[Patient], name: str, work: Path, *, steps: int, short: bool, say: Say = print
) -> Net:
    """Teach a network with these patients; a run that was broken off goes on."""
    copies = [copies_of(one, SEED + number) for number, one in enumerate(patients)]
    names = " ".join(one.name for one in patients)
    course = Course(SEED, steps, short=short, name=f"{name}: {names}")

    def brief(words: str) -> None:
        say(words.replace(f": {names}", ""))

    return trained(SHAPE, Lessons(copies), _loss, course, work, brief)


def _loss(answers: Answers, batch: dict[str, Tensor]) -> Tensor:
    each, _ = answers
    if each is None:
        raise ValueError("the network answers voxel by voxel")
    return dice_and_entropy(each, batch["truth"])
