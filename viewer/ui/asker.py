"""Questions to the person, in dialogs that wait for nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QMessageBox,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from viewer.ui.choice_dialog import ChoiceDialog
from viewer.ui.offer import OfferDialog
from viewer.ui.words import in_words

_SHARE = 0.9
"""How much of the window a large page may cover, along each side."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("QtAsker", text)


class QtAsker:
    """Asks with dialogs over the window. No answer, no call."""

    def __init__(self) -> None:
        self._parent: QWidget | None = None

    def stand_before(self, parent: QWidget) -> None:
        """Show dialogs over this window from now on."""
        self._parent = parent

    def choose_folder(self, title: str, start: Path, then: Callable[[Path], None]) -> None:
        """Ask for an existing folder."""
        dialog = self._files(title, start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def choose_files(self, title: str, start: Path, then: Callable[[list[Path]], None]) -> None:
        """Ask for one or more existing files."""
        dialog = self._files(title, start)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
        dialog.open()

    def choose_name(self, title: str, suggested: Path, then: Callable[[Path], None]) -> None:
        """Ask where to write a file."""
        dialog = self._files(title, suggested.parent)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(suggested.name)
        dialog.setDefaultSuffix(suggested.suffix.removeprefix("."))
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def ask_text(self, title: str, question: str, text: str, then: Callable[[str], None]) -> None:
        """Ask for a line of text."""
        dialog = QInputDialog(self._parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(in_words(title))
        dialog.setLabelText(in_words(question))
        dialog.setTextValue(text)
        dialog.textValueSelected.connect(then)
        dialog.open()

    def ask_choice(
        self, title: str, question: str, choices: Sequence[str], then: Callable[[int], None]
    ) -> None:
        """Ask for one of many words, which can be searched; answer with its number."""
        ChoiceDialog(in_words(title), in_words(question), choices, then, self._parent).open()

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
        said = [in_words(head) for head in heads]
        OfferDialog(
            self._parent, in_words(title), in_words(words), said, rows, answers, then
        ).open()

    def ask_yes(self, title: str, question: str, then: Callable[[], None]) -> None:
        """Ask whether to go on."""
        box = QMessageBox(self._parent)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(in_words(title))
        box.setText(in_words(question))
        box.setIcon(QMessageBox.Icon.NoIcon)
        yes = box.addButton(_tr("Yes"), QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(_tr("No"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        yes.clicked.connect(then)
        box.open()

    def show_page(self, title: str, html: str) -> None:
        """Show a page of help."""
        dialog = QDialog(self._parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(in_words(title))
        page = QTextBrowser(dialog)
        page.setOpenExternalLinks(True)
        page.setHtml(html)
        buttons = QDialogButtonBox(dialog)
        close = buttons.addButton(_tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.clicked.connect(dialog.reject)
        layout = QVBoxLayout(dialog)
        layout.addWidget(page)
        layout.addWidget(buttons)
        metrics = dialog.fontMetrics()
        dialog.resize(metrics.averageCharWidth() * 90, metrics.lineSpacing() * 32)
        if "<table" in html:
            page.setWordWrapMode(QTextOption.WrapMode.WordWrap)
            wide = QSize(metrics.averageCharWidth() * 170, metrics.lineSpacing() * 40)
            dialog.resize(wide.boundedTo(self._room()).expandedTo(dialog.size()))
        dialog.open()

    def _room(self) -> QSize:
        """Return how large a page may be: not quite as large as the window it stands before."""
        return QSize() if self._parent is None else self._parent.size() * _SHARE

    def _files(self, title: str, start: Path) -> QFileDialog:
        dialog = QFileDialog(self._parent, in_words(title), str(start))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog
