"""The map of a font from its codes to characters (ToUnicode), read and written."""

from __future__ import annotations

import re
from collections.abc import Mapping

from parsers.text import LOST

_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CHAR = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f ]*)>")
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>\s*(?:<\s*([0-9A-Fa-f]+)\s*>|\[([^\]]*)\])")
Map = dict[str, str]
"""From a code of a font, in hexadecimal, to the text that it stands for."""


def map_of(text: bytes) -> Map:
    """The codes of a ToUnicode map and what they stand for.

    >>> map_of(b"1 beginbfrange <0013> <0015> <0030> endbfrange 1 beginbfchar <0021> <4E00> endbfchar")
    {'0013': '0', '0014': '1', '0015': '2', '0021': '一'}
    """
    codes: Map = {}
    for kind, block in _BLOCK.findall(text):
        if kind == b"char":
            codes.update((code.decode().upper(), _text(target)) for code, target in _CHAR.findall(block))
            continue
        for first, last, target, targets in _RANGE.findall(block):
            start, width = int(first, 16), len(first)
            count = min(int(last, 16) - start + 1, 65536)
            if target:
                text_of_first = _text(target)
                for step in range(count if text_of_first else 0):
                    code = min(ord(text_of_first[-1]) + step, 0x10FFFF)
                    codes[f"{start + step:0{width}X}"] = text_of_first[:-1] + chr(code)
            else:
                listed = re.findall(rb"<([0-9A-Fa-f\s]*)>", targets)
                codes.update((f"{start + step:0{width}X}", _text(each)) for step, each in enumerate(listed[:count]))
    return codes


def _text(target: bytes) -> str:
    if len(target) == 4:
        return chr(int(target, 16))
    digits = b"".join(target.split()).decode()
    return bytes.fromhex(digits.zfill(-(-len(digits) // 2) * 2)).decode("utf-16-be", "replace")


def written(codes: Mapping[str, str]) -> bytes:
    """A ToUnicode map of these codes."""
    width = len(next(iter(codes), "0000"))
    lines = [f"<{code}> <{(text or LOST).encode('utf-16-be', 'replace').hex()}>" for code, text in codes.items()]
    parts = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    blocks = "".join("{} beginbfchar\n{}\nendbfchar\n".format(len(part), "\n".join(part)) for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Mended def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<{'0' * width}> <{'F' * width}>\nendcodespacerange\n{blocks}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
