"""Which words name which term: annotation labels before labels before local names, all folded, then CURIEs and IRIs.

Two terms that one word could mean at the same rank are a contradiction of the ontology, reported when it is read, so that a look-up
never has to guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kgbuild import iris
from kgbuild.errors import OntologyError
from kgbuild.folding import fold
from kgbuild.iris import PREFIXES
from kgbuild.ontology.parsing import Statements

#: ranks, best first: what an annotator's word is compared with
RANKS = (
    ("annotation label", (iris.KG + "annotationLabel",)),
    ("label", (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "altLabel")),
    ("local name", ()),
)


class Names:
    """The words of one kind of term (classes, properties, concepts of one scheme class).

    ``exclude(a, b)``: no word can mean both at one place, so they may share it (two properties of domains that never meet).
    """

    def __init__(
        self, statements: Statements, terms: Iterable[str], exclude: Callable[[str, str], bool] = lambda first, second: False
    ) -> None:
        self._terms = frozenset(terms)
        self._ranks: tuple[dict[str, tuple[str, ...]], ...] = tuple(
            self._rank(statements, rank, predicates, exclude) for rank, predicates in RANKS
        )

    def _rank(
        self, statements: Statements, rank: str, predicates: tuple[str, ...], exclude: Callable[[str, str], bool]
    ) -> dict[str, tuple[str, ...]]:
        known: dict[str, tuple[str, ...]] = {}
        for term in sorted(self._terms):
            for word in words(statements, term, predicates) if predicates else (local_name(term),):
                folded = fold(word)
                others = known.get(folded, ())
                if not folded or term in others:
                    continue
                for other in others:
                    if not exclude(term, other):
                        raise OntologyError(
                            f"{iris.compress(other)} and {iris.compress(term)} share the {rank} “{word}”",
                            hint="give one of them another label: an annotation with this one could mean either",
                        )
                known[folded] = (*others, term)
        return known

    def find(self, word: str, fits: Callable[[str], bool] = lambda term: True) -> str | None:
        """The term that a word names, of those that fit, by the best rank that has any; None for none, or for several there."""
        folded = fold(word)
        for known in self._ranks:
            found = [term for term in known.get(folded, ()) if fits(term)]
            if found:
                return found[0] if len(found) == 1 else None
        iri = iris.expand(word)
        return iri if iri in self._terms and fits(iri) else None


def words(statements: Statements, term: str, predicates: Iterable[str]) -> Iterator[str]:
    """All words that a term has under some predicates, in any language."""
    for predicate in predicates:
        for text in statements.texts(term, predicate):
            yield text.value


def local_name(iri: str) -> str:
    """The part of an IRI behind its last ``#`` or ``/``."""
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]
