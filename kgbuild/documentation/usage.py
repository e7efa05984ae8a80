"""Which terms a query or a shape names: found in its text, so that whatever a file says counts.

A query's comments and strings are not its terms; prefixes are those that the query declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
import yaml

from kgbuild.errors import OntologyError
from kgbuild.iris import PREFIXES
from kgbuild.ontology.names import local_name

SH = "http://www.w3.org/ns/shacl#"
_STRING = re.compile(r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'')
_IRI = re.compile(r"<([^<>\"{}|^`\\\s]*)>")
_COMMENT = re.compile(r"#.*")
_PREFIX = re.compile(r"PREFIX\s+([A-Za-z][\w.-]*)?:\s*<([^<>\s]*)>", re.IGNORECASE)
_CURIE = re.compile(r"(?<![\w?$:.-])([A-Za-z][\w-]*):([A-Za-z_][\w-]*)")
_BLOCKS = tuple(SH + name for name in ("select", "ask", "construct"))


def terms_of_query(text: str, prefixes: Mapping[str, str] = PREFIXES) -> frozenset[str]:
    """The IRIs that SPARQL names, by CURIE or whole.

    >>> sorted(terms_of_query('PREFIX kg: <http://x#> SELECT * { ?m a kg:Meeting } # kg:Visit'))
    ['http://x#Meeting']
    """
    known = dict(prefixes) | {match[1] or "": match[2] for match in _PREFIX.finditer(text)}
    plain = _STRING.sub(" ", _PREFIX.sub(" ", text))
    found = set(_IRI.findall(plain))
    plain = _COMMENT.sub(" ", _IRI.sub(" ", plain))
    found.update(known[prefix] + local for prefix, local in _CURIE.findall(plain) if prefix in known)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape or a rule of the whole store: its name, the terms (IRIs) that it names, and what it demands, by language tag."""

    name: str
    terms: frozenset[str]
    messages: dict[str, str]


def shapes(files: Mapping[str, bytes]) -> Iterator[Shape]:
    """Each shape with an IRI, with the terms of all that hangs on it; then the rules of the whole store (``*.rq``), in order.

    Raises OntologyError (``file:line``) where a file is not Turtle, or a rule's header is not YAML.
    """
    dataset = ox.Dataset()
    for name in sorted(name for name in files if name.endswith(".ttl")):
        try:
            for triple in ox.parse(files[name], format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
                dataset.add(triple)
        except SyntaxError as error:
            raise OntologyError(f"shapes/{name}:{error.lineno}: {error.msg}", hint="correct the Turtle at that place") from None
        except ValueError as error:  # bytes that are not UTF-8
            raise OntologyError(f"shapes/{name}: {error}", hint="save the file as UTF-8") from None
    named = {quad.subject for quad in dataset if isinstance(quad.subject, ox.NamedNode)}
    for subject in sorted(named, key=lambda node: node.value):
        found: set[str] = set()
        messages: dict[str, list[str]] = {}
        _collect(dataset, subject, found, messages, set())
        if any(quad.object.value.startswith(SH) for quad in dataset.quads_for_subject(subject) if isinstance(quad.object, ox.NamedNode)):
            demands = {language: "\n".join(dict.fromkeys(texts)) for language, texts in sorted(messages.items())}
            yield Shape(local_name(subject.value) or subject.value, frozenset(found), demands)
    for name in sorted(name for name in files if name.endswith(".rq")):
        yield _rule(name, files[name])


def _rule(name: str, data: bytes) -> Shape:
    """Read a rule of the whole store: SPARQL with a header whose ``message`` has a text a language."""
    try:
        text = data.decode("utf-8-sig")
        header = yaml.safe_load("\n".join(line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise OntologyError(f"shapes/{name}: {' '.join(str(error).split())}", hint="write the header as YAML, in UTF-8") from None
    message = header.get("message", "") if isinstance(header, dict) else ""
    demands = message if isinstance(message, dict) else {"": message}
    found = {str(language): str(words) for language, words in sorted(demands.items()) if words}
    return Shape(name.rpartition("/")[2].removesuffix(".rq"), terms_of_query(text), found)


def _collect(
    dataset: ox.Dataset,
    node: ox.NamedNode | ox.BlankNode | ox.Triple,
    found: set[str],
    messages: dict[str, list[str]],
    seen: set[object],
) -> None:
    """Gather what a node names and demands, with the nodes without IRI that hang on it."""
    if node in seen:
        return
    seen.add(node)
    quads = sorted(dataset.quads_for_subject(node), key=str)
    for quad in quads:
        value = quad.object
        if isinstance(value, ox.NamedNode):
            found.add(value.value)
        elif isinstance(value, ox.Literal):
            if quad.predicate.value == SH + "message":
                messages.setdefault(value.language or "", []).append(value.value)
            elif quad.predicate.value in _BLOCKS:
                found |= terms_of_query(value.value)
    for quad in quads:
        if isinstance(quad.object, ox.BlankNode):
            _collect(dataset, quad.object, found, messages, seen)
