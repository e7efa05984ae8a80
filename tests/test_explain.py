"""``kgbuild explain``: things and triples are explained down to the sentences; what is inferred, down to what is stated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import pytest

from kgbuild.explanation import Proof
from kgbuild.explanation.asking import Asking
from kgbuild.explanation.evidence import Sentence
from kgbuild.explanation.proofs import Prover
from kgbuild.explanation.writing import marked
from kgbuild.iris import DATA
from kgbuild.stores import EmbeddedStore

# --- proofs, on small graphs with rules of their own


class _Axiom(NamedTuple):
    words: str


class _Rule(NamedTuple):
    id: str
    body: tuple[tuple[str, str, str], ...]
    head: tuple[str, str, str]

    @property
    def axiom(self) -> _Axiom:
        return _Axiom(f"axiom of {self.id}")


def _iri(name: str) -> str:
    return name if name.startswith("?") else f"<urn:{name}>"


def _fact(text: str) -> tuple[str, str, str]:
    subject, predicate, object_ = map(_iri, text.split())
    return subject, predicate, object_


def _rule(name: str, *body: str, head: str) -> _Rule:
    return _Rule(name, tuple(map(_fact, body)), _fact(head))


def _prover(stated: list[str], inferred: list[str], rules: list[_Rule], *prefer: str) -> Prover:
    """A prover over a dataset in memory: what is stated stands in an article's graph, all of it in the default graph."""
    store = ox.Store()
    for graph, facts in ((f"{DATA}article/a", stated), (f"{DATA}graph/inferred", inferred)):
        for fact in facts:
            triple = [ox.NamedNode(term[1:-1]) for term in _fact(fact)]
            store.add(ox.Quad(*triple, ox.NamedNode(graph)))
            store.add(ox.Quad(*triple))
    return Prover(Asking(lambda sparql: store.query(sparql), "en", DATA), rules, prefer=prefer)  # type: ignore[arg-type, return-value]


def _shape(proof: Proof) -> Any:
    """A proof as nested lists: the fact, then what it follows from."""
    fact = " ".join(term[5:-1] for term in proof.fact)
    return [fact, proof.rule, *map(_shape, proof.premises)] if proof.rule else fact if proof.graphs else f"? {fact}"


TRANSITIVE = _rule("trans", "?x in ?y", "?y in ?z", head="?x in ?z")
SYMMETRIC = _rule("sym", "?x by ?y", head="?y by ?x")
INVERSES = [_rule("inv1", "?x owns ?y", head="?y ownedBy ?x"), _rule("inv2", "?x ownedBy ?y", head="?y owns ?x")]


@pytest.mark.parametrize(
    ("stated", "inferred", "rules", "asked", "expected"),
    [
        (["a in b"], [], [TRANSITIVE], "a in b", "a in b"),
        (["a in b", "b in c"], ["a in c"], [TRANSITIVE], "a in c", ["a in c", "trans", "a in b", "b in c"]),
        (["a by b"], ["b by a"], [SYMMETRIC], "b by a", ["b by a", "sym", "a by b"]),
        (["a owns b"], ["b ownedBy a"], INVERSES, "b ownedBy a", ["b ownedBy a", "inv1", "a owns b"]),
        ([], ["a owns b", "b ownedBy a"], INVERSES, "a owns b", "? a owns b"),
        ([], ["a by b", "b by a"], [SYMMETRIC], "a by b", "? a by b"),
        (["a in a"], [], [TRANSITIVE], "a in a", "a in a"),
        (["a in b", "b in a"], ["a in a"], [TRANSITIVE], "a in a", ["a in a", "trans", "a in b", "b in a"]),
        ([], ["a in b"], [_rule("given", head="a in b")], "a in b", ["a in b", "given"]),
    ],
    ids=[
        "stated",
        "chain",
        "symmetric",
        "inverse",
        "only in circles",
        "itself its reason",
        "a loop",
        "a loop of two",
        "without a condition",
    ],
)
def test_a_proof_goes_down_to_what_is_stated_and_never_in_circles(
    stated: list[str], inferred: list[str], rules: list[_Rule], asked: str, expected: Any
) -> None:
    assert _shape(_prover(stated, inferred, rules).prove(_fact(asked))) == expected


def test_the_shortest_of_several_proofs_is_found() -> None:
    links = [f"n{i} in n{i + 1}" for i in range(8)]
    closure = [f"n{i} in n{j}" for i in range(9) for j in range(i + 2, 9)]
    long = _prover(links, closure, [TRANSITIVE]).prove(_fact("n0 in n8"))
    assert [leaf.graphs != () for leaf in long.leaves()] == [True] * 8
    short = _prover([*links, "n0 in x", "x in n8"], [*closure, "n0 in n8"], [TRANSITIVE]).prove(_fact("n0 in n8"))
    assert _shape(short) == ["n0 in n8", "trans", "n0 in x", "x in n8"]


@pytest.mark.parametrize(
    ("prefer", "through"),
    [
        ((), "m0"),
        (("?it is large",), "m98"),
        (("?it is red", "?it is large"), "m77"),
        (("?it is blue", "?it is large"), "m98"),
        (("?it is blue",), "m0"),
    ],
)
def test_of_equally_short_proofs_the_preferred_one_is_found_among_many(prefer: tuple[str, ...], through: str) -> None:
    ways = [fact for i in range(100) for fact in (f"a in m{i}", f"m{i} in z")]
    kinds = ["m98 is large", "m99 is large", "m77 is red", "m78 is red"]
    patterns = [" ".join(term if term == "?it" else f"<urn:{term}>" for term in pattern.split()) for pattern in prefer]
    proof = _prover([*ways, *kinds], ["a in z"], [TRANSITIVE], *patterns).prove(_fact("a in z"))
    assert _shape(proof) == ["a in z", "trans", f"a in {through}", f"{through} in z"]


def test_a_large_knot_is_given_up_in_time() -> None:
    everything = [f"n{i} in n{j}" for i in range(25) for j in range(25)]
    assert _shape(_prover([], everything, [TRANSITIVE]).prove(_fact("n0 in n24"))) == "? n0 in n24"


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("He spoke.", ((0, 2),), "«He» spoke."),
        ("He met Kim.", ((0, 2), (7, 10)), "«He» met «Kim»."),
        ("„a” «b»", ((0, 3),), "[„a”] «b»"),
        ("🚀 fell", ((0, 1),), "«🚀» fell"),
        ("no span", (), "no span"),
    ],
)
def test_the_words_are_marked_in_their_sentence(text: str, spans: tuple[tuple[int, int], ...], expected: str) -> None:
    assert marked(Sentence("urn:a", text, spans, (), ())) == expected


# --- the command, on the shipped articles


@pytest.fixture(scope="module")
def explain(kgbuild, _articles_store: Path):  # type: ignore[no-untyped-def]
    return lambda *arguments: kgbuild("explain", "--store", _articles_store, *arguments)


@pytest.fixture(scope="module")
def store(_articles_store: Path) -> Iterator[EmbeddedStore]:
    with EmbeddedStore.open(_articles_store, read_only=True) as opened:
        yield opened


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_a_person_is_explained(explain) -> None:  # type: ignore[no-untyped-def]
    result = explain("Serghei Lavrov")
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[0] == "Sergey Lavrov"
    assert "wd:Q58217" in lines[1]
    text = _flat(result.stdout)
    assert "person said by the reference data" in text
    assert "agent inferred: every person is an agent" in text
    assert "It is a thing of the reference data." in text
    assert "“라브로프”" in text
    assert "Russia's «foreign minister», «Sergey Lavrov», held talks" in text
    assert max(map(len, lines)) <= 100


def test_a_meeting_tells_its_key(explain, store: EmbeddedStore) -> None:  # type: ignore[no-untyped-def]
    (row, *_) = store.select(
        "PREFIX kg: <https://w3id.org/kgbuild/ontology#> "
        "SELECT ?m { ?m a kg:Meeting ; kg:date ?date ; kg:participant ?p FILTER(CONTAINS(STR(?m), '/event/')) } ORDER BY ?m LIMIT 1"
    )
    result = explain(row["m"].value)
    text = _flat(result.stdout)
    assert result.exit_code == 0
    assert "meeting said by" in text
    assert "contact event inferred: every meeting is a contact event" in text
    assert "By its key: any two of the kind “meeting” with the same values for “date” and “participant” are one" in text


def test_what_is_the_articles_own_tells_what_it_lacks(explain, store: EmbeddedStore) -> None:  # type: ignore[no-untyped-def]
    (row, *_) = store.select(
        "PREFIX kg: <https://w3id.org/kgbuild/ontology#> SELECT ?m { ?m a kg:Event ; kg:reportedIn ?a "
        "FILTER(STRSTARTS(STR(?m), CONCAT(STR(?a), '/'))) } ORDER BY ?m LIMIT 1"
    )
    text = _flat(explain(row["m"].value).stdout)
    assert "It is its article's own" in text


def test_a_status_is_told_with_the_statements_that_it_rests_on(explain, ask_articles) -> None:  # type: ignore[no-untyped-def]
    (contested, *_) = [row for row in ask_articles("transfers") if row["status"] == "contested"]
    text = _flat(explain(contested["transfer@"]).stdout)
    assert "contested (policy latest position), on " in text
    assert "– " in text


def test_what_a_state_represents_is_inferred_from_the_post(explain) -> None:  # type: ignore[no-untyped-def]
    result = explain("Sergey Lavrov", "represents", "Russia")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Sergey Lavrov — represents → Russia"
    assert lines[1].startswith("  inferred: “holds post”")
    assert "    Sergey Lavrov — holds post → Foreign Minister of Russia" in lines
    assert "    Foreign Minister of Russia — post of → Russia" in lines
    assert "      said by the reference data" in lines
    assert "«foreign minister», «Sergey Lavrov»" in result.stdout


def test_an_acknowledged_supply_leads_down_to_who_said_so(explain) -> None:  # type: ignore[no-untyped-def]
    result = explain("Iran", "suppliedArmsTo", "RUS")
    text = _flat(result.stdout)
    assert result.exit_code == 0
    assert "worked out by a status policy" in text
    assert "Hossein Amir-Abdollahian: told" in text


@pytest.mark.parametrize("property_", ["suppliedArmsTo", "reportedlySuppliedArmsTo"])
def test_who_armed_whom_is_explained_through_the_relation_of_the_two_states(explain, property_: str) -> None:  # type: ignore[no-untyped-def]
    text = _flat(explain("Iran", property_, "RUS").stdout)
    assert "Iran → Russia — supplier → Iran" in text
    assert "Iran → Russia — recipient → Russia" in text


@pytest.mark.parametrize("property_", ["holdsPost", "holds post", "ocupă funcția", "kg:holdsPost", "HOLDS POST"])
@pytest.mark.parametrize("object_", [(), ("-",), ("Foreign Minister of Russia",)], ids=["no object", "dash", "object"])
def test_properties_and_objects_have_many_spellings(explain, property_: str, object_: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    result = explain("Sergey Lavrov", property_, *object_)
    assert result.exit_code == 0
    assert result.stdout.startswith("Sergey Lavrov — holds post → Foreign Minister of Russia\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("RUS", "a", "Person"), "Russia — is a → state"),
        (("Iran", "suppliedArmsTo", "China"), "Iran — supplied arms to → Russia"),
        (("Iran", "isoAlpha2", "XX"), "Iran — ISO alpha-2 code → “IR”"),
        (("North Korea", "spouseOf"), "→ anything"),
    ],
)
def test_what_nothing_says_is_told_with_what_comes_near(explain, arguments: tuple[str, ...], said: str) -> None:  # type: ignore[no-untyped-def]
    result = explain(*arguments)
    assert result.exit_code == 1
    assert result.stdout.startswith("not stated: ")
    assert said in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Phenian",), "can mean Pyongyang (data:place/pyongyang), North Korea (data:state/PRK)"),
        (("Serghei Lavrow",), "did you mean “Sergey Lavrov”"),
        (("Nobody Knowsthisone",), "no thing"),
        (("🚀",), "no thing “🚀”"),
        (("",), "empty"),
        (("a\u0000b",), "characters that no name has"),
        (("wd:Q999999999",), "does not know"),
        (("Iran", "frobnicate"), "no property “frobnicate”"),
        (("Iran", "holdPost"), "did you mean “holdsPost”"),
        (("Iran", "a", "Embasy"), "did you mean “Embassy”"),
        (("Iran", "suppliedArmsTo", "Ruritania"), "no thing “Ruritania”"),
        (("Iran", "🚀"), "no property"),
        (("Iran", "kg:a b>"), "no property"),
    ],
)
def test_what_names_nothing_or_several_things_is_an_error(explain, arguments: tuple[str, ...], said: str) -> None:  # type: ignore[no-untyped-def]
    result = explain(*arguments)
    assert (result.exit_code, result.stdout) == (3, "")
    assert said in result.stderr


def test_without_a_store_or_in_an_empty_one_the_user_is_told(kgbuild, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert kgbuild("explain", "--store", tmp_path / "none", "Iran").exit_code == 4
    EmbeddedStore.open(tmp_path / "empty", create=True).close()
    result = kgbuild("explain", "--store", tmp_path / "empty", "Iran")
    assert result.exit_code == 3
    assert "holds no article yet" in result.stderr


@pytest.mark.parametrize("arguments", [("Sergey Lavrov",), ("Sergey Lavrov", "represents", "Russia"), ("RUS", "a", "Person")])
def test_programs_get_json_with_whole_iris(explain, arguments: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    result = explain(*arguments, "--format", "json", "--lang", "ro")
    told = json.loads(result.stdout)
    if len(arguments) == 1:
        assert told["thing"] == DATA + "person/sergey-lavrov"
        spans = [(s["sentence"][b:e], s["words"]) for s in told["sentences"] for b, e in s["spans"]]
        assert all(words for _span, words in spans)
        assert any(span == "Serghei Lavrov" for span, _words in spans)
    elif "represents" in arguments:
        (proof,) = told["proofs"]
        assert told["stated"] is True
        assert proof["objectLabel"] == "Rusia"
        assert len(proof["from"]) == 2
        assert proof["from"][1]["statedIn"][0]["graph"]
    else:
        assert told["stated"] is False
        assert told["near"]


def test_labels_are_shown_in_the_language_asked_for(explain) -> None:  # type: ignore[no-untyped-def]
    assert explain("PRK", "--lang", "ro").stdout.startswith("Coreea de Nord\n")


def test_a_term_of_the_ontology_leads_to_its_description(explain) -> None:  # type: ignore[no-untyped-def]
    assert "kgbuild info ontology kg:Meeting tells what it means" in _flat(explain("kg:Meeting").stdout)


def test_a_raw_label_and_a_problem_are_shown(kgbuild, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    text = "The Zorgon met Ana Pop."
    units = [
        {"id": "z", "kind": "entity", "label": "Zorgon", "mentions": [{"spans": [[4, 10]], "text": "Zorgon"}]},
        {"id": "p", "kind": "entity", "label": "Person", "mentions": [{"spans": [[15, 22]], "text": "Ana Pop"}]},
    ]
    document = {"kgbuild": 1, "id": "odd", "text": text, "meta": {"lang": "en"}, "units": units}
    (tmp_path / "odd.kga.jsonl").write_text(json.dumps(document), encoding="utf-8")
    loaded = kgbuild("load", "--store", tmp_path / "store", tmp_path / "odd.kga.jsonl")
    assert loaded.exit_code in (0, 1), loaded.output
    person = kgbuild("explain", "--store", tmp_path / "store", "Ana Pop")
    assert "By its name" in _flat(person.stdout)
    odd = _flat(kgbuild("explain", "--store", tmp_path / "store", "data:article/odd/z").stdout)
    assert "rawLabel: Zorgon" in odd
    assert "unknown-label" in odd


def test_how_a_mention_was_resolved_is_shown_where_the_store_says_so(tmp_path: Path) -> None:
    from kgbuild.explanation.evidence import sentences

    kg = "https://w3id.org/kgbuild/ontology#"
    store = ox.Store()
    store.load(
        f"""@prefix kg: <{kg}> . @prefix gaf: <http://groundedannotationframework.org/gaf#> .
        <urn:t> gaf:denotedBy <urn:m> . <urn:m> kg:begin 0 ; kg:end 2 ; kg:anchorText "He" ; kg:resolvedBy "alias" .""".encode(),
        ox.RdfFormat.TURTLE,
        to_graph=ox.NamedNode(DATA + "article/a"),
    )
    (found,) = sentences(["urn:t"], Asking(lambda sparql: store.query(sparql), "en", DATA))  # type: ignore[arg-type, return-value]
    assert found.how == (("He", "alias"),)


def test_how_the_words_were_recognised_is_shown_article_by_article_with_the_way_to_say_it_was_wrong(  # type: ignore[no-untyped-def]
    kgbuild, tmp_path: Path
) -> None:
    text = "Ministrul rus de Externe a tăcut. Lui Lavrov i s-a mulțumit."
    units = [
        {"id": "m", "kind": "entity", "label": "Person", "mentions": [{"spans": [[0, 24]], "text": text[:24]}]},
        {"id": "f", "kind": "entity", "label": "Post", "mentions": [{"spans": [[0, 24]], "text": text[:24]}]},
        {"id": "l", "kind": "entity", "label": "Person", "mentions": [{"spans": [[34, 44]], "text": text[34:44]}]},
    ]
    document = {"kgbuild": 1, "id": "a", "text": text, "meta": {"lang": "ro", "published": "2024-01-17"}, "units": units}
    (tmp_path / "a.kga.jsonl").write_text(json.dumps(document), encoding="utf-8")
    assert kgbuild("load", "--store", tmp_path / "store", tmp_path / "a.kga.jsonl").exit_code == 0
    shown = _flat(kgbuild("explain", "--store", tmp_path / "store", "data:person/sergey-lavrov").stdout)
    assert "“Ministrul rus de Externe” recognised by a post" in shown
    assert "“Lui Lavrov” recognised by another form of a name" in shown
    for unit in ("m", "l"):
        assert f"kgbuild link decide data:article/a/{unit} data:person/sergey-lavrov different" in shown
    post = _flat(kgbuild("explain", "--store", tmp_path / "store", "data:post/RUS-foreign-minister").stdout)
    assert "“Ministrul rus de Externe” recognised by another form of a name" in post
    assert "decide data:article/a/f " in post
    told = json.loads(kgbuild("explain", "--store", tmp_path / "store", "--format", "json", "data:person/sergey-lavrov").stdout)
    assert [one["words"] for sentence in told["sentences"] for one in sentence["recognised"]] == ["Ministrul rus de Externe", "Lui Lavrov"]
