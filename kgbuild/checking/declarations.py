"""Which terms are used, which are declared, and where: what Protégé shows as a mistake only when a file is opened alone."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator

from kgbuild.checking.builtins import KNOWN
from kgbuild.checking.catalogue import imports, reached
from kgbuild.checking.draft import (
    ANNOTATION,
    BUILT_IN,
    CLASS,
    DATATYPE,
    FOREIGN,
    INDIVIDUAL,
    OBJECT,
    ONTOLOGY,
    OWL,
    RDFS,
    TYPE,
    Draft,
    plain,
)
from kgbuild.checking.finding import Check, Place, Sighting
from kgbuild.checking.module import Module
from kgbuild.iris import KG, KGS, compress
from kgbuild.ontology.parsing import Text

#: what may be said of a term of another vocabulary without changing what it means there
_HARMLESS = frozenset((TYPE, RDFS + "label", RDFS + "isDefinedBy", RDFS + "seeAlso"))
#: words of OWL and RDFS whose values are IRIs of files and pages, not terms
_NOTES = frozenset(
    [OWL + word for word in ("versionIRI", "imports", "priorVersion", "incompatibleWith", "backwardCompatibleWith")]
    + [RDFS + word for word in ("isDefinedBy", "seeAlso", "comment", "label")]
)
#: kinds that must not meet in one term, with the reason
_CLASHES = (
    (CLASS, INDIVIDUAL, "a class and a thing: owlready2 loses the thing"),
    (CLASS, OBJECT, "a class and a relation"),
    (CLASS, DATATYPE, "a class and an attribute"),
    (CLASS, ANNOTATION, "a class and an annotation"),
    (OBJECT, DATATYPE, "a relation and an attribute: the OWL API repairs that in silence"),
    (OBJECT, ANNOTATION, "a relation and an annotation"),
    (DATATYPE, ANNOTATION, "an attribute and an annotation"),
    (OBJECT, INDIVIDUAL, "a relation and a thing"),
    (DATATYPE, INDIVIDUAL, "an attribute and a thing"),
    (ANNOTATION, INDIVIDUAL, "an annotation and a thing"),
)


def used(draft: Draft, module: Module) -> dict[str, tuple[str, bool]]:
    """The terms that one file names and that somebody must declare.

    Each with what it is first used as, and whether it is more than the value of an annotation: such a value is a mere IRI, so a concept
    may name a class of a file that is not imported.
    """
    found: dict[str, tuple[str, bool]] = {}
    annotations = {term for term, kinds in draft.kinds.items() if ANNOTATION in kinds} | _NOTES
    structural = {term for term, kinds in draft.kinds.items() if OBJECT in kinds} | {word for word in KNOWN if word.startswith(BUILT_IN)}

    def use(term: str, use: str, *, strong: bool) -> None:
        before = found.get(term)
        found[term] = (before[0], before[1] or strong) if before else (use, strong)

    for subject, predicate, value in plain(module):
        use(predicate, "a property", strong=True)
        if subject.startswith((KG, KGS)):
            use(subject, "what something is said of", strong=True)
        if isinstance(value, Text) or value.startswith("_:"):
            continue
        if value.startswith((KG, KGS)) or (predicate in structural and predicate not in annotations):
            use(value, f"a value of {compress(predicate)}", strong=predicate not in annotations)
    return found


def _undeclared(draft: Draft) -> Iterator[Sighting]:
    near = _Nearest(draft)
    for name, module in {**draft.modules, **draft.beside}.items():
        for term, (use, _) in sorted(used(draft, module).items()):
            if term in draft.kinds or term.startswith((*BUILT_IN, "relative:")) or not draft.is_whole(term):
                continue
            if name in draft.beside and not term.startswith((KG, KGS)):
                continue  # shapes and alignments speak of other vocabularies too
            if term in {m.iri for m in draft.beside.values()} or module.iri == term:
                continue
            if name in draft.beside and any(s == term and p == TYPE for s, p, _ in plain(module)):
                continue
            yield Sighting(_mention(module, term), term, f"is used as {use}, and no file declares it{near.to(term)}")


def _mention(module: Module, term: str) -> Place:
    return Place(module.name, module.lines.mention(term))


class _Nearest:
    """Finds what a misspelled term may have been meant to be."""

    def __init__(self, draft: Draft) -> None:
        self._terms = sorted(draft.kinds)

    def to(self, term: str) -> str:
        namespace = term[: max(term.rfind("#"), term.rfind("/")) + 1]
        names = {other[len(namespace) :] for other in self._terms if other.startswith(namespace)} if namespace else set()
        near = difflib.get_close_matches(term[len(namespace) :], sorted(names), n=1, cutoff=0.75)
        return f"; did you mean {compress(namespace + near[0])}?" if near else ""


def _unknown_builtins(draft: Draft) -> Iterator[Sighting]:
    for name, module in draft.modules.items():
        seen: set[str] = set()
        for triple in plain(module):
            for term in triple:
                if not isinstance(term, str) or term in seen or not term.startswith(BUILT_IN) or term in KNOWN:
                    continue
                if "#_" in term:  # rdf:_1 …
                    continue
                seen.add(term)
                near = difflib.get_close_matches(term, [k for k in KNOWN if k.rpartition("#")[0] == term.rpartition("#")[0]], n=1)
                meant = f"; did you mean {compress(near[0])}?" if near else ""
                yield Sighting(Place(name, module.lines.mention(term)), term, f"is not a term of that vocabulary{meant}")


def _not_imported(draft: Draft) -> Iterator[Sighting]:
    direct = imports(draft)
    for name, module in draft.modules.items():
        if not module.iri:
            continue
        reach = reached(direct, name)
        for term, (use, strong) in sorted(used(draft, module).items()):
            owners = draft.declarers.get(term, [])
            if owners and strong and not reach & set(owners) and ONTOLOGY not in draft.kinds[term]:
                says = f"is used as {use}; {owners[0]} declares it, which {name} does not import, directly or through others"
                yield Sighting(Place(name, module.lines.mention(term)), term, says)


def _foreign_axioms(draft: Draft) -> Iterator[Sighting]:
    for name, module in draft.modules.items():
        seen: set[tuple[str, str]] = set()
        for subject, predicate, _ in plain(module):
            if not subject.startswith(FOREIGN) or predicate in _HARMLESS or (subject, predicate) in seen or subject.startswith((KG, KGS)):
                continue
            if ANNOTATION in draft.kinds.get(predicate, ()):
                continue
            seen.add((subject, predicate))
            says = f"is a term of another vocabulary, and {compress(predicate)} is said of it"
            yield Sighting(draft.where(subject, predicate, file=name), subject, says)


def _declared_twice(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        for name in draft.homes(term)[1:]:
            yield Sighting(draft.where(term, TYPE, file=name), term, f"is described in {draft.homes(term)[0]} too")


def _punning(draft: Draft) -> Iterator[Sighting]:
    for term, kinds in sorted(draft.kinds.items()):
        for first, second, says in _CLASHES:
            if {first, second} <= kinds and (draft.is_own(term) or second != INDIVIDUAL):
                yield Sighting(draft.where(term, TYPE, second), term, f"is declared as {says}")


def _defined_by(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        name = draft.declarers[term][0]
        own = draft.modules[name].iri
        found = draft.said.nodes(term, RDFS + "isDefinedBy")
        if not found:
            yield Sighting(draft.where(term, file=name), term, "does not say by which ontology it is defined")
        elif own and found != [own]:
            others = " and ".join(f"<{iri}>" for iri in found if iri != own)
            place = draft.where(term, RDFS + "isDefinedBy", next(iri for iri in found if iri != own), file=name)
            yield Sighting(place, term, f"is said to be defined by {others}, but stands in {name}")


def _elsewhere(draft: Draft) -> Iterator[Sighting]:
    for name, module in draft.modules.items():
        others: dict[str, set[str]] = defaultdict(set)
        for subject, predicate, value in plain(module):
            home = draft.declarers.get(subject, [])
            if (
                home
                and name not in home
                and draft.is_own(subject)
                and (isinstance(value, Text) or ANNOTATION in draft.kinds.get(predicate, ()))
            ):
                others[subject].add(compress(predicate))
        for term, predicates in sorted(others.items()):
            says = f"is annotated here ({', '.join(sorted(predicates))}), but declared in {draft.declarers[term][0]}"
            yield Sighting(draft.where(term, file=name), term, says)


CHECKS = (
    Check(
        "undeclared",
        "Every term that is used is declared",
        "error",
        "OOPS! P34, P35; ROBOT; OWL 2 DL",
        "correct the spelling, or declare the term: kg:… a owl:Class (owl:ObjectProperty, owl:DatatypeProperty, owl:AnnotationProperty)",
        _undeclared,
    ),
    Check("unknown-word", "Words of RDF, RDFS, OWL and XSD exist", "error", "OWL 2; OOPS! P34", "correct the spelling", _unknown_builtins),
    Check(
        "not-imported",
        "A file uses only terms of itself and of files that it imports",
        "error",
        "OWL 2 DL, each file alone; Protégé",
        "import the file that declares it, or move the axiom to a file that does",
        _not_imported,
    ),
    Check(
        "foreign-axiom",
        "Nothing is said of terms of other vocabularies",
        "error",
        "FIBO; OOPS! P40",
        "say it of an own term below or beside it; only declare the foreign one",
        _foreign_axioms,
    ),
    Check(
        "declared-twice",
        "A term is described in one file",
        "warning",
        "FIBO",
        "keep the lines in the file that defines the term",
        _declared_twice,
    ),
    Check(
        "punning", "A term is one kind of thing", "error", "OWL 2 DL; FIBO; OOPS! P31", "make two terms of it, or drop one type", _punning
    ),
    Check(
        "defined-by", "A term names the ontology of its file in rdfs:isDefinedBy", "warning", "FOOPS! VOC; FIBO", "correct it", _defined_by
    ),
    Check(
        "annotated-elsewhere",
        "A term is described in the file that declares it",
        "warning",
        "house rule",
        "move the lines there",
        _elsewhere,
    ),
)
