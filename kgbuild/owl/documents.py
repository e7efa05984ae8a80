"""RDF files made ready for the OWL API: which ontology a file is, all files as one document, Turtle as RDF/XML for an old OWL API."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kgbuild.errors import OntologyError
from kgbuild.iris import PREFIXES

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
_ONTOLOGY = ox.NamedNode(PREFIXES["owl"] + "Ontology")
_IMPORTS = ox.NamedNode(PREFIXES["owl"] + "imports")
#: suffix -> format; any other name is taken for Turtle
_FORMATS = {"nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML, "owl": ox.RdfFormat.RDF_XML}
#: of XML Schema; https://www.w3.org/TR/owl2-syntax/#Datatype_Maps
_OWL_DATATYPES = frozenset(
    "anyURI base64Binary boolean byte dateTime dateTimeStamp decimal double float hexBinary int integer language long Name NCName "
    "negativeInteger NMTOKEN nonNegativeInteger nonPositiveInteger normalizedString positiveInteger short string token unsignedByte "
    "unsignedInt unsignedLong unsignedShort".split()
)
_MERGED = ox.NamedNode("https://w3id.org/kgbuild/ontology/merged")


def parse(name: str, data: bytes) -> Iterator[ox.Quad]:
    """Parse one file, by the suffix of its name (.nt, .rdf, .owl; else Turtle). Blank nodes are new at every call.

    Raises:
        OntologyError: the file does not parse (the message starts with ``file:line``), or holds an RDF 1.2 triple term.
    """
    syntax = _FORMATS.get(name.rpartition(".")[2].lower(), ox.RdfFormat.TURTLE)
    try:
        for quad in ox.parse(data, format=syntax, rename_blank_nodes=True):
            if isinstance(quad.object, ox.Triple):
                raise OntologyError(f"{name}: holds a triple term: {quad.object}", hint="use plain RDF 1.1: OWL knows no triple terms")
            yield quad
    except SyntaxError as error:
        where = name if error.lineno is None else f"{name}:{error.lineno}"
        raise OntologyError(f"{where}: {error.msg.rpartition(': ')[2]}", hint="correct the file at that place") from None
    except ValueError as error:
        raise OntologyError(f"{name}: {error}", hint="save the file as UTF-8") from None


def ontology_iri(name: str, data: bytes) -> str:
    """The IRI of the ontology that a file declares; empty where it declares none or does not parse: that is for the OWL API to judge."""
    try:
        return min((str(quad.subject)[1:-1] for quad in parse(name, data) if _is_header(quad)), default="")
    except OntologyError:
        return ""


def imports(name: str, data: bytes) -> list[str]:
    """The IRIs of the ontologies that a file imports, sorted; none where it does not parse."""
    try:
        return sorted(
            quad.object.value for quad in parse(name, data) if quad.predicate == _IMPORTS and isinstance(quad.object, ox.NamedNode)
        )
    except OntologyError:
        return []


def as_rdfxml(name: str, data: bytes) -> bytes:
    """The same triples as RDF/XML. Raises OntologyError where the file does not parse."""
    return serialize(parse(name, data))


def merge(files: Mapping[str, bytes]) -> bytes:
    """All triples of all files as one ontology without imports, in RDF/XML. Raises OntologyError for a file that does not parse."""
    return serialize([ox.Quad(_MERGED, _TYPE, _ONTOLOGY), *without_headers(files)])


def without_headers(files: Mapping[str, bytes]) -> list[ox.Quad]:
    """All triples of all files, each once, but what is said of the ontologies themselves. Raises OntologyError as :func:`parse` does."""
    dataset = ox.Dataset(quad for name in sorted(files) for quad in parse(name, files[name]))
    headers = {quad.subject for quad in dataset if _is_header(quad)}
    return [quad for quad in dataset if quad.subject not in headers]


def labels(files: Mapping[str, bytes]) -> dict[str, str]:
    """IRI -> English ``rdfs:label`` (without one, any) of what the files speak of. Raises as :func:`parse` does."""
    found: dict[str, tuple[bool, str]] = {}
    for name in sorted(files):
        for quad in parse(name, files[name]):
            if quad.predicate == _LABEL and isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
                candidate = (quad.object.language != "en", quad.object.value)
                found[quad.subject.value] = min(found.get(quad.subject.value, candidate), candidate)
    return {iri: label for iri, (_, label) in found.items()}


def foreign_datatypes(files: Mapping[str, bytes]) -> list[str]:
    """The datatypes of XML Schema that the files use, as values or ranges, but OWL 2 lacks; sorted. Raises as :func:`parse` does."""
    found: set[str] = set()
    for name, data in files.items():
        for quad in parse(name, data):
            found.add(quad.object.datatype.value if isinstance(quad.object, ox.Literal) else str(quad.object)[1:-1])
    return sorted(iri for iri in found if iri.startswith(PREFIXES["xsd"]) and iri.removeprefix(PREFIXES["xsd"]) not in _OWL_DATATYPES)


def serialize(quads: Iterable[ox.Quad]) -> bytes:
    """Triples as RDF/XML."""
    output = io.BytesIO()
    ox.serialize((quad.triple for quad in quads), output, ox.RdfFormat.RDF_XML)
    return output.getvalue()


def _is_header(quad: ox.Quad) -> bool:
    return quad.predicate == _TYPE and quad.object == _ONTOLOGY
