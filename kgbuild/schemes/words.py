"""The ontology's answers to annotators' words, remembered: a corpus uses a few hundred words a million times over."""

from __future__ import annotations

from kgbuild.ontology import Ontology
from kgbuild.schemes.binding import accepts

#: answers of one kind that are remembered
_MOST = 20_000


class Words:
    """Looks words up in an ontology. Picklable."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self._known: dict[tuple[str, ...], str | None] = {}
        self._accepted: dict[tuple[str, type, str | int | float | bool], bool] = {}

    def find_class(self, label: str) -> str | None:
        """The class that a label names."""
        key = ("class", label)
        return self._known[key] if key in self._known else self._keep(key, self.ontology.find_class(label))

    def find_role(self, role: str, owner: str) -> str | None:
        """The property that a role names on a thing of a class."""
        key = ("role", role, owner)
        return self._known[key] if key in self._known else self._keep(key, self.ontology.find_role(role, owner))

    def find_attribute(self, name: str, owner: str) -> str | None:
        """The property that an attribute names on a thing of a class."""
        key = ("attribute", name, owner)
        return self._known[key] if key in self._known else self._keep(key, self.ontology.find_attribute(name, owner))

    def find_relation(self, label: str) -> str | None:
        """The property between two things that a relation's label names."""
        key = ("relation", label)
        return self._known[key] if key in self._known else self._keep(key, self.ontology.find_relation(label))

    def accepts(self, prop: str, value: str | int | float | bool) -> bool:
        """Claim that a property may have a value."""
        key = (prop, type(value), value)
        known = self._accepted.get(key)
        if known is None:
            if len(self._accepted) >= _MOST:
                self._accepted.clear()
            known = self._accepted[key] = accepts(self.ontology, prop, value)
        return known

    def _keep(self, key: tuple[str, ...], found: str | None) -> str | None:
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[key] = found
        return found
