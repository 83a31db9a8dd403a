"""The judge of one-click outlines, from its model folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from viewer.ai.card import Card, load_folder
from viewer.core.author import Author
from viewer.core.errors import Unreadable
from viewer.core.resources import resource_folder
from viewer.imaging.click.features import NAMES
from viewer.imaging.click.trees import Forest

MODEL = "one_click"


@dataclass(frozen=True, slots=True, eq=False)
class ClickModel:
    """A judge and its card."""

    card: Card
    forest: Forest = field(repr=False)

    def author(self) -> Author:
        """Return who signs outlines that no person has looked at."""
        return self.card.author()


def load_click_model(folder: Path) -> ClickModel:
    """Read the judge of a folder.

    Raises:
        Unreadable: if a file is missing, damaged, or made for other features.
    """
    found = load_folder(folder)
    if found.card.features != NAMES:
        raise Unreadable(
            f"{found.card.id}: made for another version of the features.", code="other_features"
        )
    forest = Forest.of(found.weights, len(NAMES))
    vector = found.test_vector
    if "features" not in vector or "fits" not in vector or vector["features"].ndim != 2:
        raise Unreadable(f"{found.card.id}: its test vector is damaged.", code="damaged_model")
    if not np.allclose(forest(vector["features"]), vector["fits"], atol=1e-3):
        raise Unreadable(
            f"{found.card.id}: gives other numbers here than its test vector.", code="wrong_numbers"
        )
    return ClickModel(found.card, forest)


@lru_cache(maxsize=1)
def click_model() -> ClickModel:
    """Return the judge that comes with the program, read once."""
    return load_click_model(resource_folder() / "models" / MODEL)
