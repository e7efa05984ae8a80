"""What an earlier load found wrong with an article, as the store keeps it."""

from __future__ import annotations

from kgbuild import vocabulary as v
from kgbuild.document import Problem
from kgbuild.pipeline.work import Item
from kgbuild.stores import Store


def problems_of(store: Store, item: Item) -> list[Problem]:
    """The problems that the store keeps of an article: an unchanged one has the findings that it had."""
    rows = store.select(
        f"SELECT ?code ?severity ?message ?unit {{ GRAPH <{item.iri}> {{ ?p <{v.PROBLEM_CODE}> ?code ; <{v.SEVERITY}> ?severity ; "
        f"<{v.MESSAGE}> ?message OPTIONAL {{ ?p <{v.UNIT_ID}> ?unit }} }} }} ORDER BY ?p"
    )
    found = []
    for code, severity, message, unit in rows:
        found.append(Problem(code.value, severity.value, message.value, item.document_id, unit.value if unit else "", item.where))
    return found
