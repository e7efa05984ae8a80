"""Axioms become sentences that a person reads without knowing OWL; sets of axioms are cut down to what is needed."""

from __future__ import annotations

import re

import pytest

from kgbuild.owl.functional import Call, Iri, Literal, read
from kgbuild.owl.minimal import minimal
from kgbuild.owl.wording import Wording

KG = "https://w3id.org/kgbuild/ontology#"
LABELS = {
    KG + local: label
    for local, label in {
        "Meeting": "meeting", "ContactEvent": "contact event", "Agent": "agent", "Place": "place", "Person": "person", "State": "state",
        "ArmsTransfer": "arms transfer", "ArmsSupply": "arms supply relation", "Statement": "statement", "Denial": "denial", "Post": "post",
        "supplier": "supplier", "recipient": "recipient", "stance": "stance", "holdsPost": "holds post", "postOf": "post of",
        "represents": "represents", "spouseOf": "spouse of", "owns": "owns", "ownedBy": "owned by", "count": "count", "isoAlpha3": "ISO code",
        "acknowledgedSelf": "acknowledged itself", "locatedIn": "located in", "rus": "Russia", "prk": "North Korea", "denies": "denies",
    }.items()
}  # fmt: skip


def say(axiom: str) -> str:
    """The sentence for an axiom in functional syntax with ``:name`` for terms of the ontology."""
    return Wording(LABELS).sentence(_whole(axiom))


def _whole(axiom: str) -> str:
    return " ".join(word if ":" not in word or re.search("xsd:|owl:|_:", word) else _iri(word) for word in axiom.split())


def _iri(word: str) -> str:
    before, _, rest = word.partition(":")
    name = rest.rstrip(")")
    return f"{before}<{KG}{name}>{rest[len(name) :]}"


@pytest.mark.parametrize(
    ("axiom", "sentence"),
    [
        ("SubClassOf( :Meeting :ContactEvent )", "every meeting is a contact event"),
        ("SubClassOf( :Unlabelled :Agent )", "every kg:Unlabelled is an agent"),
        ("SubClassOf( :Meeting owl:Nothing )", "every meeting is impossible"),
        ("SubClassOf( :Person ObjectComplementOf( :State ))", "every person is not a state"),
        ("SubClassOf( :Denial ObjectHasValue( :stance :denies ))", "every denial has “stance” denies"),
        ("SubClassOf( :Denial ObjectMaxCardinality( 1 :stance ))", "every denial has at most 1 “stance”"),
        ("SubClassOf( :Denial ObjectMinCardinality( 2 :supplier :State ))", "every denial has at least 2 “supplier” that is a state"),
        ("SubClassOf( :Denial DataExactCardinality( 1 :count xsd:integer ))", "every denial has exactly 1 “count”"),
        ("SubClassOf( :State ObjectAllValuesFrom( :owns :Place ))", "every state has a “owns” only where that is a place"),
        ("SubClassOf( :State ObjectHasSelf( :acknowledgedSelf ))", "every state has “acknowledged itself” itself"),
        ("SubClassOf( :State DataSomeValuesFrom( :count xsd:integer ))", "every state has a “count” that is of type xsd:integer"),
        ("SubClassOf( ObjectSomeValuesFrom( :owns owl:Thing ) :Agent )", "every thing that has a “owns” is an agent"),
        (
            "EquivalentClasses( :Denial ObjectIntersectionOf( :Statement ObjectHasValue( :stance :denies )))",
            "a denial is exactly what is a statement that has “stance” denies",
        ),
        ("DisjointClasses( :Agent :Place )", "nothing is both an agent and a place"),
        ("DisjointClasses( :Agent :Place :Post )", "nothing is two of: an agent, a place, a post"),
        ("DisjointUnion( :Agent :Person :State )", "every agent is exactly one of a person and a state"),
        (
            "ObjectPropertyDomain( :supplier ObjectUnionOf( :ArmsTransfer :ArmsSupply ))",
            "what has “supplier” is an arms transfer or an arms supply relation",
        ),
        ("ObjectPropertyRange( :supplier :Agent )", "what stands as “supplier” of something is an agent"),
        ("DataPropertyRange( :count xsd:integer )", "the value of “count” is of type xsd:integer"),
        (
            'DataPropertyRange( :count DatatypeRestriction( xsd:integer facetRestriction(minInclusive "0"^^xsd:integer)))',
            "the value of “count” is of type xsd:integer, at least “0”",
        ),
        ('DataPropertyRange( :count DataOneOf("a" "b"@en))', "the value of “count” is one of “a” or “b”"),
        ("EquivalentClasses( :State ObjectOneOf( :rus :prk ) )", "a state is exactly what is Russia or North Korea"),
        ("SubClassOf( :State ObjectSomeValuesFrom(InverseOf( :owns ) :Agent ))", "every state has a “owns (backwards)” that is an agent"),
        ("ObjectPropertyAssertion( :owns :rus _:genid12)", "Russia has “owns” something without a name"),
        ("ClassAssertion( :State :rus )", "Russia is a state"),
        ("ObjectPropertyAssertion( :owns :rus :prk )", "Russia has “owns” North Korea"),
        ("NegativeObjectPropertyAssertion( :owns :rus :prk )", "Russia does not have “owns” North Korea"),
        ("SameIndividual( :rus :prk )", "Russia and North Korea are the same thing"),
        ("DifferentIndividuals( :rus :prk )", "Russia and North Korea are different things"),
        ("HasKey( :State ( ) ( :isoAlpha3 ))", "no two things that are a state have the same “ISO code”"),
        ("SubObjectPropertyOf( :owns :represents )", "what has “owns” something has “represents” the same"),
        (
            "SubObjectPropertyOf( ObjectPropertyChain( :holdsPost :postOf ) :represents )",
            "what one reaches by “holds post”, then “post of” is also reached by “represents”",
        ),
        (
            "SubObjectPropertyOf( ObjectPropertyChain( ObjectInverseOf( :supplier ) :recipient ) :owns )",
            "what one reaches by “supplier (backwards)”, then “recipient” is also reached by “owns”",
        ),
        ("DisjointObjectProperties( :supplier :recipient )", "no two things are related by “supplier” and “recipient”"),
        ("InverseObjectProperties( :owns :ownedBy )", "“owns” is “owned by” read backwards"),
        ("FunctionalObjectProperty( :stance )", "nothing has “stance” twice"),
        ("InverseFunctionalObjectProperty( :owns )", "nothing stands as “owns” of two things"),
        ("SymmetricObjectProperty( :spouseOf )", "“spouse of” holds both ways"),
        ("AsymmetricObjectProperty( :owns )", "“owns” never holds both ways"),
        ("TransitiveObjectProperty( :locatedIn )", "“located in” carries on from one to the next"),
        ("IrreflexiveObjectProperty( :spouseOf )", "nothing has “spouse of” itself"),
    ],
)
def test_an_axiom_reads_as_a_sentence(axiom: str, sentence: str) -> None:
    assert say(axiom) == sentence


def test_an_axiom_of_an_unknown_kind_is_shown_as_it_stands_with_labels() -> None:
    assert Wording(LABELS).sentence(f"DLSafeRule(<{KG}State>)") == "DLSafeRule(“state”)"
    assert Wording(LABELS).sentence("no axiom (at all") == "no axiom (at all"


def test_literals_and_annotations_in_axioms_are_read() -> None:
    axiom = read('DataPropertyAssertion(Annotation(rdfs:comment "in (brackets)"@en) <a:p> <a:i> "say \\"da\\" (now)"^^xsd:string)')
    text = 'say "da" (now)'
    assert axiom == Call("DataPropertyAssertion", (Iri("a:p"), Iri("a:i"), Literal(text, "xsd:string")))


def test_an_explanation_starts_at_the_class_and_ends_with_what_is_excluded() -> None:
    axioms = [
        _whole("DisjointClasses( :Agent :ContactEvent :Place :Post )"),
        _whole("SubClassOf( :State :Agent )"),
        _whole("SubClassOf( :Odd :Meeting )"),
        _whole("SubClassOf( :Meeting :ContactEvent )"),
        _whole("SubClassOf( :Odd :State )"),
    ]
    assert Wording(LABELS).explanation(axioms, KG + "Odd").splitlines() == [
        "every kg:Odd is a meeting",
        "every meeting is a contact event",
        "every kg:Odd is a state",
        "every state is an agent",
        "nothing is both an agent and a contact event",
    ]


@pytest.mark.parametrize(
    ("needed", "size"), [({0}, 1), ({3, 7}, 10), ({0, 1, 2, 3}, 4), ({99}, 100), ({5, 50, 95}, 100), (set(), 5)], ids=str
)
def test_what_is_not_needed_is_left_out_and_order_kept(needed: set[int], size: int) -> None:
    asked = 0

    def fails(numbers: list[int]) -> bool:
        nonlocal asked
        asked += 1
        return needed <= set(numbers)

    assert minimal(fails, range(size)) == sorted(needed)
    assert asked <= 2 + 2 * max(1, len(needed)) * (size.bit_length() + 1)


def test_of_two_causes_one_is_kept() -> None:
    found = minimal(lambda numbers: {1, 2} <= set(numbers) or {8} <= set(numbers), range(10))
    assert found in ([1, 2], [8])


def test_without_a_failure_there_is_nothing_to_explain() -> None:
    with pytest.raises(ValueError, match="nothing fails"):
        minimal(lambda numbers: False, [1, 2])
