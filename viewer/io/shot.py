"""A picture together with the head it was read from, while series are being sorted out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from viewer.core.plane import Plane
from viewer.io.header import Header
from viewer.io.picture import Picture, pictures_of


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture and what its file, or its frame of it, says of it."""

    picture: Picture
    head: Header

    @property
    def plane(self) -> Plane | None:
        """Where it lies."""
        return self.picture.plane

    @property
    def placed(self) -> Plane:
        """Where it lies, for one that says so."""
        if self.picture.plane is None:
            raise ValueError("this picture does not say where it lies")
        return self.picture.plane


def shots_of(header: Header) -> list[Shot]:
    """Return every picture of a file with what is said of it."""
    pictures = pictures_of(header)
    if not header.frames:
        return [Shot(picture, header) for picture in pictures]
    return [
        Shot(picture, replace(header, raw={**header.raw, **said}, frames=()))
        for picture, said in zip(pictures, header.frames, strict=False)
    ]
