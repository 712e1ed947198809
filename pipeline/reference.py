"""``docs/commands.md``, made from what ``--help`` says: ``python -m pipeline.reference > docs/commands.md``."""

from __future__ import annotations

import sys

from typer.testing import CliRunner

from pipeline.cli import app

WIDTH = 110


def reference() -> str:
    """The page: the help of ``nianbao`` and of each of its commands, as a person sees it."""
    names = [command.name or "" for command in app.registered_commands]
    sections = [("nianbao", _help()), *((f"nianbao {name}", _help(name)) for name in names)]
    body = "\n".join(f"## {title}\n\n```text\n{text.rstrip()}\n```\n" for title, text in sections)
    return f"# Commands\n\nMade from `--help` by `make docs`.\n\n{body}"


def _help(*arguments: str) -> str:
    runner = CliRunner()
    result = runner.invoke(
        app, [*arguments, "--help"], prog_name="nianbao", env={"COLUMNS": str(WIDTH), "NIANBAO_DB": ""}
    )
    assert result.exit_code == 0, result.output
    return result.output


if __name__ == "__main__":
    sys.stdout.write(reference())
