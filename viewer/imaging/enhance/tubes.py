"""Vessels and blobs by the second derivatives of the blurred picture, at several widths.

Distances are millimetres, so that thick slices do not bend the answer. Bright structures on
darker ground answer; `dark` turns that round.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from viewer.core.progress import Progress
from viewer.imaging.compiled import compiled
from viewer.imaging.enhance.field import Field, Values
from viewer.imaging.enhance.smoothing import blurred

_LEAST = 1e-12


def frangi(
    field: Field,
    sigmas_mm: Sequence[float],
    progress: Progress,
    *,
    alpha: float = 0.5,
    beta: float = 0.5,
    dark: bool = False,
) -> Values:
    """Return vesselness, 0 to 1, the largest over all widths (Frangi et al. 1998).

    The weight of structure against noise is half of the largest at each width, as there.
    """
    return _strongest(field, sigmas_mm, progress, dark=dark, how=0, alpha=alpha, beta=beta)


def sato(
    field: Field, sigmas_mm: Sequence[float], progress: Progress, *, dark: bool = False
) -> Values:
    """Return how strongly a tube of one of these widths answers (Sato et al. 1998)."""
    return _strongest(field, sigmas_mm, progress, dark=dark, how=1)


def blobs(
    field: Field, sigmas_mm: Sequence[float], progress: Progress, *, dark: bool = False
) -> Values:
    """Return how strongly a ball of one of these widths answers: minus the Laplacian, scaled."""
    return _strongest(field, sigmas_mm, progress, dark=dark, how=2)


def _strongest(
    field: Field,
    sigmas_mm: Sequence[float],
    progress: Progress,
    *,
    dark: bool,
    how: int,
    alpha: float = 0.5,
    beta: float = 0.5,
) -> Values:
    if not sigmas_mm or min(sigmas_mm) <= 0:
        raise ValueError("a width is more than nothing")
    best = np.zeros_like(field.values)
    steps = np.asarray(field.spacing_mm, np.float32)
    for number, sigma in enumerate(sigmas_mm):
        progress.report(number / len(sigmas_mm), f"width {sigma:.3g} mm")
        soft = blurred(field.values, field.voxels(sigma))
        scale = np.float32(sigma**2) * np.float32(-1 if dark else 1)
        bends = _bends(soft, steps, scale)
        weight = np.float32(np.sqrt((bends**2).sum(axis=-1).max()) / 2) if how == 0 else _ONE
        weight = max(weight, np.float32(_LEAST))
        _answer(bends, how, np.float32(alpha), np.float32(beta), weight, best)
    return best


_ONE = np.float32(1)


@compiled
def _bends(soft: Values, steps: NDArray[np.float32], scale: np.float32) -> Values:
    """Return the three eigenvalues of the Hessian (slice, row, column, 3), least magnitude first.

    In closed form (O. K. Smith 1961). At the border the picture is repeated.
    """
    depth, height, width = soft.shape
    found = np.zeros((depth, height, width, 3), np.float32)
    for z in range(depth):
        za, zb = max(z - 1, 0), min(z + 1, depth - 1)
        for y in range(height):
            ya, yb = max(y - 1, 0), min(y + 1, height - 1)
            for x in range(width):
                xa, xb = max(x - 1, 0), min(x + 1, width - 1)
                twice = 2.0 * soft[z, y, x]
                a = (soft[zb, y, x] + soft[za, y, x] - twice) / (steps[0] * steps[0])
                b = (soft[z, yb, x] + soft[z, ya, x] - twice) / (steps[1] * steps[1])
                c = (soft[z, y, xb] + soft[z, y, xa] - twice) / (steps[2] * steps[2])
                d = (soft[zb, yb, x] - soft[zb, ya, x] - soft[za, yb, x] + soft[za, ya, x]) / (
                    4 * steps[0] * steps[1]
                )
                e = (soft[z, yb, xb] - soft[z, yb, xa] - soft[z, ya, xb] + soft[z, ya, xa]) / (
                    4 * steps[1] * steps[2]
                )
                f = (soft[zb, y, xb] - soft[zb, y, xa] - soft[za, y, xb] + soft[za, y, xa]) / (
                    4 * steps[0] * steps[2]
                )
                p1 = d * d + e * e + f * f
                q = (a + b + c) / 3
                p2 = (a - q) ** 2 + (b - q) ** 2 + (c - q) ** 2 + 2 * p1
                p = np.sqrt(p2 / 6)
                if p < 1e-20:
                    one = two = three = q
                else:
                    ka, kb, kc = (a - q) / p, (b - q) / p, (c - q) / p
                    kd, ke, kf = d / p, e / p, f / p
                    det = ka * (kb * kc - ke * ke) - kd * (kd * kc - ke * kf)
                    det += kf * (kd * ke - kb * kf)
                    half = min(max(det / 2, -1.0), 1.0)
                    turn = np.arccos(half) / 3
                    one = q + 2 * p * np.cos(turn)
                    three = q + 2 * p * np.cos(turn + 2 * np.pi / 3)
                    two = 3 * q - one - three
                if abs(one) > abs(two):
                    one, two = two, one
                if abs(two) > abs(three):
                    two, three = three, two
                if abs(one) > abs(two):
                    one, two = two, one
                found[z, y, x, 0] = one * scale
                found[z, y, x, 1] = two * scale
                found[z, y, x, 2] = three * scale
    return found


@compiled
def _answer(
    bends: Values, how: int, alpha: np.float32, beta: np.float32, weight: np.float32, best: Values
) -> None:
    """Keep the strongest answer of each voxel: 0 vesselness, 1 tubes, 2 balls."""
    depth, height, width = best.shape
    for z in range(depth):
        for y in range(height):
            for x in range(width):
                one, two, three = bends[z, y, x, 0], bends[z, y, x, 1], bends[z, y, x, 2]
                answer = np.float32(0)
                if how == 2:
                    answer = -(one + two + three) / np.float32(3)
                elif two < 0 and three < 0:
                    if how == 1:
                        answer = min(-two, -three)
                    else:
                        flat = two / three
                        round_ = one * one / (two * three)
                        size = one * one + two * two + three * three
                        answer = (
                            (1 - np.exp(-flat * flat / (2 * alpha * alpha)))
                            * np.exp(-round_ / (2 * beta * beta))
                            * (1 - np.exp(-size / (2 * weight * weight)))
                        )
                if answer > best[z, y, x]:
                    best[z, y, x] = answer
