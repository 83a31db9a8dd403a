"""What the network of the nodule finder saw round a finding, as one picture that can be hidden.

That network looks at two cubes with one middle, a fine and a wide one with twice the step. Hiding
a place must hide it in both, so the picture is the space of both with the fine step, and what is
changed in it is brought into each cube.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import ndimage
from torch import Tensor, nn
from torch.nn.functional import avg_pool3d

from viewer.ai.adapting import CAME_WITH
from viewer.ai.candidates import Chest
from viewer.ai.card import ModelFolder
from viewer.ai.explaining.asked import Picture, Target
from viewer.ai.explaining.subject import Bytes, Subject
from viewer.ai.network import NoduleNet, network_of
from viewer.ai.patches import patches, spread
from viewer.ai.ranking import NETWORK_PREFIX
from viewer.core.errors import Declined
from viewer.core.finding import Finding
from viewer.core.geometry import Geometry
from viewer.imaging.cube import cube, cube_geometry

CAVEAT = (
    "It is about the look of the nodule to the network, one of the reasons of the score; the"
    " others are the numbers in the list."
)

UNTRAINED = "It is of the network as it came, not as it was trained further here."


class TwoCubes(nn.Module):
    """The network with the picture of both cubes in their place.

    Args:
        net: The network.
        picture: (1, 2k, 2k, 2k), fine steps: what was there.
        cubes: (2, k, k, k): what the network saw of it.
    """

    def __init__(self, net: NoduleNet, picture: Picture, cubes: NDArray[np.float32]) -> None:
        super().__init__()
        self.down = net.blocks
        self.whole = net.head
        self._picture = torch.from_numpy(picture)
        self._cubes = torch.from_numpy(cubes)

    def forward(self, pictures: Tensor) -> tuple[None, Tensor]:
        """Return nothing of each voxel, and the log odds (n, 1) of pictures (n, 1, 2k, 2k, 2k)."""
        change = pictures - self._picture
        side = self._cubes.shape[-1]
        inner = slice(side // 2, side // 2 + side)
        fine = self._cubes[:1] + change[..., inner, inner, inner]
        wide = self._cubes[1:] + avg_pool3d(change, 2)
        seen = self.down(torch.cat([fine, wide], dim=1))
        logits: Tensor = self.whole(seen.amax(dim=(2, 3, 4)))
        return None, logits


def subject_of_cubes(model: ModelFolder, chest: Chest, stored: Geometry, about: Finding) -> Subject:
    """Return how a nodule looked to the network.

    Args:
        model: The nodule finder.
        chest: What it prepared of the image.
        stored: The grid of the image.
        about: The finding.

    Raises:
        Declined: if the network looks at other than two such cubes.
    """
    how = model.card.preparation
    weights = {
        name.removeprefix(NETWORK_PREFIX): value
        for name, value in model.weights.items()
        if name.startswith(NETWORK_PREFIX)
    }
    fine, *wide = how.steps_mm
    if not weights or wide != [2 * fine] or how.patch_voxels % 2:
        raise Declined(
            f"{model.card.title} looks in a way that cannot be hidden in parts.", code="other_cubes"
        )
    count = 2 * how.patch_voxels
    centre = about.position
    cubes = patches(chest, [centre], how)[0]
    around = cube(chest.values, chest.geometry, centre, fine, count, how.low_hu)
    picture = spread(around, how)[None]
    grid = cube_geometry(chest.geometry, centre, fine, count)

    def back(found: Bytes) -> Bytes:
        return on_grid(found, grid, stored)

    return Subject(
        model,
        picture,
        Target(),
        back,
        stored,
        about.series_key,
        about,
        CAVEAT if CAME_WITH not in dict(about.author.parameters) else f"{CAVEAT} {UNTRAINED}",
        TwoCubes(network_of(weights), picture, cubes).eval(),
    )


def on_grid(found: Bytes, grid: Geometry, stored: Geometry) -> Bytes:
    """Return bytes of a small grid on a larger one, linear between voxels, 0 elsewhere."""
    sides = np.array(found.shape) - 1
    corners = np.stack(np.meshgrid(*([0, side] for side in sides)), axis=-1).reshape(-1, 3)
    places = stored.to_index(grid.to_patient(corners))
    low = np.floor(places.min(axis=0)).astype(int).clip(0)
    high = np.ceil(places.max(axis=0)).astype(int).clip(None, np.array(stored.shape) - 1)
    result = np.zeros(stored.shape, np.uint8)
    if (high < low).any():
        return result
    axes = [np.arange(a, b + 1) for a, b in zip(low, high, strict=True)]
    indices = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    near = grid.to_index(stored.to_patient(indices.reshape(-1, 3))).T
    values = ndimage.map_coordinates(found.astype(np.float32), near, order=1)
    box = tuple(slice(a, b + 1) for a, b in zip(low, high, strict=True))
    result[box] = np.rint(values).reshape(indices.shape[:3]).astype(np.uint8)
    return result
