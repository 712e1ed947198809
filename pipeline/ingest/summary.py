"""What an ingest did, counted as it goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from db.records import Outcome, Recorded
from pipeline.ingest.beside import PassedOver
from pipeline.ingest.reading import Reading

MOST_LISTED = 200
"""Failed files that a summary keeps with their reasons; all of them are rows of ``run_item``."""


@dataclass(slots=True)
class Summary:
    """What a run did, counted as it goes."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    reports: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Reports by edition and year, ``?`` where one is not known."""
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Findings in the reports read, by severity and whose they are."""
    failed: list[tuple[str, str]] = field(default_factory=list)
    """Location and reason of failed files, in this run or before, the first ``MOST_LISTED``."""
    passed_over: PassedOver = field(default_factory=PassedOver)
    no_reports: int = 0
    """Pages and files of a crawler's archive that it judged to be no reports."""
    unchanged: int = 0
    failed_before: int = 0
    """Files that are unchanged since they failed: not read again, and still failures."""
    of_another_version: int = 0
    """Files that are unchanged since another version of the program read them."""
    years_findings: int = 0
    corrections: int = 0
    """Corrections in force in the files of corrections that were found or given."""
    refused: list[str] = field(default_factory=list)
    """Why files of corrections could not be used: what they said before stays in force."""
    stale: list[str] = field(default_factory=list)
    """Files of which corrections speak, and whose bytes have changed since, by name."""
    interrupted: bool = False

    @property
    def files(self) -> int:
        """Files that have an outcome from this run."""
        return self.outcomes.total()

    @property
    def is_clean(self) -> bool:
        """Whether every file has an outcome and none failed."""
        return not (self.interrupted or self.outcomes[Outcome.FAILED] or self.failed_before or self.refused)

    def count(self, location: str, result: Reading, recorded: Recorded) -> None:
        """Counts a file that was recorded."""
        self.outcomes[recorded.outcome] += 1
        if recorded.outcome is Outcome.FAILED:
            self._list(location, result.reason or "")
        report = result.report
        if report is not None and recorded.outcome is not Outcome.DUPLICATE:
            self.reports[report.identity.edition or "?", str(report.identity.year or "?")] += 1
            self.findings.update((finding.severity.value, finding.whose.value) for finding in report.findings)

    def count_failed_before(self, location: str, reason: str) -> None:
        """Counts a file that is unchanged since it failed, for that reason."""
        self.failed_before += 1
        self._list(location, reason)

    def _list(self, location: str, reason: str) -> None:
        if len(self.failed) < MOST_LISTED:
            self.failed.append((location, reason))
