"""Queries in files: SPARQL with a header that says what it answers, what it takes, and what its columns mean.

    #+ summary: Meetings of one side
    #+ params:
    #+   party: {type: agent, example: PRK, means: who took part}
    #+ columns:
    #+   - {name: meeting, kind: entity, means: the meeting}
    PREFIX kg: <https://w3id.org/kgbuild/ontology#>
    SELECT DISTINCT ?meeting WHERE {
      ?meeting kg:partyState $party .                #? party
      …

Lines that begin with ``#+`` are YAML with grlc's keys (summary, description, tags) and ours (params, columns, layout, graph, plot).
``$name`` is a parameter, ``?name`` a variable, also where a column bears the parameter's name. How both and optional lines work is told
in :mod:`kgbuild.binding`, what ``graph`` and ``plot`` hold in :mod:`kgbuild.networks` and :mod:`kgbuild.plotting`.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kgbuild import binding
from kgbuild.errors import QueryError
from kgbuild.header import split
from kgbuild.networks.view import GraphView, parse_graph
from kgbuild.parameters import TYPES
from kgbuild.plotting.view import PlotView, parse_plot
from kgbuild.result import KINDS, Column

__all__ = ["Column", "Param", "Query", "find_query", "load_queries"]

_OURS = {"summary", "description", "params", "columns", "tags", "layout", "graph", "plot"}
#: what grlc reads beside them; harmless here
_GRLC = {"defaults", "endpoint", "endpoint_in_url", "enumerate", "method", "pagination", "transform"}
_PARAM_KEYS = {"type", "required", "default", "example", "means"}


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: its name, its type (a key of :data:`kgbuild.parameters.TYPES`), and what people should know to give it."""

    name: str
    type: str
    required: bool = False
    default: str | None = None
    example: str = ""
    means: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A query that can be asked: what its header says, and its SPARQL with ``$name`` where values go.

    ``columns`` may be empty (a file without a header): then the answer's own columns stand. ``layout`` is ``rows`` or ``passages``.
    ``graph`` and ``plot`` say how rows are a graph or a picture, where they are one.
    """

    name: str
    text: str
    summary: str = ""
    description: str = ""
    params: tuple[Param, ...] = ()
    columns: tuple[Column, ...] = ()
    tags: tuple[str, ...] = ()
    layout: str = "rows"
    graph: GraphView | None = None
    plot: PlotView | None = None

    @classmethod
    def parse(cls, name: str, data: bytes | str) -> Query:
        """Read a query.

        Args:
            name: what it is called; a trailing ``.rq`` and folders are dropped.
            data: the file's contents, UTF-8.

        Raises:
            QueryError: the header is not what a header can be, or header and SPARQL disagree on parameters; with file and line.
        """
        file = name
        header, text = split(data, file)
        for key in header:
            if key not in _OURS | _GRLC:
                raise QueryError(f"{file}: the header has an unknown key “{key}”{_nearest(str(key), sorted(_OURS))}")
        columns = tuple(_column(item, file) for item in _sequence(header, "columns", file))
        named = [column.name for column in columns]
        query = cls(
            name=name.rsplit("/", 1)[-1].removesuffix(".rq"),
            text=text,
            summary=_string(header, "summary", file),
            description=_string(header, "description", file),
            params=tuple(_param(str(key), value, file) for key, value in _mapping(header.get("params"), "params", file).items()),
            columns=columns,
            tags=tuple(str(tag) for tag in _sequence(header, "tags", file)),
            layout=_string(header, "layout", file) or "rows",
            graph=parse_graph(header["graph"], named, file) if "graph" in header else None,
            plot=parse_plot(header["plot"], named, file) if "plot" in header else None,
        )
        query._check(file)
        return query

    def _check(self, file: str) -> None:
        used = binding.parameters(self.text)
        declared = {param.name for param in self.params}
        for name in sorted((used | binding.optional_lines(self.text)) - declared):
            raise QueryError(f"{file}: ${name} is not declared in the header's params")
        for name in sorted(declared - used):
            raise QueryError(f"{file}: the header declares {name}, but ${name} is not in the query")
        if self.layout not in ("rows", "passages"):
            raise QueryError(f"{file}: layout is {self.layout}; it can be rows or passages")

    def param(self, name: str) -> Param:
        """Find a parameter. Raises QueryError with the nearest name."""
        for param in self.params:
            if param.name == name:
                return param
        known = [param.name for param in self.params]
        raise QueryError(
            f"{self.name} has no parameter “{name}”{_nearest(name, known)}",
            hint=f"its parameters: {', '.join(known)}" if known else "it takes none",
        )

    def check_given(self, names: Mapping[str, object] | set[str]) -> None:
        """Claim that every name is a parameter and every required parameter is named. Raises QueryError."""
        for name in names:
            self.param(name)
        for param in self.params:
            if param.required and param.default is None and param.name not in names:
                raise QueryError(
                    f"{self.name} needs {param.name} ({param.means or param.type})",
                    hint=f"--param {param.name}={param.example}" if param.example else "",
                )

    def bind(self, terms: Mapping[str, str]) -> str:
        """Write the query with these terms in place of its parameters: SPARQL that runs as it stands on any endpoint.

        Args:
            terms: parameter -> term in N-Triples syntax, as :func:`kgbuild.parameters.resolve` makes them.

        Raises:
            QueryError: an unknown parameter, a required one without a term, or a term where none can stand.
        """
        self.check_given(terms)
        return binding.bind(binding.keep_lines(self.text, set(terms)), terms)


def load_queries(files: Mapping[str, bytes]) -> dict[str, Query]:
    """Read query files by name, in the order of their names. Raises QueryError."""
    queries = (Query.parse(file, data) for file, data in sorted(files.items()))
    return {query.name: query for query in queries}


def find_query(queries: Mapping[str, Query], name: str) -> Query:
    """Find a query by name. Raises QueryError with the nearest name."""
    if name in queries:
        return queries[name]
    raise QueryError(f"no query “{name}”{_nearest(name, list(queries))}", hint=f"there are: {', '.join(queries)}")


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5) or [one for one in known if name and name in one][:1]
    return f"; did you mean “{near[0]}”?" if near else ""


def _mapping(value: Any, what: str, file: str) -> dict[str, Any]:
    if not value:
        return {}
    if not isinstance(value, dict):
        raise QueryError(f"{file}: {what} must be key: value pairs")
    return value


def _sequence(header: dict[str, Any], key: str, file: str) -> list[Any]:
    value = header.get(key)
    if not value:
        return []
    if not isinstance(value, list):
        raise QueryError(f"{file}: {key} must be a list")
    return value


def _string(mapping: dict[str, Any], key: str, file: str) -> str:
    value = mapping.get(key, "")
    if isinstance(value, dict | list):
        raise QueryError(f"{file}: {key} must be text")
    return str(value).strip()


def _param(name: str, value: Any, file: str) -> Param:
    fields = _mapping(value, f"parameter {name}", file)
    if unknown := fields.keys() - _PARAM_KEYS:
        raise QueryError(f"{file}: parameter {name} has an unknown key “{min(unknown)}”{_nearest(min(unknown), sorted(_PARAM_KEYS))}")
    kind = _string(fields, "type", file)
    if kind not in TYPES:
        raise QueryError(f"{file}: parameter {name} has type “{kind}”{_nearest(kind, list(TYPES))}", hint=f"types: {', '.join(TYPES)}")
    required = _string(fields, "required", file) or "false"
    if required not in ("true", "false"):
        raise QueryError(f"{file}: parameter {name}: required is true or false, not “{required}”")
    return Param(
        name=name,
        type=kind,
        required=required == "true",
        default=_string(fields, "default", file) or None,
        example=_string(fields, "example", file),
        means=_string(fields, "means", file),
    )


def _column(item: Any, file: str) -> Column:
    fields = {"name": item} if isinstance(item, str) else _mapping(item, "a column", file)
    kind = fields.get("kind", "text")
    if not isinstance(fields.get("name"), str) or kind not in KINDS or fields.keys() - {"name", "kind", "means"}:
        raise QueryError(f"{file}: a column is {{name: …, kind: {'|'.join(KINDS)}, means: …}}, not {item}")
    return Column(fields["name"], kind, _string(fields, "means", file))
