"""The producers of specimens, one module each; adding one here makes it a part of every set."""

from __future__ import annotations

from corpus.specimens.render import chromium, libreoffice, reportlab, text, weasyprint, web, word
from corpus.specimens.render.producer import Producer, Task

PRODUCERS: tuple[Producer, ...] = (
    *chromium.PRODUCERS,
    *weasyprint.PRODUCERS,
    *reportlab.PRODUCERS,
    *libreoffice.PRODUCERS,
    *word.PRODUCERS,
    *web.PRODUCERS,
    *text.PRODUCERS,
)
"""Every producer, whether this machine has what it needs or not."""

__all__ = ["PRODUCERS", "Producer", "Task"]
