"""Values that fill pixels where nothing was imaged (PS3.3 C.7.5.1.1.2), over a whole series."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from viewer.io.picture import Picture


def padding_mark(pictures: Sequence[Picture]) -> float:
    """Return what stands for padding where values of pictures are kept as float32; NaN for none.

    It is hardly less than the least that padding is worth in any of them, so that no
    measured value is taken for it.
    """
    worth = [
        stored * picture.slope + picture.intercept
        for picture in pictures
        for stored in picture.padding or ()
    ]
    return float(np.nextafter(np.float32(min(worth, default=np.nan)), np.float32(-np.inf)))
