"""The pictures of a page: within it (``data:``), in the same file (MIME HTML), or saved beside it."""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
from collections.abc import Sequence
from functools import cached_property
from urllib.parse import unquote, unquote_to_bytes, urljoin

from parsers.document import Note
from parsers.readers.blocks import Block
from parsers.readers.sniff import is_mhtml


class PagePictures:
    """The pictures of one page, ``data``. Nothing is fetched; nothing is done for pages without pictures."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self._name = name

    def blocks_at(self, addresses: Sequence[str]) -> tuple[list[Block], list[str]]:
        """What the pictures at addresses say, which stand one below the other; and the addresses of those that cannot be had or
        read."""
        contents = [(address, content) for address in addresses if (content := self._content(address))]
        blocks: list[Block] = []
        left = [address for address in addresses if address not in dict(contents)]
        if contents:
            from parsers.readers.ocr.pictures import whole_sheets

            pending = [address for address, _ in contents]
            for sheet, strips in whole_sheets([content for _, content in contents]):
                found = self._pictures.blocks(sheet)
                blocks += found
                left += [] if found else pending[:strips]
                del pending[:strips]
        return blocks, left

    def notes(self) -> list[Note]:
        """That pictures were read, if any was."""
        read = self._pictures.read if "_pictures" in self.__dict__ else 0
        return [Note("recognised_picture", f"{read} pictures in the article were recognised (OCR)")] if read else []

    @cached_property
    def _pictures(self):  # type: ignore[no-untyped-def]  # the import is not paid for by pages without pictures
        from parsers.readers.ocr.pictures import Pictures

        return Pictures(self._name)

    def _content(self, address: str) -> bytes | None:
        if address.startswith("data:"):
            head, _, body = address.partition(",")
            try:
                return base64.b64decode(unquote(body)) if head.endswith(";base64") else unquote_to_bytes(body)
            except (binascii.Error, ValueError):
                return None
        if (found := self._parts.get(address)) is not None:
            return found
        from parsers.readers.ocr.pictures import beside

        return beside(address)

    @cached_property
    def _parts(self) -> dict[str, bytes]:
        """The pictures of a page saved with them in one file, by their addresses."""
        if not is_mhtml(self._data[:2000].decode("latin-1")):
            return {}
        message = email.message_from_bytes(self._data, policy=email.policy.compat32)
        parts: dict[str, bytes] = {}
        base = ""
        for part in message.walk():
            location = str(part.get("Content-Location") or "")
            content = part.get_payload(decode=True)
            if part.get_content_type() == "text/html":
                base = base or location
            elif part.get_content_maintype() == "image" and isinstance(content, bytes):
                parts[location] = content
                if identity := str(part.get("Content-ID") or "").strip("<> "):
                    parts[f"cid:{identity}"] = content
        absolute = {urljoin(base, location): content for location, content in parts.items()}
        relative = {location.rpartition("/")[2]: content for location, content in parts.items()}
        return {**relative, **absolute, **parts}
