"""Rules that only the whole store shows broken: SPARQL, asked of the store itself.

    #+ severity: violation
    #+ message:
    #+   en: No two states have one ISO code.
    #+   ro: Două state nu au același cod ISO.
    PREFIX kg: <https://w3id.org/kgbuild/ontology#>
    SELECT DISTINCT ?thing ?value ?article WHERE { … }

The query finds what breaks the rule: ``?thing``, and where it helps ``?value``, ``?path`` (a property) and ``?article``. ``$reference``,
``$inferred``, ``$derived``, ``$runs`` … stand for the store's own graphs. A rule is named by its file: ``kgsh:`` and the name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kgbuild import vocabulary as v
from kgbuild.errors import OntologyError, QueryError
from kgbuild.header import split
from kgbuild.labels import labels
from kgbuild.stores import MERGED, UNMERGED, Store
from kgbuild.validation.findings import SEVERITIES, Finding, Severity, order
from kgbuild.validation.shacl import KGSH, SPARQL_COMPONENT

_VARIABLES = {"thing", "value", "path", "article"}
_GRAPH = re.compile(r"\$(" + "|".join(MERGED + UNMERGED) + r")\b")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the whole store: its IRI, how grave it is to break it, the rule in words by language, and the SPARQL that looks."""

    iri: str
    severity: Severity
    messages: tuple[tuple[str, str], ...]
    sparql: str
    file: str


def load_rules(files: Mapping[str, bytes]) -> list[Rule]:
    """Read rules, file name -> content, in the order of their names. Raises OntologyError, with the file."""
    return [_rule(name, data) for name, data in sorted(files.items())]


def _rule(file: str, data: bytes) -> Rule:
    try:
        header, sparql = split(data, file)
    except QueryError as error:
        raise OntologyError(str(error), hint=error.hint) from None
    severity, messages = header.get("severity", "violation"), header.get("message")
    if severity not in SEVERITIES or not isinstance(messages, dict) or not messages:
        raise OntologyError(
            f"{file}: the header must say “severity” ({', '.join(SEVERITIES)}) and “message”, the rule in words by language",
            hint="#+ severity: violation / #+ message: / #+   en: …",
        )
    name = file.rsplit("/", 1)[-1].removesuffix(".rq")
    words = tuple(sorted((str(lang), str(text).strip()) for lang, text in messages.items()))
    return Rule(KGSH + name, severity, words, sparql, file)


def rule_findings(store: Store, rule: Rule, *, lang: str = "en") -> list[Finding]:
    """What in the store breaks a rule, sorted. Raises OntologyError where the rule is not SPARQL, or finds no ``?thing``."""
    sparql = _GRAPH.sub(lambda match: f"<{store.graphs.iri(match[1])}>", rule.sparql)
    try:
        solutions = store.select(sparql)
    except QueryError as error:
        raise OntologyError(f"{rule.file}: {error}", hint="lines are counted without the header") from error
    names = [variable.value for variable in solutions.variables]
    if "thing" not in names or set(names) - _VARIABLES:
        raise OntologyError(
            f"{rule.file}: a rule finds ?thing, and if need be {', '.join(f'?{n}' for n in sorted(_VARIABLES - {'thing'}))}"
        )
    rows = [dict(zip(names, solution, strict=True)) for solution in solutions]
    iris = {term.value for row in rows for term in row.values() if isinstance(term, ox.NamedNode)}
    named = labels(iris, store.select, lang)
    return sorted({_finding(store, rule, row, named) for row in rows if row["thing"] is not None}, key=order)


def _finding(store: Store, rule: Rule, row: Mapping[str, Any], named: Mapping[str, str]) -> Finding:
    thing, value, path, article = row["thing"].value, row.get("value"), row.get("path"), row.get("article")
    return Finding(
        rule=rule.iri,
        severity=rule.severity,
        messages=rule.messages,
        thing=thing,
        label=named.get(thing, ""),
        article=article.value if article is not None else "",
        title=named.get(article.value, "") if article is not None else "",
        path=path.value if path is not None else "",
        value="" if value is None else str(value),
        value_label=named.get(value.value, "") if isinstance(value, ox.NamedNode) else "",
        sentence=_sentence(store, thing, article.value) if article is not None else "",
        component=SPARQL_COMPONENT,
    )


def _sentence(store: Store, thing: str, article: str) -> str:
    """The first sentence of an article that a thing stands in."""
    rows = store.select(
        f"SELECT ?text WHERE {{ GRAPH <{article}> {{ <{thing}> <{v.DENOTED_BY}> ?mention . ?mention <{v.IN_SENTENCE}> ?sentence ; "
        f"<{v.BEGIN}> ?begin . ?sentence <{v.SENTENCE_TEXT}> ?text }} }} ORDER BY ?begin LIMIT 1"
    )
    return next((text.value for (text,) in rows), "")
