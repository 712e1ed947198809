"""What jieba is asked for: the noun phrase that is counted where the lexicon has no word."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from parsers.facts import extract_facts
from parsers.facts.segment import segmenter


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("本机关从事政府信息公开工作的全职人员1人。", "全职人员"),
        ("全国环保系统共备案约78.9万个登记表。", "登记表"),
        ("各镇街道、区直各部门政务公开工作人员80人参加培训。", "政务公开工作人员"),
    ],
)
def test_the_subject_is_the_noun_phrase(sentence: str, subject: str) -> None:
    (fact,) = extract_facts(sentence, report_year=2022)
    assert fact.subject == subject


def test_words_of_the_lexicon_stay_whole() -> None:
    assert list(segmenter().cut("政务新媒体矩阵号")) == ["政务新媒体", "矩阵号"]


def run(program: str, temporary: Path) -> str:
    """What a Python of its own prints, with its own folder for temporary files."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={"TMPDIR": str(temporary), "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout + done.stderr


def test_jieba_is_loaded_only_when_needed_and_leaves_nothing(tmp_path: Path) -> None:
    program = """
import sys
from parsers.facts import extract_facts
extract_facts("发布微博1839篇、微信3739篇，其中图解20篇。", report_year=2021)
print("jieba" in sys.modules)
extract_facts("全国环保系统共备案约78.9万个登记表。", report_year=2017)
print("jieba" in sys.modules)
"""
    assert run(program, tmp_path) == "False\nTrue\n"
    assert not list(tmp_path.iterdir())
