"""Ask how readers would rate the malignancy of the chosen nodule, from its shape."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.finding import Finding, Reason
from viewer.core.progress import Progress
from viewer.core.volume import Volume

if TYPE_CHECKING:
    from viewer.ai.malignancy import Rating

Lines: TypeAlias = tuple[Reason, ...]


def rate_malignancy(desk: Desk) -> None:
    """Rate the chosen finding in the background; what is said stands in its explanation.

    Raises:
        Declined: if it has no outline, or its image is not open or not all there.
    """
    session = desk.session
    finding = session.record.value.finding(session.selected.value)
    if finding is None:
        return
    opened = session.images.value.get(finding.series_key)
    if opened is None or not isinstance(opened.image, Volume):
        raise Declined("The image of this finding is not open as a volume.", code="no_volume")
    if session.ai_hidden(finding.series_key):
        raise Declined(
            "What models say is hidden on this study until your first read is stored.",
            code="hidden",
        )
    if finding.mask is None:
        raise Declined(
            "This finding has no outline, and its shape is what is rated. "
            "Outline it by one click first.",
            code="no_outline",
        )
    if not opened.is_whole:
        raise Declined("Not all of this series is loaded.", code="loading")
    desk.runner.start(
        "Rate malignancy",
        partial(_asked, opened.image, finding),
        partial(_came, desk, finding),
        failed=partial(tell, desk),
        instead_of=f"rate {finding.id}",
        belongs_to=opened.study.uid,
    )


def rated(volume: Volume, finding: Finding, progress: Progress) -> Rating:
    """Rate a finding that has an outline.

    Raises:
        Declined: if image or outline is not what the model was made for.
    """
    from viewer.ai.malignancy import rate

    if finding.mask is None:
        raise Declined("This finding has no outline.", code="no_outline")
    return rate(volume, finding.mask, progress)


def _asked(volume: Volume, finding: Finding, progress: Progress) -> tuple[Rating, Lines]:
    from viewer.ai.similar import lines, similar_cases

    rating = rated(volume, finding, progress)
    return rating, lines(similar_cases(rating.shape.numbers()))


def _came(desk: Desk, asked: Finding, told: tuple[Rating, Lines]) -> None:
    """Put a rating and similar cases into its finding, unless its outline is another by now."""
    from viewer.ai.malignancy import with_rating
    from viewer.ai.similar import with_similar

    rating, similar = told

    session = desk.session
    finding = session.record.value.finding(asked.id)
    if finding is None or finding.mask is not asked.mask:
        return
    changed = with_similar(with_rating(finding, rating), similar)
    session.do("Rate malignancy", session.record.value.with_finding(changed))
    author = rating.said_by
    listed = session.catalogue.value.find(finding.series_key)
    desk.keeper.note(
        session.reader,
        f"asked for a rating of finding {finding.id}",
        listed[0].uid if listed else "",
        f"{author}, weights {author.weights_sha256[:12]}: {rating.risk:.3f}",
    )
    session.say(
        f"Readers would call this nodule suspicious with {rating.in_words}. "
        "This is an opinion, not pathology."
    )


def _has_outlined(desk: Desk) -> bool:
    finding = desk.session.record.value.finding(desk.session.selected.value)
    return finding is not None and finding.mask is not None


COMMANDS: tuple[Command, ...] = (
    Command(
        id="findings.rate_malignancy",
        title="Rate malignancy",
        help="Tell how suspicious readers would rate the chosen lung nodule, by its shape.",
        menu="Findings",
        key="Ctrl+Alt+M",
        run=rate_malignancy,
        allowed=_has_outlined,
    ),
)
