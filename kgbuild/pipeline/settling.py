"""Bring a store up to date with the decisions on links: keep them in graph ``links``, and map again exactly the articles that they touch.

What a store holds must not depend on whether a decision was taken before an article was loaded or after. An article is touched if its
graph names a thing of which something else is decided now than before, or a class of which it is or was a member; or if a unit of its own
is meant. The list of them is kept in the store, in the transaction that changes the graph, until the last one is mapped: a run that is
stopped in between is finished by the next.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable

from kgbuild import iris
from kgbuild.decisions import Links, changed, lines
from kgbuild.decisions.links import KEYED
from kgbuild.document import Run, decode_record
from kgbuild.pipeline.decisions import kept
from kgbuild.pipeline.inputs import Inputs
from kgbuild.pipeline.statuses import BEHIND, Touched
from kgbuild.pipeline.work import Build
from kgbuild.provenance import run_lines
from kgbuild.status import cases
from kgbuild.stores import Store

#: articles that decisions touch and that are not mapped again yet, packed; empty where there are none
META_PENDING = "links-pending"
#: articles of one transaction
_BATCH = 100


def settle(store: Store, inputs: Inputs, run: Run | None = None) -> int:
    """Let a store hold the decisions of ``inputs``, and finish what an earlier run had begun.

    Returns how many articles were mapped again. Writes nothing where nothing is to be done. The rules of ``inputs`` must be in force.
    """
    old, pending = kept(store), _unpack(store.meta(META_PENDING) or "")
    if old == inputs.decisions and not pending:
        return 0
    before, after = (Links(each, inputs.registry.types, base=store.base) for each in (old, inputs.decisions))
    touched = sorted(pending | _touched(store, before, after))
    meta = {META_PENDING: _pack(touched), **(BEHIND if touched else {})}
    store.set_graph("links", lines(inputs.decisions, base=store.base), meta=meta)
    work = Build(inputs.mapper(), inputs.built_with, inputs.base, rules=inputs.rules)
    noted = Touched()
    for first in range(0, len(touched), _BATCH):
        batch = [iri for iri in touched[first : first + _BATCH] if store.fingerprint(iri) is not None]
        graphs = []
        for iri in batch:
            item = work.item(decode_record(store.record(iri) or b""))
            noted.add(cases(store.facts(iri) or (), inputs.ontology))
            noted.add(item.cases)
            graphs.append(item.graph(work.built_with))
        store.put(graphs, run_lines(run, batch, work.base) if run is not None else (), anew=True)
    store.set_meta({META_PENDING: ""})
    noted.refresh(store, inputs.ontology)
    return len(touched)


def _touched(store: Store, before: Links, after: Links) -> set[str]:
    """The articles that other decisions may change."""
    things = changed(before, after)
    found: set[str] = set()
    hidden = False
    keyed = tuple(f"{store.base}{kind}/" for kind in KEYED)
    for thing in things:
        naming = store.naming(thing)
        hidden |= not naming and thing.startswith(keyed)
        found |= naming | _own_article(store, thing)
    if hidden:
        # an event by a name that it had, or would have, while its participants went by other names: any of theirs may be it
        for thing in before.things() | after.things():
            found |= store.naming(thing)
    return found


def _own_article(store: Store, thing: str) -> set[str]:
    """The article of whose unit an IRI is the own one."""
    start = iris.article("", base=store.base)
    article = start + thing.removeprefix(start).partition("/")[0]
    return {article} if thing.startswith(start) and thing != article and store.fingerprint(article) is not None else set()


def _pack(articles: Iterable[str]) -> str:
    listed = list(articles)
    return base64.b64encode(zlib.compress(json.dumps(listed).encode())).decode() if listed else ""


def _unpack(packed: str) -> set[str]:
    return set(json.loads(zlib.decompress(base64.b64decode(packed)))) if packed else set()
