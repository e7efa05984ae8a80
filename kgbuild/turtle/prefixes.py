"""Which prefix stands for which namespace: a fixed table, and what the ontology itself declares.

The prefixes that a file happens to have do not count, for tools lose them or make up others. An ontology keeps a namespace of its own by
``vann:preferredNamespacePrefix`` and ``vann:preferredNamespaceUri`` in its header, or by ``sh:declare``, which every tool leaves alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from kgbuild.iris import PREFIXES
from kgbuild.turtle.graph import Graph, Subject

#: namespaces that ontologies refer to, beside the program's own
_KNOWN = PREFIXES | {
    "adms": "http://www.w3.org/ns/adms#",
    "aida": (
        "https://raw.githubusercontent.com/NextCenturyCorporation/AIDA-Interchange-Format/master/"
        "java/src/main/resources/com/ncc/aif/ontologies/InterchangeOntology#"
    ),
    "bibo": "http://purl.org/ontology/bibo/",
    "bfo": "http://purl.obolibrary.org/obo/BFO_",
    "cc": "http://creativecommons.org/ns#",
    "cco": "https://www.commoncoreontologies.org/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "fact": "http://groundedannotationframework.org/grasp/factuality#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "iao": "http://purl.obolibrary.org/obo/IAO_",
    "kgsh": "https://w3id.org/kgbuild/shapes#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "pav": "http://purl.org/pav/",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "swrl": "http://www.w3.org/2003/11/swrl#",
    "swrlb": "http://www.w3.org/2003/11/swrlb#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
    "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
}
_DECLARED = (
    (f"{_KNOWN['vann']}preferredNamespacePrefix", f"{_KNOWN['vann']}preferredNamespaceUri"),
    (f"{_KNOWN['sh']}prefix", f"{_KNOWN['sh']}namespace"),
)
_PREFIX = re.compile(r"[A-Za-z]([A-Za-z0-9_-]*[A-Za-z0-9_])?")
#: a local part that every Turtle parser takes without escapes
_LOCAL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


def known_prefixes() -> Mapping[str, str]:
    """The fixed table, prefix -> namespace."""
    return _KNOWN


class Prefixes:
    """Writes IRIs short where it can, and remembers which prefixes that took."""

    def __init__(self, graph: Graph) -> None:
        known = _KNOWN | _declared(graph)
        # the longest namespace first: it leaves the shortest name
        self._namespaces = sorted(((space, prefix) for prefix, space in known.items()), key=lambda pair: (-len(pair[0]), pair))
        self._known = known
        self._short: dict[str, str] = {}
        self._used: set[str] = set()

    def write(self, iri: str) -> str:
        """Write an IRI as a CURIE, or whole in angle brackets."""
        short = self._short.get(iri)
        if short is None:
            short = self._short[iri] = self._shorten(iri)
        return short

    def _shorten(self, iri: str) -> str:
        for space, prefix in self._namespaces:
            if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
                self._used.add(prefix)
                return f"{prefix}:{iri[len(space) :]}"
        return f"<{iri}>"

    def header(self) -> str:
        """The declarations of the prefixes used so far, sorted, each a line."""
        return "".join(f"@prefix {prefix}: <{self._known[prefix]}> .\n" for prefix in sorted(self._used))


def _declared(graph: Graph) -> dict[str, str]:
    """What the graph declares of namespaces that the table does not have; a prefix that would mean two things is left out."""
    found: dict[str, set[str]] = {}
    for prefix_said, space_said in ((ox.NamedNode(a), ox.NamedNode(b)) for a, b in _DECLARED):
        for subject in graph.subjects():
            prefix, space = _text(graph, subject, prefix_said), _text(graph, subject, space_said)
            if prefix and space and _PREFIX.fullmatch(prefix) and prefix not in _KNOWN and space not in _KNOWN.values():
                found.setdefault(prefix, set()).add(space)
    spaces = [space for meant in found.values() for space in meant]
    return {p: min(meant) for p, meant in found.items() if len(meant) == 1 and spaces.count(min(meant)) == 1 and _is_namespace(min(meant))}


def _text(graph: Graph, subject: Subject, predicate: ox.NamedNode) -> str | None:
    value = graph.value(subject, predicate)
    return value.value if value is not None and not isinstance(value, ox.BlankNode) else None


def _is_namespace(space: str) -> bool:
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+", space) is not None
