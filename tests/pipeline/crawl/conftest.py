"""Two nights over the model sites, crawled once for all tests that look at what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from db import Store
from pipeline.crawl.night import Night, scrape
from pipeline.crawl.sources_file import parse_sources
from tests.pipeline.crawl.agency_sites import MODELS, Model
from tests.pipeline.crawl.server import Running, Site, running


@dataclass(frozen=True)
class Crawled:
    """A night that was crawled: the models as they stood, with their logs, and what came of it."""

    models: dict[str, Model]
    urls: dict[str, str]
    night: Night
    folder: Path

    def log(self, site: str) -> list[tuple[int, str]]:
        """Status and path of each request to a site."""
        return [(entry["status"], entry["path"]) for entry in self.models[site].site.log]


@contextmanager
def serving(
    names: list[str], night: int, ports: dict[str, int] | None = None
) -> Iterator[tuple[dict[str, Model], Running]]:
    """The models of a night, up and running."""
    models: dict[str, Model] = {}

    def build(urls: dict[str, str]) -> list[Site]:
        models.update({name: MODELS[name](urls, night) for name in names})
        return [model.site for model in models.values()]

    with running(build, names, ports) as up:
        yield models, up


def sources_text(models: dict[str, Model], urls: dict[str, str]) -> str:
    """The ``sources.toml`` for these models."""
    sites = [
        f'[[site]]\nname = "{name}"\nagency = "{model.agency}"\nstart = "{urls[name]}{model.start}"\n{model.settings}'
        for name, model in models.items()
        if model.agency
    ]
    return "\n".join(['contact = "mailto:test@example.org"', "[defaults]", "delay = 0.02", "backoff = 0.05", *sites])


def crawled(
    folder: Path, names: list[str], night: int, ports: dict[str, int] | None = None
) -> tuple[Crawled, dict[str, int]]:
    """One night over these models, and the ports that they stood on."""
    with serving(names, night, ports) as (models, up):
        sources = parse_sources(sources_text(models, up.urls), "sources.toml")
        database = str(folder / "nights.db")
        with Store.open(database) as store:
            done = scrape(store, sources, folder / "archive", database=database, jobs=1)
        return Crawled(models, up.urls, done, folder), {
            name: int(url.rpartition(":")[2]) for name, url in up.urls.items()
        }


@pytest.fixture(scope="session")
def nights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Crawled, Crawled]:
    """Two nights over all the models."""
    folder = tmp_path_factory.mktemp("nights")
    first, ports = crawled(folder, list(MODELS), 1)
    second, _ = crawled(folder, list(MODELS), 2, ports)
    return first, second
