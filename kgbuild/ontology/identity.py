"""What identifies the things of a class: the properties that ``kg:identifiedBy`` names on the nearest class above it."""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild.errors import OntologyError
from kgbuild.iris import KG, compress
from kgbuild.ontology.hierarchy import Hierarchy
from kgbuild.ontology.parsing import Statements


class Identity:
    """Class -> carrier of the rule and its properties; class -> root kind."""

    def __init__(self, statements: Statements, declared: Iterable[str], classes: Hierarchy) -> None:
        own = {cls: keys for cls in declared if (keys := tuple(statements.iris(cls, KG + "identifiedBy")))}
        self._rules: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._roots: dict[str, str] = {}
        for cls in declared:
            carriers = classes.lowest(above for above in classes.of(cls) if above in own)
            if len(carriers) > 1:
                named = " and ".join(compress(carrier) for carrier in carriers)
                raise OntologyError(
                    f"{compress(cls)} takes two rules of identity, from {named}", hint="say on the class itself what identifies it"
                )
            if carriers:
                self._rules[cls] = (carriers[0], own[carriers[0]])
                self._roots[cls] = carriers[0]
            else:
                self._roots[cls] = _below_the_top(classes, cls)

    def of(self, cls: str) -> tuple[str, tuple[str, ...]] | None:
        """The carrier and its sorted properties."""
        return self._rules.get(cls)

    def root(self, cls: str) -> str:
        """The carrier, else the ancestor just below the top of the tree; a top class, or an unknown one, is its own root."""
        return self._roots.get(cls, cls)


def _below_the_top(classes: Hierarchy, cls: str) -> str:
    tops = {above for above in classes.of(cls) if classes.of(above) == {above}}
    second = sorted(above for above in classes.of(cls) if above not in tops and classes.of(above) <= tops | {above})
    return second[0] if second else cls
