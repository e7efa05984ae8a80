"""Take articles out of a store, with all that only they say."""

from __future__ import annotations

from collections.abc import Sequence

from kgbuild.pipeline.inputs import resolve
from kgbuild.pipeline.named import find_article
from kgbuild.pipeline.options import LoadOptions
from kgbuild.pipeline.settling import settle
from kgbuild.pipeline.statuses import BEHIND, Touched, is_behind, refresh_all
from kgbuild.status import cases
from kgbuild.stores import Place, open_store


def remove(store: Place, articles: Sequence[str]) -> list[str]:
    """Remove articles, named by document id, CURIE or IRI, in one transaction; return their IRIs.

    Raises:
        StoreError: one of them is not in the store (with the closest ids); nothing is removed. Or the store is missing or locked.
    """
    with open_store(store) as database:
        named = [find_article(database, article, so="nothing was removed") for article in articles]
        inputs = resolve(database, LoadOptions())
        ontology = inputs.ontology
        database.reason_with(inputs.rules)
        if is_behind(database):
            refresh_all(database, ontology)
        settle(database, inputs)
        touched = Touched()
        for iri in named:
            touched.add(cases(database.facts(iri) or (), ontology))
        database.remove(named, meta=BEHIND)
        touched.refresh(database, ontology)
        return named
