"""What a model makes of one image: all of it proposed, none of it judged."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.ai.card import Card
from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.crop import Crop
from viewer.core.finding import Finding
from viewer.core.score_map import ScoreMap
from viewer.core.segmentation import Segmentation
from viewer.core.study import Notice


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Segmentations, findings (best first), statements, maps, and how they came about.

    `findings` holds every candidate above a low floor; those of at least
    `threshold` are meant to be shown unless the reader moves the threshold.
    `timings_s` names each stage and its seconds. `used` are the keys of the series that it was
    made of, where the model chose among those it was given; empty for all of these.
    """

    segmentations: tuple[Segmentation, ...]
    findings: tuple[Finding, ...]
    threshold: float
    models: tuple[Card, ...]
    author: Author
    timings_s: tuple[tuple[str, float], ...]
    notices: tuple[Notice, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    maps: tuple[ScoreMap, ...] = ()
    used: tuple[str, ...] = ()
    engine: str = ""
    """What computed the network, where an author does not say it; empty for plain rules."""
    crops: tuple[Crop, ...] = ()
    """What the network saw round each finding, where it can be trained further."""

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings at or above the threshold."""
        return tuple(f for f in self.findings if (f.score or 0.0) >= self.threshold)
