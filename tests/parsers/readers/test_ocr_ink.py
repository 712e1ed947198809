"""What the ink of a picture is made of, and how light its paper is."""

from __future__ import annotations

import numpy as np
import pytest

from parsers.readers.ocr.components import components_of
from parsers.readers.ocr.ink import level_of


@pytest.mark.parametrize("side", [40, 300])
def test_grains_of_noise_are_told_apart_however_many_they_are(side: int) -> None:
    grains = np.zeros((2 * side, 2 * side), np.uint8)
    grains[::2, ::2] = 1
    count, labels, stats = components_of(grains)
    assert count == side * side + 1
    assert len(np.unique(labels)) == count
    assert stats[1:, -1].tolist() == [1] * side * side


def test_the_level_of_paper_lies_between_those_of_the_pixels_next_to_it() -> None:
    assert [level_of(np.array([[200, 10, 250, 240]], np.uint8), percent) for percent in (0, 50, 75, 100)] == [
        10,
        220,
        242.5,
        250,
    ]
