"""What the README promises is run: its questions in SQL, its Python, and the two commands that it names."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from db import Store

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def fenced(language: str) -> list[str]:
    """The blocks of the README in this language."""
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as ``make ingest`` leaves it."""
    path = tmp_path_factory.mktemp("readme") / "nianbao.db"
    folder = ROOT / "corpus" / "published"
    command = [sys.executable, "-m", "pipeline", "ingest", str(folder), "--db", str(path)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return path


@pytest.mark.parametrize("question", fenced("sql"))
def test_a_question_of_the_readme_can_be_asked(question: str, database: Path) -> None:
    with Store.open_readonly(str(database)) as store:
        columns, rows = store.query(question.strip().rstrip(";"))
        assert all(len(row) == len(columns) for row in rows)


@pytest.mark.parametrize(
    "question", [q for q in fenced("sql") if "finding_detail" not in q and "cell_detail" not in q]
)
def test_a_question_over_agencies_never_mixes_them_with_areas(question: str) -> None:
    assert "scope = 'agency'" in question


NAMED = re.findall(r"^(?:\$ )?nianbao (.+)$", "".join(fenced("sh") + fenced("console")), flags=re.MULTILINE)
"""The commands that the README shows."""


@pytest.mark.parametrize("shown", [command for command in NAMED if not command.startswith("ingest")])
def test_a_command_of_the_readme_works_as_pasted_after_make_ingest(
    shown: str, database: Path, tmp_path: Path
) -> None:
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    command = [sys.executable, "-m", "pipeline", *shlex.split(shown, comments=True)]
    environment = os.environ | {"NIANBAO_DB": str(database)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)
    assert (done.returncode, bool(done.stdout)) == (0, True), done.stderr


def test_the_question_of_evidence_finds_the_figure(database: Path) -> None:
    with Store.open_readonly(str(database)) as store:
        columns, rows = store.query(fenced("sql")[-1].strip().rstrip(";"))
        found = [dict(zip(columns, row, strict=True)) for row in rows]
    assert [(row["state"], row["raw"], row["value"]) for row in found] == [("number", "507058", 507058)]


def test_the_python_of_the_readme_prints_what_it_says() -> None:
    code = fenced("python")[0]
    promised = code.strip().splitlines()[-1].removeprefix("# ")
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    assert printed.stdout.strip() == promised


SESSION = re.findall(r"^\$ nianbao (.+)\n((?:(?!\$ ).*\n)*)", "".join(fenced("console")), flags=re.MULTILINE)
"""Commands with the output that the README shows of them."""


@pytest.mark.parametrize(("typed", "output"), SESSION, ids=[typed.split()[0] for typed, _ in SESSION])
def test_what_the_readme_shows_is_what_is_printed(typed: str, output: str, database: Path) -> None:
    command = [sys.executable, "-m", "pipeline", *shlex.split(typed)]
    environment = os.environ | {"NIANBAO_DB": str(database)}
    printed = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=environment).stdout
    assert printed.strip() == output.strip()


def test_every_document_that_the_readme_links_to_is_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert [link for link in links if not (ROOT / link).exists()] == []
