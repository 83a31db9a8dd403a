"""Writing the model folder: the calibrated network, its test vector, and the card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import Card, Metric, OperatingPoint, Performance, Preparation
from viewer.ai.chest_xray.cases import Case
from viewer.ai.chest_xray.comparing import Judged, Platt
from viewer.ai.chest_xray.figures import Estimate, Truth, metrics
from viewer.ai.chest_xray.network import SHAPE, log_odds
from viewer.ai.chest_xray.picture import SIDE
from viewer.ai.chest_xray.words import ACCEPTS, MODEL, PNEUMONIA, TITLE
from viewer.ai.networks.torch_net import Net, network_of, weights_of
from viewer.ai.writing import write_folder
from viewer.imaging.evaluation.classification import best_threshold, confusion

VERSION = "1"
COMMAND = "python -m viewer.ai.train chest_pneumonia"
TOLERANCE = 2e-3
_LADDER = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """All that was measured, and the line that calibrates the network learned from everybody."""

    cases: tuple[Case, ...] = field(repr=False)
    truth: Truth
    judged: Mapping[str, Judged] = field(repr=False)
    network: Judged
    shortcuts: Mapping[str, Estimate]
    line: Platt
    folds: int

    @property
    def scores(self) -> NDArray[np.float64]:
        """Out-of-fold scores, calibrated by the line that ships."""
        return self.line.scores(self.network.odds)


def write_model(out: Path, net: Net, found: Found) -> Card:
    """Write the network, its last layer calibrated, so that its log odds are those of a score."""
    weights = weights_of(net)
    weights["whole.weight"] = weights["whole.weight"] * np.float32(found.line.slope)
    weights["whole.bias"] = np.float32(
        weights["whole.bias"] * found.line.slope + found.line.offset
    ) * np.ones(1, np.float32)
    # patients' pictures stay where they are: the vector is their mean, turned and shaded
    vector = _phantoms(np.stack([case.input for case in found.cases]).mean(axis=0))
    whole = log_odds(network_of(SHAPE, weights), vector[:, 0]).astype(np.float32)
    return write_folder(out, _card(found), weights, {"input": vector, "whole": whole[:, None]})


def _phantoms(
    mean: NDArray[np.float32],
) -> NDArray[np.float32]:
    shade = np.linspace(-1, 1, SIDE, dtype=np.float32)
    shaded = [mean, mean * 0.6, mean + shade, mean + shade[:, None], -mean, mean[:, ::-1]]
    return np.ascontiguousarray(np.stack(shaded)[:, None], dtype=np.float32)


def _card(found: Found) -> Card:
    labels, scores = found.truth.labels, found.scores
    return Card(
        id=MODEL,
        version=VERSION,
        title=TITLE,
        architecture="network",
        intended_use=(
            "Frontal chest radiographs of children: how alike one is to those with pneumonia"
            " of one hospital. A second look after one's own, never instead of it."
        ),
        not_for=(
            "Adults; lateral views; ruling pneumonia out; any other disease; portable pictures"
            " with tubes. Not for deciding on treatment."
        ),
        accepts=ACCEPTS,
        licence=(
            "Weights CC BY 4.0, learned from Kermany et al. 2018 (CC BY 4.0): Identifying"
            " Medical Diagnoses and Treatable Diseases by Image-Based Deep Learning, Cell 172."
        ),
        non_commercial=False,
        experimental=True,
        trained_on=_trained_on(found),
        preparation=Preparation(
            SIDE, (), 0.0, 1.0, orientation="stored", standardised=True, tile_voxels=(SIDE, SIDE)
        ),
        features=(),
        labels=(PNEUMONIA,),
        operating_on=(
            f"{_data(found)}. False positives per scan are the share of the healthy pictures that"
            " are called ill at the threshold."
        ),
        operating=tuple(_point(threshold, labels, scores) for threshold in _LADDER),
        default_threshold=round(best_threshold(labels, scores), 4),
        performance=_performance(found),
        tolerance=TOLERANCE,
        sha256=(),
        network=SHAPE,
    )


def _data(found: Found) -> str:
    patients = len(set(found.truth.patients.tolist()))
    ill = int(found.truth.labels.sum())
    return (
        f"{len(found.cases)} radiographs of {patients} children of one hospital, {ill} with"
        f" pneumonia; {found.folds} folds by patient"
    )


def _trained_on(found: Found) -> str:
    return (
        f"{_data(found)} for the figures; the weights that ship were then learned from all of"
        " them, and calibrated on what the folds said. Guangzhou, ages one to five; labels"
        " by two physicians, checked by a third. The two classes differ in how files came"
        " about: see the figures of shortcuts. Every picture is cropped to the chest, passed"
        " through one low-pass and ranked, so that resolution, borders and exposure are equal."
    )


def _point(
    threshold: float,
    labels: NDArray[np.bool_],
    scores: NDArray[np.float64],
) -> OperatingPoint:
    counted = confusion(labels, scores, threshold)
    return OperatingPoint(threshold, round(counted.recall, 3), round(1 - counted.specificity, 3))


def _performance(found: Found) -> tuple[Performance, ...]:
    n = len(set(found.truth.patients.tolist()))
    own = Performance(
        _data(found),
        n,
        "Calibration and threshold from inner folds of the learning patients.",
        COMMAND,
        int(found.truth.labels.sum()),
        metrics(found.network, found.truth),
    )
    rivals = tuple(
        found.truth.area(one.scores).metric(f"AUC, {name}")
        for name, one in found.judged.items()
        if one is not found.network
    )
    tests: tuple[Metric, ...] = tuple(
        one.metric(f"AUC, {name}") for name, one in found.shortcuts.items()
    )
    return (
        own,
        Performance(_data(found), n, "Other models in the same folds.", COMMAND, metrics=rivals),
        Performance(
            _data(found),
            n,
            "The shortcut test: learned from one way of showing the pictures, judged on another.",
            COMMAND,
            metrics=tests,
        ),
    )
