"""A comparison as a picture whose Chinese labels show on a machine without Chinese fonts."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pytest

from parsers.errors import BadInput
from pipeline.shown.charts import MAX_LINES, Chart, write_chart

CHART = Chart(
    "本年新收政府信息公开申请数量", "件", (2019, 2020, 2021), {"中卫市公安局": [1, None, 3], "教育局": [4, 5, 6]}
)


def test_svg_draws_the_glyphs_as_paths(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of each glyph that a font lacks
        write_chart(CHART, tmp_path / "a.svg")
    svg = (tmp_path / "a.svg").read_text()
    assert "<text" not in svg
    glyphs = set(re.findall(r'<path id="(NotoSansSC[^"]+)"', svg))
    assert len(glyphs) >= len(set("本年新收政府信息公开申请数量中卫市公安局教育局件"))


def test_the_same_figures_give_the_same_picture(tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        write_chart(CHART, tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_a_chart_is_a_picture_or_a_page_that_needs_nothing_else(tmp_path: Path) -> None:
    write_chart(CHART, tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    write_chart(CHART, tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text()
    assert "<th>中卫市公安局</th><td>1</td><td></td><td>3</td>" in page
    assert re.search(r'(?:src|href)="(?!#)', page) is None, "the page must stand alone"


@pytest.mark.parametrize(
    ("chart", "name", "message"),
    [
        (CHART, "a.pdf", "drawn as .svg, .png, .html"),
        (Chart("t", "", (), {}), "a.svg", "nothing to draw"),
        (Chart("t", "", (2021,), {str(i): [1] for i in range(MAX_LINES + 1)}), "a.svg", "--agency"),
        (CHART, "missing/a.svg", "cannot be written"),
    ],
)
def test_what_cannot_be_drawn_is_said(tmp_path: Path, chart: Chart, name: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        write_chart(chart, tmp_path / name)
