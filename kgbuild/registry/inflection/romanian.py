"""Romanian: the article behind the word, and the genitive and dative (Rusiei, Statelor Unite, Marii Britanii, Kremlinului, lui Putin)."""

from __future__ import annotations

import re
from collections.abc import Iterator

ENDINGS = {
    "ei": "a ea e",  # Rusiei, Coreei, Ambasadei
    "ii": "a ea ie",  # Republicii, Uniunii, Britanii; never -ia: rușii are no Rusia
    "ăi": "a",  # Pragăi
    "ului": "ul - u",  # Kremlinului, Iranului, Ciprului
    "elui": "ele e",  # președintelui
    "lui": "ul",
    "ul": "- u",  # Iranul, Chișinăul
    "ule": "ul",
    "le": "-",  # Filipinele
    "lor": "le i -",  # Statelor, Filipinelor
    "ilor": "ii ile",
    "e": "ă",  # Ruse, Populare, Cehe
    "ene": "eană",  # Europene, Coreene
    "ești": "ească",
    "urilor": "urile",
    "i": "e",  # marii, președinți; a base must exist
}
#: names of persons have fewer forms: "Marie" is no form of "Maria"
PERSONAL = {"ei": "a ea", "iei": "ia", "ului": "ul - u", "ul": "- u"}
WORDS = {
    "noii": "noua",
    "noi": "nouă",
    "negre": "neagră",
    "mării": "marea",
    "moarte": "moartă",
    "haga": "haga",
    "hăgii": "haga",
    "pragii": "praga",
    "mele": "mea",
    "din": "la în",  # ambasada din Londra
}
#: possessive articles, and the word that makes a man's name a genitive
LEADING = frozenset(("lui", "al", "a", "ai", "ale"))
#: "ministru de Externe al Rusiei", "președinte al Ucrainei": the noun has no article, and the name of the post has one
_BARE = re.compile(r"^(?P<noun>[^\W\d_]{3,}?[^lia\W\d_])(?=\s(?:.*\s)?al\s)", re.IGNORECASE)
#: "Ministerul Apărării din Rusia" is Russia's; "trupele din Ucraina" may be anybody's, so only bodies of which a state has one
_FROM = re.compile(r"^(?P<body>(?:minist|guvern|parlament|premier)\S*(?:\s.+)?)\sdin\s(?P<state>[^\W\d_]{3,})$", re.IGNORECASE)


def phrases(name: str) -> Iterator[str]:
    """Give the name; where its first word has no article before "al", with the article; and the genitive for "din" before a state."""
    yield name
    if found := _BARE.match(name):
        noun = found["noun"]
        yield noun + {"u": "l", "e": "le"}.get(noun[-1], "ul") + name[found.end() :].removeprefix(" al")
    if found := _FROM.match(name):
        state = found["state"]
        genitive = state[:-1] + "ei" if state.endswith("a") else state + "ului"
        for article in ("", "al ", "a "):
            yield f"{found['body']} {article}{genitive}"
