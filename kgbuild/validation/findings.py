"""A finding: one thing that breaks one rule, with all that a person needs to put it right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["violation", "warning", "info"]
#: the gravest first
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule.

    IRIs are plain, without brackets; ``value`` is a term in N-Triples syntax. Everything but the first four may be empty.
    """

    #: the shape or SPARQL rule
    rule: str
    severity: Severity
    #: (language tag, rule in words), sorted
    messages: tuple[tuple[str, str], ...]
    #: the thing at fault
    thing: str
    label: str = ""
    #: the article that says so; empty for reference data and for what only the whole store shows
    article: str = ""
    title: str = ""
    #: the property at fault, ``^`` before it where it is followed backwards
    path: str = ""
    value: str = ""
    value_label: str = ""
    #: the sentence in which the thing, or else the value, shows
    sentence: str = ""
    #: SHACL's: the node that was checked, where it is not the thing, and the kind of constraint
    focus: str = ""
    component: str = ""
    #: where reference data say what is at fault: ``file:line``
    where: str = ""

    def message(self, lang: str) -> str:
        """The rule in words, in a language; else in English, else in any."""
        words = dict(self.messages)
        return words.get(lang) or words.get("en") or next(iter(words.values()), self.rule)


def order(finding: Finding) -> tuple[object, ...]:
    """The key that findings of one article are sorted by: gravest first, then by rule and thing."""
    return SEVERITIES.index(finding.severity), finding.rule, finding.label, finding.thing, finding.path, finding.value
