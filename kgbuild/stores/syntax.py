"""What the engine says of SPARQL that does not parse, in words that help: where, and which prefix nobody declared."""

from __future__ import annotations

from kgbuild.binding import Token, tokens
from kgbuild.iris import PREFIXES

__all__ = ["explained", "undeclared"]

#: how many of the words that could have stood there are named
_MOST = 6


def explained(error: Exception, sparql: str) -> tuple[str, str]:
    """What is wrong, beginning with ``error at LINE:COLUMN:`` where that is known, and what to do; empty where nobody knows.

    >>> explained(SyntaxError("error at 1:20: expected OPTIONAL"), "SELECT * { ?s a kg:State }")
    ('error at 1:17: the prefix kg: is not declared', 'begin with PREFIX kg: <https://w3id.org/kgbuild/ontology#>')
    """
    found = undeclared(sparql)
    if found is not None:
        prefix, begin = found
        before = sparql[:begin]
        place = f"{before.count(chr(10)) + 1}:{begin - before.rfind(chr(10))}"
        return f"error at {place}: the prefix {prefix}: is not declared", f"begin with PREFIX {prefix}: <{PREFIXES.get(prefix, '…')}>"
    message = " ".join(str(error).split())
    start, marker, expected = message.partition("expected one of ")
    words = expected.split(", ")
    if marker and len(words) > _MOST:
        message = f"{start}{marker}{', '.join(words[:_MOST])} …"
    return message[:500], ""


def undeclared(sparql: str) -> tuple[str, int] | None:
    """The first prefix that a query or update uses and does not declare, and the character where it stands; None without one.

    Looked for up to a string or an IRI that does not end. A prefix that is declared further on counts as declared: that is another mistake.
    """
    used: list[tuple[str, int]] = []
    declared = {"_"}
    before = Token("mark", "", 0)
    for token in tokens(sparql):
        if token.kind == "mark" and token.text in ("'", '"'):
            break
        if token.kind == "pname":
            prefix = token.text.partition(":")[0]
            if before.kind == "word" and before.text.upper() == "PREFIX":
                declared.add(prefix)
            elif before.text != "<":
                used.append((prefix, token.begin))
        if token.kind != "comment":
            before = token
    return next(((prefix, begin) for prefix, begin in used if prefix not in declared), None)
