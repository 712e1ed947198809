"""A table in each format, read back by the libraries that people read it with."""

from __future__ import annotations

import csv
import gc
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from pipeline.shown.exports import csv as csv_format
from pipeline.shown.exports import formats, jsonl, parquet, xlsx

COLUMNS = ("id", "name", "value", "blob", "empty")
ROWS: list[tuple[Any, ...]] = [
    (1, "年报", 0.5, b"\x00", None),
    (2, "=1+1", 3.0, None, None),
    (2**60, None, None, None, None),
]


def rows() -> Iterator[tuple[Any, ...]]:
    return iter(ROWS)


def test_the_formats_of_the_contract_are_there() -> None:
    assert formats() == ("csv", "jsonl", "parquet", "xlsx")


def test_csv_opens_in_excel_with_every_value(tmp_path: Path) -> None:
    assert csv_format.write(tmp_path / "a", COLUMNS, rows) == 3
    assert (tmp_path / "a").read_bytes().startswith(b"\xef\xbb\xbfid,name"), "Excel needs the mark to know UTF-8"
    with (tmp_path / "a").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            list(COLUMNS),
            ["1", "年报", "0.5", "00", ""],
            ["2", "=1+1", "3", "", ""],
            [str(2**60), "", "", "", ""],
        ]


def test_jsonl_is_one_object_a_line(tmp_path: Path) -> None:
    assert jsonl.write(tmp_path / "a", COLUMNS, rows) == 3
    first, *_ = (tmp_path / "a").read_text(encoding="utf-8").splitlines()
    assert json.loads(first) == {"id": 1, "name": "年报", "value": 0.5, "blob": "00", "empty": None}


def test_parquet_has_the_types_of_the_columns(tmp_path: Path) -> None:
    assert parquet.write(tmp_path / "a", COLUMNS, rows) == 3
    table = pq.read_table(tmp_path / "a")
    assert [str(field.type) for field in table.schema] == ["int64", "string", "double", "binary", "string"]
    assert [tuple(row.values()) for row in table.to_pylist()] == ROWS


def test_a_long_table_goes_on_in_the_next_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert xlsx.write(path, ("n",), lambda: iter([(i,) for i in range(5)]), sheet_rows=3) == 5
    book = openpyxl.load_workbook(path)
    assert [[cell.value for cell in next(sheet.columns)] for sheet in book] == [["n", 0, 1], ["n", 2, 3], ["n", 4]]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a disk that is always full is Linux's")
def test_a_workbook_on_a_full_disk_fails_as_other_files_do(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(OSError, match="No space left"):
        xlsx.write(Path("/dev/full"), COLUMNS, rows)
    gc.collect()
    assert capfd.readouterr().err == "", "what is half written is forgotten in silence"


def test_a_workbook_holds_text_as_text_and_says_what_it_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    xlsx.write(path, COLUMNS, lambda: iter([*ROWS, (1, "长" * 40_000, None, None, None)]))
    sheet = openpyxl.load_workbook(path).active
    assert sheet["B3"].value == "=1+1"
    assert sheet["B3"].data_type == "s"
    assert sheet["A4"].value == str(2**60)
    assert len(sheet["B5"].value) == xlsx.CELL_CHARACTERS
    assert sheet["B5"].value.endswith(xlsx.CUT)
