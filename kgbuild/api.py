"""kgbuild from Python: open a store, ask it, and get rows of Python values.

import kgbuild

with kgbuild.open("kgbuild-store") as graph:
    for row in graph.query("transfers", supplier="PRK"):
        print(row.earliest, row.recipient.label, [item.label for item in row.item])
"""

from __future__ import annotations

import keyword
import os
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kgbuild.answers import answer, label_rows
from kgbuild.errors import StoreError
from kgbuild.pipeline.load import load_into
from kgbuild.pipeline.options import LoadOptions, LoadReport
from kgbuild.query import Query, find_query, load_queries
from kgbuild.resources import read_bundled
from kgbuild.rows import Entity, Rows
from kgbuild.stores import EmbeddedStore

if TYPE_CHECKING:
    import rdflib

    from kgbuild.document import Problem

__all__ = ["KnowledgeGraph", "Parameter", "open"]

#: what may be given for a parameter: what the command line takes, or a value of a row
Parameter = str | int | date | Entity | None


def open(store: str | os.PathLike[str] | None, *, read_only: bool = True, lang: str = "en") -> KnowledgeGraph:  # noqa: A001 - as gzip.open
    """Open the store in a folder, or with ``None`` a new, empty one in memory.

    Args:
        store: the folder that ``kgbuild load`` filled.
        read_only: others may read at the same time; nobody may write. Without it the store is this program's alone. A graph in memory
            may always be loaded into.
        lang: the language of labels, where they have it; also of names in messages.

    Raises:
        StoreMissing: there is no store; :func:`kgbuild.load` makes one.
        StoreUnavailable: another process writes to it (a load, for instance), still after 2 s.
        StoreError: the place holds something else, is damaged, or a newer kgbuild wrote it.
    """
    path = None if store is None else Path(store)
    return KnowledgeGraph(EmbeddedStore.open(path, read_only=read_only), lang=lang, writable=path is None or not read_only)


class KnowledgeGraph:
    """An open store. A context manager; ``close`` lets others write. Errors are :class:`kgbuild.KgbuildError`."""

    def __init__(self, store: EmbeddedStore, *, lang: str = "en", writable: bool = False) -> None:
        """Take an open store; callers use :func:`open`."""
        self._store = store
        self._writable = writable
        #: the language of labels; may be set
        self.lang = lang

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the store, and every dataset made of it. Rows stay as they are."""
        self._store.close()

    @cached_property
    def queries(self) -> Mapping[str, Query]:
        """The bundled queries by name: what they answer, their parameters and columns."""
        return load_queries(read_bundled("queries", ".rq"))

    def query(self, name: str | Query, /, **parameters: Parameter) -> Rows:
        """Ask a bundled query, or one of your own (``Query.parse``).

        Args:
            name: as ``kgbuild query --list`` names it.
            parameters: each as on the command line, or a value of another answer's row; None is as if not given. After one whose
                name is a word of Python stands an underscore: ``query("meetings", party="PRK", with_="RUS")``.

        Raises:
            QueryError: an unknown query or parameter, one that is missing, or a value that means nothing or several things.
        """
        query = name if isinstance(name, Query) else find_query(self.queries, name)
        values = {_name(key): _text(value) for key, value in parameters.items() if value is not None}
        return Rows(answer(query, values, self._store.select, self.lang, base=self._store.base))

    def sparql(self, query: str) -> Rows:
        """Ask a SELECT query of your own; a column is of the kind that its values show.

        Raises QueryError if it does not parse, or is no SELECT query: for the other forms there is ``dataset().query``.
        """
        return Rows(label_rows(self._store.select(query), self._store.select, self.lang))

    def load(
        self,
        *paths: str | os.PathLike[str],
        options: LoadOptions | None = None,
        on_problem: Callable[[Problem], None] = lambda problem: None,
    ) -> LoadReport:
        """Load files and folders, as :func:`kgbuild.load` does, into a graph in memory or one that was opened to be written.

        Problems go to ``on_problem`` one by one, and are counted in the report. Raises what ``kgbuild.load`` raises, and StoreError where
        the graph was opened for reading.
        """
        if not self._writable:
            raise StoreError(f"{self._store.path}: opened for reading only", hint="kgbuild.open(store, read_only=False)")
        return load_into([Path(path) for path in paths], self._store, options or LoadOptions(), on_problem=on_problem)

    def dataset(self) -> rdflib.Dataset:
        """View the store as an rdflib dataset, through oxrdflib: nothing is copied, and it ends when the graph is closed.

        Its default graph is the knowledge graph, its named graphs are the articles and the store's own. Raises MissingExtra.
        """
        return self._store.dataset()


def _name(key: str) -> str:
    return key[:-1] if key.endswith("_") and keyword.iskeyword(key[:-1]) else key


def _text(value: str | int | date | Entity) -> str:
    if isinstance(value, Entity):
        return value.iri
    return value.isoformat() if isinstance(value, date) else str(value)
