"""PyMuPDF, set up to say nothing on its own."""

from __future__ import annotations

from importlib import import_module
from typing import Any

pymupdf: Any = import_module("pymupdf")  # its functions carry no types
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)
pymupdf.no_recommend_layout()
