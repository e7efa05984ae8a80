"""Reading reference data: Turtle files in, lines in N-Triples syntax out, checked.

Every reference thing needs a class and a name, and is named by an IRI; a tenure needs a holder and a post instead of a name. What a file
lacks is said with the file and, where it can be found, the line. Typed literals are written as the store writes them, so that what is read
is what the store holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

import pyoxigraph as ox

from kgbuild.errors import ReferenceDataError
from kgbuild.iris import DATA, KG, PREFIXES
from kgbuild.literals import XSD, typed

TYPE, LABEL, ALIAS = (f"<{PREFIXES[prefix]}{name}>" for prefix, name in (("rdf", "type"), ("rdfs", "label"), ("skos", "altLabel")))
SAME = (f"<{PREFIXES['skos']}exactMatch>", f"<{PREFIXES['owl']}sameAs>")
HOLDER, POST, EARLIEST, LATEST, ORGAN_OF, POST_OF, ACCREDITED_TO = (
    f"<{KG}{name}>" for name in ("holder", "post", "earliest", "latest", "organOf", "postOf", "accreditedTo")
)
TENURE = f"<{KG}PostTenure>"
_TYPED = re.compile(rf'(\S+) (\S+) "(.*)"\^\^<({re.escape(XSD)}\w+)>')


def read(files: Mapping[str, bytes], *, base: str = DATA) -> list[str]:
    """Read Turtle files (name -> bytes) into lines ``s p o`` in N-Triples syntax, each once, sorted.

    IRIs under the default data base are moved to ``base``.
    Raises ReferenceDataError (``file:line: …``) where a file is not Turtle, or a thing lacks its class or its name.
    """
    # the files are nearly sorted already, and sorting what is nearly sorted is cheap: so no set here
    lines = list(dict.fromkeys(sorted(line for name, data in sorted(files.items()) for line in triples(name, data))))
    _check(lines, files)
    return lines if base == DATA else sorted(" ".join(moved(term, base) for term in line.split(" ", 2)) for line in lines)


def triples(name: str, data: bytes) -> list[str]:
    """Read one Turtle file into lines ``s p o`` in N-Triples syntax, in the order of the file.

    Raises ReferenceDataError (``file:line: …``) where it is not Turtle, has a node without an IRI, or a value that its datatype has not.
    """
    try:
        written = ox.serialize(ox.parse(input=data, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES) or b""
    except SyntaxError as error:
        place = f"{name}:{error.lineno}" if error.lineno else name
        hint = "save the file as UTF-8" if "UTF-8" in error.msg else "reference data is Turtle; write “/” as “\\/” after a prefix"
        raise ReferenceDataError(f"{place}: {error.msg}", hint=hint) from None
    text = written.decode()
    lines = text.replace(" .\n", "\n").split("\n")[:-1]
    if "_:" in text:
        for line in lines:
            if line.startswith("_:") or line.split(" ", 2)[2].startswith("_:"):
                raise ReferenceDataError(
                    f"{name}: a node without an IRI: {line[:120]}", hint="give every node an IRI: the store has no blank nodes"
                )
    return [_canonical(line, name, data) if '"^^<' in line else line for line in lines]


def _canonical(line: str, name: str, data: bytes) -> str:
    """Write the typed literal of a line canonically: ``44.10`` as ``44.1``."""
    found = _TYPED.fullmatch(line)
    if found is None or "\\" in found[3]:
        return line
    try:
        return f"{found[1]} {found[2]} {typed(found[3], found[4])}"
    except ValueError as error:
        place = where(found[1], {name: data}, found[3])
        raise ReferenceDataError(f"{place}: {found[2]}: {error}", hint=f"write a value of {found[4].removeprefix(XSD)}") from None


def moved(term: str, base: str) -> str:
    """Move a term in N-Triples syntax from the default data base to another one, if it is an IRI under it."""
    return f"<{base}{term[len(DATA) + 1 :]}" if term.startswith(f"<{DATA}") else term


def _check(lines: Iterable[str], files: Mapping[str, bytes]) -> None:
    """Check that each subject says what it must; ``lines`` are sorted, so that a subject's lines stand together."""
    for subject, group in groupby(lines, key=lambda line: line[: line.index(" ")]):
        said = " ".join(group)
        needed = ((HOLDER, "holder (kg:holder)"), (POST, "post (kg:post)")) if TENURE in said else ((LABEL, "name (rdfs:label)"),)
        for predicate, words in ((TYPE, "class (rdf:type)"), *needed):
            if f" {predicate} " not in said:
                raise ReferenceDataError(f"{where(subject, files)}: {subject} has no {words}", hint="every reference thing needs one")


def where(subject: str, files: Mapping[str, bytes], text: str = "") -> str:
    """Find where a subject, an IRI in brackets, begins, written whole or behind a prefix, and from there on the first line with a text.

    Gives ``file:line``, or the names of all files where it cannot be found.
    """
    local = re.split("[/#]", subject.strip("<>"))[-1]
    begins = re.compile(rf"^[ \t]*\S*[:/#]{re.escape(local)}(?=[\s>]|$)".encode(), re.MULTILINE)
    for name, data in sorted(files.items()):
        if found := begins.search(data):
            start = max(found.start(), data.find(text.encode(), found.start()))
            line = data.count(b"\n", 0, start) + 1
            return f"{name}:{line}"
    return ", ".join(sorted(files))
