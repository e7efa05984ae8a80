"""The annotator's units behind a thing: each has an IRI of its own, by which a decision can tell it from the thing that it became."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kgbuild import iris
from kgbuild.document import Record
from kgbuild.explanation.asking import Asking, text_of

#: an article's IRI -> its record, None where the store has none
RecordOf = Callable[[str], Record | None]


def units_of(thing: str, articles: Iterable[str], record_of: RecordOf, asking: Asking) -> dict[str, tuple[str, ...]]:
    """Give for each article (IRI) the own IRIs of the units that became a thing: all of their mentions denote it.

    A unit whose places are all among those of a larger one is another thing in the same words: the post beside the person who holds it.
    """
    spans: dict[str, set[tuple[int, int]]] = {}
    pattern = f"GRAPH ?article {{ <{thing}> gaf:denotedBy ?mention . ?mention kg:begin ?begin ; kg:end ?end }}"
    for article, begin, end in asking.rows(pattern, "article", "begin", "end"):
        spans.setdefault(article[1:-1], set()).add((int(text_of(begin)), int(text_of(end))))
    found: dict[str, tuple[str, ...]] = {}
    for article in articles:
        record = record_of(article) if article in spans else None
        for document in record or ():
            own = article if len(record or ()) == 1 else f"{article}/{iris.segment(document.annotator)}"
            placed = {
                unit.id: places
                for unit in document.units
                if unit.kind == "entity"
                and (places := {span for mention in unit.mentions for span in mention.spans}) <= spans[article]
                and places
            }
            units = [unit for unit, places in placed.items() if not any(places < other for other in placed.values())]
            found[article] = (*found.get(article, ()), *(f"{own}/{iris.segment(unit)}" for unit in units))
    return {article: tuple(unit for unit in units if unit != thing) for article, units in found.items()}
