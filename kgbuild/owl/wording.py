"""Axioms in plain English: "every meeting is a contact event", "nothing is both an agent and a place"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from kgbuild import iris
from kgbuild.owl.functional import Call, Iri, Literal, Node, read

_FACETS = {
    "minInclusive": "at least",
    "maxInclusive": "at most",
    "minExclusive": "more than",
    "maxExclusive": "less than",
    "pattern": "of the form",
    "length": "of length",
}
_IN_BRACKETS = re.compile(r"<([^<>\s]+)>")


class Wording:
    """Turns axioms into sentences, with the labels (IRI -> text) of the ontology at hand; what has none is named by its IRI's end."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels

    def sentence(self, axiom: str) -> str:
        """One axiom in functional syntax as a sentence without a full stop; an axiom of a kind not known here, as it stands."""
        try:
            node = read(axiom)
            assert isinstance(node, Call)
            return self._say(node)
        except (ValueError, AssertionError, IndexError, KeyError):
            return self.message(axiom)

    def explanation(self, axioms: Sequence[str], cls: str) -> str:
        """A minimal set of axioms as sentences, one a line: from the class on ("" for none), each beside what leads to it, exclusions last.

        Of many disjoint classes or different things, those are named that the other axioms speak of.
        """
        nodes = {axiom: set(_IN_BRACKETS.findall(axiom)) for axiom in sorted(axioms, key=_reading_order)}
        excluding = [axiom for axiom in nodes if axiom.startswith(("Disjoint", "DifferentIndividuals"))]
        waiting = [axiom for axiom in nodes if axiom not in excluding]
        reached, ordered = {cls}, []
        while waiting:
            following = next((axiom for axiom in waiting if _subject(axiom) in reached), waiting[0])
            waiting.remove(following)
            ordered.append(following)
            reached |= nodes[following]
        return "\n".join([*map(self.sentence, ordered), *(self.sentence(_narrowed(axiom, reached)) for axiom in excluding)])

    def message(self, text: str) -> str:
        """A text with IRIs between angle brackets, with names in their place."""
        return _IN_BRACKETS.sub(lambda match: f"“{self._name(match[1])}”", text)

    def _name(self, iri: str) -> str:
        if iri in self._labels:
            return self._labels[iri]
        if iri.startswith("_:"):
            return "something without a name"
        short = iris.compress(iri)
        return short if short != iri else re.split(r"[#/]", iri.rstrip("#/"))[-1]

    # --- axioms

    def _say(self, axiom: Call) -> str:
        name, of = axiom
        match name:
            case "SubClassOf":
                return f"every {self._noun(of[0])} {self._is(of[1])}"
            case "EquivalentClasses":
                return f"{self._a(of[0])} is exactly what {self._is_all(of[1:])}"
            case "DisjointClasses":
                return self._disjoint([self._a(each) for each in of], "nothing")
            case "DisjointUnion":
                return f"every {self._noun(of[0])} is exactly one of {self._list([self._a(each) for each in of[1:]], 'and')}"
            case "ObjectPropertyDomain" | "DataPropertyDomain":
                return f"what has “{self._role(of[0])}” {self._is(of[1])}"
            case "ObjectPropertyRange":
                return f"what stands as “{self._role(of[0])}” of something {self._is(of[1])}"
            case "DataPropertyRange":
                return f"the value of “{self._role(of[0])}” is {self._values(of[1])}"
            case "ClassAssertion":
                return f"{self._thing(of[1])} {self._is(of[0])}"
            case "ObjectPropertyAssertion" | "DataPropertyAssertion":
                return f"{self._thing(of[1])} has “{self._role(of[0])}” {self._value(of[2])}"
            case "NegativeObjectPropertyAssertion" | "NegativeDataPropertyAssertion":
                return f"{self._thing(of[1])} does not have “{self._role(of[0])}” {self._value(of[2])}"
            case "SameIndividual":
                return f"{self._list([self._thing(each) for each in of], 'and')} are the same thing"
            case "DifferentIndividuals":
                names = [self._thing(each) for each in of]
                shown = names if len(names) <= 6 else [*names[:5], f"{len(names) - 5} more"]
                return f"{self._list(shown, 'and')} are different things"
            case "HasKey":
                keys = [each for each in of[1:] if isinstance(each, Iri)] or _members(of[1:])
                return (
                    f"no two things that are {self._a(of[0])} have the same {self._list([f'“{self._role(key)}”' for key in keys], 'and')}"
                )
            case _:
                return self._say_property(name, of)

    def _say_property(self, name: str, of: Sequence[Node]) -> str:
        first = f"“{self._role(of[0])}”"
        match name:
            case "SubObjectPropertyOf" | "SubDataPropertyOf":
                if isinstance(of[0], Call) and of[0].name == "ObjectPropertyChain":
                    steps = ", then ".join(f"“{self._role(step)}”" for step in of[0].of)
                    return f"what one reaches by {steps} is also reached by “{self._role(of[1])}”"
                return f"what has {first} something has “{self._role(of[1])}” the same"
            case "EquivalentObjectProperties" | "EquivalentDataProperties":
                return f"{self._list([f'“{self._role(each)}”' for each in of], 'and')} say the same"
            case "DisjointObjectProperties" | "DisjointDataProperties":
                return self._disjoint([f"“{self._role(each)}”" for each in of], "no two things are related by")
            case "InverseObjectProperties":
                return f"{first} is “{self._role(of[1])}” read backwards"
            case "FunctionalObjectProperty" | "FunctionalDataProperty":
                return f"nothing has {first} twice"
            case "InverseFunctionalObjectProperty":
                return f"nothing stands as {first} of two things"
            case "SymmetricObjectProperty":
                return f"{first} holds both ways"
            case "AsymmetricObjectProperty":
                return f"{first} never holds both ways"
            case "TransitiveObjectProperty":
                return f"{first} carries on from one to the next"
            case "ReflexiveObjectProperty":
                return f"everything has {first} itself"
            case "IrreflexiveObjectProperty":
                return f"nothing has {first} itself"
            case _:
                raise ValueError(name)

    def _disjoint(self, names: list[str], nothing: str) -> str:
        if len(names) == 2:
            return f"{nothing} {'both ' if nothing == 'nothing' else ''}{names[0]} and {names[1]}".replace(
                "nothing both", "nothing is both"
            )
        return f"{nothing}{' is' if nothing == 'nothing' else ''} two of: {', '.join(names)}"

    # --- classes

    def _is(self, cls: Node) -> str:
        """The predicate of a sentence: "is a meeting", "has a “stance” that is denies", "is a person that …"."""
        if isinstance(cls, Iri):
            return f"is {self._a(cls)}"
        assert isinstance(cls, Call)
        name, of = cls
        match name:
            case "ObjectIntersectionOf":
                return self._is_all(of)
            case "ObjectUnionOf":
                if all(isinstance(each, Iri) for each in of):
                    return f"is {self._list([self._a(each) for each in of], 'or')}"
                return self._list([self._is(each) for each in of], "or")
            case "ObjectComplementOf":
                return f"is not {self._a(of[0])}" if isinstance(of[0], Iri) else f"is not what {self._is(of[0])}"
            case "ObjectOneOf":
                return f"is {self._list([self._thing(each) for each in of], 'or')}"
            case "ObjectSomeValuesFrom":
                return f"has a “{self._role(of[0])}”" + ("" if self._is_thing(of[1]) else f" that {self._is(of[1])}")
            case "DataSomeValuesFrom":
                return f"has a “{self._role(of[0])}” that is {self._values(of[1])}"
            case "ObjectAllValuesFrom":
                return f"has a “{self._role(of[0])}” only where that {self._is(of[1])}"
            case "DataAllValuesFrom":
                return f"has a “{self._role(of[0])}” only where that is {self._values(of[1])}"
            case "ObjectHasValue" | "DataHasValue":
                return f"has “{self._role(of[0])}” {self._value(of[1])}"
            case "ObjectHasSelf":
                return f"has “{self._role(of[0])}” itself"
        bound = re.fullmatch("(?:Object|Data)(Min|Max|Exact)Cardinality", name)
        if bound is None:
            raise ValueError(name)
        amount = {"Min": "at least", "Max": "at most", "Exact": "exactly"}[bound[1]]
        number, prop = (of[0], of[1]) if not isinstance(of[0], Call) and str(of[0][0]).isdigit() else (of[1], of[0])
        said = f"has {amount} {number[0]} “{self._role(prop)}”"
        filler = of[2] if len(of) > 2 else None
        if filler is None or self._is_thing(filler) or name.startswith("Data"):
            return said
        return f"{said} that {self._is(filler)}"

    def _is_all(self, classes: Sequence[Node]) -> str:
        """Several predicates: named classes first, "is a statement that has …"."""
        named = [each for each in classes if isinstance(each, Iri)]
        rest = [self._is(each) for each in classes if not isinstance(each, Iri)]
        if not named:
            return self._list(rest, "and")
        kinds = f"is {self._list([self._a(each) for each in named], 'and')}"
        return f"{kinds} that {self._list(rest, 'and')}" if rest else kinds

    def _noun(self, cls: Node) -> str:
        """A class after "every"."""
        if self._is_thing(cls):
            return "thing"
        return self._name(cls.value) if isinstance(cls, Iri) else f"thing that {self._is(cls)}"

    def _a(self, cls: Node) -> str:
        """A class with its article: "an agent"."""
        if self._is_thing(cls):
            return "a thing"
        if isinstance(cls, Iri) and cls.value == iris.PREFIXES["owl"] + "Nothing":
            return "impossible"
        noun = self._noun(cls)
        return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"

    def _is_thing(self, cls: Node) -> bool:
        return isinstance(cls, Iri) and cls.value == iris.PREFIXES["owl"] + "Thing"

    # --- properties, things, values

    def _role(self, prop: Node) -> str:
        if isinstance(prop, Call):  # ObjectInverseOf, in two spellings
            return f"{self._role(prop.of[0])} (backwards)"
        return self._name(prop[0])

    def _thing(self, node: Node) -> str:
        return self._name(node[0]) if isinstance(node, Iri) else str(node[0])

    def _value(self, node: Node) -> str:
        return f"“{node.text}”" if isinstance(node, Literal) else self._thing(node)

    def _values(self, node: Node) -> str:
        """A data range."""
        if isinstance(node, Iri):
            return f"of type {iris.compress(node.value)}"
        assert isinstance(node, Call)
        if node.name == "DataOneOf":
            return f"one of {self._list([self._value(each) for each in node.of], 'or')}"
        if node.name not in ("DatatypeRestriction", "DataRangeRestriction"):  # the second: the OWL API 3
            raise ValueError(node.name)
        bounds = [each.of for each in node.of[1:] if isinstance(each, Call)]
        limits = [f"{_FACETS.get(str(facet[0]), facet[0])} {self._value(value)}" for facet, value in bounds]
        return ", ".join([self._values(node.of[0]), *limits])

    def _list(self, names: Sequence[str], last: str) -> str:
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def _reading_order(axiom: str) -> tuple[bool, bool, str]:
    return "Assertion(" not in axiom, not axiom.startswith("SubClassOf"), axiom


def _subject(axiom: str) -> str:
    """What an axiom speaks of: its first term; of a class assertion the individual."""
    terms: list[str] = _IN_BRACKETS.findall(axiom)
    if axiom.startswith(("ObjectPropertyAssertion", "DataPropertyAssertion")):
        return terms[1]
    return terms[-1 if axiom.startswith("ClassAssertion") else 0] if terms else ""


def _narrowed(axiom: str, reached: Collection[str]) -> str:
    """A statement that many exclude each other, without those that nothing else speaks of."""
    name, _, rest = axiom.partition("(")
    kept = [term for term in _IN_BRACKETS.findall(rest) if term in reached]
    plain = re.fullmatch(r"(\s*<[^<>\s]+>)+\s*\)", rest)
    return f"{name}({' '.join(f'<{term}>' for term in kept)})" if plain and len(kept) > 1 else axiom


def _members(of: Sequence[Node]) -> list[Node]:
    return [member for each in of if isinstance(each, Call) for member in each.of]
