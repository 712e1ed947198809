"""Addresses: how a page's links become absolute, when two addresses are one, and which host one is at."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from pipeline.crawl.words import words

LONGEST = 2083
"""Characters; what no browser of the time could open is a trap or a mistake."""
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]*", re.IGNORECASE)
_RANDOM = re.compile(r"(?=.*\d)[0-9a-zA-Z_-]{16,}")
_STAMP = re.compile(r"\d{10,}|0?\.\d{6,}")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def absolute(href: str, base: str, charset: str = "utf-8") -> str | None:
    """The address that a link of a page at ``base`` leads to, as it is asked for: blanks and back-slashes mended
    as browsers do, the fragment, session numbers and empty parameters gone, other signs percent-encoded (the path in UTF-8, the
    query in the page's ``charset``). None for what is no web address, or none that can be asked for.

    >>> absolute(r".\\2022\\t1.html#top", "http://a.cn/xxgk/index.html")
    'http://a.cn/xxgk/2022/t1.html'
    >>> absolute("/nb.do;jsessionid=9A0B?id=3", "http://a.cn/")
    'http://a.cn/nb.do?id=3'
    """
    href = re.sub(r"[\t\r\n]", "", href).strip().replace("\\", "/")
    if not href or href.startswith("#"):
        return None
    try:
        url = safe_url_string(urljoin(base, href), encoding=charset, path_encoding="utf8")
        parts = urlsplit(url)
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or len(url) > LONGEST or parts.username:
            return None
        port = parts.port
    except (ValueError, UnicodeError, LookupError):
        return None
    host = parts.hostname.lower()
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    path = _PATH_SESSION.sub("", parts.path).rstrip(";") or "/"  # parameters without any are none
    return urlunsplit((parts.scheme, netloc, _without_dots(path), _without_sessions(parts.query), ""))


def key(url: str, form: str | None = None) -> str:
    """What makes two requests one: the address in one spelling, without scheme and with cache busters gone; the
    form of a POST belongs to it.

    >>> key("https://a.cn/x.html?b=2&a=1&_=1699999999999") == key("http://a.cn/x.html?a=1&b=2")
    True
    """
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1")
    kept = sorted(
        (n, v) for n, v in pairs if not (n.lower() in words()["urls"]["cache_buster"] and _STAMP.fullmatch(v))
    )
    path = quote(unquote_to_bytes(parts.path), safe="/;:@!$&'()*+,=~-._")
    return f"{parts.netloc}{path}?{urlencode(kept, encoding='latin-1')}#{form or ''}"


def host_of(url: str) -> str:
    """Host and port as they are allowed or not: the port only where it is not the scheme's own.

    >>> host_of("https://A.cn:443/x"), host_of("http://a.cn:8080/")
    ('a.cn', 'a.cn:8080')
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    port = parts.port
    return host if port in (None, 80, 443) else f"{host}:{port}"


def shape(url: str) -> str:
    """An address with its numbers taken out: what the addresses of a calendar or of endless paging have in common.

    >>> shape("http://a.cn/rl/2024/05.html?day=7&id=ab12")
    'a.cn/rl/#/#.html?day&id'
    """
    parts = urlsplit(url)
    names = "&".join(sorted({n for n, _ in parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1")}))
    return f"{parts.netloc}{re.sub(r'[0-9]+', '#', parts.path)}?{names}"


def is_akin(url: str, first: str) -> bool:
    """Whether an address looks like a further page of the list at ``first``: the same but for numbers and query, or
    below it.

    >>> is_akin("http://a.cn/nb/list_2.shtml", "http://a.cn/nb/list.shtml"), is_akin("http://a.cn/nb/3.htm", "http://a.cn/nb.htm")
    (True, True)
    >>> is_akin("http://a.cn/rl/2024/06.htm", "http://a.cn/nb.htm")
    False
    """
    one, other = urlsplit(url), urlsplit(first)
    stem = re.sub(r"\.\w+$", "", other.path)
    plain = [re.sub(r"[_-]?\d+|index", "", re.sub(r"\.\w+$", "", path)) for path in (one.path, other.path)]
    return one.netloc == other.netloc and (
        plain[0].rstrip("/") == plain[1].rstrip("/") or one.path.startswith(f"{stem}/")
    )


def in_gbk(url: str) -> str | None:
    """The address with its path spelt in GBK instead of UTF-8, for servers that look their files up that way; None
    where that makes no difference."""
    parts = urlsplit(url)
    try:
        path = quote(unquote_to_bytes(parts.path).decode("utf-8").encode("gb18030"), safe="/;:@!$&'()*+,=~-._")
    except UnicodeError:
        return None
    return None if path == parts.path else urlunsplit(parts._replace(path=path))


def extension(url: str) -> str:
    """The extension of the file that an address names, in lower case without the dot; empty for none.

    >>> extension("http://a.cn/x/P02.PDF?v=1"), extension("http://a.cn/download.jsp?file=a.doc"), extension("http://a.cn/nb")
    ('pdf', 'jsp', '')
    """
    name = urlsplit(url).path.rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return suffix.lower() if dot and stem and len(suffix) <= 5 and suffix.isalnum() else ""


@cache
def _session_names() -> frozenset[str]:
    return frozenset(words()["urls"]["session"])


def _without_sessions(query: str) -> str:
    """The query as it was, less the parameters that name a session."""
    kept = [part for part in query.split("&") if part and not _is_session(part)]
    return "&".join(kept) if len(kept) < len(query.split("&")) else query


def _is_session(part: str) -> bool:
    name, _, value = part.partition("=")
    name = name.lower()
    return (
        name in _session_names()
        or name.startswith("aspsessionid")
        or (name in words()["urls"]["maybe_session"] and _RANDOM.fullmatch(value) is not None)
    )


def _without_dots(path: str) -> str:
    """A path without ``/./`` and ``/../``, which urljoin leaves where they lead above the root."""
    kept: list[str] = []
    for part in path.split("/")[1:]:
        if part == "..":
            kept = kept[:-1]
        elif part != ".":
            kept.append(part)
    return "/" + "/".join(kept)
