"""Indexing: from the lines of the reference data to the tables that the registry answers from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kgbuild.folding import fold
from kgbuild.iris import KG
from kgbuild.registry import parsing

_NAME_KEY = f"<{KG}nameKey>"
_NAMES = frozenset((parsing.LABEL, parsing.ALIAS))
_CODES = frozenset((f"<{KG}isoAlpha2>", f"<{KG}isoAlpha3>"))


@dataclass(slots=True)
class Index:
    """Tables by thing (an IRI without brackets); names carry their language tag, '' where they have none."""

    exact: list[tuple[str, str, str]] = field(default_factory=list)
    folded: list[tuple[str, str, str]] = field(default_factory=list)
    name_keys: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    types: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    labels: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    organs: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    seats: dict[str, str] = field(default_factory=dict)
    posts: dict[str, str] = field(default_factory=dict)
    terms: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))


def index(lines: Iterable[str]) -> Index:
    """Index lines ``s p o`` sorted as :func:`parsing.read` gives them: a subject's lines stand together."""
    tables = Index()
    exact, folded, name_keys, labels = tables.exact, tables.folded, tables.name_keys, tables.labels
    current, thing, named = "", "", True
    keys: set[str] = set()
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        if subject != current:
            current, thing, named, keys = subject, subject[1:-1], True, set()
        if predicate in _NAMES:
            if not named:
                continue
            text, lang = unquoted(value)
            key = fold(text)
            exact.append((text, lang, thing))
            folded.append((key, lang, thing))
            if key and key not in keys:
                keys.add(key)
                name_keys.append(f'{subject} {_NAME_KEY} "{key}"')
            if predicate == parsing.LABEL:
                labels[thing].setdefault(lang, text)
        else:
            # nobody names a term of office: its label is for reading (a subject's class stands before its label)
            named = named and not (predicate == parsing.TYPE and value == parsing.TENURE)
            _add(tables, thing, predicate, value)
    return tables


def unquoted(literal: str) -> tuple[str, str]:
    """Read a literal in N-Triples syntax into (text, language tag or '').

    >>> unquoted('"Coreea de Nord"@ro')
    ('Coreea de Nord', 'ro')
    """
    text, _, suffix = literal[1:].rpartition('"')
    if "\\" in text:
        text = text.encode("latin-1", "backslashreplace").decode("unicode_escape")
    return text, suffix[1:] if suffix.startswith("@") else ""


def _add(tables: Index, thing: str, predicate: str, value: str) -> None:
    """Take one line that is no name."""
    if predicate == parsing.TYPE:
        tables.types[thing].append(value[1:-1])
    elif predicate in parsing.SAME:
        tables.links[value[1:-1]] = thing
    elif predicate in _CODES:
        tables.links[unquoted(value)[0]] = thing
    elif predicate == parsing.ORGAN_OF:
        tables.organs[thing].append(value[1:-1])
    elif predicate == parsing.POST_OF:
        tables.posts[thing] = value[1:-1]
    elif predicate in (parsing.HOLDER, parsing.POST):
        tables.terms[thing][predicate] = value[1:-1]
    elif predicate in (parsing.EARLIEST, parsing.LATEST):
        tables.terms[thing][predicate] = unquoted(value)[0]
    elif predicate == parsing.ACCREDITED_TO:
        tables.seats[thing] = value[1:-1]
