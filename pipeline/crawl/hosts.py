"""Which addresses may be spoken to: those of the open internet, and of a private network only when a source names them."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit


def is_private(address: str) -> bool:
    """Whether an IP address leads anywhere but into the open internet (loopback, private, link-local, reserved …).

    >>> is_private("127.0.0.1"), is_private("10.1.2.3"), is_private("::ffff:192.168.0.1"), is_private("114.114.114.114")
    (True, True, True, False)
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0].strip("[]"))
    except ValueError:
        return True
    mapped = getattr(parsed, "ipv4_mapped", None)
    return not (mapped or parsed).is_global


def literal(host: str) -> str | None:
    """The address that a host is, when it is written as one in any of the ways that resolvers understand (``127.1``,
    ``0x7f000001``, ``2130706433`` too); None for a name.

    >>> literal("127.0.0.1"), literal("2130706433"), literal("0x7f.1"), literal("www.a.cn")
    ('127.0.0.1', '127.0.0.1', '127.0.0.1', None)
    """
    bare = host.strip("[]")
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        pass
    parts = bare.split(".")
    if not 1 <= len(parts) <= 4 or not all(parts):
        return None
    try:
        numbers = [
            int(p, 16) if p.lower().startswith("0x") else int(p, 8) if len(p) > 1 and p[0] == "0" else int(p)
            for p in parts
        ]
    except ValueError:
        return None
    *first, last = numbers
    if any(not 0 <= n <= 255 for n in first) or not 0 <= last < 256 ** (4 - len(first)):
        return None
    value = sum(n << (24 - 8 * i) for i, n in enumerate(first)) + last
    return str(ipaddress.IPv4Address(value))


class NamedHosts:
    """The hosts that sources name: only their own literal addresses and ``localhost`` may be private."""

    def __init__(self, hosts: Iterable[str]) -> None:
        self._names = {(urlsplit(f"http://{host}").hostname or "").lower() for host in hosts}

    def may_be_private(self, name: str) -> bool:
        """Whether a source names this host itself as an address of its own network."""
        return name.lower() in self._names and (literal(name) is not None or name.lower() == "localhost")

    def refuses(self, url: str) -> bool:
        """Whether an address is, as it is written, one of a private network that no source names."""
        name = (urlsplit(url).hostname or "").lower()
        address = literal(name)
        if address is not None:
            return is_private(address) and not self.may_be_private(name)
        return (name == "localhost" or name.endswith(".localhost")) and not self.may_be_private(name)
