"""A store as an :class:`rdflib.Dataset`, through oxrdflib: for those whose tools speak rdflib."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgbuild.errors import MissingExtra
from kgbuild.iris import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib


def dataset(store: ox.Store, base: str) -> rdflib.Dataset:
    """View an open database as a dataset: nothing is copied. Its default graph is the store's, not the union of the others.

    Raises:
        MissingExtra: oxrdflib is not installed.
    """
    try:
        from oxrdflib import OxigraphStore
    except ImportError:
        raise MissingExtra("an rdflib.Dataset over the store needs oxrdflib", hint="pip install 'kgbuild[rdflib]'") from None
    import rdflib

    view = rdflib.Dataset(store=OxigraphStore(store=store), default_union=False)
    for prefix, namespace in (PREFIXES | {"data": base}).items():
        view.bind(prefix, namespace, replace=True)
    return view
