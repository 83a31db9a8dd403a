"""The page of an evaluation as PDF: text stays text, plots stay lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtSvg import QSvgRenderer

from viewer import __version__
from viewer.imaging.evaluation.result import Evaluation, Plot
from viewer.io.atomic import Staging
from viewer.io.evaluation_page import evaluation_page
from viewer.io.plot_svg import plot_svg

NAME = "evaluation.pdf"
_DOTS_PER_INCH = 300
_OWN_MARGIN = round(2 * _DOTS_PER_INCH / 2.54)
"""Qt leaves 2 cm on each side, and numbers the pages."""
_MANY = 10
"""Columns from which on a page lies on its side."""
_OBJECT = QTextFormat.ObjectTypes.UserObject + 1
_PICTURE = QTextFormat.Property.UserProperty + 1
_HOLDER = "[[plot {number}]]"
_SHARES = {1: 0.6, 2: 0.48, 3: 0.32}
"""How wide plots are, as a part of the page, by how many are in a row."""
_STYLE = """
body { color: #1d2530; }
h1 { font-size: 16pt; margin-bottom: 2px; }
h2 { font-size: 11pt; margin-top: 16px; margin-bottom: 5px; }
th { background-color: #eef1f5; font-weight: 600; text-align: left; }
th, td { padding-left: 5px; padding-right: 5px; padding-top: 2px; padding-bottom: 2px; }
.number { text-align: right; }
.quiet, footer { color: #5b6675; }
table.wide th, table.wide td { font-size: 6pt; padding-left: 3px; padding-right: 3px; }
"""


class _Drawn(QPyTextObject):
    """Draws a plot as lines where its mark stands in the text."""

    def __init__(self, pictures: list[QSvgRenderer], wide: float) -> None:
        super().__init__()
        self._pictures, self._wide = pictures, wide

    def intrinsicSize(  # noqa: N802 - Qt's name
        self, _doc: QTextDocument, _place: int, format_: QTextFormat
    ) -> QSizeF:
        """Return how large a plot is, as wide as it is let."""
        size = self._of(format_).defaultSize()
        return QSizeF(self._wide, self._wide * size.height() / max(size.width(), 1))

    def drawObject(  # noqa: N802 - Qt's name
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _doc: QTextDocument,
        _place: int,
        format_: QTextFormat,
    ) -> None:
        """Draw a plot."""
        self._of(format_).render(painter, QRectF(rect))

    def _of(self, format_: QTextFormat) -> QSvgRenderer:
        return self._pictures[int(format_.property(_PICTURE))]


def pdf_of(result: Evaluation) -> bytes:
    """Return the page of an evaluation as PDF (A4, landscape where tables are wide)."""
    _require_fonts()
    pictures: list[QSvgRenderer] = []

    def hold(plots: Sequence[Plot]) -> str:
        pictures.extend(QSvgRenderer(QByteArray(plot_svg(one).encode())) for one in plots)
        marks = (_HOLDER.format(number=number) for number in range(len(plots)))
        return f"<p>{' '.join(marks)}</p>"

    html = evaluation_page(result, draw=hold, style=_STYLE)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer, result)
    document = QTextDocument()
    document.setDefaultFont(QFont("Noto Sans", 8))
    inside = writer.pageLayout().paintRectPixels(_DOTS_PER_INCH).width() - 2 * _OWN_MARGIN
    lying = writer.pageLayout().orientation() is QPageLayout.Orientation.Landscape
    in_a_row = min(max(len(pictures), 1), 3 if lying else 2)
    drawn = _Drawn(pictures, inside * _SHARES[in_a_row])
    document.documentLayout().registerHandler(_OBJECT, drawn)
    document.setHtml(html)
    for number in range(len(pictures)):
        _put(document, number)
    document.print_(writer)
    buffer.close()
    return bytes(content.data())


def write_pdf(result: Evaluation, folder: Path) -> Path:
    """Write the page of an evaluation as PDF into a folder.

    Raises:
        Declined: if the disk refuses.
    """
    with Staging(folder) as staging:
        staging.write(NAME, pdf_of(result))
        staging.commit()
    return folder / NAME


def _writer(buffer: QBuffer, result: Evaluation) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH)
    wide = any(len(table.head) > _MANY for table in result.tables)
    way = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, QMarginsF(0, 0, 0, 0))
    )
    writer.setTitle(f"Evaluation: {result.task}")
    writer.setCreator(f"Skiagram {__version__}")
    return writer


def _put(document: QTextDocument, number: int) -> None:
    """Put a plot where its mark stands."""
    cursor: QTextCursor = document.find(_HOLDER.format(number=number))
    how = QTextCharFormat()
    how.setObjectType(_OBJECT)
    how.setProperty(_PICTURE, number)
    cursor.insertText("\N{OBJECT REPLACEMENT CHARACTER}", how)


def _require_fonts() -> None:
    """Have an application of Qt, which knows the fonts; without a screen where there is none."""
    if QGuiApplication.instance() is None:
        _KEPT.append(QGuiApplication(["skiagram", "-platform", "offscreen"]))


_KEPT: list[QGuiApplication] = []
