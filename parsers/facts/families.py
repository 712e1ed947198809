"""Families of metrics: the members of one behave alike in a sentence, whatever their words are."""

from __future__ import annotations

CASES = frozenset({"applications", "inquiries", "proposals", "reviews", "lawsuits"})
"""What is brought before an agency and comes to an end. Its cases are counted in several measure words: 26份申请，其中撤销2件."""

INFORMATION = frozenset({"posts", "disclosures", "documents", "interpretations", "media_coverage"})
"""What is put out. The parts of such a total are kinds of information, whatever they are about."""

AUDIENCE = frozenset({"views", "interactions", "followers"})
"""What readers do with what was put out."""

HELD = frozenset({"trainings", "events", "press_events"})
"""What is held and people come to: 30余人参会 counts for the training that was just named, and 举办, 组织 and 出席 name
nothing else."""

HAVE_OUTCOMES = CASES | {"accounts"}
"""What may end in one way or another: 撤销8件 after a reconsideration closes no account."""

LODGED = CASES - {"inquiries"}
"""Cases with a procedure of their own; a question is none, and may be asked by any of them."""
