"""The one vocabulary of errors: what can stop us from doing our work.

::

    NianbaoError
    ├── Unreadable       the bytes cannot be read (truncated, mislabelled, a format that we do not take)
    │   ├── Encrypted    a password is needed
    │   ├── NeedsOcr     the pages are pictures; there is no text to read
    │   └── NeedsConversion   an office suite must write it in a newer format first
    ├── NotAReport       the document was read, and it is not an annual report on information disclosure
    ├── LimitExceeded    the file asked for more time or memory than one file may have
    ├── BadInput         what the user gave is wrong: a path, an option, a manifest, a query
    └── StoreError       the database cannot be opened, read or written
        └── BadAddress   what was given as a database is none (a BadInput as well)

An exception means that we could not do our work. A page that contradicts itself is no exception: that is a
:class:`parsers.report.Finding`. Messages are sentences for a researcher: which file, which page, what was
expected, what to do. This module imports nothing of ours, so that every module can import it.
"""

from __future__ import annotations


class NianbaoError(Exception):
    """Root of all errors that we raise on purpose; its text is the line that a person is shown."""


class Unreadable(NianbaoError):
    """The bytes are not a document that we can read; the message says what they look like and what to do."""


class Encrypted(Unreadable):
    """The document asks for a password that is not the empty one."""


class NeedsOcr(Unreadable):
    """The document consists of pictures of pages and holds no text."""


class NeedsConversion(Unreadable):
    """The document is in a format that an office suite can convert to one that we read. ``suffix`` is the format's
    usual file extension, ``media_type`` its name on the internet."""

    def __init__(self, message: str, suffix: str = "", media_type: str = "") -> None:
        super().__init__(message)
        self.suffix = suffix
        self.media_type = media_type


class NotAReport(NianbaoError):
    """The document is readable and something else: a guide, a notice, a budget, an empty template."""


class LimitExceeded(NianbaoError):
    """Reading the file took more time or memory than the limits for one file allow."""


class BadInput(NianbaoError):
    """What the user gave cannot be used; the message names it and says what would be accepted."""


class StoreError(NianbaoError):
    """The database could not be opened, migrated, read or written."""


class BadAddress(BadInput, StoreError):
    """What was given as a database is none that there could be: no address, a folder, a file in a folder that is missing."""
