"""What is on its way into a view: a series of the study panel, or what hangs in another view."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData

_MIME = "application/x-skiagram-series"
_VIEW = "application/x-skiagram-view"


def carry(key: str) -> QMimeData:
    """Return what is dragged: the key of a series."""
    data = QMimeData()
    data.setData(_MIME, QByteArray(key.encode()))
    return data


def carried(data: QMimeData) -> str:
    """Return the key of the series that is dragged; empty if something else is."""
    return bytes(data.data(_MIME).data()).decode("utf-8", "replace")


def carry_view(cell: int) -> QMimeData:
    """Return what is dragged: the number of a view."""
    data = QMimeData()
    data.setData(_VIEW, QByteArray(str(cell).encode()))
    return data


def carried_view(data: QMimeData) -> int | None:
    """Return the number of the view that is dragged, None if something else is."""
    text = bytes(data.data(_VIEW).data()).decode("ascii", "replace")
    return int(text) if text.isdecimal() and len(text) < 4 else None
