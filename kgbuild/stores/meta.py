"""What a store knows of itself: its format, what its IRIs begin with, and the hashes of what it was built with.

Kept as literals of graph ``records``, whose IRI depends on the base; so the format is looked for in every graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from kgbuild.errors import StoreError
from kgbuild.iris import KG
from kgbuild.literals import string
from kgbuild.stores.database import Database
from kgbuild.stores.difference import Difference
from kgbuild.stores.door import DAMAGED
from kgbuild.stores.graphs import Graphs

#: The format that this version writes, and the newest that it reads. 2: graph ``inferred`` holds what rules infer of things, which a
#: version that knows nothing of it would leave behind.
FORMAT = 2
#: what is remembered of the rules that graph ``inferred`` is true to; empty where none is known to be
INFERRED_BY = "inferred-by"

_META = KG + "store."
_FORMAT = ox.NamedNode(_META + "format")
_BASE = "base"


def read_base(store: Database, path: Path | str) -> str | None:
    """What the store's IRIs begin with; None if it says nothing of itself.

    Raises:
        StoreError: a newer kgbuild wrote this store.
    """
    quad = next(store.quads_for_pattern(None, _FORMAT, None, None), None)
    if quad is None:
        return None
    value = getattr(quad.object, "value", "")
    if not value.isdecimal() or int(value) > FORMAT:
        raise StoreError(
            f"{path}: the store has format {value}, this kgbuild reads {FORMAT}", hint="install a newer kgbuild, or name a new --store"
        )
    base = read(store, quad.graph_name, _BASE)
    if base is None:
        raise StoreError(f"{path}: the store does not say what its IRIs begin with", hint=DAMAGED)
    return base


def founding_lines(base: str) -> set[str]:
    """What a new store says of itself, in graph ``records``."""
    subject = f"<{Graphs(base).records}>"
    return {f"{subject} <{_META}format> {string(str(FORMAT))}", f"{subject} <{_META}{_BASE}> {string(base)}"}


def read(store: Database, records: ox.NamedNode | ox.BlankNode | ox.DefaultGraph, name: str) -> str | None:
    """One value; None if it was never written."""
    if not isinstance(records, ox.NamedNode):
        return None
    quad = next(store.quads_for_pattern(records, ox.NamedNode(_META + name), None, records), None)
    return quad.object.value if quad is not None and isinstance(quad.object, ox.Literal) else None


def write(difference: Difference, store: Database, graphs: Graphs, values: Mapping[str, str]) -> None:
    """Have values written with a transaction; equal ones are left alone. Names are letters, digits and hyphens."""
    records = ox.NamedNode(graphs.records)
    for name, value in values.items():
        old = read(store, records, name)
        if old != value:
            start = f"<{graphs.records}> <{_META}{name}> "
            difference.change(graphs.records, [] if old is None else [start + string(old)], [start + string(value)], facts=False)
