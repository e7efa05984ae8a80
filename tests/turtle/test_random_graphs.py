"""On random graphs: canonical Turtle says what the graph says, is its own canonical form, and depends on nothing else."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pyoxigraph as ox
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgbuild.iris import PREFIXES
from kgbuild.turtle import Graph, canonical, format_graph, normalise, simplify, triples
from kgbuild.turtle.blanks import canonical_lines
from kgbuild.turtle.repetitions import without_order

Triple = tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal]

SETTINGS = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def node(curie: str) -> ox.NamedNode:
    prefix, _, local = curie.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


TERMS = [
    *map(node, ("kg:A", "kg:B", "kg:a.b", "kg:z-", "kgs:x", "kg:p/q", "kg:", "rdf:nil", "owl:Thing", "xsd:integer")),
    ox.NamedNode("urn:ăé#x"),
    ox.NamedNode("http://example.org/(x)"),
]
BLANKS = [ox.BlankNode(f"b{i}") for i in range(5)]
PREDICATES = [
    node(curie)
    for curie in """rdf:type rdf:first rdf:rest rdfs:subClassOf rdfs:label owl:unionOf owl:intersectionOf owl:onProperty owl:someValuesFrom
    owl:minCardinality owl:propertyChainAxiom owl:members owl:distinctMembers owl:disjointWith owl:inverseOf owl:sameAs owl:equivalentClass
    owl:annotatedSource owl:annotatedProperty owl:annotatedTarget kg:annotationLabel""".split()
] + [ox.NamedNode("urn:strange")]
KINDS = [
    node(f"owl:{n}") for n in "Class Restriction Axiom AllDisjointClasses AllDifferent Ontology ObjectProperty NamedIndividual".split()
]
KINDS += [node("rdf:List"), node("rdfs:Datatype"), node("kg:A")]

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        '"""',
        '"',
        "\\",
        'a"\nb"',
        "\r\n",
        "l1\n\tl2",
        "👩\u200d🚀",
        "ș\u0327",
        '\n"',
        '""""\n""""',
        "\\n",
        "\x00\x1f",
        "\ufeff",
        "#no",
        "'''",
    ]
)
LITERALS = st.one_of(
    TEXTS.map(ox.Literal),
    st.tuples(TEXTS, st.sampled_from(["en", "ro", "en-GB", "zh-Hans-CN", "x-private", "de-x-ab"])).map(
        lambda t: ox.Literal(t[0], language=t[1])
    ),
    st.tuples(
        st.sampled_from(["1", "007", "-0", "+5", "0.90", ".5", "5.", "1e3", "1E0", "INF", "true", "0", "x", "2024-01-01", ""]),
        st.sampled_from(["integer", "decimal", "double", "boolean", "date", "nonNegativeInteger", "anyURI"]),
    ).map(lambda t: ox.Literal(t[0], datatype=node(f"xsd:{t[1]}"))),
)
TRIPLES = st.one_of(
    st.tuples(st.sampled_from([*TERMS, *BLANKS]), st.just(node("rdf:type")), st.sampled_from(KINDS)),
    st.tuples(
        st.sampled_from([*TERMS, *BLANKS]), st.sampled_from(PREDICATES), st.one_of(st.sampled_from([*TERMS, *BLANKS, *BLANKS]), LITERALS)
    ),
)


@st.composite
def ontologies(draw: st.DrawFn) -> list[Triple]:
    """Triples of OWL axioms: restrictions, unions, chains, disjointness and annotated axioms, nested and shared."""
    said: list[Triple] = []
    fresh = (ox.BlankNode(f"n{i}") for i in range(10_000))
    named = st.sampled_from(TERMS[:5])

    def say(subject: ox.NamedNode | ox.BlankNode, curie: str, value: ox.NamedNode | ox.BlankNode | ox.Literal) -> None:
        said.append((subject, node(curie), value))

    def listed(members: list[ox.NamedNode | ox.BlankNode]) -> ox.NamedNode | ox.BlankNode:
        head: ox.NamedNode | ox.BlankNode = node("rdf:nil")
        for member in reversed(members):
            cell = next(fresh)
            say(cell, "rdf:first", member)
            say(cell, "rdf:rest", head)
            head = cell
        return head

    def expression(depth: int) -> ox.NamedNode | ox.BlankNode:
        kind = draw(st.sampled_from(["named", "named", "restriction", "union", "intersection"])) if depth else "named"
        if kind == "named":
            return draw(named)
        made = next(fresh)
        if kind == "restriction":
            say(made, "rdf:type", node("owl:Restriction"))
            say(made, "owl:onProperty", draw(named))
            if draw(st.booleans()):
                say(made, "owl:someValuesFrom", expression(depth - 1))
            else:
                say(
                    made,
                    "owl:minCardinality",
                    ox.Literal("2", datatype=node(draw(st.sampled_from(["xsd:integer", "xsd:nonNegativeInteger"])))),
                )
        else:
            say(made, "rdf:type", node("owl:Class"))
            say(made, f"owl:{kind}Of", listed([expression(depth - 1) for _ in range(draw(st.integers(1, 3)))]))
        return made

    if draw(st.booleans()):
        say(ox.NamedNode("https://w3id.org/kgbuild/ontology/x"), "rdf:type", node("owl:Ontology"))
    for _ in range(draw(st.integers(1, 5))):
        axiom = draw(st.sampled_from(["sub", "chain", "disjoint", "annotated", "pair", "individual", "all"]))
        if axiom == "sub":
            say(draw(named), "rdfs:subClassOf", expression(3))
        elif axiom == "chain":
            say(draw(named), "owl:propertyChainAxiom", listed([draw(named) for _ in range(draw(st.integers(2, 3)))]))
        elif axiom == "disjoint":
            say(draw(named), "owl:disjointWith", expression(1))
        elif axiom == "annotated":
            source, target, made = draw(named), expression(2), next(fresh)
            say(source, "rdfs:subClassOf", target)
            say(made, "rdf:type", node("owl:Axiom"))
            say(made, "owl:annotatedSource", source)
            say(made, "owl:annotatedProperty", node("rdfs:subClassOf"))
            say(made, "owl:annotatedTarget", target)
            say(made, "rdfs:comment", draw(LITERALS))
        elif axiom == "pair":
            say(draw(named), draw(st.sampled_from(["owl:inverseOf", "owl:sameAs", "owl:equivalentClass"])), draw(named))
        elif axiom == "individual":
            say(draw(named), "rdf:type", draw(named))
        else:
            made = next(fresh)
            say(made, "rdf:type", node(draw(st.sampled_from(["owl:AllDisjointClasses", "owl:AllDifferent"]))))
            say(made, "owl:members", listed([expression(1) for _ in range(draw(st.integers(2, 4)))]))
    return said


def again(said: Iterable[Triple], order: random.Random) -> Graph:
    """The same triples in another order, the blank nodes under other names."""
    shuffled = list(said)
    order.shuffle(shuffled)
    blanks = sorted({term for triple in shuffled for term in triple if isinstance(term, ox.BlankNode)}, key=str)
    order.shuffle(blanks)
    names = {blank: ox.BlankNode(f"r{place}") for place, blank in enumerate(blanks)}

    def renamed(term: object) -> object:
        return names[term] if isinstance(term, ox.BlankNode) else term

    return Graph((renamed(s), p, renamed(o)) for s, p, o in shuffled)  # type: ignore[misc]


def check(said: list[Triple], order: random.Random) -> None:
    text = format_graph(Graph(said))
    assert canonical("again", text.encode()) == text
    assert format_graph(again(said, order)) == text
    expected = simplify(Graph(said))
    read = Graph(triples("text", text.encode()))
    assert canonical_lines(without_order(read)) == canonical_lines(without_order(expected))


@SETTINGS
@given(st.lists(TRIPLES, max_size=14), st.randoms(use_true_random=False))
def test_any_graph_comes_back_whole_and_in_one_form(said: list[Triple], order: random.Random) -> None:
    check(said, order)


@SETTINGS
@given(ontologies(), st.randoms(use_true_random=False))
def test_any_ontology_comes_back_whole_and_in_one_form(said: list[Triple], order: random.Random) -> None:
    check(said, order)


@SETTINGS
@given(st.lists(LITERALS, max_size=6))
def test_any_literal_comes_back(values: list[ox.Literal]) -> None:
    graph = Graph((node("kg:A"), node("rdfs:label"), value) for value in values)
    read = Graph(triples("text", format_graph(graph).encode()))
    assert set(read) == set(normalise(graph))


@SETTINGS
@given(ontologies())
def test_no_triple_of_a_normal_ontology_is_lost(said: list[Triple]) -> None:
    """What is dropped is dropped once: the form of a form is the whole of it, list order apart."""
    once = Graph(triples("text", format_graph(Graph(said)).encode()))
    assert canonical_lines(without_order(simplify(once))) == canonical_lines(without_order(once))


@SETTINGS
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12), st.randoms(use_true_random=False))
def test_what_is_not_owl_comes_back_triple_by_triple(edges: list[tuple[int, int]], order: random.Random) -> None:
    """Blank nodes in trees, rings and tangles, each with a number of its own, so that none repeats another."""
    nodes = [ox.BlankNode(f"b{place}") if place % 3 else TERMS[place] for place in range(7)]
    said: list[Triple] = [(nodes[place], node("rdfs:comment"), ox.Literal(place)) for edge in edges for place in edge]
    said += [(nodes[start], node("kg:relatedTo"), nodes[end]) for start, end in edges]
    read = Graph(triples("text", format_graph(again(said, order)).encode()))
    assert canonical_lines(read) == canonical_lines(Graph(said))
