"""The metric of a figure by the noun that it counts."""

from __future__ import annotations

from parsers.facts.families import INFORMATION, LODGED
from parsers.facts.lexicon import Word
from parsers.facts.metric.evidence import Evidence

LEAST_ITEM = 2
"""Characters of a word for items of any kind (事项, 清单); longer ones say that services or powers are counted,
whatever is done with them: 发布政务服务事项2020项."""


def metric_by_noun(evidence: Evidence, noun: Word) -> str | None:
    """The noun's own metric, None where a verb of publishing speaks louder (公开常务会议13次)."""
    name = str(noun.sense.noun)
    if (
        name == "enforcement"
        and evidence.unit == "项"
        and "services" in (evidence.memory.whole, evidence.memory.metric)
    ):
        return "services"
    if name == "documents" and evidence.own and evidence.verb == "interpretations":
        return evidence.verb
    if name == "services" and evidence.unit in evidence.known.lists["items"] and len(noun.text) > LEAST_ITEM:
        return name
    if not noun.sense.weak or evidence.from_tail:
        return name
    if name == "disclosures" and evidence.memory.whole in LODGED:
        return evidence.memory.whole  # 行政复议88件，其中涉政府信息公开9件
    if name == "disclosures":
        handled = evidence.known.handles(evidence.verb)
        return "applications" if handled else None if evidence.publishing else name
    if name == "accounts":
        # 更新栏目3个 counts columns, 网站发布视频3个 what is on the site.
        put_out = evidence.own and evidence.publishing and noun.end != evidence.phrase.figure.start
        return name if evidence.unit in evidence.known.lists["bodies"] and not put_out else None
    if evidence.verb_word is None:
        return None if evidence.publishing else name
    made = name == "other" and evidence.verb_word.text in evidence.known.lists["makes"]
    # The verb of an earlier clause has an object of its own: 编制发布清单，共涉及职权4230项.
    elsewhere = evidence.verb_word.start < evidence.phrase.near.start
    return name if made or elsewhere or not evidence.publishing else None


def only_informs(evidence: Evidence, noun: Word) -> bool:
    """Whether the noun only says what a piece of information is about: 其中行政许可93条."""
    name, memory, known = noun.sense.noun, evidence.memory, evidence.known
    notices = evidence.unit in known.lists["notices"]
    if name == "documents":
        relayed = evidence.verb_word is not None and evidence.verb_word.text in known.lists["relays"]
        told = known.publishes(memory.metric)
        listed = memory.whole or (not evidence.own and (told or (evidence.publishing and memory.metric is not None)))
        return relayed or bool(notices and listed)
    if evidence.own and name == evidence.verb == "inquiries":
        return False  # 回应关切13条: answered, whatever the list counts
    yields = noun.sense.weak or (name == "opinions" and not evidence.own)
    return yields and notices and memory.whole in INFORMATION
