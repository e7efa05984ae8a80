"""Labels: what people read instead of an IRI, in the language they want, fetched for many things at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kgbuild.iris import PREFIXES
from kgbuild.result import Ask

#: things asked about in one query: keeps the text of a query under the limits of remote stores
_BATCH = 1000
_QUERY = """\
PREFIX rdfs: <{rdfs}>
SELECT DISTINCT ?thing ?label WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing rdfs:label ?label .{condition}
}}
"""


def labels(iris: Iterable[str], ask: Ask, lang: str = "en") -> dict[str, str]:
    """Fetch a label for each IRI that has one.

    The language wanted goes first, then its base language (``pt`` for ``pt-BR``), English, no language, and any; the first in code
    point order within one of these, so that the choice is the same everywhere. One query for the languages wanted, and one more for
    what has no label in them: a state has labels in a hundred languages, of which one is read.
    """
    found: dict[str, str] = {}
    wanted = _ranks(lang)
    missing = sorted(set(iris))
    listed = ", ".join(f'"{tag}"' for tag in wanted)
    for condition in (f" FILTER(LCASE(LANG(?label)) IN ({listed}))", ""):
        best: dict[str, tuple[int, str, str]] = {}
        for batch in _batches(missing):
            things = " ".join(f"<{iri}>" for iri in batch)
            for row in ask(_QUERY.format(rdfs=PREFIXES["rdfs"], things=things, condition=condition)):
                label = row["label"]
                tag = (label.language or "").lower()
                rank = (wanted.get(tag, len(wanted)), tag, label.value)
                thing = row["thing"].value
                if thing not in best or rank < best[thing]:
                    best[thing] = rank
        found |= {thing: rank[2] for thing, rank in best.items()}
        missing = [iri for iri in missing if iri not in found]
    return found


def _ranks(lang: str) -> dict[str, int]:
    tags = dict.fromkeys((lang.lower(), lang.lower().partition("-")[0], "en", ""))
    return {tag: rank for rank, tag in enumerate(tags)}


def _batches(iris: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(iris), _BATCH):
        yield iris[start : start + _BATCH]
