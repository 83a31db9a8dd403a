"""What was said about an image as a whole: such as pneumonia on a radiograph, or a bleed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.finding import Judgement, Reason, Status


@dataclass(frozen=True, slots=True)
class Assessment:
    """A statement about one image that has no place in it, judged only by people.

    `id` is a UID and the tracking UID of saved objects. `score` is 0 to 1, None for people;
    from `threshold` on it speaks for `kind`. `sentence` says it in words, with its limits.
    """

    id: str
    kind: Code
    series_key: str
    author: Author
    sentence: str
    score: float | None = None
    threshold: float = 0.5
    explanation: tuple[Reason, ...] = ()
    status: Status = Status.PROPOSED
    history: tuple[Judgement, ...] = ()
    note: str = ""
    picture: int = 0
    """Which picture of a stack it is about, from 1; 0 is all of them."""

    def __post_init__(self) -> None:
        if self.score is not None and not 0 <= self.score <= 1:
            raise ValueError("a score is between 0 and 1")

    def judged(self, status: Status, by: Author, at: str, reason: str = "") -> Assessment:
        """Return this statement with a person's verdict on it.

        Raises:
            ValueError: if a model tries to judge.
        """
        if by.is_model:
            raise ValueError("only a person may judge an assessment")
        verdict = Judgement(status, by, at, reason)
        return replace(self, status=status, history=(*self.history, verdict))

    @property
    def speaks_for(self) -> bool:
        """Tell whether it speaks for its kind: from its threshold on, and where it has no score."""
        return self.score is None or self.score >= self.threshold

    @property
    def stands(self) -> bool:
        """Tell whether a person stands behind it: accepted, or edited."""
        return self.status in (Status.ACCEPTED, Status.EDITED)
