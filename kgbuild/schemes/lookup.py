"""Which rule of a scheme applies to what one document says: its units with their classes, and the fillers that conditions look at."""

from __future__ import annotations

from collections.abc import Callable

from kgbuild import iris
from kgbuild.document import Arg, Document, Scalar, Unit
from kgbuild.folding import fold
from kgbuild.mapping.terms import ROOTS
from kgbuild.ontology import role_spellings
from kgbuild.schemes.globs import Glob
from kgbuild.schemes.rules import IGNORED, OWN_TEXT, Condition, Rule
from kgbuild.schemes.scheme import Scheme
from kgbuild.schemes.words import Words

#: told of two or more rules of one rank that say different terms: kind and label, and the rules
OnTie = Callable[[Unit, str, list[Rule]], None]


class Lookup:
    """Answers for one document. Each unit is resolved once."""

    def __init__(self, scheme: Scheme, words: Words, document: Document, on_tie: OnTie) -> None:
        self._scheme = scheme
        self._words = words
        self._units = {unit.id: unit for unit in document.units}
        self._on_tie = on_tie
        self._rules: dict[str, dict[str, Rule | None]] = {}
        self._classes: dict[str, str] = {}
        self._open: set[str] = set()

    def labels(self, unit: Unit) -> dict[str, Rule | None]:
        """The unit's labels, each with the rule for it; None where the label is the ontology's own, or nobody's."""
        known = self._rules.get(unit.id)
        if known is not None:
            return known
        if unit.id in self._open:
            return {}  # two units that look at each other: the class of neither is known yet
        self._open.add(unit.id)
        found = {label: self._for_label(unit, label) for label in unit.labels}
        self._open.discard(unit.id)
        self._rules[unit.id] = found
        return found

    def _for_label(self, unit: Unit, label: str) -> Rule | None:
        """The rule for a label. One of the ontology's own needs none, but the scheme may leave it out if it calls it by its whole name."""
        rule = self._rule(unit, unit.kind, label)
        left_out = rule is not None and rule.term == IGNORED and rule.label.is_literal
        return rule if left_out or not self._is_own(unit, label) else None

    def class_of(self, unit: Unit) -> str:
        """The most specific class that the labels name; that of the unit's kind where they name none."""
        known = self._classes.get(unit.id)
        if known is None:
            terms = [label if rule is None else rule.term for label, rule in self.labels(unit).items()]
            classes = [cls for term in terms if term != IGNORED and (cls := self._words.find_class(term)) is not None]
            specific = self._words.ontology.most_specific(classes) if len(classes) > 1 else classes
            known = next((cls for cls in classes if cls in specific), ROOTS[unit.kind])
            if unit.id not in self._open:
                self._classes[unit.id] = known
        return known

    def role(self, unit: Unit, role: str) -> Rule | None:
        """The rule for a role of a unit; None where the role is the ontology's own, or nobody's."""
        if self._words.find_role(role, self.class_of(unit)) is not None:
            return None
        return self._rule(unit, "role", role)

    def attribute(self, unit: Unit, name: str, value: Scalar) -> Rule | None:
        """The rule for an attribute with a value, whether or not the ontology knows its name."""
        return self._rule(unit, "attr", name, str(value).lower() if isinstance(value, bool) else str(value))

    def bare_role(self, role: str) -> str:
        """A role without the prefix that the scheme takes off."""
        return self._scheme.role_prefix(role) if self._scheme.role_prefix is not None else role

    def _is_own(self, unit: Unit, label: str) -> bool:
        """Claim that the label is one of the ontology's."""
        if unit.kind != "relation":
            return self._words.find_class(label) is not None
        if self._words.find_relation(label) is not None:
            return True
        source = next((self._units[arg.target] for arg in unit.args if arg.target in self._units), None)
        return source is not None and self._words.find_role(label, self.class_of(source)) is not None

    def _rule(self, unit: Unit, kind: str, label: str, value: str | None = None) -> Rule | None:
        for rules in self._scheme.ranked(kind, label, value):
            applying = [
                rule for rule in rules if self._stands_on(unit, kind, rule.context) and all(self._holds(unit, one) for one in rule.when)
            ]
            if len({rule.term for rule in applying}) > 1:
                self._on_tie(unit, label if value is None else f"{label}={value}", applying)
                return None
            if applying:
                return min(applying, key=lambda rule: rule.line)
        return None

    def _stands_on(self, unit: Unit, kind: str, context: Glob) -> bool:
        if kind not in ("role", "attr") or context.pattern == "*":
            return True
        return any(context.matches(label) for label in unit.labels) or self._is_class(self.class_of(unit), context)

    def _is_class(self, cls: str, wanted: Glob) -> bool:
        """Claim that a class is the one wanted or below it; with wildcards, that its own name fits."""
        iri = iris.expand(wanted.pattern) if wanted.is_literal else None
        if iri is not None:
            return self._words.ontology.is_a(cls, iri)
        return ":" in wanted.pattern and wanted.matches(iris.compress(cls))

    def _holds(self, unit: Unit, condition: Condition) -> bool:
        if condition.role.casefold() == OWN_TEXT:
            return any(self._says(unit, alternative) for alternative in condition.alternatives)
        wanted = fold(condition.role)
        fillers = [arg for arg in unit.args if wanted in map(fold, role_spellings(self.bare_role(arg.role)))]
        return any(self._fills(arg, alternative) for arg in fillers for alternative in condition.alternatives)

    def _fills(self, arg: Arg, alternative: Glob) -> bool:
        filler = self._units.get(arg.target) if arg.target is not None else None
        if filler is None:
            return alternative.matches(str(arg.value if arg.target is None else arg.target))
        labelled = any(alternative.matches(label) for label in filler.labels)
        return labelled or self._is_class(self.class_of(filler), alternative) or self._says(filler, alternative)

    def _says(self, unit: Unit, alternative: Glob) -> bool:
        return any(alternative.matches(text) for text in (unit.name, *(mention.text for mention in unit.mentions)) if text)
