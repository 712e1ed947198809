"""One finding for each identity that does not hold in a row or column, with the figure that is probably at fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from parsers.checks.equations import Break, breaks_of, sides
from parsers.checks.localise import Explanation, Slip, localise
from parsers.checks.not_stated import parts_not_stated, totals_not_stated
from parsers.checks.reading import reading_finding
from parsers.checks.subject import Subject, places
from parsers.forms.form import Identity, Label, Relation
from parsers.report import CellKey, CellState, Finding, Whose

MOST_NAMED = 4
"""Terms or suspects that a message lists one by one; more are given as first … last, or left to ``where``."""

OUT_OF_JOINT = 6
"""So many lines of one table that break the same sum, and more than hold it (lines of zeros not counted), are how a
table is misread whose header slid away. Published reports with real slips have one to four such lines; one that was
left with wrong totals throughout is looked at by a person all the same."""

RELATIONS = {Relation.EQUAL: "=", Relation.AT_MOST: "≤", Relation.AT_LEAST: "≥"}


def broken_identities(subject: Subject) -> Iterator[Finding]:
    """The findings of all identities of the form, in the order of its file.

    What a total left blank, or parts left blank throughout, would need is not tested (see
    :mod:`parsers.checks.not_stated`). ``where`` holds all the cells of the sum, suspects first. A break is the
    agency's, unless the cells at fault (or, where the sums do not single any out, any cell of the sum) are doubtful
    readings, or a cell of the sum is blank and doubtful (its figure may be lost), or a blank cell is what the sums
    lack, or whole lines slid sideways, which is how readings fail: that is a finding of its own besides.
    """
    if not subject.broken:
        return
    doubts = frozenset(subject.system.position[key] for key in subject.doubts if key in subject.system.position)
    values = list(subject.values)
    for unstated in (*totals_not_stated(subject), *parts_not_stated(subject)):
        for place in unstated.cells:
            values[place] = None
    broken = breaks_of(subject.system, values)
    explanations = localise(subject.system, values, broken, doubts)
    misread = _out_of_joint(subject, values, broken)
    for each in broken:
        mine = [explanation for explanation in explanations if each.index in explanation.breaks]
        finding = _finding(subject, each, mine, doubts, {b.index: b for b in broken})
        yield replace(finding, whose=Whose.READING) if each.equation.identity in misread else finding
    for explanation in subject.slid:
        keys = [subject.system.keys[place] for place in explanation.cells]
        rows = list(dict.fromkeys(subject.row(key).leaf for key in keys))
        lines = ", ".join(rows) if len(rows) <= MOST_NAMED else subject.form.table(keys[0].table).label
        yield reading_finding("reading.row_shifted", f"{lines}; moved back by one place, every sum holds", keys)


def _out_of_joint(
    subject: Subject, values: Sequence[Decimal | None], broken: Iterable[Break]
) -> tuple[Identity, ...]:
    """The sums that most of the lines of figures break: their table was probably misread."""
    counts = Counter(each.equation.identity.code for each in broken)
    found = []
    for identity in subject.form.identities:
        if counts[identity.code] < OUT_OF_JOINT or identity.relation is not Relation.EQUAL:
            continue
        lines = [sides(e, values) for e in subject.system.equations if e.identity is identity]
        if 2 * counts[identity.code] > sum(sums is not None and any(sums) for sums in lines):
            found.append(identity)
    return tuple(found)


def _finding(
    subject: Subject, each: Break, explanations: list[Explanation], doubts: frozenset[int], broken: dict[int, Break]
) -> Finding:
    identity = each.equation.identity
    concerned = set(each.equation.cells)
    slid = any(e.slip is Slip.SHIFTED for e in explanations)
    # A figure that moved came from another line, so that a suspect can stand outside this sum.
    suspects = [p for e in explanations for p in e.cells if p in concerned or e.slip is Slip.MOVED]
    if concerned.issubset(suspects) and not slid:
        suspects, explanations = [], []
    # Where a figure may have been lost, what the sums single out may be chance.
    lost = {place for place in concerned if subject.state(place) is CellState.BLANK}
    doubtful = sorted(((set(suspects) or concerned) | lost) & doubts)
    order = dict.fromkeys((*doubtful, *suspects, *sorted(concerned & doubts), *each.equation.cells))
    return Finding(
        rule=identity.code,
        severity=identity.grade.severity,
        whose=Whose.READING if slid or doubtful or _is_lost(subject, each, explanations, broken) else Whose.AGENCY,
        message=_contradiction(subject, each) + "".join(_advice(subject, each, e, broken) for e in explanations),
        where=places(subject.system.keys[place] for place in order),
        expected=each.right,
        actual=each.left,
    )


def _is_lost(subject: Subject, each: Break, explanations: Iterable[Explanation], broken: Mapping[int, Break]) -> bool:
    """Whether a figure is missing rather than wrong: the total is blank beside parts that are not, as it is where figures slid by a
    place, or the one cell that all broken sums ask to be more is blank. Pages seldom look so. Where another sum that is printed
    on both sides is off by the same amount, the figure in which it crosses this one is wrong, and the blank total says 0 rightly."""
    total = each.equation.left
    single = [e for e in explanations if e.slip is Slip.FIGURE and e.corrected and len(e.cells) == 1]
    asked = [e.cells[0] for e in single]
    others = [[broken.get(index) for index in e.breaks - {each.index}] for e in single if subject.values[e.cells[0]]]
    crossed = any(sums and all(b is not None and b.left and b.right for b in sums) for sums in others)
    unstated = [*asked, *(total if len(total) == 1 and each.left == 0 and not crossed else ())]
    return any(subject.state(place) is CellState.BLANK for place in unstated)


def _contradiction(subject: Subject, each: Break) -> str:
    """What the page says against itself: ``Row 2.重复申请: 总计 is 2, but 自然人 … 其他 (6 figures) add up to 3``."""
    equation = each.equation
    right = _terms(subject, each, equation.right)
    sums = " add up to" if len(equation.right) > 1 else " is"
    must = "" if equation.identity.relation is Relation.EQUAL else f"must be {RELATIONS[equation.identity.relation]} "
    left = _terms(subject, each, equation.left)
    verb = "is" if len(equation.left) == 1 else "add up to"
    other = f"{right}{sums} {_plain(each.right)}" if equation.right else _plain(each.right)
    return (
        f"{_line(subject, each)}: {left} {verb} {_plain(each.left)}, but {must}{other} "
        f"(difference {_plain(each.difference, signed=True)})"
    )


def _line(subject: Subject, each: Break) -> str:
    key = subject.system.keys[each.equation.left[0]]
    if each.equation.identity.across == "rows":
        return f"Row {subject.row(key).leaf}"
    return f"Column {subject.column(key).leaf}"


def _terms(subject: Subject, each: Break, cells: tuple[int, ...]) -> str:
    labels = [_term(subject, each, subject.system.keys[place]).leaf for place in cells]
    if len(labels) > MOST_NAMED:
        return f"{labels[0]} … {labels[-1]} ({len(labels)} figures)"
    return " + ".join(labels)


def _term(subject: Subject, each: Break, key: CellKey) -> Label:
    return subject.column(key) if each.equation.identity.across == "rows" else subject.row(key)


def _advice(subject: Subject, each: Break, explanation: Explanation, broken: dict[int, Break]) -> str:
    keys = subject.system.keys
    match explanation.slip:
        case Slip.SHIFTED:
            return "; the figures of the row stand one place beside their own: moved back, every sum holds"
        case Slip.MOVED:
            lines = [_line(subject, broken[index]) for index in explanation.breaks if index != each.index]
            return (
                f"; {', '.join(lines)} is off by the opposite amount and the other sums hold, so a figure of "
                f"{_plain(abs(each.difference))} probably stands in the wrong one of the two"
            )
        case Slip.FIGURE if explanation.corrected:
            place = explanation.cells[0]
            others = sorted(index for index in explanation.breaks if index != each.index)
            because = " and ".join(
                f"{_line(subject, broken[i])} ({broken[i].equation.identity.code})" for i in others
            )
            off = "is off" if len(others) == 1 else "are off"
            same = all(abs(broken[index].difference) == abs(each.difference) for index in others)
            crossing = f"{because} {off}{' by the same amount' if same else ' too'}, so " if others else ""
            printed, value = subject.value(keys[place]), explanation.corrected[place]
            return f"; {crossing}{subject.name(keys[place])} is probably {_plain(value)}, not {_plain(printed or Decimal(0))}"
        case Slip.FIGURE:
            suspects = [place for place in explanation.cells if place in each.equation.cells]
            if len(suspects) > MOST_NAMED:
                return ""
            return "; the wrong figure is probably " + " or ".join(subject.name(keys[place]) for place in suspects)


def _plain(value: Decimal, *, signed: bool = False) -> str:
    """A figure as people write it: no exponent; with its sign where asked."""
    return f"{value:+f}" if signed else f"{value:f}"
