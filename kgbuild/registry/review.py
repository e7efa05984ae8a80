"""Looking over reference data of a user's own: what would load without a word and then not do what was meant.

A class or property that is misspelled, a relation to a thing that nobody describes, a name that is also another's: none of these is an
error of Turtle, and all of them show only much later, as a mention that does not resolve. So they are said when the data are read, with the
file and the line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Protocol

from kgbuild.document import Problem
from kgbuild.iris import KG, compress
from kgbuild.registry import parsing
from kgbuild.registry.indexing import unquoted


class Things(Protocol):
    """What is asked of the registry: the whole of it, the user's own things among the rest."""

    def types(self, thing: str) -> tuple[str, ...]:
        """The classes of a thing."""
        ...

    def find(self, name: str, *, cls: str, lang: str, ontology: Terms) -> tuple[str, ...]:
        """The things that a name may mean."""
        ...


class Terms(Protocol):
    """What is asked of the ontology."""

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Claim that a class is another, or lies below it."""
        ...


def review(own: Mapping[str, bytes], registry: Things, ontology: Terms, terms: frozenset[str], *, base: str) -> Iterator[Problem]:
    """Yield what is doubtful in reference files that have been read (name -> Turtle), in their order; each has been *kept*.

    ``terms`` are the IRIs of all terms that the ontology declares; ``base`` is what the IRIs of the registry begin with.
    """
    names = sorted(terms)
    for file, data in sorted(own.items()):
        for line in dict.fromkeys(parsing.triples(file, data)):
            subject, predicate, value = (parsing.moved(term, base) for term in line.split(" ", 2))
            thing, target = subject[1:-1], value[1:-1]
            if predicate in (parsing.LABEL, parsing.ALIAS):
                text, lang = unquoted(value)
                yield from _shared(thing, text, lang, registry, ontology, base=base, place=(file, data))
                continue
            for term in (predicate[1:-1], target):
                if term.startswith(KG) and term not in terms:
                    near = get_close_matches(term, names, n=1)
                    meant = f" ({compress(near[0], base=base)} is)" if near else ""
                    message = f"{compress(term, base=base)} is no term of the ontology{meant}, so what it says has no effect"
                    yield _problem("reference-unknown-term", message, subject, file, data, term.removeprefix(KG))
            if value.startswith(f"<{base}") and not registry.types(target):
                message = f"<{compress(target, base=base)}>, to which {compress(predicate[1:-1], base=base)} leads, is described nowhere"
                yield _problem("reference-unknown-thing", message, subject, file, data, target.rsplit("/", 1)[-1])


def _shared(
    thing: str, text: str, lang: str, registry: Things, ontology: Terms, *, base: str, place: tuple[str, bytes]
) -> Iterator[Problem]:
    """Say of a name that it means other things too, of which a mention may be one."""
    others: set[str] = set()
    for cls in registry.types(thing):
        found = registry.find(text, cls=cls, lang=lang, ontology=ontology)
        others |= set(found) - {thing} if thing in found else set()
    if others:
        named = ", ".join(f"<{compress(other, base=base)}>" for other in sorted(others))
        message = (
            f"“{text}” ({lang or 'no language'}) is also a name of {named}: a mention that says no more stays unresolved; "
            "if they are one thing, write under that IRI"
        )
        yield _problem("reference-shared-name", message, f"<{thing}>", *place, text)


def _problem(code: str, message: str, subject: str, file: str, data: bytes, text: str) -> Problem:
    return Problem(code, "kept", message, where=parsing.where(subject, {file: data}, text))
