"""What the report tells of a rating: a sentence of its own, never a reason of the finder."""

from __future__ import annotations

from viewer.core.author import Author
from viewer.core.code import NODULE
from viewer.core.finding import RATED, Finding, Reason
from viewer.io.report import _reasons


def test_a_rating_is_told_apart_from_why_it_was_proposed():
    lines = (
        Reason("Mean density", 40.0, "HU", 0.5),
        Reason(f"{RATED}risk", 99.7, "%"),
        Reason(f"{RATED}lower end", 76.7, "%"),
        Reason(f"{RATED}upper end", 99.9, "%"),
        Reason(f"{RATED}size", 17.8, "mm", 2.9),
    )
    finding = Finding(
        "1", NODULE, None, (0, 0, 0), (0, 0, 0), (1, 1, 1), 17.8, 900.0, "key",
        Author("Finder", True, "1.0"), 0.9, explanation=lines,
    )  # fmt: skip
    assert _reasons(finding) == (
        "Proposed by Finder 1.0: mean density 40 HU. By its shape, readers would call it"
        " suspicious with 99 % (77 to 99 %); this is an opinion, not pathology."
    )
