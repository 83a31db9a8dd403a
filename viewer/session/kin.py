"""What the moments of a 4D series share: their grid, their first window, their unit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from viewer.core.volume import Volume
from viewer.session.giving import given_like
from viewer.session.images import Image, OpenImage
from viewer.session.session import Session


def like_its_group(session: Session, opened: OpenImage) -> OpenImage:
    """Return a moment that is shown as an open moment of its 4D series is, if there is one."""
    images = session.images.value
    others = (one for one in images if one.group == opened.group and one.key != opened.key)
    other = next(others, None) if opened.group else None
    if other is None:
        return opened
    return replace(opened, image=like(opened.image, other.image), window=other.first_window)


def like(image: Image, other: Image) -> Image:
    """Return an image in the unit of another, and on the very grid where it lies on the same."""
    image = given_like(image, other)
    if not (isinstance(image, Volume) and isinstance(other, Volume)):
        return image
    mine, same = image.geometry, other.geometry
    if mine.shape != same.shape or not np.allclose(mine.affine, same.affine, atol=1e-3):
        return image
    return replace(image, geometry=same)
