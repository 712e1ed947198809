"""The commands of the crawler, as a person types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import run
from tests.pipeline.crawl.conftest import serving, sources_text


def test_check_reads_the_file_and_tells_its_mistakes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "sources.toml"
    path.write_text('contact = "a@b.cn"\n[[site]]\nname = "a"\nstart = "http://a.cn/"\n', encoding="utf-8")
    assert run(["sources", "check", "--sources", str(path)]) == 0
    assert "http://a.cn/" in capsys.readouterr().out
    assert run(["sources", "check", "b", "--sources", str(path)]) == 2
    assert "no site 'b'; there are a" in capsys.readouterr().err
    path.write_text('contact = "a@b.cn"\n[[site]]\nname = "a"\n', encoding="utf-8")
    assert run(["scrape", "--sources", str(path)]) == 2
    assert "sources.toml, line 2: site a: start needs" in capsys.readouterr().err


def test_check_tries_a_site_and_stores_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with serving(["gkmlpt"], 1) as (models, up):
        Path("sources.toml").write_text(sources_text(models, up.urls), encoding="utf-8")
        assert run(["sources", "check", "gkmlpt"]) == 0
    printed = capsys.readouterr()
    assert "东江市水务局" in printed.out
    assert "5 sources of reports; nothing was stored" in printed.err
    assert [path.name for path in tmp_path.iterdir()] == ["sources.toml"]
