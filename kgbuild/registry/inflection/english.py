"""English: the leading article and the possessive (the Kremlin, Russia's, Russia's foreign minister = foreign minister of Russia)."""

from __future__ import annotations

import re
from collections.abc import Iterator

LEADING = frozenset(("the",))
#: spelled in two ways
WORDS = {
    "organisation": "organization",
    "organization": "organisation",
    "defense": "defence",
    "defence": "defense",
    "center": "centre",
    "centre": "center",
    "labor": "labour",
    "labour": "labor",
}
_POSSESSIVE = re.compile(r"[’'ʼ]s?$")
_OWNER = re.compile(r"^(?:the\s+)?(?P<owner>\S.*?)(?:[’'ʼ]s|(?<=s)[’'ʼ])\s+(?P<owned>\S.*)$", re.IGNORECASE)
#: "embassy in Romania", "ambassador to the UN": the owner stands before it
_WHERE = re.compile(r"\s+(?=(?:in|to)\s)")


def phrases(name: str) -> Iterator[str]:
    """Give the name without a possessive at its end; and "Y of X" for "X's Y"."""
    yield _POSSESSIVE.sub("", name)
    if found := _OWNER.match(name):
        owner, owned = found["owner"], _POSSESSIVE.sub("", found["owned"])
        head, *rest = _WHERE.split(owned, maxsplit=1)
        yield " ".join((head, "of", owner, *rest))
        yield " ".join((head, "of the", owner, *rest))
