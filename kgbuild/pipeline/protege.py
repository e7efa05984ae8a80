"""Write chosen articles of a store, with their ontology, as one OWL 2 DL document."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import IO

from kgbuild import exporting
from kgbuild.pipeline.inputs import META_ONTOLOGY_FILES, unpack
from kgbuild.pipeline.named import find_article
from kgbuild.resources import read_bundled
from kgbuild.stores import Store


def dump_for_protege(store: Store, output: IO[bytes], format_: str, articles: Sequence[str] = ()) -> int:
    """Write articles, named by document id, CURIE or IRI (none: all), with the ontology that the store was built with; return how many.

    ``format_`` is one of ``kgbuild.exporting.FORMATS``. Raises StoreError for an article that is not in the store; nothing is written.
    """
    chosen = list(dict.fromkeys(find_article(store, article, so="nothing was written") for article in articles)) or sorted(store.articles())
    facts = [store.facts(article) or () for article in chosen]
    selection = exporting.select(facts, _lines(store, "reference"), _lines(store, "derived"))
    ontology = unpack(store.meta(META_ONTOLOGY_FILES) or "") or read_bundled("ontology", ".ttl")
    title = f"kgbuild: what {len(chosen):,} {'article says' if len(chosen) == 1 else 'articles say'}, with the ontology"
    triples = exporting.owl_document(selection, ontology, title=title, base=store.base)
    exporting.write(triples, output, format_, base=store.base)
    return len(chosen)


def _lines(store: Store, graph: str) -> list[str]:
    output = BytesIO()
    store.dump(output, "nt", graph=graph)
    return output.getvalue().decode().replace(" .\n", "\n").split("\n")[:-1]
