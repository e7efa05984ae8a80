"""An editor's ontology as the checks see it: all files together and each by itself, with what surrounds them.

It is called a draft because nothing about it is certain yet: files may be broken, terms undeclared, classes in a circle.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

import pyoxigraph as ox

from kgbuild.checking.finding import Place
from kgbuild.checking.module import Module, read_module
from kgbuild.checking.surroundings import Surroundings
from kgbuild.iris import KG, KGS, PREFIXES
from kgbuild.ontology.hierarchy import CLASS_UP, PROPERTY_UP, Hierarchy, alternatives
from kgbuild.ontology.parsing import Statements, Text

RDF, RDFS, OWL, SKOS, DCT, XSD = (PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "skos", "dct", "xsd"))
TYPE, LABEL, DEFINITION, PREF_LABEL = RDF + "type", RDFS + "label", SKOS + "definition", SKOS + "prefLabel"
CLASS, OBJECT, DATATYPE, ANNOTATION = OWL + "Class", OWL + "ObjectProperty", OWL + "DatatypeProperty", OWL + "AnnotationProperty"
INDIVIDUAL, SCHEME, ONTOLOGY = OWL + "NamedIndividual", SKOS + "ConceptScheme", OWL + "Ontology"
PROPERTY_KINDS = (OBJECT, DATATYPE, ANNOTATION)
#: vocabularies that are part of the languages themselves: never declared
BUILT_IN = (RDF, RDFS, OWL, XSD)
#: vocabularies of others that an ontology like this one refers to; a namespace of an editor's own is not among them
FOREIGN = (
    *(PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd", "skos", "prov", "dct", "gaf", "wd", "wdt")),
    "http://purl.org/dc/",
    "http://purl.org/vocab/vann/",
    "http://www.w3.org/",
    "http://semanticweb.cs.vu.nl/",
    "http://schema.org/",
    "https://schema.org/",
    "http://xmlns.com/foaf/",
    "http://www.opengis.net/",
    "http://www.ontologyrepository.com/",
    "http://www.arg.dundee.ac.uk/",
)


class Draft:
    """All modules of an ontology under check.

    Attributes:
        modules: the files, by name; beside: shapes and alignments; around: what else surrounds them.
        said: every statement of all files, by subject.
        kinds: term -> the types that declare it: class, the three kinds of property, individual.
        declarers: term -> the files that declare it, the one that says most of it first.
    """

    def __init__(self, files: Mapping[str, bytes], around: Surroundings | None = None) -> None:
        self.around = around or Surroundings()
        self.modules = {name: read_module(name, files[name]) for name in sorted(files)}
        beside = {**self.around.shapes, **self.around.alignments}
        self.beside = {name: read_module(name, beside[name]) for name in sorted(beside)}
        dataset = ox.Dataset()
        for module in self.modules.values():
            for triple in module.triples:
                if isinstance(triple.subject, ox.Triple) or isinstance(triple.object, ox.Triple):
                    continue  # a triple term has its own check; nothing else can be said of it
                dataset.add(ox.Quad(triple.subject, triple.predicate, triple.object))
        self.said = Statements(dataset)
        self.damaged = frozenset[str]().union(*(module.damaged for module in self.modules.values()))
        self.kinds: dict[str, set[str]] = defaultdict(set)
        self.declarers: dict[str, list[str]] = defaultdict(list)
        self._described: dict[str, Counter[str]] = defaultdict(Counter)
        self._subjects: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name, module in self.modules.items():
            for subject, predicate, value in plain(module):
                if not isinstance(value, Text):
                    self._subjects[predicate, value].append(subject)
                if predicate == TYPE and not subject.startswith("_:") and isinstance(value, str):
                    self._declare(subject, value, name)
                elif not subject.startswith("_:"):
                    self._described[subject][name] += 1
        for term, names in self.declarers.items():
            names.sort(key=lambda name: -self._described[term][name])

    def _declare(self, term: str, kind: str, name: str) -> None:
        if kind == RDFS + "Class":
            kind = CLASS
        if kind in (CLASS, INDIVIDUAL, ONTOLOGY, RDFS + "Datatype", *PROPERTY_KINDS):
            self.kinds[term].add(kind)
        elif not kind.startswith(BUILT_IN):
            self.kinds[term].add(INDIVIDUAL)
        else:
            return
        if name not in self.declarers[term]:
            self.declarers[term].append(name)

    # --- terms

    def is_own(self, term: str) -> bool:
        """Claim that the ontology is to define the term: of its namespaces, or an editor's, not of a vocabulary of others."""
        return term.startswith((KG, KGS)) or not term.startswith((*FOREIGN, "_:", "relative:"))

    def is_whole(self, term: str) -> bool:
        """Claim that all statements on the term could be read."""
        return term not in self.damaged

    def own(self, *kinds: str) -> list[str]:
        """The declared terms of the ontology itself that are of one of the kinds, sorted; damaged ones are left out."""
        return [term for term in sorted(self.kinds) if self.kinds[term] & set(kinds) and self.is_own(term) and self.is_whole(term)]

    @cached_property
    def classes(self) -> list[str]:
        """Own classes."""
        return self.own(CLASS)

    @cached_property
    def properties(self) -> list[str]:
        """Own object, datatype and annotation properties."""
        return self.own(*PROPERTY_KINDS)

    @cached_property
    def concepts(self) -> list[str]:
        """Own individuals that are no schemes: concepts, mostly."""
        other = {CLASS, *PROPERTY_KINDS}
        return [term for term in self.own(INDIVIDUAL) if not self.is_scheme(term) and not self.kinds[term] & other]

    @cached_property
    def schemes(self) -> list[str]:
        """Own concept schemes."""
        return [term for term in self.own(INDIVIDUAL) if self.is_scheme(term)]

    @cached_property
    def terms(self) -> list[str]:
        """Every own term, once."""
        return sorted({*self.classes, *self.properties, *self.concepts, *self.schemes})

    def is_scheme(self, term: str) -> bool:
        """Claim that an individual is a concept scheme."""
        return SCHEME in self.said.nodes(term, TYPE)

    def homes(self, term: str) -> list[str]:
        """The files that declare a term and say more of it than what kind it is; a bare declaration only makes a file whole in itself."""
        described = [name for name in self.declarers[term] if self._described[term][name]]
        return described or self.declarers[term][:1]

    def is_deprecated(self, term: str) -> bool:
        """Claim that a term is marked owl:deprecated."""
        return self.said.claims(term, OWL + "deprecated")

    def kind_word(self, term: str) -> str:
        """What a term is, in a word."""
        kinds = self.kinds.get(term, set())
        return "class" if CLASS in kinds else "property" if kinds & set(PROPERTY_KINDS) else "concept"

    # --- orders

    @cached_property
    def class_order(self) -> Hierarchy:
        """Which class is below which."""
        return Hierarchy(self.said, [term for term, kinds in self.kinds.items() if CLASS in kinds], CLASS_UP)

    @cached_property
    def property_order(self) -> Hierarchy:
        """Which property is below which."""
        return Hierarchy(self.said, [term for term, kinds in self.kinds.items() if kinds & set(PROPERTY_KINDS)], PROPERTY_UP)

    def domains(self, prop: str) -> tuple[str, ...]:
        """The named classes of the domain, the property's own or the nearest above it; empty for any."""
        return self._nearest(prop, RDFS + "domain")

    def ranges(self, prop: str) -> tuple[str, ...]:
        """The named classes or datatypes of the range, as :meth:`domains`."""
        return self._nearest(prop, RDFS + "range")

    def _nearest(self, prop: str, predicate: str) -> tuple[str, ...]:
        above = self.property_order.of(prop)
        for term in self.property_order.lowest(term for term in above if self.said.nodes(term, predicate)):
            nodes = self.said.nodes(term, predicate)
            return tuple(dict.fromkeys(named for node in nodes for named in alternatives(self.said, node)))
        return ()

    def has_common_thing(self, first: tuple[str, ...], second: tuple[str, ...]) -> bool:
        """Claim that one thing may be of a class of both; no class at all is any."""
        order = self.class_order
        return not first or not second or any(order.below(a, b) or order.below(b, a) for a in first for b in second)

    # --- look-ups and places

    def subjects(self, predicate: str, value: str) -> list[str]:
        """What has a value, blank nodes too, in the order of the files."""
        return self._subjects.get((predicate, value), [])

    def texts(self, term: str, predicate: str, language: str | None = None) -> list[Text]:
        """The texts of a term, in one language if it is given."""
        return [text for text in self.said.texts(term, predicate) if language is None or text.language == language]

    def is_settled(self, cls: str) -> bool:
        """Claim that all that a class is below is declared and could be read, so that what it lacks is not in a broken place."""
        return all(CLASS in self.kinds.get(above, ()) and self.is_whole(above) for above in self.class_order.of(cls))

    def where(self, term: str, predicate: str = "", value: str | Text = "", *, file: str = "") -> Place:
        """Where a term, what is said with a predicate on it, or a value of it stands; in the nearest place that is known."""
        if isinstance(value, Text):
            value = f"{value.value}@{value.language}" if value.language else value.value
        names = [file] if file else [*self.declarers.get(term, ()), *self.modules]
        best: tuple[int, Place] | None = None
        for name in dict.fromkeys(names):
            lines = self.modules[name].lines
            exact = [lines.all(term, predicate, value), lines.predicate_lines(term, predicate), lines.subject_lines(term)]
            for rank, found in enumerate(exact):
                if found and (best is None or rank < best[0]):
                    best = rank, Place(name, found[0])
        if best:
            return best[1]
        mentioned = ((name, self.modules[name].lines.mention(term)) for name in dict.fromkeys(names))
        found_in = next((Place(name, line) for name, line in mentioned if line), None)
        return found_in or Place(
            next((n for n in names if any(s == term for s, _, _ in plain(self.modules[n]))), names[0] if names else "")
        )

    def mention(self, term: str, *, file: str = "", inside: str = "") -> Place:
        """Where a term is first named, in one file or the first that names it; within the statements on one subject if given."""
        for name in [file] if file else self.modules:
            if line := self.modules[name].lines.mention(term, inside):
                return Place(name, line)
        return self.where(inside or term, file=file)


def plain(module: Module) -> Iterator[tuple[str, str, str | Text]]:
    """A file's statements as plain values: blank nodes begin with ``_:``."""
    for triple in module.triples:
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
            continue  # a triple term: reported as such
        left = subject.value if isinstance(subject, ox.NamedNode) else f"_:{subject.value}"
        if isinstance(value, ox.Literal):
            yield left, triple.predicate.value, Text(value.value, value.language or "", value.datatype.value)
        else:
            yield left, triple.predicate.value, value.value if isinstance(value, ox.NamedNode) else f"_:{value.value}"
