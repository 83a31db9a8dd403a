"""Which values are spread over black to white."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Window:
    """The range of values that is spread over black to white.

    Applied by the linear exact function of PS3.3 C.11.2.1.3.2.
    """

    centre: float
    width: float

    def __post_init__(self) -> None:
        if not self.width > 0:
            raise ValueError(f"a window is wider than {self.width}")

    @classmethod
    def between(cls, low: float, high: float) -> Window:
        """Return the window from one value to another."""
        return cls((low + high) / 2, max(high - low, 1e-6))

    @property
    def low(self) -> float:
        """The value shown black."""
        return self.centre - self.width / 2

    @property
    def high(self) -> float:
        """The value shown white."""
        return self.centre + self.width / 2

    def grey(self, values: NDArray[np.generic]) -> NDArray[np.uint8]:
        """Map values to 0 (black) to 255 (white), clipping outside."""
        level = (values.astype(np.float32) - np.float32(self.low)) / np.float32(self.width)
        return np.asarray((level.clip(0, 1) * 255).round().astype(np.uint8))


PRESETS: dict[str, Window] = {
    "Lung": Window(-600, 1500),
    "Bone": Window(450, 1800),
    "Soft tissue": Window(40, 400),
    "Brain": Window(40, 80),
    "Liver": Window(90, 150),
}
"""Windows in HU that every CT reader knows by name."""
