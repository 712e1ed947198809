"""One reading against the truth about its document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase

from corpus.arithmetic import Instance, instances_of
from corpus.gold import Figure, Gold, Slip
from parsers.forms import form_of
from parsers.report import Cell, CellKey, Finding, Report, Whose

LEFT_OUT = ("table.left_out", "table.row_left_out")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over one or many documents; every count is of the documents or cells that gold speaks of.

    A cell is right when state and value agree. ``unflagged`` are wrong cells that no finding of ours names: the worst there is. A
    finding names a cell that doubts its reading, or says that its row or table is not there. ``flagged_right`` are right cells that a
    finding doubts. A slip is ``blamed`` when a
    finding of the agency's names it, and ``false_alarms`` are such findings where the page holds no slip.
    """

    documents: int = 0
    refused: int = 0
    cells: int = 0
    right: int = 0
    wrong: int = 0
    unflagged: int = 0
    flagged_right: int = 0
    agency: int = 0
    year: int = 0
    scope: int = 0
    edition: int = 0
    slips: int = 0
    blamed: int = 0
    false_alarms: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Score)))


@dataclass(frozen=True, slots=True)
class Judgement:
    """The score of one document, and a line for each thing that is not as it should be."""

    score: Score
    faults: tuple[str, ...]


def judge(gold: Gold, report: Report | None) -> Judgement:
    """How a reading compares with the truth; ``report`` is None when the document was refused with an error."""
    count = len(gold.cells)
    if report is None:
        return Judgement(Score(documents=1, refused=1, cells=count, wrong=count, slips=len(gold.slips)), ("refused",))
    doubted = [pattern for f in report.findings if f.whose is Whose.READING for pattern in f.where]
    read = {cell.key: cell for cell in report.cells}
    wrong = [key for key, figure in gold.cells.items() if not _agrees(figure, read.get(key))]
    left_out = [pattern for f in report.findings if f.rule in LEFT_OUT for pattern in f.where]
    unflagged = [key for key in wrong if not _named(key, [*doubted, *left_out])]
    flagged_right = sum(key not in wrong and _named(key, doubted) for key in gold.cells)
    blamed, false = _arithmetic(gold, report.findings)
    identity = report.identity
    agency = identity.agency is not None and _plain(identity.agency) in map(_plain, (gold.agency, *gold.accepted))
    score = Score(
        documents=1,
        cells=count,
        right=count - len(wrong),
        wrong=len(wrong),
        unflagged=len(unflagged),
        flagged_right=flagged_right,
        agency=agency,
        year=identity.year == gold.year,
        scope=identity.scope is gold.scope,
        edition=identity.edition == gold.edition,
        slips=len(gold.slips),
        blamed=len(blamed),
        false_alarms=len(false),
    )
    faults = [f"unflagged {_difference(key, gold.cells[key], read.get(key))}" for key in unflagged]
    faults += [f"flagged {_difference(key, gold.cells[key], read.get(key))}" for key in wrong if key not in unflagged]
    faults += [f"agency {identity.agency!r}, not {gold.agency!r}"] * (not agency)
    faults += [f"year {identity.year}, not {gold.year}"] * (identity.year != gold.year)
    faults += [f"scope {identity.scope}, not {gold.scope}"] * (identity.scope is not gold.scope)
    faults += [f"edition {identity.edition}, not {gold.edition}"] * (identity.edition != gold.edition)
    faults += [f"slip not blamed {slip.code} {slip.line}" for slip in sorted(gold.slips - blamed)]
    faults += [f"false alarm {finding.rule}: {finding.message}" for finding in false]
    return Judgement(score, tuple(faults))


def _agrees(figure: Figure, cell: Cell | None) -> bool:
    return cell is not None and (cell.state, cell.value) == (figure.state, figure.value)


def _named(key: CellKey, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(str(key), pattern) for pattern in patterns)


def _plain(name: str) -> str:
    return "".join(name.split()).replace("(", "（").replace(")", "）")


def _difference(key: CellKey, figure: Figure, cell: Cell | None) -> str:
    read = "nothing" if cell is None else f"{cell.state} {cell.value if cell.value is not None else cell.raw!r}"
    truth = figure.value if figure.value is not None else repr(figure.raw)
    return f"{key}: {read}, not {figure.state} {truth}"


def _arithmetic(gold: Gold, findings: Sequence[Finding]) -> tuple[set[Slip], list[Finding]]:
    """The slips that findings of the agency's name, and such findings about sums that do hold on the page."""
    form = form_of(gold.edition)
    instances = list(instances_of(form)) if form else []
    codes = {instance.slip.code for instance in instances}
    blamed: set[Slip] = set()
    false: list[Finding] = []
    for finding in findings:
        if finding.whose is not Whose.AGENCY or finding.rule not in codes:
            continue
        meant = {instance.slip for instance in instances if _is_about(finding, instance)}
        blamed |= meant & gold.slips
        if not meant & (gold.slips | gold.tolerated):
            false.append(finding)
    return blamed, false


def _is_about(finding: Finding, instance: Instance) -> bool:
    return finding.rule == instance.slip.code and all(
        _named(key, finding.where) for key in (*instance.left, *instance.right)
    )
