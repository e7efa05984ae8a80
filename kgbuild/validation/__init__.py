"""Validation: what an article, the reference data or the whole store says against the rules that annotations must keep.

Two kinds of rules, both files beside the ontology and both reported alike: SHACL shapes, for one article or one part of the reference
data at a time, and SPARQL rules, for what only the whole store shows. Nothing is inferred before: an inferred type would hide the error.
"""

from __future__ import annotations

from kgbuild.validation.articles import ArticleCheck
from kgbuild.validation.context import Context, Hierarchy
from kgbuild.validation.findings import SEVERITIES, Finding, Severity
from kgbuild.validation.reference import reference_findings
from kgbuild.validation.reports import REPORTS, Summary
from kgbuild.validation.rules import Rule, load_rules, rule_findings
from kgbuild.validation.shacl import Shapes

__all__ = [
    "REPORTS",
    "SEVERITIES",
    "ArticleCheck",
    "Context",
    "Finding",
    "Hierarchy",
    "Rule",
    "Severity",
    "Shapes",
    "Summary",
    "load_rules",
    "reference_findings",
    "rule_findings",
]
