"""Whether the files can be read at all: encoding, syntax, IRIs, prefixes, form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

import pyoxigraph as ox

from kgbuild.checking.draft import Draft
from kgbuild.checking.finding import Check, Place, Sighting
from kgbuild.errors import OntologyError
from kgbuild.iris import PREFIXES
from kgbuild.turtle import canonical


def _flaws(kind: str, draft: Draft) -> Iterator[Sighting]:
    for name, module in {**draft.modules, **draft.beside}.items():
        yield from (Sighting(Place(name, flaw.line), "", flaw.reason) for flaw in module.flaws if flaw.kind == kind)


def _unreadable(draft: Draft) -> Iterator[Sighting]:
    yield from (Sighting(Place(name), "", f"cannot be read: {reason}") for name, reason in sorted(draft.around.unreadable.items()))


def _empty(draft: Draft) -> Iterator[Sighting]:
    for name, module in draft.modules.items():
        if not module.triples and not module.flaws:
            yield Sighting(Place(name), "", "says nothing: the file holds no statement")


def _xml(draft: Draft) -> Iterator[Sighting]:
    yield from (Sighting(Place(name, 1), "", "is RDF/XML under the name of a Turtle file") for name, m in draft.modules.items() if m.is_xml)


def _strangers(draft: Draft) -> Iterator[Sighting]:
    yield from (Sighting(Place(name), "", "is left aside: only *.ttl files are read") for name in draft.around.strangers)


def _relative(draft: Draft) -> Iterator[Sighting]:
    for name, module in draft.modules.items():
        for iri, line in module.lines.relative:
            yield Sighting(Place(name, line), "", f"<{iri}> is no whole IRI, and the file has no base")


def _prefixes(draft: Draft) -> Iterator[Sighting]:
    for name, module in {**draft.modules, **draft.beside}.items():
        for prefix, (namespace, line) in module.lines.prefixes.items():
            expected = PREFIXES.get(prefix)
            if expected and expected != namespace and prefix != "data":
                yield Sighting(Place(name, line), "", f"{prefix}: stands for <{namespace}>, everywhere else for <{expected}>")


def _nameless(draft: Draft) -> Iterator[Sighting]:
    for name, module in draft.modules.items():
        lines: dict[str, int] = {}
        for label, line in module.lines.nameless:
            lines.setdefault(label, line)
        yield from (Sighting(Place(name, line), "", f"{label} is a blank node with a name") for label, line in lines.items())


def _triple_terms(draft: Draft) -> Iterator[Sighting]:
    for name, module in draft.modules.items():
        for triple in module.triples:
            if isinstance(triple.subject, ox.Triple) or isinstance(triple.object, ox.Triple):
                subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""
                yield Sighting(
                    Place(name, module.lines.of(subject, triple.predicate.value)), subject, "a triple term (<<( … )>>) stands here"
                )


def _form(draft: Draft) -> Iterator[Sighting]:
    for name, module in {**draft.modules, **draft.beside}.items():
        if module.flaws or module.is_xml or module.lines.relative or not module.triples:
            continue  # reported as such
        wanted = _canonical(name, module.data)
        if not wanted or wanted.encode() == module.data:
            continue
        pairs = enumerate(zip_longest(module.text.splitlines(), wanted.splitlines()), 1)
        line, (_, expected) = next(((number, pair) for number, pair in pairs if pair[0] != pair[1]), (1, ("", "")))
        said = f"“{_start(expected)}” is expected" if expected is not None else "the file should end"
        yield Sighting(Place(name, line), "", f"is not in canonical form from here on: {said}")


@lru_cache(maxsize=64)
def _canonical(name: str, data: bytes) -> str:
    """The canonical form; empty for what cannot be written, such as a triple term: that has a check of its own."""
    try:
        return canonical(name, data)
    except OntologyError:
        return ""


def _start(line: str) -> str:
    line = line.strip()
    return line if len(line) <= 50 else line[:47] + "…"


CHECKS = (
    Check("unreadable", "Every file can be opened", "error", "house rule", "check the file's permissions", _unreadable),
    Check("encoding", "Files are UTF-8", "error", "Turtle 1.1", "save the file as UTF-8", lambda draft: _flaws("encoding", draft)),
    Check(
        "syntax",
        "Files are valid Turtle",
        "error",
        "Turtle 1.1; OWL API",
        "correct the Turtle at that place; often a dot, a semicolon or a quote is missing on the line before",
        lambda draft: _flaws("syntax", draft),
    ),
    Check(
        "rdf-xml",
        "Files named .ttl hold Turtle",
        "error",
        "house rule",
        "run kgbuild ontology format, or save as Turtle in Protégé: loaders read Turtle only",
        _xml,
    ),
    Check(
        "not-read",
        "The folder holds no ontology that nobody reads",
        "warning",
        "house rule",
        "save it as .ttl, or move it elsewhere",
        _strangers,
    ),
    Check("empty-file", "Every file says something", "warning", "house rule", "delete the file, or give it a header and terms", _empty),
    Check("relative-iri", "IRIs are absolute", "error", "RDF 1.1; Protégé", "write the whole IRI, or a name with a prefix", _relative),
    Check(
        "prefix",
        "Known prefixes stand for what they stand for everywhere",
        "error",
        "house rule",
        "correct the @prefix line: with another namespace every term of the file is another term",
        _prefixes,
    ),
    Check(
        "named-blank-node",
        "Blank nodes have no names",
        "warning",
        "house rule: tools rename them with every save",
        "write it in place with [ … ] or ( … )",
        _nameless,
    ),
    Check(
        "triple-term",
        "No triple terms",
        "error",
        "OWL 2: loaders and the OWL API know none",
        "say it with a node of its own: RDF 1.1 only",
        _triple_terms,
    ),
    Check(
        "not-canonical",
        "Files are in the one canonical form",
        "warning",
        "FIBO, ODK",
        "run kgbuild ontology format: then a change is seen as that change",
        _form,
    ),
)
