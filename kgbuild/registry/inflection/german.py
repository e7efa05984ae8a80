"""German: the leading article, the genitive (Russlands, des Kremls), and adjectives behind an article (der Europäischen Union)."""

from __future__ import annotations

LEADING = frozenset(("der", "die", "das", "den", "dem", "des"))
ENDINGS = {"s": "-", "es": "- es", "en": "e er es", "er": "e", "em": "er es"}
#: names of persons have the genitive alone
PERSONAL = {"s": "-"}
