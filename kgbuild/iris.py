"""IRIs: the namespaces, and how the IRI of each kind of node is computed.

An IRI is a function of what it names, never looked up: the same article, event or person gives the same IRI on every machine.
Terms are handled as strings in N-Triples syntax (``<iri>``, ``"text"@ro``): the form that leaves the mapping is the one that the
store reads.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

KG = "https://w3id.org/kgbuild/ontology#"
KGS = "https://w3id.org/kgbuild/scheme/"
#: base of everything kgbuild mints; ``load --base`` on a new store sets another
DATA = "https://w3id.org/kgbuild/id/"

#: prefix -> namespace, for CURIEs in links, parameters and tables
PREFIXES = {
    "kg": KG,
    "kgs": KGS,
    "data": DATA,
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "dct": "http://purl.org/dc/terms/",
    "gaf": "http://groundedannotationframework.org/gaf#",
}

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_CURIE = re.compile(r"([A-Za-z][\w.-]*):([^\x00-\x20<>\"{}|^`\\/][^\x00-\x20<>\"{}|^`\\]*)")


def expand(curie_or_iri: str, *, base: str = DATA) -> str | None:
    """Read a CURIE of a known prefix or an absolute http(s)/urn IRI; None for anything else.

    >>> expand("wd:Q159")
    'http://www.wikidata.org/entity/Q159'
    """
    match = _CURIE.fullmatch(curie_or_iri)
    if match and match[1] in PREFIXES:
        namespace = base if match[1] == "data" else PREFIXES[match[1]]
        return namespace + match[2]
    if curie_or_iri.startswith(("http://", "https://", "urn:")) and _IRI.fullmatch(curie_or_iri):
        return curie_or_iri
    return None


def compress(iri: str, *, base: str = DATA) -> str:
    """Write an IRI as a CURIE where a prefix fits, else whole.

    >>> compress("https://w3id.org/kgbuild/ontology#Meeting")
    'kg:Meeting'
    """
    if iri.startswith(base):
        return "data:" + iri[len(base) :]
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def segment(text: str) -> str:
    """Make any text one segment of an IRI's path: letters and digits of every script, ``-._~``; the rest percent-encoded."""
    return "".join(c if c.isalnum() or c in "-._~" else quote(c, safe="") for c in text)


def digest(*parts: str) -> str:
    """Hash parts into 24 hex digits; the parts are kept apart, so that ("ab", "c") differs from ("a", "bc")."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def article(document_id: str, *, base: str = DATA) -> str:
    """The article, and the named graph that holds what it says."""
    return f"{base}article/{segment(document_id)}"


def graph(name: str, *, base: str = DATA) -> str:
    """One of the store's own graphs: ``ontology``, ``reference``, ``links``, ``inferred``, ``derived``, ``runs``, ``records``."""
    return f"{base}graph/{name}"
