"""What on a page is ink: darker than the paper around it, however grey or noisy that is."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy import ndarray

Pixels = ndarray[Any, Any]

NEIGHBOURHOOD = 15.0
"""Points: ink is darker than its surroundings of this size, however grey the paper is there."""
DARKER = 18.0
"""Grey levels by which ink is at least darker than its surroundings; the paper of a usual scan varies by 10."""
NOISE = 3.5
"""Standard deviations of the noise of the paper by which it is darker."""


def darker(grey: Pixels, scale: float) -> Pixels:
    """1 where the page (0 black, 255 white; ``scale`` pixels per point) is darker than around."""
    size = round(NEIGHBOURHOOD * scale) | 1
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    levels = max(DARKER, NOISE * noise_of(smooth))
    return cv2.adaptiveThreshold(smooth, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, size, levels)


def noise_of(grey: Pixels) -> float:
    """The standard deviation of the paper's noise in grey levels: most of a page is paper, so the median tells."""
    some = grey.astype(np.float32)
    return 1.4826 * float(np.median(np.abs(some - cv2.blur(some, (5, 5)))[::3, ::3]))
