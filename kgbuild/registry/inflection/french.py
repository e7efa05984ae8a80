"""French: the leading article, elided or grown together with a preposition too (la Russie, l'ONU, d'Ukraine, du Kremlin)."""

from __future__ import annotations

import re
from collections.abc import Iterator

LEADING = frozenset(("la", "le", "les", "du", "des", "au", "aux"))
_ELIDED = re.compile("^[ld][’'ʼ](?=\\S)", re.IGNORECASE)


def phrases(name: str) -> Iterator[str]:
    """Give the name without an elided article."""
    yield _ELIDED.sub("", name)
