"""An article as a person names it, found in a store, or in one of two."""

from __future__ import annotations

from difflib import get_close_matches

from kgbuild import iris
from kgbuild.errors import StoreError
from kgbuild.stores import Store


def find_article(store: Store, article: str, *, so: str, other: Store | None = None) -> str:
    """The IRI of an article named by document id, CURIE or IRI. ``other``: a store that may have it in place of the first.

    Raises:
        StoreError: no store has it; the message ends with ``so``, what that means for the work at hand, and the hint has the
            closest ids.
    """
    candidates = [iris.article(article, base=store.base), iris.expand(article, base=store.base)]
    for iri in candidates:
        if iri is not None and any(each.fingerprint(iri) is not None for each in (store, other) if each is not None):
            return iri
    start = iris.article("", base=store.base)
    known = [iri.removeprefix(start) for iri in store.articles()]
    close = get_close_matches(article, known, n=3)
    hint = f"did you mean {' or '.join(close)}?" if close else "`kgbuild query articles` lists them"
    where = "not in the store" if other is None else "in neither store"
    raise StoreError(f"article “{article}” is {where}; {so}", hint=hint)
