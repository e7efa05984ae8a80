"""The ontology for reading: its classes as a tree, its roles, its schemes; and one term with all that it means."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kgbuild.errors import QueryError
from kgbuild.folding import fold
from kgbuild.iris import KG, PREFIXES, compress
from kgbuild.ontology import Ontology

_RDFS, _SKOS = PREFIXES["rdfs"], PREFIXES["skos"]
_LABELS = (_RDFS + "label", _SKOS + "altLabel", KG + "annotationLabel")


def local(iri: str) -> str:
    """The last part of an IRI: what annotators may write.

    >>> local("https://w3id.org/kgbuild/ontology#Meeting")
    'Meeting'
    """
    return iri.rpartition("#")[2].rpartition("/")[2]


class Terms:
    """The terms of an ontology, with what its lines say of them."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self._said: dict[str, dict[str, list[ox.Literal]]] = defaultdict(lambda: defaultdict(list))
        for quad in ox.parse("".join(f"{line} .\n" for line in sorted(ontology.lines)).encode(), ox.RdfFormat.N_TRIPLES):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                self._said[quad.subject.value][quad.predicate.value].append(quad.object)
        self._all = [*ontology.classes, *ontology.properties, *ontology.concepts]
        above = {cls: {other for other in ontology.classes if other != cls and ontology.is_a(cls, other)} for cls in ontology.classes}
        self._parents = {cls: ontology.most_specific(others) for cls, others in above.items()}
        self._children: dict[str, list[str]] = defaultdict(list)
        for cls, parents in self._parents.items():
            for parent in parents:
                self._children[parent].append(cls)

    def listing(self) -> Iterator[str]:
        """Write the classes as a tree, then the properties with what they join, then the concepts of each scheme."""
        yield "Classes\n"
        for cls in sorted(cls for cls, parents in self._parents.items() if not parents and cls.startswith(KG)):
            yield from self._tree(cls, 1)
        yield "\nRoles, relations and attributes\n"
        for prop in sorted(self.ontology.properties, key=local):
            yield f"  {local(prop):<32}{self._joins(prop)}\n"
        for scheme in sorted(cls for cls in self.ontology.classes if self.ontology.concepts_of(cls) and not self._children[cls]):
            yield f"\n{local(scheme)}\n"
            for concept in sorted(self.ontology.concepts_of(scheme), key=lambda concept: self._code(concept.iri)):
                yield f"  {self._code(concept.iri):<32}{concept.label}\n"

    def _tree(self, cls: str, depth: int) -> Iterator[str]:
        name = "  " * depth + local(cls)
        yield f"{name:<38}{self.ontology.classes[cls].label}\n"
        for child in sorted(self._children[cls], key=local):
            yield from self._tree(child, depth + 1)

    def describe(self, name: str) -> Iterator[str]:
        """Write all terms that a name names. Raises QueryError with the nearest names where there is none."""
        key = fold(name.rpartition(":")[2])
        spelled = {iri: {fold(word) for word in (local(iri), *self._texts(iri, _LABELS))} for iri in self._all}
        found = [iri for iri in self._all if name in (iri, compress(iri))] or [iri for iri in self._all if key and key in spelled[iri]]
        if not found:
            words = sorted({local(iri) for iri in self._all} | {self._code(iri) for iri in self.ontology.concepts})
            near = difflib.get_close_matches(name, words, n=3)
            meant = f"; did you mean {' or '.join(f'“{word}”' for word in near)}?" if near else ""
            raise QueryError(f"the ontology has no term “{name}”{meant}", hint="kgbuild info ontology lists its terms")
        for number, iri in enumerate(found):
            if number:
                yield "\n"
            yield f"{compress(iri)}\n"
            for title, text in self._said_of(iri):
                if text:
                    yield f"  {title:<16}{text}\n"

    def _said_of(self, iri: str) -> Iterator[tuple[str, str]]:
        ontology = self.ontology
        for language in ("en", "ro"):
            texts = self._texts(iri, (_RDFS + "label", _SKOS + "definition"), language)
            yield language, ": ".join(texts)
        yield "annotated as", ", ".join(dict.fromkeys((local(iri), *self._texts(iri, _LABELS))))
        if iri in ontology.classes:
            yield "kind of", _names(self._parents[iri])
            yield "its kinds", _names(sorted(self._children[iri]))
            identity = ontology.identity(iri)
            yield "identified by", _names(identity[1]) if identity else ""
            roles = [prop for prop in ontology.properties if ontology.find_role(local(prop), iri) == prop and ontology.domains(prop)]
            yield "roles", ", ".join(f"{local(prop)} ({self._values(prop)})" for prop in sorted(roles, key=local))
            attributes = [
                prop for prop in ontology.properties if ontology.find_attribute(local(prop), iri) == prop and ontology.domains(prop)
            ]
            yield "attributes", _names(sorted(attributes))
            yield "concepts", ", ".join(self._code(concept.iri) for concept in ontology.concepts_of(iri))
        if iri in ontology.properties:
            yield "joins", self._joins(iri)
            yield "special case of", _names(other for other in ontology.properties if other != iri and ontology.subproperty(iri, other))
        if iri in ontology.concepts:
            yield "scheme", _names(cls for cls in ontology.classes if ontology.concepts_of(cls) and self._is_of(iri, cls))

    def _is_of(self, concept: str, cls: str) -> bool:
        return any(term.iri == concept for term in self.ontology.concepts_of(cls))

    def _joins(self, prop: str) -> str:
        return f"{_names(self.ontology.domains(prop)) or 'anything'} → {self._values(prop)}"

    def _values(self, prop: str) -> str:
        datatype = self.ontology.datatype(prop)
        return _names(self.ontology.ranges(prop)) or (compress(datatype) if datatype else "anything")

    def _texts(self, iri: str, predicates: Iterable[str], language: str | None = None) -> list[str]:
        said = self._said[iri]
        return [text.value for predicate in predicates for text in said[predicate] if language in (None, text.language)]

    def _code(self, concept: str) -> str:
        return next(iter(self._texts(concept, (KG + "annotationLabel",))), local(concept))


def _names(terms: Iterable[str]) -> str:
    return ", ".join(map(local, terms))
