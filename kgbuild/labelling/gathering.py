"""From the ontology to what annotators may write.

A term is written as its local name, or else as one of its annotation labels: the first of these that leads back to the term, so that what
comes back resolves whatever language the tool shows. A term that none of them leads back to is left out, and said to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from kgbuild.folding import fold
from kgbuild.iris import KG, PREFIXES, compress
from kgbuild.labelling.cardinality import Cardinalities
from kgbuild.labelling.labelset import HAPPENINGS, Attribute, Kind, Label, LabelSet, Relation, Role, Root
from kgbuild.ontology import Ontology
from kgbuild.ontology.names import local_name
from kgbuild.ontology.parsing import Statements, parse
from kgbuild.ontology.properties import COMPUTED, CONCEPT

_RDFS, _OWL, _SKOS, _XSD = (PREFIXES[prefix] for prefix in ("rdfs", "owl", "skos", "xsd"))
#: marks classes and properties that annotators need not see, though what is annotated with them is understood
NOT_ANNOTATABLE = KG + "notAnnotatable"
_ROOTS: tuple[Root, ...] = ("Entity", "Value", "Topic", "Event", "Statement")
_INTEGERS = frozenset(_XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger", "int", "long", "short"))
_NUMBERS = frozenset(_XSD + name for name in ("decimal", "double", "float"))


def gather(files: Mapping[str, bytes]) -> LabelSet:
    """Read the label set of an ontology, file name -> Turtle. Raises OntologyError as :meth:`Ontology.parse` does."""
    statements, digest = parse(files)
    return _Gathering(statements, Ontology(statements, digest)).label_set(digest)


class _Gathering:
    def __init__(self, statements: Statements, ontology: Ontology) -> None:
        self._said = statements
        self._ontology = ontology
        self._cardinalities = Cardinalities(statements, ontology)
        self._left_out: list[str] = []

    def label_set(self, digest: str) -> LabelSet:
        labels = tuple(self._labels())
        roles = tuple(self._roles())
        attributes = tuple(self._attributes())
        relations = tuple(self._relations())
        return LabelSet(digest[:12], labels, roles, attributes, relations, tuple(dict.fromkeys(self._left_out)))

    # --- classes

    @cached_property
    def _classes(self) -> dict[str, tuple[str, Root]]:
        """Class -> its word and the root of its tree, of the classes that annotators mark or that order those."""
        found: dict[str, tuple[str, Root]] = {}
        for cls in self._ontology.classes:
            root = next((name for name in _ROOTS if self._ontology.is_a(cls, KG + name)), None)
            if root is None or self._said.claims(cls, COMPUTED) or self._ontology.is_a(cls, CONCEPT):
                continue
            word = next((word for word in self._words(cls) if self._ontology.find_class(word) == cls), None)
            if word is None:
                self._left_out.append(f"{compress(cls)} has no word that names it alone; give it a kg:annotationLabel of its own")
            else:
                found[cls] = (word, root)
        return found

    @cached_property
    def _marked(self) -> frozenset[str]:
        return frozenset(cls for cls in self._classes if not self._said.claims(cls, NOT_ANNOTATABLE))

    def _labels(self) -> Iterator[Label]:
        for root in _ROOTS:
            mine = [cls for cls, (_, own) in self._classes.items() if own == root]
            kept = [cls for cls in mine if cls in self._marked or any(self._ontology.is_a(o, cls) for o in mine if o in self._marked)]
            parents = {cls: self._parent(cls, kept) for cls in kept}
            yield from self._branch(None, kept, parents, root)

    def _branch(self, parent: str | None, classes: list[str], parents: Mapping[str, str | None], root: Root) -> Iterator[Label]:
        for cls in sorted((cls for cls in classes if parents[cls] == parent), key=lambda cls: self._classes[cls][0]):
            above = self._classes[parent][0] if parent else None
            yield Label(self._classes[cls][0], root, above, self._title(cls), self._definition(cls), cls in self._marked)
            yield from self._branch(cls, classes, parents, root)

    def _parent(self, cls: str, classes: list[str]) -> str | None:
        """The class next above, of those that are written; of several the first, since a tool's tree has one parent a label."""
        above = [other for other in classes if other != cls and self._ontology.is_a(cls, other)]
        return next(iter(self._ontology.most_specific(above)), None)

    def _names(self, classes: Iterable[str]) -> tuple[str, ...]:
        """The words of the marked classes that are one of some classes or below one, sorted."""
        given = tuple(classes)
        inside = (cls for cls in self._marked if any(self._ontology.is_a(cls, top) for top in given))
        return tuple(sorted(self._classes[cls][0] for cls in inside))

    # --- properties

    @cached_property
    def _properties(self) -> tuple[str, ...]:
        return tuple(prop for prop in self._ontology.properties if not self._said.claims(prop, COMPUTED) and not self._hidden(prop))

    def _hidden(self, prop: str) -> bool:
        return self._said.claims(prop, NOT_ANNOTATABLE)

    def _owners(self, prop: str, roots: Iterable[Root]) -> list[str]:
        """The marked classes of some trees whose things may have a property."""
        domains = self._ontology.domains(prop)
        chosen = frozenset(roots)
        owners = (cls for cls in self._marked if self._classes[cls][1] in chosen)
        return sorted(cls for cls in owners if not domains or any(self._ontology.is_a(cls, domain) for domain in domains))

    def _roles(self) -> Iterator[Role]:
        for prop in self._properties:
            fillers = self._fillers(prop)
            if fillers is None:
                continue
            for owner in self._owners(prop, HAPPENINGS):
                word = next((word for word in self._words(prop) if self._ontology.find_role(word, owner) == prop), None)
                name = self._classes[owner][0]
                if word is None:
                    self._left_out.append(f"{compress(prop)} has no word that names it alone on {name}; give it a kg:annotationLabel")
                else:
                    yield Role(word, name, fillers, self._cardinalities.of(owner, prop), self._title(prop))

    def _fillers(self, prop: str) -> tuple[str, ...] | None:
        """The labels that may fill a role, none for any; None where the property is no role: its values are words, not things."""
        if self._ontology.is_datatype_property(prop):
            # a date and a quote are marked in the text: values of the class that has the attribute's own name
            return self._names((cls for cls, (_, root) in self._classes.items() if root == "Value" and _namesakes(cls, prop))) or None
        ranges = self._ontology.ranges(prop)
        if any(self._ontology.is_a(cls, CONCEPT) for cls in ranges):
            return None
        return self._names(ranges) or (() if not ranges else None)

    def _attributes(self) -> Iterator[Attribute]:
        for prop in self._properties:
            owners = self._owners(prop, _ROOTS if self._fillers(prop) is None else ("Entity", "Value", "Topic"))
            if self._fillers(prop) is not None and not self._ontology.is_datatype_property(prop):
                continue
            words = [next((w for w in self._words(prop) if self._ontology.find_attribute(w, owner) == prop), None) for owner in owners]
            for word in sorted({word for word in words if word is not None}):
                mine = tuple(self._classes[owner][0] for owner, own in zip(owners, words, strict=True) if own == word)
                values = tuple(self._values(prop))
                kind: Kind = "choice" if values else self._kind(prop)
                if kind == "choice" or self._ontology.is_datatype_property(prop):
                    several = not self._cardinalities.is_functional(prop)
                    everywhere = len(mine) == len(self._marked)
                    yield Attribute(word, () if everywhere else mine, values, kind, self._title(prop), several)

    def _kind(self, prop: str) -> Kind:
        datatype = self._ontology.datatype(prop)
        if datatype in _INTEGERS:
            return "integer"
        return "number" if datatype in _NUMBERS else "flag" if datatype == _XSD + "boolean" else "text"

    def _values(self, prop: str) -> Iterator[str]:
        """The words for the concepts that a property may have as values."""
        for cls in self._ontology.ranges(prop):
            for concept in self._ontology.concepts_of(cls):
                word = next((w for w in self._words(concept.iri) if self._ontology.find_concept(w, prop) == concept.iri), None)
                if word is None:
                    self._left_out.append(f"{compress(concept.iri)} has no word that names it alone; give it a kg:annotationLabel")
                else:
                    yield word

    def _relations(self) -> Iterator[Relation]:
        for prop in self._properties:
            ranges = self._ontology.ranges(prop)
            owners = [self._classes[owner][0] for owner in self._owners(prop, ("Entity",))]
            if not ranges or not owners or any(self._ontology.is_a(cls, CONCEPT) for cls in ranges):
                continue
            word = next((word for word in self._words(prop) if self._ontology.find_relation(word) == prop), None)
            if word is None:
                self._left_out.append(f"{compress(prop)} has no word that names it alone; give it a kg:annotationLabel of its own")
            elif targets := self._names(ranges):
                types = self._said.iris(prop, PREFIXES["rdf"] + "type")
                symmetric, transitive = _OWL + "SymmetricProperty" in types, _OWL + "TransitiveProperty" in types
                yield Relation(word, tuple(owners), targets, symmetric, transitive, self._title(prop))

    # --- words

    def _words(self, term: str) -> Iterator[str]:
        """The words by which a term may be written, the local name first; concepts have theirs among the annotation labels."""
        labels = [text.value for text in self._said.texts(term, KG + "annotationLabel")]
        local = local_name(term)
        if term in self._ontology.concepts:
            yield from labels
            yield local
        else:
            yield local
            yield from labels

    def _title(self, term: str) -> str:
        texts = {text.language: text.value for text in self._said.texts(term, _RDFS + "label")}
        return texts.get("en") or next(iter(texts.values()), local_name(term))

    def _definition(self, term: str) -> str:
        texts = {text.language: text.value for text in self._said.texts(term, _SKOS + "definition")}
        return texts.get("en") or next(iter(texts.values()), "")


def _namesakes(cls: str, prop: str) -> bool:
    return fold(local_name(cls)) == fold(local_name(prop))
