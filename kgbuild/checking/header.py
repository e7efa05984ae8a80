"""What the header of each file says of it: what a catalogue of ontologies, a citation and a next version need."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from kgbuild.checking.draft import DCT, LABEL, ONTOLOGY, OWL, TYPE, Draft
from kgbuild.checking.finding import Check, Place, Sighting
from kgbuild.checking.module import Module
from kgbuild.iris import compress

_VANN = "http://purl.org/vocab/vann/"
_VERSION_IRI, _VERSION_INFO = OWL + "versionIRI", OWL + "versionInfo"
#: what each header has in both languages, and what it has at all
_TEXTS = (LABEL, DCT + "title", DCT + "description", DCT + "abstract")
_VALUES = ("license", "creator", "publisher", "created", "issued", "bibliographicCitation")
_LANGUAGES = {"en": "English", "ro": "Romanian"}
_PERSISTENT = re.compile(r"https?://(w3id\.org|purl\.org|purl\.[a-z.]+|doi\.org|id\.[a-z.]+)/")


def _headers(draft: Draft) -> Iterator[tuple[str, Module, str]]:
    for name, module in draft.modules.items():
        if module.iri and draft.is_whole(module.iri):
            yield name, module, module.iri


def _missing(draft: Draft) -> Iterator[Sighting]:
    for name, module in draft.modules.items():
        damaged = any(subject in module.damaged for subject, _ in module.lines.mentions(ONTOLOGY))
        if module.triples and not module.headers and not damaged:
            yield Sighting(Place(name, 1), "", "the file has no header: nothing in it is an owl:Ontology")


def _doubled(draft: Draft) -> Iterator[Sighting]:
    for name, module in draft.modules.items():
        for iri in module.headers[1:]:
            yield Sighting(draft.where(iri, TYPE, ONTOLOGY, file=name), iri, f"a second header in the file, after {module.iri}")


def _shared(draft: Draft) -> Iterator[Sighting]:
    owners: dict[str, list[str]] = defaultdict(list)
    for name, _, iri in _headers(draft):
        owners[iri].append(name)
    for iri, names in owners.items():
        for name in names[1:]:
            yield Sighting(draft.where(iri, TYPE, ONTOLOGY, file=name), iri, f"is the ontology IRI of {names[0]} too")


def _incomplete(draft: Draft) -> Iterator[Sighting]:
    for name, _, iri in _headers(draft):
        place = draft.where(iri, file=name)
        for predicate in _TEXTS:
            found = Counter(text.language for text in draft.texts(iri, predicate))
            for tag, language in _LANGUAGES.items():
                if not found[tag]:
                    yield Sighting(place, iri, f"has no {compress(predicate)} in {language}")
                elif found[tag] > 1:
                    yield Sighting(draft.where(iri, predicate, file=name), iri, f"has {found[tag]} {compress(predicate)} in {language}")
        for local in _VALUES:
            if not draft.said.values(iri, DCT + local):
                yield Sighting(place, iri, f"has no dct:{local}")


def _licence(draft: Draft) -> Iterator[Sighting]:
    for name, _, iri in _headers(draft):
        licences = draft.said.values(iri, DCT + "license")
        if licences and not draft.said.iris(iri, DCT + "license"):
            yield Sighting(draft.where(iri, DCT + "license", file=name), iri, "gives its licence as a text, not as an IRI")


def _version_iri(draft: Draft) -> Iterator[Sighting]:
    for name, _, iri in _headers(draft):
        found = draft.said.iris(iri, _VERSION_IRI)
        version = next((text.value for text in draft.texts(iri, _VERSION_INFO)), "")
        place = draft.where(iri, _VERSION_IRI, file=name)
        if len(found) != 1:
            yield Sighting(place, iri, "has no owl:versionIRI" if not found else f"has {len(found)} owl:versionIRI")
        elif found[0] == iri:
            yield Sighting(place, iri, "has itself as owl:versionIRI: no version can be told from the next")
        elif version and found[0] != f"{iri}/{version}":
            yield Sighting(place, iri, f"has owl:versionIRI <{found[0]}>, but owl:versionInfo “{version}”: expected <{iri}/{version}>")


def _version_info(draft: Draft) -> Iterator[Sighting]:
    versions = {name: [text.value for text in draft.texts(iri, _VERSION_INFO)] for name, _, iri in _headers(draft)}
    usual = Counter(found[0] for found in versions.values() if len(found) == 1).most_common(1)
    for name, _, iri in _headers(draft):
        place = draft.where(iri, _VERSION_INFO, file=name)
        found = versions[name]
        if len(found) != 1:
            yield Sighting(place, iri, "has no owl:versionInfo" if not found else f"has {len(found)} owl:versionInfo")
        elif found[0] != usual[0][0]:
            yield Sighting(place, iri, f"is of version “{found[0]}”, the other files are of “{usual[0][0]}”")


def _namespace(draft: Draft) -> Iterator[Sighting]:
    for name, _, iri in _headers(draft):
        for local in ("preferredNamespacePrefix", "preferredNamespaceUri"):
            if not draft.said.values(iri, _VANN + local):
                yield Sighting(draft.where(iri, file=name), iri, f"has no vann:{local}")


def _persistent(draft: Draft) -> Iterator[Sighting]:
    for name, _, iri in _headers(draft):
        if not _PERSISTENT.match(iri):
            yield Sighting(draft.where(iri, file=name), iri, "is not an IRI of a service for persistent identifiers")


CHECKS = (
    Check("header-missing", "Every file has a header", "error", "OWL 2; OOPS! P38", "say <IRI> a owl:Ontology in it", _missing),
    Check(
        "header-doubled",
        "A file has one header",
        "error",
        "OWL 2; Protégé",
        "move one of them, with its terms, to a file of its own",
        _doubled,
    ),
    Check("ontology-iri-shared", "Two files have two ontology IRIs", "error", "OWL 2", "give each file its own ontology IRI", _shared),
    Check(
        "header-incomplete",
        "A header has label, title, description and abstract in both languages, licence, creator, publisher, dates and citation",
        "warning",
        "FOOPS! OM1–OM5; OOPS! P41; FIBO",
        "add what is missing, as in the headers of the other files",
        _incomplete,
    ),
    Check(
        "licence", "The licence is an IRI", "warning", "FOOPS! OM4.1; OOPS! P41", "write <https://creativecommons.org/licenses/…>", _licence
    ),
    Check(
        "version-iri",
        "A version has an IRI: the ontology's, a slash, the version",
        "error",
        "FOOPS! VER1; FIBO",
        "set owl:versionIRI to the ontology IRI, “/” and owl:versionInfo",
        _version_iri,
    ),
    Check(
        "version-info", "All files are of one version", "warning", "FOOPS! VER1", "set owl:versionInfo alike in all files", _version_info
    ),
    Check("namespace-hint", "A header names prefix and namespace of its terms", "warning", "LOV; FOOPS! OM1", "add it", _namespace),
    Check(
        "persistent-iri",
        "The ontology's IRI is persistent",
        "advice",
        "FOOPS! PURL1",
        "register one at w3id.org, purl.org or doi.org",
        _persistent,
    ),
)
