"""SERVICE and LOAD: the two words of SPARQL by which a query reaches out. Refused, unless the IRI is one that the server's owner allows.

A SERVICE that names the server itself reaches nowhere: its group is asked here (federating clients write such queries).

A bare word SERVICE or LOAD outside of strings, IRIs, comments, prefixed names, variables and language tags can only be the keyword
(SPARQL 1.1, section 19.8), so that a look at the tokens is exact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kgbuild.binding import Token, tokens
from kgbuild.serving.refusal import Refused

__all__ = ["check", "outward", "unwrapped", "words"]


def words(text: str) -> list[Token]:
    """The tokens of a query or update, without comments."""
    return [token for token in tokens(text) if token.kind != "comment"]


def outward(stream: list[Token]) -> Iterator[tuple[str, str]]:
    """Yield each SERVICE and LOAD with the IRI that it names; empty where that is a variable or a prefixed name."""
    for index, token in enumerate(stream):
        if token.kind != "word" or token.text.upper() not in ("SERVICE", "LOAD"):
            continue
        following = stream[index + 1 : index + 3]
        if following and following[0].kind == "word" and following[0].text.upper() == "SILENT":
            following = following[1:]
        target = following[0] if following else None
        yield token.text.upper(), target.text[1:-1] if target is not None and target.kind == "iri" else ""


def check(stream: list[Token], allowed: Collection[str]) -> None:
    """Raise Refused (403) for a SERVICE or LOAD of anything but an allowed IRI, written in full."""
    for word, iri in outward(stream):
        if iri not in allowed or not iri:
            what = f"{word} <{iri}>" if iri else f"{word} of a variable or a prefixed name"
            hint = "the server's owner can allow an IRI with --allow-service IRI" if word == "SERVICE" else "send the data with the request"
            raise Refused(403, f"{what}: this server does not fetch from elsewhere", hint=hint)


def unwrapped(text: str, stream: list[Token], own: str) -> str:
    """Leave the words ``SERVICE <own>`` out of a query, so that their group is asked of this store.

    Left as they are where that would ask something else: within GRAPH, and in a query that names its dataset.

    >>> query = "SELECT * { ?s a ?c . SERVICE SILENT <urn:me> { ?s ?p ?o } GRAPH ?g { SERVICE <urn:me> {} } }"
    >>> unwrapped(query, words(query), "urn:me")
    'SELECT * { ?s a ?c .  { ?s ?p ?o } GRAPH ?g { SERVICE <urn:me> {} } }'
    """
    if any(token.kind == "word" and token.text.upper() == "FROM" for token in stream):
        return text
    pieces, done = [], 0
    within_graph = [False]  # for each open brace
    for index, token in enumerate(stream):
        if token.text == "{":
            before = stream[index - 2] if index > 1 else token
            within_graph.append(within_graph[-1] or (before.kind == "word" and before.text.upper() == "GRAPH"))
        elif token.text == "}":
            within_graph = within_graph[:-1] or [False]
        elif token.kind == "word" and token.text.upper() == "SERVICE" and not within_graph[-1]:
            named = next((one for one in stream[index + 1 : index + 3] if one.kind != "word"), token)
            if named.kind == "iri" and named.text[1:-1] == own:
                pieces.append(text[done : token.begin])
                done = named.end
    return "".join(pieces) + text[done:]
