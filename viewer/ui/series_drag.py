"""A series on its way from the study panel into a view."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData

_MIME = "application/x-skiagram-series"


def carry(key: str) -> QMimeData:
    """Return what is dragged: the key of a series."""
    data = QMimeData()
    data.setData(_MIME, QByteArray(key.encode()))
    return data


def carried(data: QMimeData) -> str:
    """Return the key of the series that is dragged; empty if something else is."""
    return bytes(data.data(_MIME).data()).decode("utf-8", "replace")
