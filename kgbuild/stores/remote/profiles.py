"""What is known of a kind of store: profiles.toml, or a file of the user's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pyoxigraph as ox

from kgbuild.errors import StoreError

STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of store; the fields are explained at the top of profiles.toml."""

    name: str
    title: str
    tested: bool
    known_by: Mapping[str, str]
    default_graph: Literal["separate", "union"]
    query: Literal["form", "direct", "get"]
    update: Literal["form", "direct"]
    ask: Literal["boolean", "row"]
    batch: int
    graph_batch: int
    first: Literal["quads", "update", "graphs"]
    parallel: int
    many: Literal["values", "union"]
    values: int
    row_limit: int
    row_limit_header: str
    drop: str
    paths: Mapping[str, str]
    endings: tuple[str, ...]
    graph_parameter: str
    graph_type: Literal["application/n-triples", "text/turtle"]
    graph_preamble: str
    replacing: Literal["atomic", "stepwise"]
    rewritten: Mapping[tuple[str, str], ox.Literal | ox.NamedNode]
    hints: tuple[tuple[str, str], ...]
    foreign: tuple[str, ...]

    @property
    def is_union(self) -> bool:
        """Claim that the default graph is what all graphs hold together."""
        return self.default_graph == "union"

    def hint(self, message: str) -> str:
        """What to do about an error, by its text; empty where nothing is known."""
        return next((hint for words, hint in self.hints if words.lower() in message.lower()), "")

    def restored(self, term: ox.Literal) -> ox.Literal:
        """A literal as it came, from what the store has made of it."""
        kind = term.datatype.value
        found = self.rewritten.get((kind, term.value)) or self.rewritten.get((kind, "*"))
        if found is None:
            return term
        return found if isinstance(found, ox.Literal) else ox.Literal(term.value, datatype=found)


@cache
def bundled() -> Mapping[str, Profile]:
    """The profiles that ship with kgbuild, by name."""
    tables = tomllib.loads(files("kgbuild.stores.remote").joinpath("profiles.toml").read_text(encoding="utf-8"))
    standard = tables[STANDARD]
    return {name: _profile(name, {**standard, "known-by": {}, **table}) for name, table in tables.items()}


def named(name: str) -> Profile:
    """A bundled profile, or the one in a file. Raises StoreError."""
    if name in bundled():
        return bundled()[name]
    path = Path(name)
    if not path.is_file():
        raise StoreError(f"no profile “{name}”", hint=f"there are: {', '.join(bundled())}; or name a file")
    tables = tomllib.loads(files("kgbuild.stores.remote").joinpath("profiles.toml").read_text(encoding="utf-8"))
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StoreError(f"{path}: the profile cannot be read: {error}", hint="write it as TOML, as one table of keys") from error
    if unknown := sorted(own.keys() - tables[STANDARD].keys() - {"known-by"}):
        raise StoreError(f"{path}: unknown key “{unknown[0]}”", hint=f"there are: {', '.join(sorted(tables[STANDARD]))}")
    for key, value in own.items():
        if type(value) is not type(tables[STANDARD].get(key, {})):
            raise StoreError(f"{path}: “{key}” takes another kind of value, such as {tables[STANDARD].get(key, {})!r}")
    _check_inside(path, own)
    merged = {**tables[STANDARD], "title": path.stem, "tested": False, "known-by": {}, **own}
    merged["paths"] = {**tables[STANDARD]["paths"], **merged["paths"]}
    for key, allowed in _CHOICES.items():
        if merged[key] not in allowed:
            raise StoreError(f"{path}: {key} can be {' or '.join(allowed)}, not “{merged[key]}”")
    for key in ("batch", "graph-batch", "parallel", "values"):
        if merged[key] < 1:
            raise StoreError(f"{path}: {key} must be 1 or more")
    try:
        return _profile(path.stem, merged)
    except (ValueError, TypeError) as error:
        raise StoreError(f"{path}: rewritten or hints: {error}", hint="lists of texts, as in kgbuild's own profiles") from error


def _check_inside(path: Path, own: Mapping[str, Any]) -> None:
    """Raises StoreError where a table or a list of a user's profile holds something else than texts, or an unknown service."""
    paths = own.get("paths", {})
    if unknown := sorted(paths.keys() - set(_SERVICES)):
        raise StoreError(f"{path}: paths: unknown service “{unknown[0]}”", hint=f"there are: {', '.join(_SERVICES)}")
    inside = {
        "paths": paths.values(),
        "known-by": own.get("known-by", {}).values(),
        **{key: own.get(key, ()) for key in ("endings", "foreign")},
    }
    for key, values in inside.items():
        if not all(isinstance(value, str) for value in values):
            raise StoreError(f"{path}: {key} holds something else than texts", hint="put each value in quotes")


_SERVICES = ("query", "update", "graph", "quads", "query-auth", "update-auth", "graph-auth", "quads-auth")
_CHOICES = {
    "default-graph": ("separate", "union"),
    "query": ("form", "direct", "get"),
    "update": ("form", "direct"),
    "ask": ("boolean", "row"),
    "first": ("quads", "update", "graphs"),
    "many": ("values", "union"),
    "graph-type": ("application/n-triples", "text/turtle"),
    "drop": ("DROP SILENT", "CLEAR SILENT"),
    "replacing": ("atomic", "stepwise"),
}


def _profile(name: str, table: Mapping[str, Any]) -> Profile:
    fields = {key.replace("-", "_"): value for key, value in table.items()}
    rewritten: dict[tuple[str, str], ox.Literal | ox.NamedNode] = {}
    for datatype, text, new, restored in fields["rewritten"]:
        node = ox.NamedNode(new)
        rewritten[datatype, text] = node if restored == "*" else ox.Literal(restored, datatype=node)
    fields |= {
        "rewritten": rewritten,
        "hints": tuple((words, hint) for words, hint in fields["hints"]),
        "endings": tuple(fields["endings"]),
        "foreign": tuple(fields["foreign"]),
    }
    return Profile(name=name, **fields)
