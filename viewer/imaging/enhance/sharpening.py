"""Sharpening: fine detail made stronger."""

from __future__ import annotations

import cv2
import numpy as np

from viewer.core.progress import Part, Progress
from viewer.imaging.enhance.field import Field, Values, each_slice
from viewer.imaging.enhance.smoothing import gaussian


def unsharp(
    field: Field,
    sigma_mm: float,
    amount: float,
    threshold: float,
    progress: Progress,
    *,
    flat: bool = True,
) -> Values:
    """Add `amount` times what a Gaussian takes away, where that is more than a threshold."""
    soft = gaussian(field, sigma_mm, Part(progress, 0.0, 0.9), flat=flat)
    detail = field.values - soft
    if threshold > 0:
        detail[np.abs(detail) < threshold] = 0
    return np.asarray(field.values + np.float32(amount) * detail, np.float32)


def laplacian(field: Field, amount: float, progress: Progress) -> Values:
    """Take away `amount` times the second derivative within slices, per square of a mean pixel."""
    _, down, across = field.spacing_mm
    mean = (down * across) ** 0.5
    a, b = (mean / down) ** 2, (mean / across) ** 2
    kernel = np.array([[0, a, 0], [b, -2 * (a + b), b], [0, a, 0]], np.float32)

    def one(picture: Values) -> Values:
        border = cv2.BORDER_REFLECT_101
        bent = np.asarray(cv2.filter2D(picture, cv2.CV_32F, kernel, borderType=border))
        return np.asarray(picture - np.float32(amount) * bent, np.float32)

    return each_slice(field.values, one, progress)


def guided(
    field: Field, radius_mm: float, edge: float, amount: float, progress: Progress
) -> Values:
    """Add `amount` times what the guided filter takes away (He, Sun, Tang 2010).

    `edge` is the step of values above which detail is an edge, and not touched. An amount
    of -1 is the guided filter itself: smooth, with its edges.
    """
    side = (
        2 * max(round(radius_mm / field.spacing_mm[2]), 1) + 1,
        2 * max(round(radius_mm / field.spacing_mm[1]), 1) + 1,
    )

    def box(picture: Values) -> Values:
        done = cv2.blur(picture, side, borderType=cv2.BORDER_REFLECT_101)
        return np.asarray(done, np.float32)

    def one(picture: Values) -> Values:
        base = np.float32(picture.mean())
        centred = np.asarray(picture - base, np.float32)
        local = box(centred)
        variance = np.maximum(box(np.square(centred)) - np.square(local), 0)
        slope = np.asarray(variance / (variance + np.float32(edge * edge)), np.float32)
        rest = np.asarray(local - slope * local, np.float32)
        soft = box(slope) * centred + box(rest) + base
        return np.asarray(picture + np.float32(amount) * (picture - soft), np.float32)

    return each_slice(field.values, one, progress)
