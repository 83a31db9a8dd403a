"""Three ways to ask what an answer hangs on: hiding parts, Grad-CAM, integrated gradients.

M. D. Zeiler, R. Fergus: Visualizing and understanding convolutional networks, 2014 (occlusion);
R. R. Selvaraju et al.: Grad-CAM, 2017; M. Sundararajan et al.: Axiomatic attribution, 2017.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import product

import numpy as np
import torch
from scipy import ndimage
from torch import Tensor
from torch.nn.functional import interpolate

from viewer.ai.explaining.asked import Map, Network, Picture, Target, score_of, scores_of
from viewer.core.progress import Progress

PATCHES_PER_SIDE = 6
"""A hidden patch is this part of a side if no size is given; patches overlap by half."""
STEPS = 24
SMOOTHING = 1.5
"""Standard deviation in voxels by which integrated gradients are smoothed before they are shown."""
_BATCH_VALUES = 500_000


class Method(StrEnum):
    """How the map is made."""

    OCCLUSION = "occlusion"
    GRAD_CAM = "gradcam"
    GRADIENTS = "ig"


def evidence(
    net: Network,
    picture: Picture,
    target: Target,
    method: Method,
    progress: Progress,
    patch: int = 0,
) -> Map:
    """Return what speaks for the statement, voxel by voxel, never below 0.

    Args:
        net: The network, in torch.
        picture: Its input.
        target: Which number of its answer.
        method: How.
        progress: Told batch by batch; a cancelled one stops there.
        patch: Voxels of a side of what is hidden at once; 0 chooses by the size of the picture.
    """
    if method is Method.OCCLUSION:
        found = occlusion(net, picture, target, progress, patch)
    elif method is Method.GRAD_CAM:
        found = grad_cam(net, picture, target)
    else:
        signed = integrated_gradients(net, picture, target, progress)
        found = ndimage.gaussian_filter(signed, SMOOTHING)
    progress.report(1.0, method.value)
    return np.asarray(found.clip(0), np.float32)


def occlusion(
    net: Network, picture: Picture, target: Target, progress: Progress, patch: int = 0
) -> Map:
    """Return by how much the log odds fall where a patch is replaced by the picture's mean.

    Each voxel has the mean over all patches that cover it; below 0 where hiding raises them.
    """
    sides = picture.shape[1:]
    size = [min(side, patch or max(3, -(-side // PATCHES_PER_SIDE))) for side in sides]
    places = list(_places(sides, size))
    usual = score_of(net, picture, target)
    fill = picture.mean(axis=tuple(range(1, picture.ndim)), keepdims=True)
    total, count = np.zeros(sides), np.zeros(sides)
    batch = max(1, _BATCH_VALUES // picture.size)
    for start in range(0, len(places), batch):
        progress.report(start / len(places), Method.OCCLUSION.value)
        now = places[start : start + batch]
        hidden = np.repeat(picture[None], len(now), axis=0)
        for number, place in enumerate(now):
            hidden[number][(slice(None), *place)] = fill
        for place, said in zip(now, scores_of(net, hidden, target), strict=True):
            total[place] += usual - said
            count[place] += 1
    return np.asarray(total / count.clip(1), np.float32)


def _places(sides: tuple[int, ...], size: list[int]) -> Iterator[tuple[slice, ...]]:
    starts = []
    for side, width in zip(sides, size, strict=True):
        steps = list(range(0, side - width, max(1, width // 2)))
        starts.append([*steps, side - width])
    for corner in product(*starts):
        yield tuple(slice(at, at + width) for at, width in zip(corner, size, strict=True))


def grad_cam(net: Network, picture: Picture, target: Target) -> Map:
    """Return the channels of the deepest level, weighed by their mean gradient, never below 0."""
    held: list[Tensor] = []
    hook = net.down[-1].register_forward_hook(lambda _net, _in, out: held.append(out))
    try:
        with torch.enable_grad():
            score = target.score(net, _tensor(picture).requires_grad_()).sum()
            (steep,) = torch.autograd.grad(score, held[0])
    finally:
        hook.remove()
    sides = tuple(range(2, steep.ndim))
    weighed = (steep.mean(dim=sides, keepdim=True) * held[0]).sum(dim=1, keepdim=True).relu()
    mode = "bilinear" if picture.ndim == 3 else "trilinear"
    large = interpolate(weighed.detach(), size=picture.shape[1:], mode=mode, align_corners=False)
    return np.asarray(large[0, 0].numpy(), np.float32)


def integrated_gradients(net: Network, picture: Picture, target: Target, progress: Progress) -> Map:
    """Return each voxel's share in the log odds above those of an even picture.

    The shares add up to that difference, as nearly as STEPS of the sum can tell. The even picture
    has the mean of each channel.
    """
    fill = picture.mean(axis=tuple(range(1, picture.ndim)), keepdims=True)
    whole = picture - fill
    total = np.zeros_like(picture)
    for step in range(STEPS):
        progress.report(step / STEPS, Method.GRADIENTS.value)
        here = _tensor((fill + whole * ((step + 0.5) / STEPS)).astype(np.float32)).requires_grad_()
        with torch.enable_grad():
            (steep,) = torch.autograd.grad(target.score(net, here).sum(), here)
        total += steep[0].numpy()
    return np.asarray((total / STEPS * whole).sum(axis=0), np.float32)


def _tensor(picture: Picture) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(picture[None], dtype=np.float32))
