"""One value that a person gave for a parameter, and the means to find out what it stands for."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild import iris
from kgbuild.errors import QueryError
from kgbuild.result import Ask

PREFIXES = "".join(f"PREFIX {prefix}: <{iris.PREFIXES[prefix]}>\n" for prefix in ("kg", "owl", "rdfs", "skos"))


@dataclass(frozen=True, slots=True)
class Question:
    """One value to resolve, and whom to ask.

    ``classes`` are IRIs of the classes that fit, the likeliest first; none: things of any class fit. ``means`` says what may be given.
    """

    name: str
    type: str
    value: str
    classes: tuple[str, ...]
    means: str
    ask: Ask
    lang: str
    base: str

    def error(self, message: str) -> QueryError:
        """Make the error for this value; the hint says what may be given."""
        return QueryError(f"{self.name}: {message}", hint=f"{self.name} takes {self.means}")

    def things(self, pattern: str) -> list[str]:
        """Ask for the things that a pattern on ``?thing`` matches, of the first class that fits any; sorted IRIs."""
        for fits in [f"?thing a ?class . ?class rdfs:subClassOf <{cls}> ." for cls in self.classes] or [""]:
            rows = self.ask(f"{PREFIXES}SELECT DISTINCT ?thing WHERE {{ {pattern} {fits} }}")
            if found := sorted({row["thing"].value for row in rows}):
                return found
        return []
