"""Specimens are what their gold says: the same every time, arithmetically sound but for their slips, and whole."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.arithmetic import breaks, instances_of
from corpus.gold import Figure, Slip, gold_from_json, read_gold
from corpus.specimens import (
    PRODUCERS,
    QUICK,
    Producer,
    build,
    committed_specimens,
    make_specimen,
    planned_tasks,
    sheet_of,
)
from corpus.specimens.__main__ import main
from corpus.specimens.specimen import Specimen
from parsers.forms import form_of
from parsers.forms.form import Form
from parsers.report import CellKey, CellState, Scope

SPECIMENS = [make_specimen(1, index, "test", {}) for index in range(150)]


def form_for(edition: str) -> Form:
    form = form_of(edition)
    assert form is not None
    return form


def test_the_same_seed_makes_the_same_files(tmp_path: Path) -> None:
    first = build(tmp_path / "a", seed=4, count=len(QUICK))
    again = build(tmp_path / "b", seed=4, count=len(QUICK))
    other = build(tmp_path / "c", seed=5, count=len(QUICK))
    texts = [path for path, _ in first if path.suffix != ".docx"]  # a DOCX holds the time of its making
    assert [path.read_bytes() for path in texts] == [(tmp_path / "b" / path.name).read_bytes() for path in texts]
    assert [gold for _, gold in first] == [gold for _, gold in again]
    assert [gold.cells for _, gold in first] != [gold.cells for _, gold in other]


@given(st.integers(0, 2**31), st.integers(0, 9999))
@settings(max_examples=40, deadline=None)
def test_figures_break_identities_only_where_a_slip_was_made(seed: int, index: int) -> None:
    arguable = dict.fromkeys(("blank_totals", "only_totals", "unreadable_cell"), 0.0)
    specimen = make_specimen(seed, index, "test", {"slip": 0.0, **arguable})
    assert (specimen.slips, specimen.tolerated) == (frozenset(), frozenset())


def test_slips_are_what_the_printed_figures_break() -> None:
    slipped = [s for s in (make_specimen(2, index, "test", {"slip": 1}) for index in range(60)) if s.slips]
    assert len(slipped) > 50
    for specimen in slipped:
        codes = {instance.slip.code for instance in instances_of(form_for(specimen.edition))}
        assert {slip.code for slip in specimen.slips} <= codes


def test_every_cell_of_the_form_has_gold() -> None:
    for specimen in SPECIMENS:
        assert list(specimen.cells) == list(form_for(specimen.edition).cell_keys())


def test_both_editions_many_agencies_and_both_scopes_occur() -> None:
    assert {specimen.edition for specimen in SPECIMENS} == {"2019", "2021"}
    assert {specimen.scope for specimen in SPECIMENS} == set(Scope)
    assert {specimen.agency.level for specimen in SPECIMENS} == {"province", "city", "county", "township"}
    assert len({specimen.agency.name for specimen in SPECIMENS}) > 80
    assert {figure.state for specimen in SPECIMENS for figure in specimen.cells.values()} == set(CellState)


@pytest.mark.parametrize("specimen", SPECIMENS[:40], ids=lambda specimen: specimen.id)
def test_a_sheet_prints_each_figure_once_and_where_the_spans_put_it(specimen: Specimen) -> None:
    printed: list[CellKey] = []
    for table in sheet_of(specimen).tables():
        places = [place for row in table.placed() for place in row]
        printed += [cell.key for _, cell in places if cell.key is not None]
        assert all(column + cell.column_span <= len(table.widths) for column, cell in places)
        covered = sum(cell.row_span * cell.column_span for _, cell in places)
        assert covered == len(table.rows) * len(table.widths), "merged cells fill the table without gap or overlap"
    absent = [key for key, figure in specimen.cells.items() if figure.state is CellState.ABSENT]
    assert sorted([*printed, *absent]) == sorted(specimen.cells)


@pytest.mark.parametrize("producer", QUICK, ids=lambda producer: producer.name)
def test_a_document_shows_title_and_every_figure(producer: Producer, tmp_path: Path) -> None:
    for path, gold in build(tmp_path, seed=6, count=4, producers=[producer]):
        shown = visible_text(path)
        assert gold.agency in shown
        assert f"{gold.year}年" in shown.replace(" ", "")
        for figure in gold.cells.values():
            assert figure.raw.replace(" ", "") in shown.replace(" ", "")


def visible_text(path: Path) -> str:
    """The characters of a document, tags and entities gone: no reader of ours, so that the check is independent."""
    content = path.read_bytes()
    if path.suffix == ".docx":
        content = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")
    try:
        text = content.decode("utf-16" if content.startswith(codecs.BOM_UTF16) else "utf-8")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    for entity, sign in {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&"}.items():
        text = text.replace(entity, sign)
    return re.sub(r"<[^>]*>", "", text) if path.suffix in (".docx", ".htm", ".html") else text


def test_mislabelled_pages_are_really_mislabelled(tmp_path: Path) -> None:
    wanted = [producer for producer in PRODUCERS if producer.name == "html-gbk-mislabelled"]
    ((path, _),) = build(tmp_path, seed=1, count=1, producers=wanted)
    assert b'charset="utf-8"' in path.read_bytes()
    with pytest.raises(UnicodeDecodeError):
        path.read_bytes().decode()


def test_gold_survives_its_file(tmp_path: Path) -> None:
    made = build(tmp_path, seed=3, count=5)
    assert list(read_gold(tmp_path / "gold.jsonl")) == [gold for _, gold in made]
    assert gold_from_json(made[0][1].to_json()) == made[0][1]


def test_the_command_leaves_out_what_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    arguments = [str(tmp_path / "out"), "--count", "2", "--producer", "text-tabs", "--producer", "chromium"]
    assert main(arguments) == 0
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".jsonl", ".txt", ".txt"]
    assert main([str(tmp_path / "none"), "--producer", "chromium"]) == 1


def test_planned_documents_have_names_of_their_own(tmp_path: Path) -> None:
    tasks = [task for _, task in islice(planned_tasks(tmp_path, seed=1, count=60, producers=PRODUCERS), 60)]
    assert len({task.path for task in tasks}) == 60


def test_committed_specimens_say_that_they_are_invented_and_stay_small() -> None:
    specimens = committed_specimens()
    assert len(specimens) >= 7
    assert sum(path.stat().st_size for path, _ in specimens) < 1_000_000
    assert all("specimen_mark" in gold.traits for _, gold in specimens)


class TestArithmetic:
    """The measure's own arithmetic, on figures small enough to check by eye."""

    FORM = form_for("2021")
    ZEROS = dict.fromkeys(FORM.cell_keys(), Figure(CellState.NUMBER, Decimal(0), "0"))

    def with_figures(self, figures: Iterable[tuple[str, Figure]]) -> dict[CellKey, Figure]:
        return {**self.ZEROS, **{CellKey.parse(key): figure for key, figure in figures}}

    def test_zeros_break_nothing(self) -> None:
        assert breaks(self.FORM, self.ZEROS) == (frozenset(), frozenset())

    def test_one_wrong_leaf_breaks_its_row_and_its_column(self) -> None:
        cells = self.with_figures([("requests/outcome.granted/business", Figure(CellState.NUMBER, Decimal(1), "1"))])
        expected = frozenset({Slip("req.row_sum", "outcome.granted"), Slip("req.outcome_sum", "business")})
        assert breaks(self.FORM, cells) == (expected, frozenset())

    def test_a_total_left_blank_is_arguable(self) -> None:
        two = Figure(CellState.NUMBER, Decimal(2), "2")
        cells = self.with_figures(
            [("review_litigation/review/upheld", two), ("review_litigation/review/total", Figure(CellState.BLANK))]
        )
        assert breaks(self.FORM, cells) == (frozenset(), frozenset({Slip("rl.sum", "review")}))

    def test_a_sum_with_a_figure_that_nobody_can_read_is_arguable(self) -> None:
        one = Figure(CellState.NUMBER, Decimal(1), "1")
        unreadable = Figure(CellState.UNREADABLE, None, "?")
        cells = self.with_figures(
            [("review_litigation/review/total", one), ("review_litigation/review/pending", unreadable)]
        )
        assert breaks(self.FORM, cells) == (frozenset(), frozenset({Slip("rl.sum", "review")}))
