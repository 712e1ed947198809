"""Narrative facts: the figures that a report states in its prose. See ``docs/facts.md``."""

from parsers.facts.extract import extract_facts, set_aside
from parsers.facts.lexicon import VERSION
from parsers.facts.names import Name, Reason
from parsers.facts.scan import is_endless

__all__ = ["VERSION", "Name", "Reason", "extract_facts", "is_endless", "set_aside"]
