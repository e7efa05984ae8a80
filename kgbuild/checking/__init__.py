"""Checks of an ontology that is being edited: what an edit broke, with file and line, all of it in one run.

    report = check(gather(Path("ontology")))
    for finding in report.findings:
        print(finding.place, finding.term, finding.says)

A check is a row of :data:`TABLE`: a function from a :class:`Draft` to what it saw. Files that cannot be parsed whole are read as far as
they can be, so that one broken statement does not hide the rest.
"""

from __future__ import annotations

from kgbuild.checking.draft import Draft
from kgbuild.checking.finding import SEVERITIES, Check, Finding, Place, Severity
from kgbuild.checking.folder import gather
from kgbuild.checking.report import Report, check
from kgbuild.checking.surroundings import Surroundings
from kgbuild.checking.table import TABLE

__all__ = ["SEVERITIES", "TABLE", "Check", "Draft", "Finding", "Place", "Report", "Severity", "Surroundings", "check", "gather"]
