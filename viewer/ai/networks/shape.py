"""What a network looks like, as data that stands in the card of its model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

MOST_WEIGHTS = 50_000_000


@dataclass(frozen=True, slots=True)
class NetworkShape:
    """A network of convolutions that halves the picture from level to level.

    `dense` networks are U-Nets: they answer each voxel with `outputs` numbers (log odds).
    `whole` ones answer the picture as a whole with `wholes` numbers (log odds); both may be.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", strict=True, allow_inf_nan=False
    )

    dimensions: Literal[2, 3]
    inputs: Annotated[int, Field(ge=1, le=64)]
    """Channels that go in."""
    widths: Annotated[
        tuple[Annotated[int, Field(ge=1, le=2048)], ...], Field(min_length=1, max_length=8)
    ]
    """Channels of each level, from the finest on."""
    outputs: Annotated[int, Field(ge=0, le=256)] = 0
    """Numbers for each voxel; 0 for a network that answers only as a whole."""
    wholes: Annotated[int, Field(ge=0, le=1000)] = 0
    """Numbers for the picture as a whole; 0 for a network that answers only voxel by voxel."""

    def __post_init__(self) -> None:
        if not self.outputs and not self.wholes:
            raise ValueError("a network answers something")

    @property
    def step(self) -> int:
        """What every side of the input must be a multiple of."""
        return int(2 ** (len(self.widths) - 1))
