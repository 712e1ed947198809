"""Which characters some bytes are. Published pages declare gb2312 and are UTF-8, declare utf-8 and are GBK, declare
nothing, or have lost a byte in the middle; what the bytes themselves say goes before what is declared."""

from __future__ import annotations

from functools import cache

import regex

from parsers.document import Note
from parsers.readers.words import words
from parsers.text import LOST

_DECLARED = regex.compile(
    rb"""<meta\b[^<>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml\b[^<>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    regex.IGNORECASE,
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_LABELS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(
        (
            "gb2312",
            "gbk",
            "gb18030",
            "x-gbk",
            "gb_2312",
            "gb_2312-80",
            "csgb2312",
            "iso-ir-58",
            "chinese",
            "cp936",
            "ms936",
        ),
        "gb18030",
    ),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "csbig5", "x-x-big5"), "big5hkscs"),
    # A declaration that could be read is written in ASCII, so the page is not UTF-16: the standard takes it for UTF-8.
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "unicode"), "utf-8"),
    **dict.fromkeys(("shift_jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    "euc-jp": "euc-jp",
    # The single-byte sets read any bytes at all, so that they prove nothing: they count as no declaration.
}
"""Codecs by declared label, after the WHATWG Encoding standard: every GB label is gb18030."""
_CHINESE, _WIDE = ("gb18030", "big5hkscs"), ("utf-16-le", "utf-16-be")
_PLAIN = 0.5
"""The share of common characters from which on nothing else is tried: reports show 0.6 to 0.8 of them in the set that
they are written in, and under 0.2 in any other."""
_ASCII = regex.compile(r"[\x00-\x7f]+")
_SAMPLE = 65536  # enough characters to tell one set from another
_BROKEN = 100  # a text of which less than one character in a hundred is broken was still written in that set


def decode(data: bytes, declared_http: str | None = None) -> tuple[str, list[Note]]:
    """The text of ``data`` and notes on how it was read (``charset_wrong``, ``characters_lost``).

    In this order: a byte order mark; UTF-8 when the bytes are UTF-8, a few broken ones forgiven; UTF-16 without a
    mark; then whichever of the declared set (the HTTP header goes before the page), GB 18030 and Big5 shows the most
    common characters; then the guess of charset-normalizer. What cannot be decoded becomes U+FFFD.

    >>> decode("年度报告".encode("gbk"))
    ('年度报告', [])
    """
    declared = declared_charset(data, declared_http)
    codec, text = _read(data, declared)
    notes = []
    if declared is not None and declared != codec and not text.isascii():
        notes.append(
            Note("charset_wrong", f"the page declares {declared} and is written in {codec}; read as {codec}")
        )
    if lost := text.count(LOST):
        notes.append(Note("characters_lost", f"{lost} characters could not be decoded as {codec}"))
    return text, notes


def declared_charset(data: bytes, declared_http: str | None = None) -> str | None:
    """The codec that the HTTP header's charset, or else the head of the page, names; None when neither does."""
    labels = [declared_http] if declared_http else []
    labels += [(match[1] or match[2]).decode("ascii") for match in _DECLARED.finditer(data, 0, 8192)]
    for label in labels:
        if codec := _LABELS.get(label.strip().strip("\"'").lower()):
            return codec
    return None


def _read(data: bytes, declared: str | None) -> tuple[str, str]:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return codec, data[len(mark) :].decode(codec, "replace")
    if (wide := _utf16(data)) is not None:
        return wide, data.decode(wide, "replace")
    text = data.decode("utf-8", "replace")
    if _is_whole(text):
        return "utf-8", text
    best = (_commonness(text), "utf-8", text)
    for codecs in ((declared, *_CHINESE), _WIDE):
        if best[0] >= _PLAIN:
            break
        for codec in dict.fromkeys(codec for codec in codecs if codec and codec != "utf-8"):
            reading = data.decode(codec, "replace")
            if (common := _commonness(reading)) > best[0]:
                best = (common, codec, reading)
    _, codec, text = best
    if _is_whole(text):
        return codec, text
    return _guess(data) or (codec, text)


def _is_whole(text: str) -> bool:
    """Whether next to nothing of a text was lost in decoding, measured by its characters beyond ASCII."""
    lost = text.count(LOST)
    if not lost:
        return True
    return lost * _BROKEN <= len(text) - len(text.encode("ascii", "ignore"))


def _commonness(text: str) -> float:
    """The share of common characters among those beyond ASCII; broken ones count against it."""
    foreign = _ASCII.sub("", text[:_SAMPLE])
    return (len(foreign) - len(foreign.translate(_common()))) / (len(foreign) or 1)


@cache
def _common() -> dict[int, None]:
    """What takes the common characters out of a text."""
    return dict.fromkeys(map(ord, words("charset")["common"].replace("\n", "")))


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: markup and blanks leave a zero byte in every second place."""
    head = data[:4096]
    if head.count(0) * 8 < len(head) or len(head) < 4:
        return None
    codec = "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    text = head[: len(head) & ~1].decode(codec, "replace")
    return codec if text.count(LOST) * 10 <= len(text) and text.count("\0") * 10 <= len(text) else None


def _guess(data: bytes) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return None
    # Some codecs give lone surrogates, which no other stage expects.
    return best.encoding, data.decode(best.encoding, "replace").encode("utf-8", "replace").decode()
