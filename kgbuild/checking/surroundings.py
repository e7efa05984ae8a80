"""What lies around an ontology's files and uses or lists them, and the terms that it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kgbuild.folding import fold
from kgbuild.iris import KG, KGS

_NAME = re.compile(r"(?<![\w:/])(kgs?):([A-Za-z][\w-]*)|<https://w3id\.org/kgbuild/(ontology#|scheme/)([A-Za-z][\w-]*)>")
_QUOTED = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")
_WORD = re.compile(r"[A-Za-z][\w-]*")
_Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Surroundings:
    """Files by name; what is missing is empty.

    Attributes:
        catalog: ``catalog-v001.xml``; None where there is none.
        shapes: SHACL files of ``shapes/``, by path below the folder; alignments: files of ``alignment/``.
        queries: the bundled queries; articles: annotated articles; reference: reference data; code: Python and tests.
        strangers: other files in the folder that hold RDF in a form that loaders do not read.
        unreadable: files that could not be opened, with the reason.
    """

    catalog: bytes | None = None
    shapes: _Files = field(default_factory=dict)
    alignments: _Files = field(default_factory=dict)
    queries: _Files = field(default_factory=dict)
    articles: _Files = field(default_factory=dict)
    reference: _Files = field(default_factory=dict)
    code: _Files = field(default_factory=dict)
    strangers: tuple[str, ...] = ()
    unreadable: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def queried(self) -> Mapping[str, tuple[str, ...]]:
        """Each term that a query names, with the queries."""
        found: dict[str, list[str]] = {}
        for name, term in _names(self.queries):
            if name not in found.setdefault(term, []):
                found[term].append(name)
        return {term: tuple(names) for term, names in found.items()}

    @cached_property
    def asked(self) -> frozenset[str]:
        """The terms that a query or a shape names."""
        return frozenset(self.queried) | {term for _, term in _names(self.shapes)}

    @cached_property
    def named(self) -> frozenset[str]:
        """The terms that anything names as a CURIE or an IRI."""
        return self.asked | {term for _, term in _names({**self.reference, **self.code})}

    @cached_property
    def quoted(self) -> frozenset[str]:
        """The words inside the quotes of code and tests."""
        lines = (data.decode("utf-8", "replace") for data in self.code.values())
        return frozenset(w for text in lines for match in _QUOTED.finditer(text) for w in _WORD.findall(match[1] or match[2] or ""))

    @cached_property
    def annotated(self) -> frozenset[str]:
        """The labels, roles and attributes in articles, folded."""
        found: set[str] = set()
        for data in self.articles.values():
            for line in data.splitlines():
                try:
                    _collect(json.loads(line), found)
                except ValueError:
                    continue  # a broken article is for the loader to report
        return frozenset(found)


def _names(files: _Files) -> Iterator[tuple[str, str]]:
    """File and IRI of each term that files name as a CURIE or an IRI; comments are left out."""
    for name, data in files.items():
        for line in data.decode("utf-8", "replace").splitlines():
            if line.lstrip().startswith("#"):
                continue
            for match in _NAME.finditer(line):
                namespace = KG if (match[1] or match[3]) in ("kg", "ontology#") else KGS
                yield name, namespace + (match[2] or match[4])


def _collect(node: object, found: set[str]) -> None:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("label", "role", "type") and isinstance(value, str):
                found.add(fold(value))
            elif key == "attrs" and isinstance(value, dict):
                found.update(fold(word) for word in value)
            if key in ("roles", "args") and isinstance(value, dict):
                found.update(fold(word) for word in value)
            _collect(value, found)
    elif isinstance(node, list):
        for value in node:
            _collect(value, found)
