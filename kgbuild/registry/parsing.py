"""Reading reference data: Turtle files in, lines in N-Triples syntax out, checked.

Every reference thing needs a class and a name, and is named by an IRI; a tenure needs a holder and a post instead of a name. What a file
lacks is said with the file and, where it can be found, the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

import pyoxigraph as ox

from kgbuild.errors import ReferenceDataError
from kgbuild.iris import DATA, KG, PREFIXES

TYPE, LABEL, ALIAS = (f"<{PREFIXES[prefix]}{name}>" for prefix, name in (("rdf", "type"), ("rdfs", "label"), ("skos", "altLabel")))
SAME = (f"<{PREFIXES['skos']}exactMatch>", f"<{PREFIXES['owl']}sameAs>")
HOLDER, POST, EARLIEST, LATEST, ORGAN_OF, POST_OF = (
    f"<{KG}{name}>" for name in ("holder", "post", "earliest", "latest", "organOf", "postOf")
)
TENURE = f"<{KG}PostTenure>"


def read(files: Mapping[str, bytes], *, base: str = DATA) -> list[str]:
    """Read Turtle files (name -> bytes) into lines ``s p o`` in N-Triples syntax, each once, sorted.

    IRIs under the default data base are moved to ``base``.
    Raises ReferenceDataError (``file:line: …``) where a file is not Turtle, or a thing lacks its class or its name.
    """
    # the files are nearly sorted already, and sorting what is nearly sorted is cheap: so no set here
    lines = list(dict.fromkeys(sorted(line for name, data in sorted(files.items()) for line in _parse(name, data))))
    _check(lines, files)
    return lines if base == DATA else sorted(" ".join(_moved(term, base) for term in line.split(" ", 2)) for line in lines)


def _parse(name: str, data: bytes) -> list[str]:
    try:
        written = ox.serialize(ox.parse(input=data, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES) or b""
    except SyntaxError as error:
        where = f"{name}:{error.lineno}" if error.lineno else name
        raise ReferenceDataError(f"{where}: {error.msg}", hint="reference data is Turtle; write “/” as “\\/” after a prefix") from None
    text = written.decode()
    lines = text.replace(" .\n", "\n").split("\n")[:-1]
    if "_:" in text:
        for line in lines:
            if line.startswith("_:") or line.split(" ", 2)[2].startswith("_:"):
                raise ReferenceDataError(
                    f"{name}: a node without an IRI: {line[:120]}", hint="give every node an IRI: the store has no blank nodes"
                )
    return lines


def _moved(term: str, base: str) -> str:
    return f"<{base}{term[len(DATA) + 1 :]}" if term.startswith(f"<{DATA}") else term


def _check(lines: Iterable[str], files: Mapping[str, bytes]) -> None:
    """Check that each subject says what it must; ``lines`` are sorted, so that a subject's lines stand together."""
    for subject, group in groupby(lines, key=lambda line: line[: line.index(" ")]):
        said = " ".join(group)
        needed = ((HOLDER, "holder (kg:holder)"), (POST, "post (kg:post)")) if TENURE in said else ((LABEL, "name (rdfs:label)"),)
        for predicate, words in ((TYPE, "class (rdf:type)"), *needed):
            if f" {predicate} " not in said:
                raise ReferenceDataError(f"{_where(subject, files)}: {subject} has no {words}", hint="every reference thing needs one")


def _where(subject: str, files: Mapping[str, bytes]) -> str:
    """Find the first line that begins with a subject, written whole or behind a prefix: ``file:line``, or the names of all files."""
    local = re.split("[/#]", subject.strip("<>"))[-1]
    begins = re.compile(rf"^[ \t]*\S*[:/#]{re.escape(local)}(?=[\s>]|$)".encode(), re.MULTILINE)
    for name, data in sorted(files.items()):
        if found := begins.search(data):
            line = data.count(b"\n", 0, found.start()) + 1
            return f"{name}:{line}"
    return ", ".join(sorted(files))
