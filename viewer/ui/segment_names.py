"""What segments are called on the screen: in the reader's language where a model named them.

What is stored stays as it is: names and coded meanings of a DICOM SEG are English wherever it is
read. A name that a person gave is nobody's to translate.
"""

from __future__ import annotations

from viewer.core.segmentation import Segment, Segmentation
from viewer.ui.words import in_words


def segment_name(segment: Segment, group: Segmentation) -> str:
    """Return what a segment of a group is called, in the reader's language if a model named it."""
    return in_words(segment.name) if group.author.is_model else segment.name
