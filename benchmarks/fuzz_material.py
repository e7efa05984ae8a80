"""Files of formats that few real samples are at hand of, made for the fuzz: NIF, and whole projects of INCEpTION."""

from __future__ import annotations

import json
from pathlib import Path

NIF = """@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix itsrdf: <http://www.w3.org/2005/11/its/rdf#> .
@prefix kg: <https://w3id.org/kgbuild/ontology#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix d: <http://example.org/a#> .

<http://example.org/a#char=0,34> a nif:Context ; nif:isString "😀 Țara îl vede pe Kim.\\r\\nKim neagă."@ro ; dct:title "Știri" .
<http://example.org/a#char=18,21> a nif:Phrase ; nif:referenceContext <http://example.org/a#char=0,34> ; nif:anchorOf "Kim" ;
  nif:beginIndex "18"^^xsd:nonNegativeInteger ; nif:endIndex "21"^^xsd:nonNegativeInteger ; itsrdf:taClassRef kg:Person ;
  itsrdf:taIdentRef <http://www.wikidata.org/entity/Q56226> ; itsrdf:taConfidence "0.9"^^xsd:double .
<http://example.org/a#char=24,27> nif:referenceContext <http://example.org/a#char=0,34> ; nif:anchorOf "Kim" ; itsrdf:taClassRef kg:Person ;
  owl:sameAs <http://example.org/a#char=18,21> .
<http://example.org/a#char=28,33> nif:referenceContext <http://example.org/a#char=0,34> ; nif:anchorOf "neagă" ;
  itsrdf:taClassRef kg:Denial ; kg:speaker <http://example.org/a#char=24,27> ; kg:medium "radio" .
"""

CAS = {
    "%TYPES": {
        "custom.Entity": {
            "%NAME": "custom.Entity",
            "%SUPER_TYPE": "uima.tcas.Annotation",
            "value": {"%NAME": "value", "%RANGE": "uima.cas.String"},
            "identifier": {"%NAME": "identifier", "%RANGE": "uima.cas.String"},
        }
    },
    "%FEATURE_STRUCTURES": [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text", "sofaString": "😀 Rusia, Kim"},
        {
            "%ID": 2,
            "%TYPE": "custom.Entity",
            "@sofa": 1,
            "begin": 3,
            "end": 8,
            "value": "State",
            "identifier": "http://www.wikidata.org/entity/Q159",
        },
        {"%ID": 3, "%TYPE": "custom.Entity", "@sofa": 1, "begin": 10, "end": 13, "value": "Person"},
    ],
    "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3]}},
}


def nif(folder: Path) -> None:
    """The same statements in two syntaxes."""
    import pyoxigraph as ox

    (folder / "a.ttl").write_text(NIF, encoding="utf-8")
    ox.serialize(ox.parse(NIF.encode(), ox.RdfFormat.TURTLE), output=str(folder / "b.nt"), format=ox.RdfFormat.N_TRIPLES)


def inception(folder: Path) -> None:
    """A project with a curated document, one that two people annotated, and one that nobody has finished; as a folder."""
    states = {"a.txt": "CURATION_FINISHED", "b.txt": "ANNOTATION_IN_PROGRESS", "c.txt": "NEW"}
    users = [("a.txt", "ana", "FINISHED"), ("b.txt", "ana", "FINISHED"), ("b.txt", "ion", "FINISHED"), ("c.txt", "ion", "IN_PROGRESS")]
    description = {
        "name": "project",
        "source_documents": [{"name": name, "state": state} for name, state in states.items()],
        "annotation_documents": [{"name": name, "user": user, "state": state} for name, user, state in users],
    }
    files = {"exportedproject1.json": description, "curation/a.txt/CURATION_USER.json": CAS}
    files |= {f"annotation/{name}/{user}.json": CAS for name, user, _state in users}
    for name, content in files.items():
        path = folder / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


#: reader -> what writes its files into a folder
MADE = {"nif": nif, "inception": inception}
