"""The files of a release: the merged ontology in four syntaxes, and how a web server hands out the one that is asked for.

All bytes follow from the modules alone, and the four say the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import pyoxigraph as ox

from kgbuild.turtle.blanks import canonical_lines, with_canonical_names
from kgbuild.turtle.graph import TYPE, Graph
from kgbuild.turtle.merging import merge
from kgbuild.turtle.prefixes import known_prefixes
from kgbuild.turtle.reading import triples
from kgbuild.turtle.text import format_graph

#: what a web server calls each syntax, by file; the first is given to whoever has no wish
_TYPES = {
    "kgbuild.ttl": "text/turtle",
    "kgbuild.jsonld": "application/ld+json",
    "kgbuild.owl": "application/rdf+xml",
    "kgbuild.nt": "application/n-triples",
}
FULL = "kgbuild-full.ttl"


def release(modules: Mapping[str, bytes], alignment: Mapping[str, bytes], *, site: str = "") -> dict[str, bytes]:
    """Make the files of a release, name -> content.

    Args:
        modules: the ontology's files, name -> content.
        alignment: the files that align it with other vocabularies; without any, there is no ``kgbuild-full.ttl``.
        site: the folder's URL on the web, for ``.htaccess``; without it, the rules lead to files beside them.

    Raises:
        OntologyError: a file cannot be read, or no module imports all others.
    """
    text = format_graph(merge(modules))
    graph = with_canonical_names(Graph(triples("kgbuild.ttl", text.encode())))
    ordered = sorted(
        graph, key=lambda triple: (isinstance(triple[0], ox.BlankNode), str(triple[0]), triple[1] != TYPE, str(triple[1]), str(triple[2]))
    )
    said = [ox.Triple(*triple) for triple in ordered]
    files = {
        "kgbuild.ttl": text.encode(),
        "kgbuild.owl": _xml(said),
        "kgbuild.nt": "".join(f"{line} .\n" for line in canonical_lines(graph)).encode(),
        "kgbuild.jsonld": _json(said),
        ".htaccess": negotiation(site, full=bool(alignment)).encode(),
    }
    if alignment:
        aligned = {f"alignment/{name}": data for name, data in alignment.items()}
        files[FULL] = format_graph(merge(modules, aligned, suffix="/full")).encode()
    return files


def _xml(said: list[ox.Triple]) -> bytes:
    used = {triple.predicate.value for triple in said}
    used |= {triple.object.value for triple in said if triple.predicate == TYPE and isinstance(triple.object, ox.NamedNode)}
    prefixes = {prefix: space for prefix, space in known_prefixes().items() if any(iri.startswith(space) for iri in used)}
    written = ox.serialize(said, format=ox.RdfFormat.RDF_XML, prefixes=prefixes)
    assert written is not None
    return written if written.endswith(b"\n") else written + b"\n"


def _json(said: list[ox.Triple]) -> bytes:
    written = ox.serialize(said, format=ox.RdfFormat.JSON_LD)
    assert written is not None
    return (json.dumps(json.loads(written), ensure_ascii=False, indent=1) + "\n").encode()


def negotiation(site: str = "", *, full: bool = True) -> str:
    """Rules for Apache (and w3id.org, which is one): each IRI of the ontology leads to the syntax that the client accepts.

    A client that names a syntax of RDF gets it, a browser the documentation, anyone else Turtle. Weights (``q=``) are not compared.
    """
    base = f"{site.rstrip('/')}/" if site else ""
    terms = "^(ontology|scheme)(/.*)?$"
    lines = [
        "# https://w3id.org/kgbuild/: the ontology and its concept schemes, in the syntax that the client asks for",
        "Options +FollowSymLinks -MultiViews",
        *(f"AddType {kind} {name[name.index('.') :]}" for name, kind in _TYPES.items()),
        "RewriteEngine On",
        "",
    ]
    if full:
        lines += ["# with the alignment to other vocabularies", f"RewriteRule ^ontology/(full|alignment)(/.*)?$ {base}{FULL} [R=303,L]", ""]
    for name, kind in _TYPES.items():
        lines += [f"RewriteCond %{{HTTP_ACCEPT}} {kind.replace('+', '[+]')}", f"RewriteRule {terms} {base}{name} [R=303,L]", ""]
    lines += ["# a browser", "RewriteCond %{HTTP_ACCEPT} text/html [OR]", "RewriteCond %{HTTP_ACCEPT} application/xhtml[+]xml"]
    lines += [f"RewriteRule {terms} {base}index.html [R=303,L]", "", "# anyone else", f"RewriteRule {terms} {base}kgbuild.ttl [R=303,L]"]
    return "\n".join(lines) + "\n"
