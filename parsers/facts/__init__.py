"""Narrative facts: the figures that a report states in its prose. See ``docs/facts.md``."""

from parsers.facts.crowded import is_endless
from parsers.facts.extract import extract_facts, set_aside
from parsers.facts.lexicon import VERSION
from parsers.facts.names import Name, Reason

__all__ = ["VERSION", "Name", "Reason", "extract_facts", "is_endless", "set_aside"]
