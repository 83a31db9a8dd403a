"""What the models said that were asked whether they read an image."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.ai.offer import Offer
from viewer.session.images import Image


@dataclass(frozen=True, slots=True, eq=False)
class KnownReaders:
    """The answers of all models about one image; nothing for any other."""

    image: Image | None = None
    offers: tuple[Offer, ...] = ()

    def of(self, image: Image, id_: str) -> Offer | None:
        """Return what a model said of an image, if it was asked."""
        if self.image is not image:
            return None
        return next((one for one in self.offers if one.id == id_), None)
