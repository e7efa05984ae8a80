"""Reports: findings as a table that people act on, as one JSON object, or as a SHACL validation report in Turtle.

All are written as findings come, a group (an article's, or those of the reference data) at a time, so that memory stays flat; the
summary is at the end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec
import pyoxigraph as ox

from kgbuild import literals
from kgbuild.iris import DATA, PREFIXES, compress
from kgbuild.table import wrap
from kgbuild.validation.findings import SEVERITIES, Finding, Severity
from kgbuild.validation.shacl import KGSH, SH

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
#: a sentence is cut to this many characters: what is at fault is told before
_SENTENCE = 400
#: what is said in place of a value where the constraint is on how many there are
_LACKS = {SH + "MinCountConstraintComponent": "too few", SH + "MaxCountConstraintComponent": "too many"}


@dataclass
class Summary:
    """What was checked, and how many findings of each severity there were, shown or not."""

    articles: int = 0
    reference: bool = False
    rules: int = 0
    found: Counter[Severity] = field(default_factory=Counter)
    hidden: int = 0
    #: what the IRIs of the store begin with
    base: str = DATA

    def seen(self, groups: Iterable[list[Finding]], least: Severity) -> Iterator[list[Finding]]:
        """Count findings as they pass; only those as grave as ``least`` or graver go on."""
        gravest = SEVERITIES.index(least)
        for group in groups:
            self.found.update(finding.severity for finding in group)
            shown = [finding for finding in group if SEVERITIES.index(finding.severity) <= gravest]
            self.hidden += len(group) - len(shown)
            yield shown

    def words(self) -> str:
        """The summary in one line."""
        checked = [_many(self.articles, "article")] if self.articles else []
        checked += ["the reference data"] if self.reference else []
        checked += [_many(self.rules, "rule") + " of the whole store"] if self.rules else []
        counts = ", ".join(_many(self.found[severity], severity) for severity in SEVERITIES)
        hidden = f" ({self.hidden:,} not shown: --severity info)" if self.hidden else ""
        return f"checked {', '.join(checked) or 'nothing'}: {counts}{hidden}"


Report = Callable[[Iterable[list[Finding]], Summary, str, int], Iterator[str]]


def table(groups: Iterable[list[Finding]], summary: Summary, lang: str, width: int) -> Iterator[str]:
    """Write findings for reading: by article, each with the thing by its label, the rule in words, the value and the sentence."""
    heading: str | None = None
    for group in groups:
        for finding in group:
            title = _named(finding.title, finding.article, summary.base) if finding.article else "Reference data and the whole store"
            if title != heading:
                yield from (f"{line}\n" for line in wrap(("" if heading is None else "\n") + title, width))
                heading = title
            yield from _rows(finding, lang, width, summary.base)
    yield f"{'' if heading is None else chr(10)}{summary.words()}\n"


def _rows(finding: Finding, lang: str, width: int, base: str) -> Iterator[str]:
    role = _role(finding.path, base)
    term = finding.value[1:-1] if finding.value.startswith("<") else ""
    value = _named(finding.value_label, term, base) if term else finding.value or _LACKS.get(finding.component, "")
    sentence = finding.sentence if len(finding.sentence) <= _SENTENCE else finding.sentence[:_SENTENCE].rstrip() + "…"
    rows = (
        (finding.severity, f"{finding.message(lang)} [{_rule(finding.rule)}]"),
        ("  thing", _named(finding.label, finding.thing, base)),
        ("  value", f"{role}: {value}" if role and value else value or role),
        ("  sentence", sentence),
        ("  where", finding.where),
    )
    for name, text in rows:
        for number, line in enumerate(wrap(_clean(text), max(width - 14, 30)) if text else ()):
            yield f"  {name if number == 0 else '':<12}{line}\n"


def _role(path: str, base: str) -> str:
    """A path as people read it: ``kg:tally``, ``kg:tally of``."""
    return f"{compress(path[1:], base=base)} of" if path.startswith("^") else compress(path, base=base) if path else ""


def _named(label: str, iri: str, base: str) -> str:
    curie = compress(iri, base=base)
    return _clean(f"{label} <{curie}>" if label else f"<{curie}>")


def _rule(iri: str) -> str:
    return f"kgsh:{iri.removeprefix(KGSH)}" if iri.startswith(KGSH) else iri


def _clean(text: str) -> str:
    return _UNSAFE.sub(" ", text).strip()


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def json(groups: Iterable[list[Finding]], summary: Summary, lang: str, _width: int) -> Iterator[str]:
    """Write one JSON object: ``findings``, a list with a line each; then ``checked`` and the counts by severity.

    A finding has rule, severity, message (in ``lang``), messages (by language), thing, label, article, title, path, value (a term in
    N-Triples syntax), valueLabel, sentence, where (file and line of reference data); what is empty is left out.
    """
    encode = msgspec.json.Encoder().encode
    yield '{"findings": ['
    comma = "\n"
    for group in groups:
        for finding in group:
            fields = {
                "rule": finding.rule,
                "severity": finding.severity,
                "message": finding.message(lang),
                "messages": dict(finding.messages),
                "thing": finding.thing,
                "label": finding.label,
                "article": finding.article,
                "title": finding.title,
                "path": finding.path,
                "value": finding.value,
                "valueLabel": finding.value_label,
                "sentence": finding.sentence,
                "where": finding.where,
            }
            yield comma + encode({key: value for key, value in fields.items() if value}).decode()
            comma = ",\n"
    checked = {"articles": summary.articles, "reference": summary.reference, "rules": summary.rules}
    counts = {severity: summary.found[severity] for severity in SEVERITIES}
    yield f'\n], "checked": {encode(checked).decode()}, "counts": {encode(counts).decode()}, "hidden": {summary.hidden}}}\n'


def ttl(groups: Iterable[list[Finding]], _summary: Summary, _lang: str, _width: int) -> Iterator[str]:
    """Write a ``sh:ValidationReport`` in Turtle; it conforms where it has no result, as SHACL defines."""
    prefixes = {"kgsh": KGSH, "sh": SH, "xsd": PREFIXES["xsd"]}
    yield "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items())
    report, conforms = "_:report", True
    yield f"\n{report} a sh:ValidationReport .\n"
    number = 0
    for group in groups:
        for finding in group:
            conforms, number = False, number + 1
            yield f"\n{report} sh:result _:result{number} .\n{_result(finding, f'_:result{number}')}"
    yield f"\n{report} sh:conforms {str(conforms).lower()} .\n"


def _result(finding: Finding, node: str) -> str:
    focus, value = finding.focus or finding.thing, finding.value or (f"<{finding.thing}>" if finding.focus else "")
    path = finding.path.removeprefix("^")
    lines = [
        f"{node} a sh:ValidationResult",
        f"sh:focusNode {ox.NamedNode(focus)}",
        *([f"sh:resultPath {f'[ sh:inversePath <{path}> ]' if finding.path.startswith('^') else f'<{path}>'}"] if path else ()),
        *([f"sh:value {value}"] if value else ()),
        f"sh:sourceShape {ox.NamedNode(finding.rule)}",
        f"sh:sourceConstraintComponent {ox.NamedNode(finding.component)}",
        f"sh:resultSeverity sh:{finding.severity.capitalize()}",
        *(f"sh:resultMessage {literals.string(text, lang)}" for lang, text in finding.messages),
    ]
    return " ;\n    ".join(lines) + " .\n"


#: format -> how it is written: groups of findings, their summary, language, width
REPORTS: dict[str, Report] = {"table": table, "json": json, "ttl": ttl}
