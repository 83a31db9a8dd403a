"""The ways of learning that are compared: with labels alone, and with pictures without any.

Networks and classical ones; each gets the same task and gives scores of other pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self, TypeAlias

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.semi_supervised import LabelSpreading, SelfTrainingClassifier
from torch import Tensor

from viewer.ai.networks.shape import NetworkShape
from viewer.ai.networks.torch_net import Net
from viewer.ai.networks.training import Answers, Batch, Course, Draw, Loss, trained
from viewer.ai.semi.learning import Pictures, consistent, guessed, pseudo_labelled

SHAPE = NetworkShape(dimensions=2, inputs=1, widths=(8, 16, 32, 32), wholes=1)
BATCH = 16
COMPONENTS = 20
SIMILAR = 7
"""Neighbours through which label spreading goes."""
UNLABELLED = -1
CLASSICAL = "regression, labels alone"

Scores = NDArray[np.float64]
Score: TypeAlias = Callable[["Task", Pictures], Scores]


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """Pictures with labels, pictures whose labels are withheld, and how to go about it."""

    known: Pictures = field(repr=False)
    ill: NDArray[np.bool_] = field(repr=False)
    unknown: Pictures = field(repr=False)
    seed: int
    steps: int
    folder: Path
    hidden: NDArray[np.bool_] = field(repr=False)
    """The withheld labels: for the way that shows what all labels would give, and no other."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of learning, and the one with labels alone that it is held against."""

    score: Score
    base: str

    @property
    def classical(self) -> bool:
        """Whether there is no network in it."""
        return self.base == CLASSICAL

    def __call__(self, task: Task, asked: Pictures) -> Scores:
        """Learn the task and score other pictures."""
        return self.score(task, asked)


# -- networks -----------------------------------------------------------------------------------


def network(task: Task, asked: Pictures) -> Scores:
    """Learn from the labelled pictures alone."""
    return _odds(_first(task), asked)


def all_labels(task: Task, asked: Pictures) -> Scores:
    """Learn from all, with the labels that the others do not get."""
    pictures = np.concatenate([task.known, task.unknown])
    ill = np.concatenate([task.ill, task.hidden])
    return _odds(_taught(task, "all", _labelled(pictures, ill), _entropy), asked)


def pseudo_labels(task: Task, asked: Pictures) -> Scores:
    """Learn once more, with what the first network was sure of."""
    guesses = guessed(_first(task), task.unknown)
    draw = pseudo_labelled(_labelled(task.known, task.ill), guesses, weakly)
    return _odds(_taught(task, "pseudo", draw, _entropy), asked)


def consistency(task: Task, asked: Pictures) -> Scores:
    """Learn the labels, and to answer two views of one picture alike."""

    def views(chance: np.random.Generator) -> tuple[Pictures, Pictures]:
        chosen = task.unknown[chance.integers(len(task.unknown), size=BATCH)]
        return weakly(chosen, chance), strongly(chosen, chance)

    draw, loss = consistent(_labelled(task.known, task.ill), views, _entropy, sure=0.9)
    return _odds(_taught(task, "consistent", draw, loss), asked)


def _first(task: Task) -> Net:
    return _taught(task, "labels alone", _labelled(task.known, task.ill), _entropy)


def _taught(task: Task, name: str, draw: Draw, loss: Loss) -> Net:
    course = Course(task.seed, task.steps, fastest=3e-3, decay=0.05, short=True, name=name)
    return trained(SHAPE, draw, loss, course, task.folder, lambda _: None)


def _labelled(pictures: Pictures, ill: NDArray[np.bool_]) -> Draw:
    """Return what draws as many ill as healthy."""
    sick, well = np.flatnonzero(ill), np.flatnonzero(~ill)

    def draw(chance: np.random.Generator) -> Batch:
        half = BATCH // 2
        rows = np.concatenate([chance.choice(sick, half), chance.choice(well, half)])
        truth = ill[rows, np.newaxis].astype(np.float32)
        return {"input": weakly(pictures[rows], chance), "truth": truth}

    return draw


def _entropy(answers: Answers, batch: dict[str, Tensor]) -> Tensor:
    if answers[1] is None:
        raise ValueError("a network that answers for the whole picture")
    return torch.nn.functional.binary_cross_entropy_with_logits(answers[1], batch["truth"])


def _odds(net: Net, asked: Pictures) -> Scores:
    with torch.inference_mode():
        _, whole = net(torch.from_numpy(asked))
    if whole is None:
        raise ValueError("a network that answers for the whole picture")
    return np.asarray(whole[:, 0].double().numpy())


def weakly(pictures: Pictures, chance: np.random.Generator) -> Pictures:
    """Turn, shift and zoom pictures a little (n, 1, rows, columns)."""
    return np.stack([_moved(one, chance, 5.0, 0.04) for one in pictures])


def strongly(pictures: Pictures, chance: np.random.Generator) -> Pictures:
    """Turn and shift further, change contrast, add noise, blot out a piece.

    Pictures have mean 0 and deviation 1.
    """
    moved = np.stack([_moved(one, chance, 15.0, 0.1) for one in pictures])
    count, _, rows, columns = moved.shape
    slope = chance.uniform(0.7, 1.3, (count, 1, 1, 1))
    shift = chance.uniform(-0.3, 0.3, (count, 1, 1, 1))
    noisy = moved * slope + shift + chance.normal(0, 0.15, moved.shape)
    for one in noisy:
        row, column = chance.integers(rows), chance.integers(columns)
        one[:, row : row + rows // 3, column : column + columns // 3] = 0.0
    return noisy.astype(np.float32)


def _moved(one: Pictures, chance: np.random.Generator, angle: float, share: float) -> Pictures:
    rows, columns = one.shape[1:]
    turn = cv2.getRotationMatrix2D(
        ((columns - 1) / 2, (rows - 1) / 2),
        chance.uniform(-angle, angle),
        chance.uniform(1 - share, 1 + share),
    )
    turn[:, 2] += chance.uniform(-share, share, 2) * np.array([columns, rows])
    return cv2.warpAffine(one[0], turn, (columns, rows), borderMode=cv2.BORDER_REPLICATE).astype(
        np.float32
    )[np.newaxis]


# -- classical ----------------------------------------------------------------------------------


class Classical(Protocol):
    """What scikit-learn's models have in common; the library says nothing of types."""

    def fit(self, rows: Scores, labels: NDArray[np.generic]) -> Self:
        """Learn from rows (n, features)."""

    def predict_proba(self, rows: Scores) -> Scores:
        """Return the probabilities (n, 2)."""


class Components(Protocol):
    """Main components."""

    def fit(self, rows: Pictures) -> Self:
        """Find them in rows (n, numbers)."""

    def transform(self, rows: Pictures) -> Pictures:
        """Return how much of each there is in rows."""


_chain: Callable[..., Classical] = make_pipeline
_scaler: Callable[..., object] = StandardScaler
_line: Callable[..., object] = LogisticRegression
_self_training: Callable[..., Classical] = SelfTrainingClassifier
_spreading: Callable[..., Classical] = LabelSpreading
_main: Callable[..., Components] = PCA


def regression(task: Task, asked: Pictures) -> Scores:
    """Learn a logistic regression on main components from the labelled alone."""
    known, _, ask = _components(task, asked)
    model = _regression().fit(known, task.ill)
    return np.asarray(model.predict_proba(ask)[:, 1])


def self_training(task: Task, asked: Pictures) -> Scores:
    """Let the regression label what it is sure of, and learn again until nothing is new."""
    known, unknown, ask = _components(task, asked)
    model = _self_training(_regression(), threshold=0.95)
    model.fit(np.concatenate([known, unknown]), _partly(task))
    return np.asarray(model.predict_proba(ask)[:, 1])


def spreading(task: Task, asked: Pictures) -> Scores:
    """Let labels spread from neighbour to neighbour."""
    known, unknown, ask = _components(task, asked)
    model = _spreading(kernel="knn", n_neighbors=SIMILAR, alpha=0.2, max_iter=200)
    model.fit(np.concatenate([known, unknown]), _partly(task))
    return np.asarray(np.nan_to_num(model.predict_proba(ask)[:, 1], nan=0.5))


def _regression() -> Classical:
    return _chain(_scaler(), _line(C=0.1, max_iter=2000))


def _partly(task: Task) -> NDArray[np.int64]:
    return np.concatenate([task.ill.astype(np.int64), np.full(len(task.unknown), UNLABELLED)])


def _components(task: Task, asked: Pictures) -> tuple[Scores, Scores, Scores]:
    """Return main components of all three; found without labels, and without what is asked."""
    rows = [one.reshape(len(one), -1) for one in (task.known, task.unknown, asked)]
    model = _main(COMPONENTS, svd_solver="randomized", random_state=0).fit(np.concatenate(rows[:2]))
    known, unknown, ask = (model.transform(one).astype(np.float64) for one in rows)
    return known, unknown, ask


WAYS: Mapping[str, Way] = {
    "network, labels alone": Way(network, "network, labels alone"),
    "network, pseudo-labels": Way(pseudo_labels, "network, labels alone"),
    "network, consistency": Way(consistency, "network, labels alone"),
    "network, all labels (what is possible)": Way(all_labels, "network, labels alone"),
    CLASSICAL: Way(regression, CLASSICAL),
    "regression, self-training": Way(self_training, CLASSICAL),
    "label spreading": Way(spreading, CLASSICAL),
}
