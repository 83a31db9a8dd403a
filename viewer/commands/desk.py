"""What commands act upon: the session, and the few hands they may ask for help."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from viewer.commands.known_models import KnownModels
from viewer.commands.known_readers import KnownReaders
from viewer.jobs.runner import Runner
from viewer.session.hanging_rules import Fit
from viewer.session.hanging_rules import Protocol as HangingProtocol
from viewer.session.hanging_shipped import SHIPPED
from viewer.session.observable import Observable
from viewer.session.session import Session
from viewer.session.view_history import ViewHistory
from viewer.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from viewer.commands.keeper import Keeper
    from viewer.commands.moment_queue import Queue
    from viewer.core.crop import Crop
    from viewer.core.finding import Finding
    from viewer.core.geometry import Geometry
    from viewer.core.measurement import Measurement
    from viewer.core.progress import Progress
    from viewer.core.segmentation import Segmentation
    from viewer.core.volume import Volume
    from viewer.io.load import Loading
    from viewer.session.images import OpenImage
    from viewer.session.magnification import Magnification
    from viewer.session.space_look import Cut, SpaceLook
    from viewer.session.take import Take


class Asker(Protocol):
    """The one who asks the person. No answer means no call; nothing here waits."""

    def choose_folder(self, title: str, start: Path, then: Callable[[Path], None]) -> None:
        """Ask for an existing folder."""

    def choose_files(self, title: str, start: Path, then: Callable[[list[Path]], None]) -> None:
        """Ask for one or more existing files."""

    def choose_name(self, title: str, suggested: Path, then: Callable[[Path], None]) -> None:
        """Ask where to write a file."""

    def ask_text(self, title: str, question: str, text: str, then: Callable[[str], None]) -> None:
        """Ask for a line of text."""

    def ask_choice(
        self, title: str, question: str, choices: Sequence[str], then: Callable[[int], None]
    ) -> None:
        """Ask for one of many words, which can be searched; answer with its number."""

    def offer(
        self,
        title: str,
        words: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        answers: Sequence[str],
        then: Callable[[str, tuple[int, ...]], None],
    ) -> None:
        """Show a table; hand over one of the answers and the numbers of the chosen rows."""

    def ask_yes(self, title: str, question: str, then: Callable[[], None]) -> None:
        """Ask whether to go on."""

    def show_page(self, title: str, html: str) -> None:
        """Show a page of help."""


class Draw(Protocol):
    """Draws the key image of a finding as PNG bytes; the renderer's, injected."""

    def __call__(
        self, volume: Volume, finding: Finding, segmentations: tuple[Segmentation, ...]
    ) -> bytes:
        """Return a PNG of the finding in its axial, coronal and sagittal slice."""


class Shoot(Protocol):
    """Draws the pictures of a 3D take one after the other; the renderer's, injected."""

    def __call__(self, take: Take, progress: Progress) -> Iterator[NDArray[np.uint8]]:
        """Go through the pictures, (height, width, 3) RGB."""


class Warnings(Protocol):
    """Says what must be known of a 3D picture; the renderer's, injected."""

    def __call__(self, session: Session, opened: OpenImage, look: SpaceLook) -> tuple[str, ...]:
        """Return the warnings, the gravest first."""


class Behind(Protocol):
    """Says what lies behind a line drawn on a 3D picture; the renderer's, injected."""

    def __call__(self, geometry: Geometry, whole: Geometry, cut: Cut) -> NDArray[np.bool_]:
        """Mark the voxels of a grid; `whole` is the grid of the volume in the picture."""


class Window(Protocol):
    """What a command may ask of the window itself."""

    def snapshot(self, cell: int) -> bytes:
        """Return a view as it is on screen, as PNG."""

    def toggle_panel(self, name: str) -> None:
        """Show or hide a panel: studies, findings, segments, jobs, histogram."""

    def panel_shown(self, name: str) -> bool:
        """Tell whether a panel is on screen."""

    def show_palette(self) -> None:
        """Open the command palette."""

    def magnification(self, cell: int) -> Magnification | None:
        """Return how large the picture of a view is on the screen; None without one."""

    def calibrate_screen(self) -> None:
        """Ask how large the screen of the window is."""

    def ask_slice(self, cell: int) -> None:
        """Ask over a view for the number of a slice to go to."""

    def open_tool(self, name: str) -> None:
        """Open something of the window's own: keys, mouse, tour, log, report, here, whats_this."""

    def wear(self) -> None:
        """Show theme and letters as the settings say now."""

    def go_round(self, step: int) -> None:
        """Give the keyboard to the next area of the window, or to the one before."""

    def close(self) -> bool:
        """Close the window."""


@dataclass(slots=True)
class Desk:
    """What commands act upon. Made once, in `app.build`.

    `post` queues a call on the window's thread, `words` says a text in the reader's
    language. `loadings` are the series that
    are still being filled in, by key; `moments` are those of the 4D series that
    are still to be loaded, by the key of that series. `copied` is the figure to be pasted.
    """

    session: Session
    runner: Runner
    post: Callable[[Callable[[], None]], None]
    settings: Settings
    keeper: Keeper
    asker: Asker
    draw: Draw
    shoot: Shoot
    warnings: Warnings
    behind: Behind
    words: Callable[[str], str] = str
    window: Window | None = None
    loadings: dict[str, Loading] = field(default_factory=dict)
    moments: dict[str, Queue] = field(default_factory=dict)
    copied: Measurement | None = None
    protocols: Observable[tuple[HangingProtocol, ...]] = field(
        default_factory=lambda: Observable(SHIPPED)
    )
    models: Observable[KnownModels] = field(default_factory=lambda: Observable(KnownModels()))
    readers: Observable[KnownReaders] = field(default_factory=lambda: Observable(KnownReaders()))
    learned: Observable[tuple[str, ...]] = field(default_factory=lambda: Observable(()))
    """What was learned from verdicts and is used for the scores of models, as texts."""
    crops: dict[str, Crop] = field(default_factory=dict)
    """What networks saw round findings, by finding, until there are verdicts; with consent."""
    fits: tuple[Fit, ...] = ()
    sights: ViewHistory = field(init=False)

    def __post_init__(self) -> None:
        self.sights = ViewHistory(self.session)
