"""The one function of the package: what it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers import parse_report
from parsers.errors import BadInput

PAGE = "<h1>云溪县水利局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>主动公开信息31条。</p>"


def test_a_path_may_be_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    assert parse_report(str(tmp_path / "a.html")) == parse_report(tmp_path / "a.html")


@pytest.mark.parametrize("path", ["no such report.pdf", ".", PAGE * 20, "a\0b"])
def test_what_is_no_file_is_told_in_one_line(path: str) -> None:
    with pytest.raises(BadInput, match="cannot be opened") as caught:
        parse_report(path)
    assert len(str(caught.value)) < 400
