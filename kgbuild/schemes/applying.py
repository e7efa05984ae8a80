"""Turn the labels, roles and attributes of a foreign label set into terms of the ontology, before a document is mapped.

What the ontology itself has a word for stays as it is: its labels win over the scheme's, unless the scheme leaves out a label that it
calls by its whole name. Of the rest:

- a unit's or relation's label becomes the term's CURIE; the annotator's label stays beside it as the attribute ``kg:rawLabel``;
- a role becomes the property's CURIE; what it was called stays with the argument (``kg:rawRole``);
- an attribute becomes the property, with the rule's value where it gives one. A name that the ontology knows, with a value that it does
  not take, is foreign all the same;
- what a rule ignores is left out on purpose: a unit with all that points to it, a role with its filler's part in it, an attribute. How
  often stays in the document's metadata (``schemeIgnored``), beside the scheme's name (``scheme``).

Code of problems: ``scheme-tie`` (kept): two rules of one rank apply with their conditions and say different terms; the label stays.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from kgbuild import vocabulary as v
from kgbuild.document import Arg, Attrs, Document, Problem, Scalar, Unit
from kgbuild.ontology import Ontology
from kgbuild.schemes.binding import check_terms, split_attribute
from kgbuild.schemes.lookup import Lookup
from kgbuild.schemes.rules import IGNORED, Rule
from kgbuild.schemes.scheme import Scheme
from kgbuild.schemes.words import Words

#: keys of a document's metadata
META_NAME, META_IGNORED = "scheme", "schemeIgnored"


def ignored_count(document: Document) -> int:
    """How much of a document its scheme left out on purpose."""
    counts = document.meta.get(META_IGNORED)
    return sum(count for count in counts.values() if isinstance(count, int)) if isinstance(counts, dict) else 0


class Applied:
    """A scheme for an ontology. Picklable; a function of document and ontology. Raises SchemeError where a term is not the ontology's."""

    def __init__(self, scheme: Scheme, ontology: Ontology) -> None:
        check_terms(scheme, ontology)
        self._scheme = scheme
        self._words = Words(ontology)

    def __call__(self, document: Document) -> Document:
        """The document in the ontology's terms."""
        return _Application(self._scheme, self._words, document).result()


class _Application:
    def __init__(self, scheme: Scheme, words: Words, document: Document) -> None:
        self._scheme = scheme
        self._words = words
        self._document = document
        self._problems: list[Problem] = []
        self._ignored: Counter[str] = Counter()
        self._lookup = Lookup(scheme, words, document, self._tie)

    def result(self) -> Document:
        gone = self._ignored_units()
        units = tuple(self._unit(unit, gone) for unit in self._document.units if unit.id not in gone)
        meta = {**self._document.meta, META_NAME: self._scheme.name}
        meta.pop(META_IGNORED, None)
        if self._ignored:
            meta[META_IGNORED] = dict(sorted(self._ignored.items()))
        problems = (*self._document.problems, *dict.fromkeys(self._problems))
        return msgspec.structs.replace(self._document, meta=meta, units=units, problems=problems)

    def _ignored_units(self) -> set[str]:
        """The units all of whose labels are ignored; and the relations that have such an end."""
        gone = set()
        for unit in self._document.units:
            rules = self._lookup.labels(unit)
            if rules and all(rule is not None and rule.term == IGNORED for rule in rules.values()):
                gone.add(unit.id)
                self._ignored.update(rules.keys())
        relations = [unit for unit in self._document.units if unit.kind == "relation" and unit.id not in gone] if gone else []
        while endless := [unit for unit in relations if unit.id not in gone and any(arg.target in gone for arg in unit.args)]:
            for unit in endless:
                gone.add(unit.id)
                self._ignored.update(unit.labels or ("relation",))
        return gone

    def _unit(self, unit: Unit, gone: set[str]) -> Unit:
        labels, raw = self._labels(unit)
        attrs = self._attributes(unit)
        if raw:
            attrs = {**attrs, v.RAW_LABEL_ATTRIBUTE: raw[0] if len(raw) == 1 else list(raw)}
        kept = tuple(arg for arg in unit.args if arg.target not in gone)
        args = kept if unit.kind == "relation" else tuple(new for arg in kept if (new := self._argument(unit, arg)) is not None)
        if (labels, args) == (unit.labels, unit.args) and attrs == unit.attrs:
            return unit
        label = unit.label if labels == unit.labels else labels[0] if len(labels) == 1 else labels
        return msgspec.structs.replace(unit, label=label, args=args, attrs=attrs)

    def _labels(self, unit: Unit) -> tuple[tuple[str, ...], list[str]]:
        """The labels that the unit bears from now on, and those that were turned into others."""
        labels: dict[str, None] = {}
        raw: list[str] = []
        for label, rule in self._lookup.labels(unit).items():
            if rule is None:
                labels[label] = None
            elif rule.term == IGNORED:
                self._ignored[label] += 1
            else:
                labels[rule.term] = None
                raw.append(label)
        return tuple(labels), raw

    def _argument(self, unit: Unit, arg: Arg) -> Arg | None:
        role = self._lookup.bare_role(arg.role)
        rule = self._lookup.role(unit, role)
        if rule is not None and rule.term == IGNORED:
            self._ignored[f"role {role}"] += 1
            return None
        named = role if rule is None else rule.term
        if named == arg.role:
            return arg
        return msgspec.structs.replace(arg, role=named, attrs={**arg.attrs, v.RAW_ROLE_ATTRIBUTE: arg.role})

    def _attributes(self, unit: Unit) -> Attrs:
        renamed: dict[str, list[Scalar]] = {}
        changed = False
        for name, values in unit.attrs.items():
            prop = self._words.find_attribute(name, self._lookup.class_of(unit))
            for value in values if isinstance(values, list) else [values]:
                own = prop is not None and self._words.accepts(prop, value)
                rule = None if own or name == v.RAW_LABEL_ATTRIBUTE else self._lookup.attribute(unit, name, value)
                if rule is None:
                    renamed.setdefault(name, []).append(value)
                    continue
                changed = True
                if rule.term == IGNORED:
                    self._ignored[f"attribute {name}"] += 1
                else:
                    other, given = split_attribute(rule.term)
                    renamed.setdefault(other, []).append(given or value)
        return {name: values if len(values) > 1 else values[0] for name, values in renamed.items()} if changed else unit.attrs

    def _tie(self, unit: Unit, label: str, rules: list[Rule]) -> None:
        said = ", ".join(f"{rule.term} in line {rule.line}" for rule in sorted(rules, key=lambda rule: rule.line))
        message = f"“{label}” of unit “{unit.id}” is several things at one rank of the scheme {self._scheme.name}: {said}; none is used"
        advice = "; make the condition of one rule exclude the other, or one label more specific"
        self._problems.append(Problem("scheme-tie", "kept", message + advice, unit=unit.id))
