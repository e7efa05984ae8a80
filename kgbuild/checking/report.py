"""Run the checks of the table, and say how it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kgbuild.checking.draft import Draft
from kgbuild.checking.finding import SEVERITIES, Check, Finding, Place, Severity
from kgbuild.checking.table import TABLE
from kgbuild.errors import OntologyError
from kgbuild.ontology import Ontology

_RANK = {name: number for number, name in enumerate(TABLE)}


def _order(finding: Finding) -> tuple[int, int, str, Place, str, str]:
    """Gravest first, then as the checks stand in the table, the findings of one check by place."""
    check = finding.check
    rank = _RANK.get(check.id, len(_RANK))
    return SEVERITIES.index(check.severity), rank, check.id, finding.place, finding.term, finding.says


@dataclass(frozen=True)
class Report:
    """What was found, gravest first, the findings of a check together; and how much was looked at."""

    findings: tuple[Finding, ...]
    files: int
    terms: int

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return Counter(finding.check.severity for finding in self.findings)[severity]

    @property
    def is_clean(self) -> bool:
        """Claim that nothing is to be mended: advice is not counted."""
        return not self.count("error") and not self.count("warning")

    def with_more(self, findings: Iterable[Finding]) -> Report:
        """The report with further findings, each finding once."""
        merged = sorted({*self.findings, *findings}, key=_order)
        return Report(tuple(merged), self.files, self.terms)


def check(draft: Draft) -> Report:
    """Run all checks that need no Java. Raises nothing for what the files hold."""
    found = [Finding.of(rule, sighting) for rule in TABLE.values() for sighting in rule.find(draft)]
    report = Report((), len(draft.modules), len(draft.terms)).with_more(found)
    return report if report.count("error") else report.with_more(_refusals(draft))


#: a net under the others: whatever a load would refuse
LOADER = Check("loader", "Loads accept the ontology", "error", "house rule", "see the message", lambda draft: ())


def _refusals(draft: Draft) -> list[Finding]:
    try:
        Ontology.parse({name: module.data for name, module in draft.modules.items()})
    except OntologyError as error:
        return [Finding(LOADER, Place(), "", f"{error} ({error.hint})")]
    return []
