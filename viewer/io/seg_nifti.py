"""Label maps as NIfTI: written with their words, read with those of others too."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, cast

from viewer.core.progress import Progress
from viewer.core.segmentation import Segmentation
from viewer.io.nifti import open_head
from viewer.io.nnunet_words import nnunet_words
from viewer.io.seg_volumes import label_layers, layer_segmentation
from viewer.io.seg_words import Words, caret_labels, labels_beside, words_in

_LABEL_INTENT = 1002


class _Extension(Protocol):
    content: bytes
    """As it stands in the file; nibabel's own reading of some kinds raises."""


def read_nifti_segments(
    path: Path, series_key: str, progress: Progress, kind: str = "NIfTI"
) -> tuple[Segmentation, ...]:
    """Read a label map on its own grid; of several volumes each is a layer. `kind` is its format.

    Raises:
        Unreadable: if it is damaged, or no label map.
        Declined: if there is no room for it.
    """
    found, layers = label_layers(path, kind, progress)
    words = (words_of(path) if kind == "NIfTI" else labels_beside(path)) or nnunet_words(path)
    count = len(layers)
    return tuple(
        layer_segmentation(path, found, labels, words, series_key, (number, count))
        for number, labels in enumerate(layers)
    )


def words_of(path: Path) -> Words | None:
    """Return what is said of the labels, in the header or beside the file; None if nothing is."""
    header = open_head(path).header
    for extension in cast("list[_Extension]", getattr(header, "extensions", ())):
        text = extension.content.decode("utf-8", "replace")
        found = words_in(text.rstrip("\0")) or caret_labels(text)
        if found is not None:
            return found
    return labels_beside(path)


def says_labels(path: Path) -> bool:
    """Tell whether a NIfTI file says that it is a label map.

    Raises:
        Unreadable: if it is damaged.
        OSError: if it cannot be read.
    """
    header = open_head(path).header
    intent = int(header["intent_code"]) if "intent_code" in header else 0
    return intent == _LABEL_INTENT or words_of(path) is not None
