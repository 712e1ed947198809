"""What a figure counts: the noun wins where it has a metric of its own, else the verb, else what was said before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parsers.facts.clauses import Phrase
from parsers.facts.families import CASES, HELD, INFORMATION
from parsers.facts.lexicon import Lexicon, Word
from parsers.facts.phrases import NOUN_REACH, noun_behind, noun_of, opens_clause, verb_of

_HAS_OUTCOMES = CASES | {"accounts"}
"""Metrics that have outcomes: 撤销8件 after a reconsideration closes no account."""
BODIES = frozenset({"个", "家", "所", "处"})
"""Measure words for bodies, places and accounts."""
LEAST_ITEM = 2
"""Characters of a word for items of any kind (事项, 清单); longer ones say that services or powers are counted,
whatever is done with them: 发布政务服务事项2020项."""
BODY_REACH = 8
"""How far behind the measure word the name of a kind of body may end: 家市级政府部门."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a sentence has said so far, and what the sentences before it were about."""

    metric: str | None = None
    verb: str | None = None
    whole: str | None = None
    published: str | None = None
    topic: str | None = None
    activity: str | None = None
    compared: str | None = None
    """What a comparison that opens the sentence is about, if it names nothing."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The metric of a figure and what told it: the noun, the governing verb, and the place of the noun."""

    metric: str
    noun: Word | None = None
    verb: str | None = None
    verb_word: Word | None = None
    own_verb: bool = False
    from_tail: bool = False


def counted(phrase: Phrase, memory: Memory, known: Lexicon) -> Counted:
    """The metric of the phrase's figure."""
    unit = phrase.figure.unit
    if not phrase.gap.strip() and memory.metric and not phrase.figure.ratio:
        return Counted(memory.metric, verb=memory.verb)  # 公开任免信息10批次71条162人次: counted in three ways
    if unit in known.metrics["gazettes"].units and any(word.sense.channel == "gazette" for word in phrase.near.words):
        return Counted("gazettes")
    if unit in known.lists["money"]:
        return Counted("fees", noun_of(phrase.near, phrase, known)[0])
    if _taken(phrase, known):
        return Counted("media_coverage", from_tail=True)
    verb_word, own = verb_of(phrase, known)
    informing = memory.whole in INFORMATION or (phrase.gap.startswith("、") and memory.verb == "posts")
    is_kind = verb_word is not None and informing and _is_kind_of_disclosure(phrase)
    if is_kind or (verb_word is not None and memory.whole in INFORMATION and _is_topic(verb_word, phrase, known)):
        verb_word, own = None, False
    verb = verb_word.sense.verb if verb_word else memory.verb
    named = _named(phrase, verb_word if own else None, known, is_kind=is_kind)
    if named.noun is not None and (case := _case_of(named.noun, phrase, memory, known)) is not None:
        return Counted(case, named.noun, verb, verb_word, own)
    named = _named_elsewhere(named, phrase, known)
    if named.noun is None and not named.information and (metric := _carried_on(phrase, memory, own, known)):
        return Counted(metric, verb=verb)
    found = _Found(phrase, memory, named.noun, verb, verb_word, own, named.from_tail, known)
    metric = found.metric(information=named.information)
    return Counted(metric, named.noun, verb, verb_word, own, named.from_tail)


@dataclass(frozen=True, slots=True)
class _Named:
    """The noun that names what is counted. ``information``: the head of the noun phrase is a word for pieces of information;
    ``from_tail``: it stands behind the figure."""

    noun: Word | None
    information: bool
    from_tail: bool = False


def _named(phrase: Phrase, own_verb: Word | None, known: Lexicon, *, is_kind: bool) -> _Named:
    """What is named beside the figure, in front of it or behind. ``own_verb`` is the verb in its phrase; ``is_kind`` says
    that the phrase names a kind of information."""
    columns = _columns_behind(phrase, known)
    if columns is not None:
        return _Named(columns, information=False, from_tail=True)
    if is_kind:
        return _Named(None, information=True)
    noun, information = noun_of(phrase.near, phrase, known)
    if noun is not None and own_verb is not None and _is_volume(noun, own_verb, phrase):
        noun = None
    if not information and (noun is None or phrase.near.text.rstrip(" ").endswith("等")):
        after = noun_behind(phrase, known)
        if after is not None:
            return _Named(after, information=False, from_tail=True)
    return _Named(noun, information)


def _case_of(noun: Word, phrase: Phrase, memory: Memory, known: Lexicon) -> str | None:
    """The kind of case that a word for letters, files or matters is about: that which it touches
    (依申请公开主办件16件), or that of the figure before (交办件6件). None for another noun."""
    if noun.text not in known.lists["letters"] | known.lists["case_files"] | known.lists["matters"]:
        return None
    around = (*phrase.near.words, *phrase.tail.words)
    touching = [word.sense.noun for word in around if word.end == noun.start and word.sense.noun]
    if noun.text in known.lists["matters"]:
        touching = [metric for metric in touching if metric in _HAS_OUTCOMES]
    before = memory.metric if memory.metric in _HAS_OUTCOMES and noun.text in known.lists["case_files"] else None
    return touching[0] if touching else before


def _named_elsewhere(named: _Named, phrase: Phrase, known: Lexicon) -> _Named:
    """What touches the figure of a ratio from behind (文件100%解读), or what the clauses before name where its own says nothing."""
    if phrase.figure.ratio and phrase.tail.words and phrase.tail.words[0].start == phrase.figure.end:
        named = replace(named, noun=phrase.tail.words[0]) if phrase.tail.words[0].sense.noun else named
    if phrase.core or named.noun is not None or named.information:
        return named
    noun, information = None, False
    for clause in reversed(phrase.back):
        noun, information = noun_of(clause, phrase, known)
        if noun or information or clause.words:
            break
    return _Named(noun, information, named.from_tail)


def _carried_on(phrase: Phrase, memory: Memory, own: bool, known: Lexicon) -> str | None:
    """The metric said before, of a figure that names none: it compares (增加12条), or is an outcome (撤销2件)."""
    about = memory.metric or memory.compared
    if not own and about and phrase.near.has("gained", "lost", "compared"):
        return about
    if memory.metric in _HAS_OUTCOMES and known.ends_with(phrase.core, "outcomes") is not None:
        return memory.whole or memory.metric
    return None


def _columns_behind(phrase: Phrase, known: Lexicon) -> Word | None:
    """The word for columns that touches the measure word behind a list of their names:
    设立指南、年报、依申请公开四个板块."""
    first = phrase.tail.words[0] if phrase.tail.words else None
    touches = first is not None and first.start == phrase.tail.start and first.text in known.lists["columns"]
    return first if touches and "、" in phrase.near.text and phrase.figure.unit in BODIES else None


def _is_volume(noun: Word, verb: Word, phrase: Phrase) -> bool:
    """Whether the noun only names a column, and what is counted was put out in it: “建议提案办理”发布量30条."""
    between = phrase.near.text[max(0, noun.end - phrase.near.start) : max(0, verb.start - phrase.near.start)]
    return "”" in between and phrase.near.text.startswith("量", verb.end - phrase.near.start)


def _taken(phrase: Phrase, known: Lexicon) -> bool:
    """Whether others took over what is counted: 2条信息被“杭州发布”录用."""
    taken = phrase.after.find("被")
    return 0 <= taken <= NOUN_REACH and known.holds(phrase.after[taken:], "taken")


def _is_kind_of_disclosure(phrase: Phrase) -> bool:
    """Whether 公开 names a kind of information behind what it is about (其中党务公开7条, 会议情况公开8条), and no
    deed as in 官网公开20条."""
    words, end = phrase.near.words, phrase.near.start + len(phrase.core)
    headed = len(words) > 1 and "information" in words[-1].sense.marks and words[-1].start == words[-2].end
    if headed and phrase.gap.startswith("、") and words[-1].end >= end:
        words, end = words[:-1], words[-1].start  # 公告68条、预决算公开信息11条
    last = words[-1] if words else None
    if last is None or last.sense.verb != "disclosures" or last.end < end:
        return False
    named = any(word.sense.channel for word in phrase.near.words)
    return last.start > phrase.near.start and not named and not opens_clause(phrase, last)


def _is_topic(verb: Word, phrase: Phrase, known: Lexicon) -> bool:
    """Whether a verb inside an item of information only says what the item is about:
    659条信息，其中…社区建设经费12条."""
    if known.publishes(verb.sense.verb) or known.handles(verb.sense.verb):
        return False
    last = phrase.near.words[-1] if phrase.near.words else verb
    headed = "information" in last.sense.marks and last.end >= phrase.near.start + len(phrase.core)
    acts = opens_clause(phrase, verb) and not headed  # 组织机构类信息3条 organises nothing
    return phrase.figure.unit in known.lists["notices"] and not acts


@dataclass(frozen=True, slots=True)
class _Found:
    """The words that speak for the metric of one figure, and the rules by which one of them wins."""

    phrase: Phrase
    memory: Memory
    noun: Word | None
    verb: str | None
    verb_word: Word | None
    own: bool
    """Whether the verb stands in the figure's phrase; otherwise it is carried."""
    from_tail: bool
    known: Lexicon

    @property
    def _publishing(self) -> bool:
        """Whether the verb puts information out."""
        return self.known.publishes(self.verb)

    @property
    def _unit(self) -> str:
        """The measure word."""
        return self.phrase.figure.unit

    def metric(self, *, information: bool) -> str:
        """The metric; ``information`` says that the head of the noun phrase is a word for pieces of information."""
        phrase, memory, known = self.phrase, self.memory, self.known
        if phrase.figure.ratio:
            verb = self.verb if self.own and phrase.near.words else None
            answered = known.handles(verb)
            if self._asked():
                return "inquiries"  # 12345热线接通率98%
            return _of_ratio(self._told_noun(), memory, (memory.topic or verb) if answered else verb)
        if memory.whole == "applications" and self._tells_application():
            return memory.whole
        if memory.metric == "applications" and self._is_granted():
            return memory.metric
        ways = self.noun is not None and self.noun.text in known.lists["letters"]
        if ways and memory.metric == "applications" and not self.own:
            return memory.metric  # 信函申请39件，电子邮件7件
        if self._unit in known.lists["people"]:
            return _of_people(phrase, memory, self.noun, known)
        if not information and self._asked():
            return "inquiries"
        if not information and self.noun is not None:
            information = self._informs(self.noun)
            named = None if information else self._by_noun(self.noun)
            if named is not None:
                return named
        return self._by_information() if information else self._by_verb()

    def _told_noun(self) -> Word | None:
        """The noun; where it belongs to no metric, the noun before it that does: 所有建议提案走访率、满意率."""
        if self.noun is None or self.noun.sense.noun != "other":
            return self.noun
        named = [word for word in self.phrase.near.words if word.sense.noun not in (None, "other")]
        return named[0] if named and not named[0].sense.weak else self.noun

    def _tells_application(self) -> bool:
        """Whether a part of applications tells their outcome, way or topic, and is counted as applications:
        受理申请13件，其中依法公开8件，规划类5件."""
        noun = self.noun.sense.noun if self.noun is not None else None
        if noun in _LODGED or self._unit in self.known.lists["people"]:
            return False
        # 其中涉及审批的1件: what is only said of them is no verb of theirs.
        said = self.phrase.near.text.endswith("的") and (noun in _TOPICS or (noun is None and self.verb in _TOPICS))
        topic = said or (not self.own and noun in _TOPICS)
        return self.verb == "disclosures" or noun == "inquiries" or topic

    def _is_granted(self) -> bool:
        """Whether 公开 is the outcome of an application: nothing but the verb, counted like the cases before
        (收到申请3件，公开2件)."""
        if self.verb_word is None or not self.own or self.verb != "disclosures":
            return False
        return self.phrase.core == self.verb_word.text and self._unit in self.known.lists["case_units"]

    def _asked(self) -> bool:
        """Whether inquiries are counted, as what came by a letter box or a hotline is (局长信箱办理事项5件) unless
        it is published there."""
        asked = {"mailbox", "hotline"} & {word.sense.channel for word in self.phrase.near.words}
        strong = self.noun is not None and not self.noun.sense.weak
        letters = self.noun is not None and self.noun.text in self.known.lists["letters"]
        letters = letters and self._unit not in self.known.lists["notices"]  # 领导信箱公开信件6件
        published = self.own and self._publishing and not letters
        return bool(asked) and not strong and not published and self._unit != "个"

    def _informs(self, noun: Word) -> bool:
        """Whether the noun only says what a piece of information is about: 其中行政许可93条."""
        name, memory, known = noun.sense.noun, self.memory, self.known
        notices = self._unit in known.lists["notices"]
        if name == "documents":
            relayed = self.verb_word is not None and self.verb_word.text in known.lists["relays"]
            told = known.publishes(memory.metric)
            listed = memory.whole or (not self.own and (told or (self._publishing and memory.metric is not None)))
            return relayed or bool(notices and listed)
        if self.own and name == self.verb == "inquiries":
            return False  # 回应关切13条: answered, whatever the list counts
        yields = noun.sense.weak or (name == "opinions" and not self.own)
        return yields and notices and memory.whole in INFORMATION

    def _by_noun(self, noun: Word) -> str | None:
        """The noun's own metric, None where a verb of publishing speaks louder (公开常务会议13次)."""
        name = str(noun.sense.noun)
        if name == "enforcement" and self._unit == "项" and "services" in (self.memory.whole, self.memory.metric):
            return "services"
        if name == "documents" and self.own and self.verb == "interpretations":
            return self.verb
        if name == "services" and self._unit in self.known.lists["items"] and len(noun.text) > LEAST_ITEM:
            return name
        if not noun.sense.weak or self.from_tail:
            return name
        if name == "disclosures" and self.memory.whole in _LODGED:
            return self.memory.whole  # 行政复议88件，其中涉政府信息公开9件
        if name == "disclosures":
            handled = self.known.handles(self.verb)
            return "applications" if handled else None if self._publishing else name
        if name == "accounts":
            # 更新栏目3个 counts columns, 网站发布视频3个 what is on the site.
            put_out = self.own and self._publishing and noun.end != self.phrase.figure.start
            return name if self._unit in BODIES and not put_out else None
        if self.verb_word is None:
            return None if self._publishing else name
        made = name == "other" and self.verb_word.text in self.known.lists["makes"]
        # The verb of an earlier clause has an object of its own: 编制发布清单，共涉及职权4230项.
        elsewhere = self.verb_word.start < self.phrase.near.start
        return name if made or elsewhere or not self._publishing else None

    def _by_information(self) -> str:
        """The metric of a figure that counts pieces of information: what was done with them decides."""
        verb, memory, known = self.verb, self.memory, self.known
        if self.own and verb == "inquiries":
            asked = any(word.sense.noun == verb for word in self.phrase.near.words)
            listed = memory.metric in INFORMATION and not self.phrase.near.has("through")
            told = known.lists["received"] | (frozenset() if listed else known.lists["responding"])
            came = any(word.text in told for word in self.phrase.near.words)
            if self._unit in known.lists["times"] or (asked and (came or self._unit not in known.lists["notices"])):
                return verb
        if memory.whole is not None and memory.whole not in INFORMATION and not (self.own and self._publishing):
            return memory.whole  # 受理诉求3256件，其中投诉类986件
        head = self.phrase.near.words[-1].sense.verb if self.phrase.near.words else None
        put_out = known.publishes(head)
        if head is not None and not self.own and self.phrase.near.words[-1].text in known.lists["posting"]:
            return head  # 公众号共推文62篇
        if verb is not None and self._publishing:
            return verb
        if memory.whole in INFORMATION:
            return memory.whole
        if head is not None and put_out:
            return head
        if verb is not None and self.own and verb not in ("inquiries", "events", "other"):
            return verb
        verbs = [word.sense.verb for word in self.phrase.near.words if word.sense.verb]
        if verbs and known.publishes(verbs[0]):
            return verbs[0]  # 公开意见征集及反馈信息11件
        return _published(self.phrase, memory, known)

    def _by_verb(self) -> str:
        """The metric of a figure without a noun that tells it: the one that its verb is of, where it has one."""
        phrase, memory, verb, known = self.phrase, self.memory, self.verb, self.known
        people = self._unit in known.lists["people"]
        if memory.whole in HELD and not people and self.own and verb == "events" and self.noun is None:
            return memory.whole  # 新闻发布会112场，其中负责人出席39场
        here = self.verb_word is not None and self.verb_word.start >= phrase.near.start
        body = _of_body(phrase, memory, self.own and self._publishing and (here or not phrase.near.text), known)
        if body is not None:
            return body
        if verb is not None and known.handles(verb):
            return _of_handling(phrase, memory, verb, self.verb_word.text if self.verb_word else "", known)
        return verb if self.own and verb is not None else self._by_what_was_said()

    def _by_what_was_said(self) -> str:
        """The metric of a figure in whose phrase neither a noun nor a verb tells it: that of the figures before, or what is
        usually counted in its measure word."""
        phrase, memory, verb, known = self.phrase, self.memory, self.verb, self.known
        if memory.metric and phrase.near.has("since") and not self.own:
            return memory.metric  # 发布文件21份，历年累计592份
        if memory.metric == "gazettes" and self._unit in known.lists["copies"]:
            return memory.metric  # 编印公报12期，发行4.8万份
        if self._unit in BODIES and not self._publishing and _is_channel(phrase):
            return "accounts"
        reaches = verb is not None and not (memory.whole and not memory.verb)
        if self._publishing:
            reaches = reaches and self._unit not in known.lists["unpublished"]
        elif memory.metric is not None:
            reaches = False
        if verb is not None and reaches:
            return verb
        if memory.metric is None and self._unit in known.lists["issues"] and _in_mass_media(phrase, known):
            return "media_coverage"
        if memory.metric is None and self._unit in known.lists["notices"] and _is_channel(phrase):
            return memory.published or "posts"  # 通过门户网站236条
        bulletin = self._unit == "期" and phrase.near.text.rstrip("共计 ").endswith("》")
        if bulletin and memory.metric in (None, "posts"):
            return "posts"  # 编印《信息》30期: a bulletin of one's own
        said = memory.whole or memory.metric
        if said is None and self._unit in known.lists["notices"] and phrase.core:
            return memory.published or "disclosures"  # 产业促进161条, where nothing says what was done
        return said if said is not None and self._unit not in known.metrics[said].not_units else "other"


_TOPICS = frozenset({"documents", "enforcement", "services", "disclosures"})
"""What an application may be about, or ask for."""
_LODGED = CASES - {"inquiries"}
"""Cases with a procedure of their own; a question is none, and may be asked by any of them."""


def _published(phrase: Phrase, memory: Memory, known: Lexicon) -> str:
    """The metric of pieces of information of which nothing says how they were put out."""
    if memory.metric is not None and known.publishes(memory.metric):
        return memory.metric
    if any(word.sense.channel for clause in phrase.clauses for word in clause.words):
        return "posts"
    return memory.published or "disclosures"


def _of_ratio(noun: Word | None, memory: Memory, verb: str | None) -> str:
    """The metric of a rate or share: that of its noun, else of the figure before it, else of its verb."""
    if noun is not None and not (noun.sense.weak and memory.metric) and noun.sense.noun != "other":
        return str(noun.sense.noun)
    return memory.metric or (noun.sense.noun if noun else None) or verb or "other"


def _of_people(phrase: Phrase, memory: Memory, noun: Word | None, known: Lexicon) -> str:
    """The metric of a figure of people: those who came, asked or read count for what they came to; staff is
    ``other``."""
    around = phrase.near.text + phrase.tail.text[:12]
    if memory.metric in HELD and known.holds(phrase.near.text, "reaching"):
        return str(memory.metric)  # 开展培训2次，覆盖工作人员86人次
    if noun is None and memory.metric and phrase.near.has("gained", "lost", "compared"):
        return memory.metric
    if memory.whole in HELD:
        return memory.whole  # 参训150人，其中信息员96人
    if noun is not None and noun.text in known.lists["audiences"] and memory.activity and memory.metric in HELD:
        return memory.activity  # 组织宣讲12场，受众1.1万人次
    verb, own = verb_of(phrase, known)
    behind = noun is not None and noun.start >= phrase.figure.end
    staffed = known.holds(phrase.tail.text[:NOUN_REACH], "person_nouns")
    if noun is not None and noun.sense.noun not in ("other", "events", "services") and not (behind and staffed):
        return str(noun.sense.noun)
    if known.holds(around, "attendance") or (noun is not None and noun.sense.noun == "events"):
        trained = known.holds(phrase.near.text + phrase.after, "training")
        return "trainings" if trained else memory.activity or "events"
    if own and verb is not None and verb.sense.verb in ("trainings", "inquiries"):
        return str(verb.sense.verb)
    if known.holds(around, "person_nouns"):
        return "other"
    if noun is not None and noun.sense.noun == "services":
        return "services"
    if (
        phrase.figure.unit in ("人次", "人")
        and memory.metric
        and known.metrics[memory.metric].people
        and not phrase.core
    ):
        return memory.metric
    if own and verb is not None and known.metrics[str(verb.sense.verb)].people and verb.sense.verb != "other":
        return str(verb.sense.verb)
    return "other"


def _of_handling(phrase: Phrase, memory: Memory, verb: str, verb_text: str, known: Lexicon) -> str:
    """The metric of what was handled: a verb that fits every kind of case (答复, 办理) means the kind that was
    spoken of."""
    if verb != "inquiries" or verb_text in known.lists["responding"]:
        return verb
    if memory.metric is not None and (memory.metric in CASES or memory.metric == "opinions"):
        return memory.metric
    words = [word.sense for clause in phrase.clauses for word in clause.words]
    asked = any(sense.channel in ("mailbox", "hotline") or sense.noun == "inquiries" for sense in words)
    if asked:
        return "inquiries"
    if memory.topic:
        return memory.topic
    return "inquiries" if verb_text and _object(phrase) else "applications"


def _object(phrase: Phrase) -> str:
    """What stands between the last verb of ``near`` and the figure."""
    verbs = [word for word in phrase.near.words if word.sense.verb]
    return phrase.core[verbs[-1].end - phrase.near.start :] if verbs else phrase.core


def _is_channel(phrase: Phrase) -> bool:
    """Whether a channel is named right beside the figure."""
    return any(word.sense.channel for word in (*phrase.near.words, *phrase.tail.words[:2]))


def _in_mass_media(phrase: Phrase, known: Lexicon) -> bool:
    """Whether a paper or a station is named, which carried what is counted though no verb says so:
    完成市电台4期《民情热线》."""
    return any(word.sense.channel in known.channel_classes["media"] for word in phrase.near.words)


def _of_body(phrase: Phrase, memory: Memory, published: bool, known: Lexicon) -> str | None:
    """Bodies: those that were inspected count the inspection, those that do something are counted themselves."""
    head = phrase.tail.text[:BODY_REACH]
    if published or phrase.figure.unit not in BODIES:
        return None
    informs = any(
        "information" in word.sense.marks for word in phrase.tail.words if word.start <= phrase.tail.start + 6
    )
    if not known.holds(head, "body_nouns") or informs:
        return None
    around = phrase.near.text + phrase.after
    if known.holds(phrase.after, "attendance"):
        return memory.activity or "events"
    return "events" if known.holds(around, "inspections") else "other"
