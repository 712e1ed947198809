"""Mutated files of every format: each has an outcome, and no worker dies of one. ``benchmarks.fuzz`` runs thousands."""

from __future__ import annotations

import pytest

from benchmarks.fuzz import FORMATS, is_unexpected, mutated, outcomes, seeds
from pipeline.ingest.workers import Limits

OF_EACH = 12


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[bytes]]:
    """Whole files of each format."""
    return seeds(tmp_path_factory.mktemp("seeds"))


def test_no_mutated_file_is_without_an_outcome_or_costs_a_worker(sources: dict[str, list[bytes]]) -> None:
    files = [file for form in FORMATS for file in mutated(sources[form], form, OF_EACH, seed=3)]
    read = list(outcomes(iter(files), 1, Limits(seconds=30)))
    assert [file.name for file, _ in read] == [file.name for file in files]
    assert all(reading.outcome is not None for _, reading in read)
    assert [(file.name, file.mutation, reading.reason) for file, reading in read if is_unexpected(reading)] == []


def test_the_same_seed_gives_the_same_files(sources: dict[str, list[bytes]]) -> None:
    assert list(mutated(sources["html"], "html", 5, seed=1)) == list(mutated(sources["html"], "html", 5, seed=1))
