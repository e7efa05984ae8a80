"""Updates and written graphs, in the store that the writer holds: each in one transaction, all of it or nothing."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kgbuild.binding import Token
from kgbuild.serving import guard
from kgbuild.serving.jobs import GraphDrop, GraphWrite, Head, Update
from kgbuild.serving.refusal import Refused
from kgbuild.stores.syntax import explained

__all__ = ["run_update", "with_dataset", "write_graph"]

_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "text/n3": ox.RdfFormat.N3,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


def run_update(store: ox.Store, job: Update, allowed: tuple[str, ...] = ()) -> Head:
    """Run an update. Raises Refused: 403 for LOAD and SERVICE, 400 for what does not parse or names a dataset twice."""
    stream = guard.words(job.text)
    guard.check(stream, allowed)
    text = with_dataset(job.text, stream, job.using, job.using_named)
    try:
        store.update(text, base_iri=job.base or None)
    except (SyntaxError, ValueError) as error:
        message, hint = explained(error, job.text)
        raise Refused(400, f"the update does not parse: {message}", hint=hint) from error
    except RuntimeError as error:
        raise Refused(409, f"the update cannot be done: {' '.join(str(error).split())[:2000]}") from error
    return Head(204)


def with_dataset(text: str, stream: list[Token], using: tuple[str, ...] | None, named: tuple[str, ...] | None) -> str:
    """Give each operation with a pattern the protocol's dataset (SPARQL 1.1 Protocol, section 2.2.3), as USING clauses before its WHERE.

    Raises Refused (400) where the update names a dataset itself.
    """
    if using is None and named is None:
        return text
    words = [(index, token.text.upper()) for index, token in enumerate(stream) if token.kind == "word"]
    if any(word in ("USING", "WITH") for _, word in words):
        raise Refused(400, "the update names its dataset (USING or WITH), and so does the request; one of them is too many")
    clauses = " ".join([*(f"USING <{iri}>" for iri in using or ()), *(f"USING NAMED <{iri}>" for iri in named or ())])
    pieces, done, depth = [], 0, 0
    for index, token in enumerate(stream):
        depth += (token.text == "{") - (token.text == "}") if token.kind == "mark" else 0
        if depth or token.kind != "word" or token.text.upper() != "WHERE":
            continue
        before = stream[index - 1]
        if before.kind == "word" and before.text.upper() == "DELETE":  # DELETE WHERE { … } takes no USING: written in full it does
            group = _group(text, stream, index + 1)
            pieces += [text[done : before.begin], f"DELETE {group} {clauses} WHERE"]
        else:
            pieces += [text[done : token.begin], f"{clauses} WHERE"]
        done = token.end
    return "".join(pieces) + text[done:]


def _group(text: str, stream: list[Token], begin: int) -> str:
    """The braces that begin at a token, with what is in them."""
    depth = 0
    for token in stream[begin:]:
        depth += (token.text == "{") - (token.text == "}") if token.kind == "mark" else 0
        if depth == 0:
            return text[stream[begin].begin : token.end]
    return text[stream[begin].begin :] if begin < len(stream) else ""


def write_graph(store: ox.Store, job: GraphWrite | GraphDrop) -> Head:
    """Replace, extend or remove a graph. Raises Refused: 400 for what is not RDF, 404 for removing what is not there."""
    graph = ox.DefaultGraph() if job.iri is None else ox.NamedNode(job.iri)
    existed = not isinstance(graph, ox.NamedNode) or store.contains_named_graph(graph)
    name = "DEFAULT" if job.iri is None else f"GRAPH <{job.iri}>"
    if isinstance(job, GraphDrop):
        if not existed:
            raise Refused(404, f"there is no graph <{job.iri}>")
        store.update(f"DROP SILENT {name}")
        return Head(204)
    data = "".join(_data(Path(path), kind, base) for path, kind, base in job.files)
    inner = data if job.iri is None else f"GRAPH <{job.iri}> {{ {data} }}"
    create = "" if job.iri is None else f"CREATE SILENT GRAPH <{job.iri}> ; "
    drop = f"DROP SILENT {name} ; " if job.replace else ""
    store.update(f"{drop}{create}INSERT DATA {{ {inner} }}")
    return Head(204 if existed else 201)


def _data(path: Path, kind: str, base: str) -> str:
    """The triples of a file as INSERT DATA takes them; its blank nodes are none of any other file."""
    try:
        with path.open("rb") as file:
            quads = ox.parse(file, _FORMATS[kind], base_iri=base, without_named_graphs=True, rename_blank_nodes=True)
            return (ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b"").decode()
    except (SyntaxError, ValueError) as error:
        raise Refused(400, f"the graph cannot be read: {' '.join(str(error).split())[:2000]}") from error
