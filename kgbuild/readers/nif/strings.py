"""From the annotated strings of a NIF context to units.

itsrdf:taClassRef, rdf:type (not NIF's)      labels: the IRI; its local name where it is kgbuild's; the tag where INCEpTION made one of it
itsrdf:taIdentRef                            links; an address that stands for "in no knowledge base" is none
itsrdf:taConfidence, taAnnotatorsRef         provenance; taSource, the name of the knowledge base, is its ``ref``
rdfs:comment, skos:note                      a note
owl:sameAs another string                    the same thing: one unit
another vocabulary's property                to another string: an argument; to a literal: an attribute; else an attribute with the IRI
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from kgbuild import iris
from kgbuild.document import Arg, Mention, Prov, Scalar, Unit
from kgbuild.readers.kinds import kind_of
from kgbuild.readers.links import link
from kgbuild.readers.nif.graph import ITSRDF, NIF, Graph
from kgbuild.readers.nif.places import span_of

__all__ = ["Thing", "is_annotated", "local", "thing_of"]

TYPE = iris.PREFIXES["rdf"] + "type"
_RDFS, _OWL, _SKOS = iris.PREFIXES["rdfs"], iris.PREFIXES["owl"], iris.PREFIXES["skos"]
_STRUCTURE = {NIF + name for name in ("Word", "Sentence", "Paragraph", "Title", "Structure", "Context", "Section", "Page")}
_NOWHERE = ("http://aksw.org/notInWiki/", "http://aksw.org/unknown/", "http://dbpedia.org/resource/*null*", "NIL")
#: prefix of IRIs that INCEpTION makes of tags and of identifiers that are no IRIs
_INCEPTION = "urn:inception:"
_NOTES = (_RDFS + "comment", _SKOS + "note", ITSRDF + "locNote")


@dataclass(slots=True)
class Thing:
    """What is said of one string, or of several that are the same thing."""

    id: str
    labels: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    attrs: dict[str, Scalar | list[Scalar]] = field(default_factory=dict)
    #: role -> node
    roles: list[tuple[str, str]] = field(default_factory=list)
    prov: Prov | None = None

    def unit(self, ids: dict[str, str]) -> Unit:
        """The unit; ``ids`` are those of the units that nodes became."""
        args = tuple(dict.fromkeys((role, ids.get(node, node)) for role, node in self.roles))
        kind = kind_of(next(iter(self.labels), ""), has_arguments=bool(args)) if self.mentions or args else "topic"
        labels = tuple(dict.fromkeys(self.labels))
        return Unit(
            self.id,
            kind,
            labels if len(labels) > 1 else next(iter(labels), None),
            mentions=tuple(self.mentions),
            args=tuple(Arg(role, target=target) for role, target in args),
            links=tuple(dict.fromkeys(self.links)),
            attrs=self.attrs,
            prov=self.prov,
        )

    def join(self, other: Thing) -> None:
        """Take what is said of another string that is the same thing."""
        self.labels += other.labels
        self.mentions += other.mentions
        self.links += other.links
        self.roles += other.roles
        for name, value in other.attrs.items():
            _say(self.attrs, name, value)
        self.prov = self.prov or other.prov


def is_annotated(graph: Graph, node: str) -> bool:
    """Whether a string says more than how the text is made up of words and sentences."""
    if any(not predicate.startswith((NIF, TYPE)) for predicate, _ in graph.properties(node)):
        return True
    types = set(graph.nodes(node, TYPE))
    return (
        bool(graph.nodes(node, NIF + "annotation", NIF + "annotationUnit"))
        or any(not t.startswith(NIF) for t in types)
        or not types & _STRUCTURE
    )


def thing_of(graph: Graph, node: str, id: str, strings: Iterable[str]) -> Thing:
    """Read a string with the annotation nodes that it may have; ``strings`` are the annotated ones of its document."""
    thing = Thing(id)
    span, anchor = span_of(graph, node), graph.text(node, NIF + "anchorOf")
    if span is not None or anchor is not None:
        thing.mentions.append(Mention(() if span is None else (span,), anchor))
    for part in (node, *graph.nodes(node, NIF + "annotation", NIF + "annotationUnit")):
        _read(graph, part, thing, strings)
    return thing


def local(iri: str) -> str:
    """An IRI's local name.

    >>> local("https://w3id.org/kgbuild/ontology#supplier"), local("http://example.org/role/item")
    ('supplier', 'item')
    """
    return iri.rpartition("#")[2].rpartition("/")[2] or iri


def _read(graph: Graph, node: str, thing: Thing, strings: Iterable[str]) -> None:
    for iri in graph.nodes(node, ITSRDF + "taClassRef", TYPE):
        if not iri.startswith(NIF) and iri not in (_OWL + "Thing", _OWL + "NamedIndividual"):
            thing.labels.append(_label(iri))
    for iri in graph.nodes(node, ITSRDF + "taIdentRef"):
        if iri.startswith(_NOWHERE) or iri.startswith("_:"):
            continue
        written = unquote(iri[len(_INCEPTION) :]) if iri.startswith(_INCEPTION) else iri
        found = link(written)
        if found is not None:
            thing.links.append(found)
        elif written:
            _say(thing.attrs, "identifier", written)
    note = "\n".join(text for name in _NOTES if (text := graph.text(node, name)) is not None)
    confidence = _confidence(graph.text(node, ITSRDF + "taConfidence"))
    annotators = ", ".join(graph.nodes(node, ITSRDF + "taAnnotatorsRef"))
    prov = Prov(annotator=annotators or None, confidence=confidence, ref=graph.text(node, ITSRDF + "taSource"), note=note or None)
    if prov != Prov():
        thing.prov = prov
    for predicate, values in graph.properties(node):
        if predicate.startswith((NIF, ITSRDF)) or predicate in (TYPE, _OWL + "sameAs", *_NOTES):
            continue
        for value in values:
            if not isinstance(value, str):
                _say(thing.attrs, local(predicate), _scalar(value.value, value.datatype.value))
            elif value in strings:
                thing.roles.append((local(predicate), value))
            elif predicate == _RDFS + "seeAlso" and (found := link(value)) is not None:
                thing.links.append(found)
            else:
                _say(thing.attrs, local(predicate), value)


def _label(iri: str) -> str:
    if iri.startswith(_INCEPTION):
        return unquote(iri[len(_INCEPTION) :]) or iri
    return iri.removeprefix(iris.KG) or iri


def _say(attrs: dict[str, Scalar | list[Scalar]], name: str, value: Scalar | list[Scalar]) -> None:
    if name in attrs:
        held = attrs[name]
        value = [*(held if isinstance(held, list) else [held]), *(value if isinstance(value, list) else [value])]
    attrs[name] = value


def _scalar(written: str, datatype: str) -> Scalar:
    kind = datatype.removeprefix(iris.PREFIXES["xsd"])
    if kind == "boolean" and written in ("true", "false"):
        return written == "true"
    if (
        kind in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger", "short")
        and written.lstrip("+-").isdigit()
        and len(written) < 16
    ):
        return int(written)
    return written


def _confidence(written: str | None) -> float | None:
    try:
        number = float(written) if written is not None else -1.0
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None
