"""What the headers of an answer say of its content, as sites really write them."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from parsers.readers.charset import decode

_FILE_NAME = re.compile(r"filename\*?\s*=\s*(?:([\w-]+)'[^']*')?(\"[^\"]*\"|[^;]+)", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def file_name_of(disposition: str | None) -> str | None:
    """The name in a Content-Disposition header (its bytes as Latin-1 text): ``filename*`` first, percent-encoded or
    raw, in UTF-8 or GBK; without folders. None for none.

    >>> file_name_of("attachment; filename=%E5%B9%B4%E6%8A%A5.pdf"), file_name_of("inline")
    ('年报.pdf', None)
    >>> file_name_of('attachment; filename="../../' + "年报.doc".encode("gbk").decode("latin-1") + '"')
    '年报.doc'
    """
    best: str | None = None
    for found in _FILE_NAME.finditer(disposition or ""):
        raw = found[2].strip().strip('"')
        data = unquote_to_bytes(raw.encode("latin-1", "replace"))
        name = decode(data, found[1])[0].replace("\\", "/").rpartition("/")[2].strip()
        if name and (best is None or found[1]):
            best = re.sub(r"[\x00-\x1f]", "", name)[:200]
    return best


def charset_of(media_type: str | None) -> str | None:
    """The character set that a Content-Type header names; None for none."""
    found = _CHARSET.search(media_type or "")
    return found[1] if found else None
