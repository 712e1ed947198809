"""Pages of ``docs/`` that are made from the program: the commands from their ``--help``, the rules over the years from
the rules. ``python -m pipeline.reference`` writes them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from typer.testing import CliRunner

from pipeline.checks import all_rules
from pipeline.checks.rule import Example, Rule
from pipeline.cli import app

DOCS = Path(__file__).parent.parent / "docs"
WIDTH = 110


def commands_page() -> str:
    """The help of ``nianbao`` and of each of its commands, as a person sees it."""
    names = [[command.name or ""] for command in app.registered_commands]
    for group in app.registered_groups:
        assert group.typer_instance is not None
        names += [[group.name or "", command.name or ""] for command in group.typer_instance.registered_commands]
    sections = [("nianbao", _help()), *((f"nianbao {' '.join(name)}", _help(*name)) for name in names)]
    body = "\n".join(f"## {title}\n\n```text\n{text.rstrip()}\n```\n" for title, text in sections)
    return f"# Commands\n\nMade from `--help` by `make docs`; do not edit.\n\n{body}"


def years_page() -> str:
    """The rules that compare an agency's years, with their examples."""
    rules = "\n".join(map(_described, all_rules()))
    return f"""# Checks over the years

Made from the rules in `pipeline/checks` by `make docs`; do not edit.

After each ingest the years of every agency concerned are compared. Blanks and dashes count as 0; a figure that is
absent or unreadable is not compared. A finding about a cell that may be misread is the reading's, any other the agency's.

{rules}"""


PAGES = {"commands.md": commands_page, "checks-over-years.md": years_page}


def _help(*arguments: str) -> str:
    environment = {"COLUMNS": str(WIDTH), "NIANBAO_DB": ""}
    result = CliRunner().invoke(app, [*arguments, "--help"], prog_name="nianbao", env=environment)
    assert result.exit_code == 0, result.output
    return result.output


def _described(rule: Rule) -> str:
    return f"""## `{rule.code}`

{rule.sentence}

- severity: {rule.severity} ({rule.grade})
- source: {rule.source}
- may break when: {rule.reasons}
- holds: {_shown(rule.holds)}
- breaks: {_shown(rule.breaks)}
"""


def _shown(example: Example) -> str:
    """An example in one line: the two years of an agency, or a year of one and what is stored beside it."""
    this = f"{example.year}: {_stated(example.this, example.prose[0])}"
    beside = [f"{name}: {_stated(figures)}" for name, figures in (*example.within.items(), *example.versions.items())]
    if beside:
        return "; ".join([this, *beside])
    if example.last is None:
        return f"{this}; no earlier report"
    return f"{example.year - 1}: {_stated(example.last, example.prose[1])} → {this}"


def _stated(figures: Mapping[str, int], prose: str = "") -> str:
    return ", ".join([*(f"`{key}` {figure}" for key, figure in figures.items()), *([prose] if prose else ())])


def main() -> None:
    """Writes the pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
