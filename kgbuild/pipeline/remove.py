"""Take articles out of a store, with all that only they say."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from kgbuild import iris
from kgbuild.errors import StoreError
from kgbuild.pipeline.inputs import resolve
from kgbuild.pipeline.options import LoadOptions
from kgbuild.pipeline.statuses import BEHIND, Touched, is_behind, refresh_all
from kgbuild.status import cases
from kgbuild.stores import EmbeddedStore


def remove(store: Path, articles: Sequence[str]) -> list[str]:
    """Remove articles, named by document id, CURIE or IRI, in one transaction; return their IRIs.

    Raises:
        StoreError: one of them is not in the store (with the closest ids); nothing is removed. Or the store is missing or locked.
    """
    with EmbeddedStore.open(store) as database:
        named = [_named(database, article) for article in articles]
        ontology = resolve(database, LoadOptions()).ontology
        if is_behind(database):
            refresh_all(database, ontology)
        touched = Touched()
        for iri in named:
            touched.add(cases(database.facts(iri) or (), ontology))
        database.remove(named, meta=BEHIND)
        touched.refresh(database, ontology)
        return named


def _named(store: EmbeddedStore, article: str) -> str:
    candidates = [iris.article(article, base=store.base), iris.expand(article, base=store.base)]
    for iri in candidates:
        if iri is not None and store.fingerprint(iri) is not None:
            return iri
    start = iris.article("", base=store.base)
    known = [iri.removeprefix(start) for iri in store.articles()]
    close = get_close_matches(article, known, n=3)
    hint = f"did you mean {' or '.join(close)}?" if close else "`kgbuild query articles` lists them"
    raise StoreError(f"article “{article}” is not in the store; nothing was removed", hint=hint)
