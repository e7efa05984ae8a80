"""From the annotator's words to the ontology's terms, remembered.

An annotation project uses a few hundred labels a million times over, so each answer of the ontology is kept; misses are not, since a
stream of misspellings must not fill the memory. Of names the latest are kept.
"""

from __future__ import annotations

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.decisions import Links
from kgbuild.ontology import Ontology
from kgbuild.registry import Found, Registry

#: kind of unit -> class of last resort
ROOTS = {"entity": v.ENTITY, "value": v.VALUE, "event": v.EVENT, "relation": v.ENTITY, "statement": v.STATEMENT, "topic": v.TOPIC}


#: names remembered with what they mean
_NAMES = 50_000


class Terms:
    """The ontology, the registry and what people decided on links, with what was already asked of them."""

    def __init__(self, ontology: Ontology, registry: Registry, base: str, links: Links) -> None:
        self.ontology = ontology
        self.registry = registry
        self.links = links
        self.base = base
        self._classes: dict[str, str] = {}
        self._roles: dict[tuple[str, str], str] = {}
        self._attributes: dict[tuple[str, str], str] = {}
        self._segments: dict[str, str] = {}
        self._kin: dict[tuple[str, str], bool] = {}
        self._agent_roles: dict[str, bool] = {}
        self._narrower: dict[str, frozenset[str]] = {}
        self._found: dict[tuple[str, str, str], Found] = {}

    def find_class(self, label: str) -> str | None:
        """The class that a label names."""
        found = self._classes.get(label)
        if found is None:
            found = self.ontology.find_class(label)
            if found is not None:
                self._classes[label] = found
        return found

    def find_role(self, role: str, owner: str) -> str | None:
        """The property that a role names on a thing of the class ``owner``."""
        found = self._roles.get((role, owner))
        if found is None:
            found = self.ontology.find_role(role, owner)
            if found is not None:
                self._roles[role, owner] = found
        return found

    def find_attribute(self, name: str, owner: str) -> str | None:
        """The property that an attribute's name stands for on a thing of the class ``owner``."""
        found = self._attributes.get((name, owner))
        if found is None:
            found = self.ontology.find_attribute(name, owner)
            if found is not None:
                self._attributes[name, owner] = found
        return found

    def find(self, name: str, cls: str, lang: str) -> Found:
        """What a name means for a mention of a class, in a language."""
        known = self._found.get((name, cls, lang))
        if known is None:
            known = self._remember((name, cls, lang), self.registry.find(name, cls=cls, lang=lang, ontology=self))
        return known

    def posts_named(self, name: str, lang: str) -> Found:
        """The posts that words name, in a language."""
        known = self._found.get((name, "", lang))
        if known is None:
            known = self._remember((name, "", lang), self.registry.posts_named(name, lang=lang))
        return known

    def _remember(self, key: tuple[str, str, str], found: Found) -> Found:
        # misses are kept too, since looking for other forms of a name takes time; so this has a bound
        if len(self._found) > _NAMES:
            self._found.clear()
        self._found[key] = found
        return found

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Claim that a class is another, or below it."""
        known = self._kin.get((cls, ancestor))
        if known is None:
            known = self._kin[cls, ancestor] = self.ontology.is_a(cls, ancestor)
        return known

    def narrower(self, prop: str) -> frozenset[str]:
        """A property and all below it."""
        known = self._narrower.get(prop)
        if known is None:
            known = self._narrower[prop] = self.ontology.subproperties(prop)
        return known

    def names_party(self, role: str) -> bool:
        """Claim that a role's filler is a party to the event: an agent, and neither its forum nor its channel."""
        known = self._agent_roles.get(role)
        if known is None:
            filler = self.ontology.range(role)
            agent = filler is not None and self.is_a(filler, v.AGENT)
            known = role == v.TARGET or (agent and role not in (v.VIA, v.FORUM))
            self._agent_roles[role] = known
        return known

    def outside(self, iri: str) -> str:
        """The node of a thing that an argument names by its IRI instead of by a unit of the document."""
        return self.links.canonical(self.registry.by_link(iri) or iri)

    def segment(self, text: str) -> str:
        """One segment of an IRI's path."""
        if len(text) > 40:
            return iris.segment(text)
        known = self._segments.get(text)
        if known is None:
            if len(self._segments) > 50_000:
                self._segments.clear()
            known = self._segments[text] = iris.segment(text)
        return known
