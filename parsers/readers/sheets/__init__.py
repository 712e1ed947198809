"""Excel workbooks: what a format shows of a number (``shown``), the sheets of both file formats (``xlsx``, ``xls``), and
how the rows of a sheet are told apart into lines and tables (``layout``)."""

from __future__ import annotations

from parsers.readers.sheets.reader import VERSION, read_ods, read_xls, read_xlsx

__all__ = ["VERSION", "read_ods", "read_xls", "read_xlsx"]
