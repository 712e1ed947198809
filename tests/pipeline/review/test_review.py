"""From a figure that cannot be read to a person's verdict that stays: on a PDF, through the command line."""

from __future__ import annotations

import base64
import csv
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from db import Correction, Standing, Store, Verdict
from parsers import parse_report
from parsers.document import Box
from parsers.errors import BadInput, Unreadable
from parsers.forms import form_of
from parsers.report import Cell, CellKey, CellState, Finding, Severity, Whose
from pipeline.cli import run
from pipeline.review import doubts, picture, write_pictures
from tests.parsers.readers.test_ocr import FIGURES, page_with_a_table
from tests.pipeline.conftest import POLICE
from tests.pipeline.reports import small_report, stored

pymupdf: Any = import_module("pymupdf")  # its types say less than nothing

SPECIMENS = Path(__file__).parents[3] / "corpus" / "specimens" / "files"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def smudged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cell]:
    """A folder with a report one figure of which is smudged, and the cell as it was before."""
    folder = tmp_path_factory.mktemp("smudged")
    specimen = next(SPECIMENS.glob("*reportlab*.pdf"))
    cells = parse_report(specimen).cells
    cell = next(c for c in cells if c.value and c.value > 9 and c.evidence is not None and c.evidence.box is not None)
    smudge(specimen, folder / "report.pdf", cell, "l8?")
    return folder, cell


def smudge(source: Path, target: Path, cell: Cell, printed: str) -> None:
    assert cell.evidence is not None
    box = cell.evidence.box
    assert box is not None
    with pymupdf.open(source) as document:
        page = document[box.page - 1]
        page.add_redact_annot(pymupdf.Rect(box.x0, box.y0, box.x1, box.y1))
        page.apply_redactions(graphics=0)
        page.insert_text((box.x0, box.y1 - 1), printed, fontsize=8)
        document.save(target)


@pytest.fixture(scope="module")
def ingested(smudged: tuple[Path, Cell], tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("ingested") / "a.db"
    assert run(["ingest", str(smudged[0]), "--db", str(database), "--quiet"]) == 0
    return database


@pytest.fixture
def folder(smudged: tuple[Path, Cell], ingested: Path) -> Path:
    """The folder with its report only, as it was ingested."""
    for name in ("corrections.csv", "earlier.csv"):
        (smudged[0] / name).unlink(missing_ok=True)
    return smudged[0]


@pytest.fixture
def nianbao(
    folder: Path, ingested: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Runs a command on a copy of the database: exit status, standard output, standard error."""
    shutil.copy(ingested, tmp_path / "a.db")
    monkeypatch.setenv("NIANBAO_DB", str(tmp_path / "a.db"))

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def rows(nianbao: Run, *arguments: str) -> list[dict[str, Any]]:
    """The rows that a command prints."""
    status, out, err = nianbao(*arguments, "--format", "json")
    assert status == 0, err
    found: list[dict[str, Any]] = json.loads(out)
    return found


def decide(nianbao: Run, target: Path, **verdict: str) -> None:
    """Has the worst doubt written out, fills in the verdict, and saves it as a file of corrections."""
    draft = target.with_name("draft.csv")
    status, _, err = nianbao("review", "--limit", "1", "--write", str(draft))
    assert (status, draft.exists()) == (0, True), err
    (line,) = csv.DictReader(io.StringIO(draft.read_text("utf-8-sig")))
    draft.unlink()
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, line)
        writer.writeheader()
        writer.writerow(line | verdict)


def corrected(cell: Cell) -> dict[str, str]:
    return {"value": str(cell.value), "state": "", "printed": str(cell.value), "verdict": "corrected"} | SIGNED


DAY = date(2024, 3, 1)
SIGNED = {"who": "李敏", "when": "2024-03-01", "why": "the scan has a smudge"}
CORRECTED = (
    "SELECT value_as_read, state_as_read, raw, value, verdict, who, decided, why, standing FROM cell_corrected"
)
DETAIL = "SELECT value_as_read, state_as_read, raw, value, state, verdict, doubtful FROM cell_detail WHERE verdict IS NOT NULL"


def test_what_cannot_be_read_is_listed_first_with_a_picture_of_the_place(
    nianbao: Run, smudged: tuple[Path, Cell], tmp_path: Path
) -> None:
    first = rows(nianbao, "review", "--pictures", str(tmp_path / "places"))[0]
    assert (first["whose"], first["read"], first["file"]) == ("reading", "? (l8?)", "report.pdf")
    assert first["reason"].startswith("reading.figure_unreadable")
    assert first["place"].startswith("page 1, ")
    shown = pymupdf.Pixmap(str(tmp_path / "places" / first["picture"]))
    colours = {shown.pixel(x, y)[:3] for x in range(0, shown.width, 2) for y in range(shown.height)}
    assert any(red > 200 and green < 120 for red, green, _ in colours), "the cell is framed"
    assert min(map(sum, colours)) < 150, "there is print"
    assert max(map(sum, colours)) > 750, "on paper"
    assert shown.width > 2 * shown.height, "a strip of the page, not all of it"


def test_a_photographed_page_is_shown_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the reviews 1 + 0 + 0 + 2 are no 4: was it misread? The picture that was read says so, not its words."""
    slip = page_with_a_table(("1", "0", "0", "2", "4", *FIGURES[5:]))
    slip.get_pixmap(dpi=150).save(tmp_path / "年报.png")  # type: ignore[attr-defined]
    monkeypatch.setenv("NIANBAO_DB", str(tmp_path / "a.db"))
    run(["ingest", str(tmp_path / "年报.png"), "--quiet"])
    capsys.readouterr()
    run(["review", "--pictures", str(tmp_path / "places"), "--format", "json"])
    of_reviews = [doubt for doubt in json.loads(capsys.readouterr().out) if doubt["row"] == "行政复议"]
    assert {"1", "2", "4"} <= {doubt["read"] for doubt in of_reviews}
    for doubt in of_reviews:
        shown = pymupdf.Pixmap(str(tmp_path / "places" / doubt["picture"]))
        red = [
            (x, y)
            for x in range(shown.width)
            for y in range(shown.height)
            if shown.pixel(x, y)[0] > 200 and shown.pixel(x, y)[1] < 120
        ]
        (left, top), (right, bottom) = map(min, zip(*red, strict=True)), map(max, zip(*red, strict=True))
        within = [shown.pixel(x, y)[0] for x in range(left + 3, right - 2) for y in range(top + 3, bottom - 2)]
        assert min(within) < 100, "the frame is around what is printed"
        assert right - left < shown.width / 8


class Terminal(io.StringIO):
    """What a terminal is sent."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_that_can_shows_the_place_between_the_lines(
    nianbao: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    status, _, err = nianbao("review", "--inline")
    assert (status, "--pictures DIR" in err) == (2, True), "a pipe shows no pictures"
    monkeypatch.setenv("TERM_PROGRAM", "iTerm.app")
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.setattr("sys.stdout", terminal := Terminal())
    assert nianbao("review", "--inline", "--limit", "1")[0] == 0
    lines, _, rest = terminal.getvalue().partition("\x1b]1337;")
    assert "? (l8?)" in lines
    png = base64.b64decode(rest.partition(":")[2].partition("\a")[0])
    assert pymupdf.Pixmap(png).width == pytest.approx(595 * 2, abs=4), "the page's whole width"


def test_a_correction_stands_beside_the_reading_and_survives_being_read_again(
    nianbao: Run, folder: Path, smudged: tuple[Path, Cell]
) -> None:
    cell = smudged[1]
    assert cell.value is not None
    decide(nianbao, folder / "corrections.csv", **corrected(cell))
    assert nianbao("ingest", str(folder))[0] == 0
    expected = [None, "unreadable", "l8?", int(cell.value), "corrected", *SIGNED.values(), "in_force"]
    for again in ("--force", "--stale"):
        assert nianbao("ingest", str(folder), again)[0] == 0
        (row,) = rows(nianbao, "sql", CORRECTED)
        assert list(row.values()) == expected
        (row,) = rows(nianbao, "sql", DETAIL)
        assert list(row.values()) == [None, "unreadable", "l8?", int(cell.value), "number", "corrected", 0]
    assert "reading.figure_unreadable" not in nianbao("review")[1]
    assert rows(nianbao, "sql", "SELECT doubts, corrections FROM report_overview") == [
        {"doubts": 0, "corrections": 1}
    ]
    (report,) = rows(nianbao, "sql", "SELECT agency, year FROM report_overview")
    _, out, _ = nianbao("show", report["agency"], str(report["year"]))
    assert (
        f"corrected · the page prints {cell.value}, read as ? (l8?) · 李敏, 2024-03-01: the scan has a smudge" in out
    )
    assert "reading · resolved · reading.figure_unreadable" in out
    (seen,) = json.loads(nianbao("show", report["agency"], str(report["year"]), "--format", "json")[1])["corrections"]
    assert (seen["value"], seen["verdict"], seen["who"]) == (int(cell.value), "corrected", "李敏")
    assert f"{cell.value}†" in nianbao("compare", str(cell.key))[1]
    assert nianbao("ingest", str(folder))[1].split()[-2:] == ["unchanged", "1"]


def test_a_line_taken_out_of_the_file_is_withdrawn_and_kept_as_history(
    nianbao: Run, folder: Path, smudged: tuple[Path, Cell]
) -> None:
    path = folder / "corrections.csv"
    decide(nianbao, path, **corrected(smudged[1]))
    nianbao("ingest", str(folder))
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert nianbao("ingest", str(folder))[0] == 0, "the quick look sees that the file has changed"
    assert rows(nianbao, "sql", CORRECTED) == []
    (row,) = rows(nianbao, "sql", "SELECT who, withdrawn IS NOT NULL AS withdrawn FROM correction")
    assert row == {"who": "李敏", "withdrawn": 1}
    assert rows(nianbao, "review", "--limit", "1")[0]["read"] == "? (l8?)"


def test_apply_stores_corrections_without_reading(
    nianbao: Run, folder: Path, smudged: tuple[Path, Cell], tmp_path: Path
) -> None:
    decide(nianbao, tmp_path / "mine.csv", value="", state="unreadable", verdict="confirmed", **SIGNED)
    status, out, err = nianbao("review", "--apply", str(tmp_path / "mine.csv"))
    assert (status, out, err) == (0, "", "corrections: 1 new\n")
    assert rows(nianbao, "sql", "SELECT verdict, agrees FROM cell_corrected") == [
        {"verdict": "confirmed", "agrees": 1}
    ]
    assert rows(nianbao, "sql", "SELECT doubts FROM report_overview") == [{"doubts": 0}]
    assert nianbao("review", "--apply", str(tmp_path / "mine.csv"))[2] == "corrections: 1 as before\n"
    assert rows(nianbao, "sql", "SELECT count(*) AS n FROM run_item") == [{"n": 1}]


def test_a_confirmation_of_something_else_settles_nothing(nianbao: Run, folder: Path, tmp_path: Path) -> None:
    decide(nianbao, tmp_path / "mine.csv", value="7", state="", verdict="confirmed", **SIGNED)
    nianbao("ingest", str(folder), "--corrections", str(tmp_path / "mine.csv"))
    first = rows(nianbao, "review")[0]
    assert first["reason"].startswith("review.reading_disagrees: 李敏 saw 7 here on 2024-03-01")
    assert rows(nianbao, "sql", "SELECT doubts FROM report_overview") == [{"doubts": 1}]


def test_a_correction_goes_stale_when_the_bytes_change(
    nianbao: Run, folder: Path, smudged: tuple[Path, Cell], tmp_path: Path
) -> None:
    cell = smudged[1]
    place = tmp_path / "site"
    place.mkdir()
    shutil.copy(folder / "report.pdf", place)
    database = ("--db", str(tmp_path / "b.db"))
    decide(nianbao, place / "corrections.csv", **corrected(cell))
    assert nianbao("ingest", str(place), *database)[0] == 0
    (place / "report.pdf").unlink()
    smudge(next(SPECIMENS.glob("*reportlab*.pdf")), place / "report.pdf", cell, "3l?")
    status, _, err = nianbao("ingest", str(place), *database)
    assert (status, "stale corrections, as the bytes changed: report.pdf" in err) == (0, True)
    _, out, err = nianbao("review", *database, "--pictures", str(tmp_path / "places"))
    assert "? (3l?)" in out, "the new bytes are doubtful again"
    assert "stale: report.pdf has changed since 1 of its cells were looked at" in err
    with Store.open_readonly(str(tmp_path / "b.db")) as store:
        (stored,) = store.corrections()
        assert (stored.standing, stored.settles) == (Standing.STALE, False)
        (doubt,) = (d for d in doubts(store) if d.cell is not None and d.cell.state is CellState.UNREADABLE)
        assert doubt.sha256 != stored.correction.sha256


def test_a_file_that_is_gone_is_listed_all_the_same_and_shown_as_it_was_read(
    nianbao: Run, folder: Path, tmp_path: Path
) -> None:
    kept = (folder / "report.pdf").rename(tmp_path / "kept.pdf")
    try:
        _, out, err = nianbao("review", "--pictures", str(tmp_path / "places"))
    finally:
        kept.rename(folder / "report.pdf")
    assert "? (l8?)" in out
    assert err.splitlines()[-1].startswith("no picture: report.pdf: no longer where it was read")
    assert {path.suffix for path in (tmp_path / "places").iterdir()} == {".html"}, "the rows as they were read"


def test_a_member_of_an_archive_has_a_picture_too(folder: Path, ingested: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "reports"), "zip", folder)
    with Store.open_readonly(str(ingested)) as store:
        doubt = replace(doubts(store)[0], locations=("https://example.org/report.pdf", f"{archive}!/report.pdf"))
    problems: list[str] = []
    names = write_pictures([doubt], tmp_path / "places", problems.append)
    assert (len(names), problems) == (1, [])
    assert (tmp_path / "places" / names[0]).stat().st_size > 1000


def test_a_turned_page_is_shown_as_it_is_seen(folder: Path) -> None:
    report = parse_report(folder / "report.pdf")
    box = next(c.evidence.box for c in report.cells if c.evidence is not None and c.evidence.box is not None)
    upright = pymupdf.Pixmap(picture((folder / "report.pdf").read_bytes(), box))
    assert upright.width == pytest.approx(595 * 2, abs=4)
    with pymupdf.open(folder / "report.pdf") as document:
        document[box.page - 1].set_rotation(90)
        turned = pymupdf.Pixmap(picture(document.tobytes(), box))
    assert turned.width == pytest.approx(842 * 2, abs=4)


def test_what_cannot_be_drawn_is_told(folder: Path) -> None:
    content = (folder / "report.pdf").read_bytes()
    for box, error in ((Box(99, 0, 0, 9, 9), BadInput), (Box(1, 0, 5000, 9, 5009), Unreadable)):
        with pytest.raises(error, match=r"report\.pdf"):
            picture(content, box, name="report.pdf")
    with pytest.raises(Unreadable):
        picture(b"%PDF-1.7\n" + bytes(100), Box(1, 0, 0, 9, 9))


def test_a_bad_file_of_corrections_changes_nothing_and_is_told(nianbao: Run, folder: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    decide(nianbao, bad, verdict="maybe", **SIGNED)
    for arguments in (("review", "--apply"), ("ingest", str(folder), "--corrections")):
        status, _, err = nianbao(*arguments, str(bad))
        assert (status, "line 2: verdict 'maybe'" in err) == (2, True)
    shutil.copy(bad, folder / "corrections.csv")
    status, _, err = nianbao("ingest", str(folder))
    assert (status, "corrections not used: " in err) == (1, True)
    assert rows(nianbao, "sql", CORRECTED) == []
    assert nianbao("review", "--write", str(bad))[0] == 2, "a file that may hold verdicts is not written over"


def test_of_a_sum_that_does_not_hold_the_cell_at_fault_is_listed_and_what_is_blank_is_counted(tmp_path: Path) -> None:
    form = form_of("2021")
    assert form is not None
    places = [str(key) for key in form.cell_keys() if key.row.startswith("outcome.") and key.column == "total"]
    at_fault, total = "requests/outcome.partial/total", "requests/outcome.total/total"
    slip = Finding(
        "req.outcome_sum",
        Severity.ERROR,
        Whose.AGENCY,
        "Column 总计: （七）总计 is 4, but the others add up to 5",
        (at_fault, *(place for place in places if place != at_fault)),
        Decimal(5),
        Decimal(4),
    )
    printed = dict.fromkeys(places, "") | {at_fault: 2, "requests/outcome.granted/total": 3, total: 4}
    path = stored(tmp_path / "a.db", small_report(POLICE, 2021, printed, findings=(slip,)))
    with Store.open_readonly(f"sqlite:///{path}") as store:
        listed = [(str(doubt.key), doubt.folded) for doubt in doubts(store, rule="req.outcome_sum")]
        every = doubts(store, rule="req.outcome_sum", every_cell=True)
    assert listed == [(at_fault, len(places) - 3), ("requests/outcome.granted/total", 0), (total, 0)]
    assert len(every) == len(places)


NEW = CellKey("requests", "received.new", "total")


@pytest.mark.parametrize(
    ("verdict", "seen", "expected"),
    [
        (Verdict.CONFIRMED, 7, ["review.reading_disagrees"]),
        (Verdict.CONFIRMED, 5, []),
        (Verdict.AGENCY_ERROR, 7, ["review.reading_disagrees"]),
        (Verdict.CORRECTED, 7, []),
    ],
)
def test_who_saw_another_figure_than_was_read_and_did_not_correct_it_is_asked_again(
    tmp_path: Path, verdict: Verdict, seen: int, expected: list[str]
) -> None:
    report = small_report(POLICE, 2021, {str(NEW): 5, "requests/outcome.total/total": 5})
    said = Correction(report.source.sha256, NEW, verdict, CellState.NUMBER, Decimal(seen), "", "李敏", DAY, "looked")
    with Store.open(str(stored(tmp_path / "a.db", report))) as store:
        store.apply_corrections("c.csv", "0", [said])
        (agency,) = store.agencies()

        def listed(**choice: Any) -> list[str]:
            return [doubt.finding.rule for doubt in doubts(store, **choice) if doubt.finding.whose is Whose.READING]

        assert listed() == listed(years={2021}, agency_ids=[agency.id]) == expected
        assert listed(years={2020}) == listed(agency_ids=[agency.id + 1]) == listed(rule="req.row_sum") == []


def test_a_doubt_about_a_whole_report_is_listed_and_what_its_agency_did_is_not(tmp_path: Path) -> None:
    ours = Finding("reading.prose_endless", Severity.WARNING, Whose.READING, "The text is too long to be read")
    theirs = Finding("identity.scope_unsaid", Severity.HINT, Whose.AGENCY, "It does not say for whom it is")
    path = stored(tmp_path / "a.db", small_report(POLICE, 2021, {}, findings=(theirs, ours)))
    with Store.open_readonly(str(path)) as store:
        assert [(doubt.finding.rule, doubt.key) for doubt in doubts(store)] == [(ours.rule, None)]


def test_the_listing_of_what_has_no_pages_shows_the_text_and_takes_filters(database: Path) -> None:
    with Store.open_readonly(str(database)) as store:
        worst = doubts(store)[0]
        assert (worst.agency, worst.finding.rule) == (POLICE, "req.row_sum")
        assert {doubt.year for doubt in doubts(store, years={2021})} == {2021}
        assert doubts(store, rule="no.such") == []
        assert len(doubts(store, limit=1)) == 1
