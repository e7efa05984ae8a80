"""Build and question a knowledge graph of annotated news articles.

The public names below are resolved on first use (PEP 562), so that ``import kgbuild`` and ``kgbuild --help`` load no heavy library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

#: public name -> the module that defines it
_HOME = {
    "Arg": "document",
    "Document": "document",
    "EmbeddedStore": "stores",
    "Entity": "rows",
    "KgbuildError": "errors",
    "KnowledgeGraph": "api",
    "LoadOptions": "pipeline",
    "LoadReport": "pipeline",
    "Mention": "document",
    "Ontology": "ontology",
    "Problem": "document",
    "Prov": "document",
    "Query": "query",
    "Registry": "registry",
    "Row": "rows",
    "Rows": "rows",
    "Unit": "document",
    "load": "pipeline",
    "open": "api",
    "rebuild": "pipeline",
    "remove": "pipeline",
}

__all__ = [
    "Arg",
    "Document",
    "EmbeddedStore",
    "Entity",
    "KgbuildError",
    "KnowledgeGraph",
    "LoadOptions",
    "LoadReport",
    "Mention",
    "Ontology",
    "Problem",
    "Prov",
    "Query",
    "Registry",
    "Row",
    "Rows",
    "Unit",
    "__version__",
    "load",
    "open",
    "rebuild",
    "remove",
]

if TYPE_CHECKING:
    from kgbuild.api import KnowledgeGraph, open  # noqa: A004 - as gzip.open
    from kgbuild.document import Arg, Document, Mention, Problem, Prov, Unit
    from kgbuild.errors import KgbuildError
    from kgbuild.ontology import Ontology
    from kgbuild.pipeline.load import load
    from kgbuild.pipeline.options import LoadOptions, LoadReport
    from kgbuild.pipeline.rebuild import rebuild
    from kgbuild.pipeline.remove import remove
    from kgbuild.query import Query
    from kgbuild.registry import Registry
    from kgbuild.rows import Entity, Row, Rows
    from kgbuild.stores import EmbeddedStore


def __getattr__(name: str) -> Any:
    """Import a public name's home and keep the name here, so that this runs once a name."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, those not resolved yet included."""
    return sorted({*globals(), *__all__})
