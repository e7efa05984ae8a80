"""The door to pyshacl and rdflib: triples in, results out; nothing of either library leaves this module.

Shapes are parsed once. pyshacl is called without inference, without SHACL's advanced features and in place: nothing is copied, nothing
is fetched. SPARQL constraints are what takes time: they were two thirds of an article's validation, until each was asked only once an
article instead of once a thing (see the shapes), and its text was parsed only once (see ``_remembering``).
"""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kgbuild.errors import MissingExtra, OntologyError
from kgbuild.validation.findings import Severity

if TYPE_CHECKING:
    import rdflib

SH = "http://www.w3.org/ns/shacl#"
KGSH = "https://w3id.org/kgbuild/shapes#"
#: what a SPARQL constraint is called in reports
SPARQL_COMPONENT = SH + "SPARQLConstraintComponent"
#: stores have no blank nodes, but other graphs may
Subject = ox.NamedNode | ox.BlankNode
Triple = tuple[Subject, ox.NamedNode, Subject | ox.Literal]
#: the lexical forms of xsd:boolean
_BOOLEANS = frozenset(("true", "false", "1", "0"))
_SEVERITIES: dict[str, Severity] = {SH + "Violation": "violation", SH + "Warning": "warning", SH + "Info": "info"}


@dataclass(frozen=True, slots=True)
class Result:
    """One result of SHACL validation. ``value`` is a term of pyoxigraph, None where the constraint names none."""

    shape: str
    severity: Severity
    messages: tuple[tuple[str, str], ...]
    focus: str
    path: str
    value: ox.NamedNode | ox.Literal | None
    component: str


class Shapes:
    """A set of shapes, parsed."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """Parse shapes files, file name -> Turtle.

        Raises:
            OntologyError: a file is not Turtle, with file and line; or a shape is none that SHACL knows.
            MissingExtra: pyshacl is not installed.
        """
        self._pyshacl, self._rdflib = _libraries()
        self._new_graph = _remembering(self._rdflib)
        self._graph = self._rdflib.Graph()
        for name, data in sorted(files.items()):
            self._parse(name, data)
        #: terms seen before: the same few hundred come again in every article
        self._known: dict[str, rdflib.URIRef] = {}

    def _parse(self, name: str, data: bytes) -> None:
        try:
            list(ox.parse(data, ox.RdfFormat.TURTLE))  # for its messages: rdflib's name no line
            self._graph.parse(data=data, format="turtle")
        except SyntaxError as error:
            where = f"{name}:{error.lineno}" if error.lineno else name
            raise OntologyError(f"{where}: {error.msg}", hint="correct the Turtle at that place") from None
        except ValueError as error:
            raise OntologyError(f"{name}: {error}", hint="save the file as UTF-8") from None

    def validate(self, triples: Iterable[Triple]) -> list[Result]:
        """Check a graph against the shapes; in no particular order. Raises OntologyError where SHACL refuses the shapes."""
        graph = self._new_graph()
        graph.addN((self._term(s), self._term(p), self._term(o), graph) for s, p, o in triples)
        with _quiet():
            try:
                _conforms, report, text = self._pyshacl.validate(
                    graph, shacl_graph=self._graph, inference="none", advanced=False, meta_shacl=False, inplace=True, do_owl_imports=False
                )
            except Exception as error:  # whatever its parts raise, it is on account of the shapes
                raise OntologyError(f"the shapes cannot be used: {error}", hint="correct them in the folder shapes") from error
        if not isinstance(report, self._rdflib.Graph):
            raise OntologyError(f"the shapes cannot be used: {text.strip()}", hint="correct them in the folder shapes")
        return list(self._results(report))

    def _term(self, term: Subject | ox.Literal) -> Any:
        if isinstance(term, ox.BlankNode):
            return self._rdflib.BNode(term.value)
        if isinstance(term, ox.NamedNode):
            known = self._known.get(term.value)
            if known is None:
                if len(self._known) > 100_000:
                    self._known.clear()
                known = self._known[term.value] = self._rdflib.URIRef(term.value)
            return known
        datatype = None if term.language else self._rdflib.URIRef(term.datatype.value)
        plain = datatype is not None and datatype.endswith("#string")
        if datatype is not None and datatype.endswith("#boolean") and term.value not in _BOOLEANS:
            return self._no_boolean(term.value, datatype)
        return self._rdflib.Literal(term.value, lang=term.language or None, datatype=None if plain else datatype, normalize=False)

    def _no_boolean(self, text: str, datatype: rdflib.URIRef) -> Any:
        """Make a literal that is ill-typed: rdflib only warns of a boolean that is none, and takes it for false."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            literal: Any = self._rdflib.Literal(text, datatype=datatype, normalize=False)
        literal._ill_typed = True
        return literal

    def _results(self, report: Any) -> Iterator[Result]:
        sh = self._rdflib.Namespace(SH)
        for node in report.objects(None, sh.result):
            shape, focus = report.value(node, sh.sourceShape), report.value(node, sh.focusNode)
            messages = sorted((text.language or "", str(text)) for text in report.objects(node, sh.resultMessage))
            yield Result(
                shape=str(shape),
                severity=_SEVERITIES.get(str(report.value(node, sh.resultSeverity)), "violation"),
                messages=tuple(messages),
                focus=f"_:{focus}" if isinstance(focus, self._rdflib.BNode) else str(focus),
                path=_path(report, report.value(node, sh.resultPath), sh),
                value=self._ours(report.value(node, sh.value)),
                component=str(report.value(node, sh.sourceConstraintComponent)),
            )

    def _ours(self, term: Any) -> ox.NamedNode | ox.Literal | None:
        if isinstance(term, self._rdflib.Literal):
            if term.language:
                return ox.Literal(str(term), language=term.language)
            return ox.Literal(str(term), datatype=ox.NamedNode(term.datatype) if term.datatype else None)
        return ox.NamedNode(term) if isinstance(term, self._rdflib.URIRef) else None


def _path(report: Any, path: Any, sh: Any) -> str:
    """A path as one word: a property, or ``^`` and a property; empty for longer ones."""
    if path is None:
        return ""
    inverse = report.value(path, sh.inversePath)
    found = path if inverse is None else inverse
    iri = re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", str(found))
    return f"{'' if inverse is None else '^'}{found}" if iri else ""


def _libraries() -> tuple[Any, Any]:
    try:
        import pyshacl
        import rdflib
    except ImportError as error:
        raise MissingExtra("validation needs pyshacl", hint="pip install 'kgbuild[validate]'") from error
    return pyshacl, rdflib


def _remembering(rdflib: Any) -> Any:
    """A class of graphs that parse a SPARQL text once, whichever of them is asked: pyshacl hands the text over for every node anew."""
    from rdflib.plugins.sparql import prepareQuery

    prepared: dict[tuple[str, str], Any] = {}

    class Remembering(rdflib.Graph):  # type: ignore[misc]
        def query(self, query_object: Any, *args: Any, **options: Any) -> Any:
            if isinstance(query_object, str):
                namespaces = options.get("initNs") or {}
                key = query_object, repr(sorted(namespaces.items()))
                if key not in prepared:
                    prepared[key] = prepareQuery(query_object, initNs=namespaces)
                query_object = prepared[key]
            return super().query(query_object, *args, **options)

    return Remembering


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries from logging: what they find is in the report, and what they refuse is raised."""
    import logging

    former = logging.root.manager.disable
    logging.disable(logging.ERROR)
    try:
        yield
    finally:
        logging.disable(former)
