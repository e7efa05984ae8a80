"""Axioms in words, by the English labels of their terms: "every embassy is a diplomatic mission"."""

from __future__ import annotations

from kgbuild.iris import PREFIXES
from kgbuild.ontology.names import local_name
from kgbuild.ontology.parsing import Statements, Text
from kgbuild.rules.expressions import Reader

_RDFS, _SKOS, _OWL = PREFIXES["rdfs"], PREFIXES["skos"], PREFIXES["owl"]


class Words:
    """Says axioms of one ontology in words."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._statements: Statements = reader.statements

    def label(self, iri: str) -> str:
        """The English label of a term; its first label, or its local name, where it has none."""
        texts = [*self._statements.texts(iri, _RDFS + "label"), *self._statements.texts(iri, _SKOS + "prefLabel")]
        labels = {text.language: text.value for text in reversed(texts)}
        return labels.get("en") or next(iter(labels.values()), local_name(iri))

    def one(self, node: str) -> str:
        """A thing of a class: "an embassy", "a statement whose stance is denies"."""
        if not node.startswith("_:"):
            label = self.label(node)
            return f"{'an' if label[:1].lower() in 'aeiou' else 'a'} {label}"
        return self._expression(node)

    def prop(self, node: str) -> str:
        """A property, in quotation marks."""
        inverse = self._statements.nodes(node, _OWL + "inverseOf") if node.startswith("_:") else []
        return f"“{self.label(inverse[0])}” read backwards" if inverse else f"“{self.label(node)}”"

    def _expression(self, node: str) -> str:
        reader = self._reader
        kind = reader.kind(node)
        if kind == "intersectionOf":
            first, *others = reader.members(node, kind)
            return f"{self.one(first)} {' and '.join(map(self._also, others))}"
        if kind in ("unionOf", "oneOf"):
            members = reader.members(node, kind)
            return " or ".join(self.label(m) if kind == "oneOf" else self.one(m) for m in members)
        if kind == "complementOf":
            return f"not {self.one(self._statements.nodes(node, _OWL + kind)[0])}"
        return f"something {self._also(node)}"

    def _also(self, node: str) -> str:
        """A further part of an intersection: "that has “stance” denies"."""
        if not node.startswith("_:") or self._reader.kind(node) in ("intersectionOf", "unionOf", "complementOf", "oneOf"):
            return f"that is {self.one(node) if not node.startswith('_:') else self._expression(node)}"
        kind = self._reader.kind(node)
        (prop, *_) = self._statements.nodes(node, _OWL + "onProperty") or [""]
        has = f"that has {self.prop(prop)}"
        if kind == "hasValue":
            value = self._statements.values(node, _OWL + "hasValue")[0]
            return f"{has} {value.value if isinstance(value, Text) else self.label(value)}"
        if kind == "hasSelf":
            return f"{has} itself"
        filler = self.one(self._reader.filler(node, kind))
        if kind in ("someValuesFrom", "allValuesFrom"):
            return f"{has} {'with only' if kind == 'allValuesFrom' else 'with'} {filler} as value"
        return f"{has} {kind.replace('Qualified', '').replace('Cardinality', 'imum')} {self._reader.number(node, kind)} times"
