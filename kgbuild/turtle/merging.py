"""The modules of an ontology as one: their axioms together under the header of the module that imports all others."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kgbuild.errors import OntologyError
from kgbuild.turtle.blanks import to_name
from kgbuild.turtle.graph import TYPE, Graph, Subject, names
from kgbuild.turtle.reading import triples
from kgbuild.turtle.repetitions import discard_with_blanks

_ONTOLOGY, _IMPORTS, _VERSION_IRI = names("owl", "Ontology", "imports", "versionIRI")


def merge(files: Mapping[str, bytes], additions: Mapping[str, bytes] | None = None, *, suffix: str = "") -> Graph:
    """Read modules, file name -> content, into one ontology; what their headers say but the root's is left out.

    Imports of modules that are there are gone; those of others stay. ``rdfs:isDefinedBy`` still names the module of each term.

    Args:
        files: the modules.
        additions: files that no module imports, to be merged with them all the same.
        suffix: what the merged ontology's IRI has after the root's (``/full``), in its version IRI too.

    Raises:
        OntologyError: a file cannot be read, or no module, or more than one, stands above all others.
    """
    graph = Graph(triple for name, data in sorted(files.items()) for triple in triples(name, data))
    headers = [node for node in graph.subjects() if _ONTOLOGY in graph.values(node, TYPE)]
    root = _root(graph, headers)
    for name, data in sorted((additions or {}).items()):
        for triple in triples(name, data):
            graph.add(*triple)
    headers = [node for node in graph.subjects() if _ONTOLOGY in graph.values(node, TYPE)]
    imported = {iri for header in headers for iri in graph.values(header, _IMPORTS)}
    named = to_name(graph)
    for header in headers:
        if header != root:
            discard_with_blanks(graph, header, named)
    for iri in imported.difference(headers):
        graph.add(root, _IMPORTS, iri)
    for iri in imported.intersection(headers):
        graph.remove(root, _IMPORTS, iri)
    return _renamed(graph, root, suffix) if suffix else graph


def _root(graph: Graph, headers: list[Subject]) -> ox.NamedNode:
    """The ontology that all others are imported by, directly or not."""
    imports = {header: set(graph.values(header, _IMPORTS)) for header in headers}
    roots: list[Subject] = []
    for header in headers:
        reached, waiting = {header}, [header]
        while waiting:
            imported = imports[waiting.pop()]
            new = {other for other in headers if other in imported} - reached
            reached |= new
            waiting.extend(new)
        if reached == set(headers):
            roots.append(header)
    if len(roots) == 1 and isinstance(roots[0], ox.NamedNode):
        return roots[0]
    found = ", ".join(sorted(f"<{header.value}>" for header in headers)) or "none"
    raise OntologyError(
        f"no ontology here imports all others (there are: {found})",
        hint="let one file, such as kgbuild.ttl, say a owl:Ontology and import every module with owl:imports",
    )


def _renamed(graph: Graph, root: ox.NamedNode, suffix: str) -> Graph:
    name = ox.NamedNode(root.value + suffix)
    version = graph.value(root, _VERSION_IRI)
    renamed = Graph((name if subject == root else subject, predicate, value) for subject, predicate, value in graph)
    if isinstance(version, ox.NamedNode) and version.value.startswith(root.value + "/"):
        renamed.remove(name, _VERSION_IRI, version)
        renamed.add(name, _VERSION_IRI, ox.NamedNode(f"{name.value}{version.value[len(root.value) :]}"))
    return renamed
