"""Reading a scheme's table: what is taken, and what each mistake is answered with."""

from __future__ import annotations

import pickle
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.errors import SchemeError
from kgbuild.ontology import Ontology
from kgbuild.schemes import Applied, parse_scheme
from kgbuild.schemes.prefixes import RolePrefix

HEAD = "#scheme t\nkind\tlabel\tcontext\twhen\tpredicate\tterm\tnote\n"


def row(kind: str, label: str, term: str, *, context: str = "", when: str = "", predicate: str = "", note: str = "") -> str:
    return f"{kind}\t{label}\t{context}\t{when}\t{predicate}\t{term}\t{note}\n"


GOOD = (
    "# Labels of a trial.\n#role-strip ^evt\\d+arg\\d+\n"
    + HEAD
    + row("event", "contact.*.meet", "kg:Meeting", predicate="skos:exactMatch", note="with a note")
    + row("event", "transaction.*", "kg:ArmsTransfer", when="artifact=kg:Weapon & recipient=kg:State|kg:ArmedForces")
    + "\n# a remark between the rules\n"
    + row("role", "communicator", "kg:speaker", context="*")
    + row("attr", "Confidence=High", "kg:certainty=high")
    + row("attr", "Mention", "-", predicate="-")
    + "\t\t\t\t\t\t\n"
)


def test_a_table_is_read_line_by_line() -> None:
    scheme = parse_scheme(GOOD.encode(), "t.tsv")
    assert (scheme.name, scheme.path, scheme.about) == ("t", "t.tsv", "Labels of a trial.")
    assert scheme.role_prefix is not None
    assert scheme.role_prefix("evt043arg01communicator") == "communicator"
    first, second, role, attr, ignored = scheme.rules
    assert (first.kind, first.label.pattern, first.term, first.note, first.line) == (
        "event",
        "contact.*.meet",
        "kg:Meeting",
        "with a note",
        5,
    )
    assert [(one.role, [glob.pattern for glob in one.alternatives]) for one in second.when] == [
        ("artifact", ["kg:Weapon"]),
        ("recipient", ["kg:State", "kg:ArmedForces"]),
    ]
    assert (role.context.pattern, role.line) == ("*", 9)
    assert attr.value is not None
    assert (attr.label.pattern, attr.value.pattern, attr.term) == ("Confidence", "High", "kg:certainty=high")
    assert (ignored.value, ignored.term) == (None, "-")


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda text: "\ufeff" + text, "a mark of byte order"),
        (lambda text: text.replace("\n", "\r\n"), "line ends of Windows"),
        (lambda text: text.removesuffix("\n"), "no line end at the end"),
        (lambda text: text.replace("\twith a note", '\t"with a note"'), "a cell in quotation marks"),
        (lambda text: text.replace("#scheme t", "#scheme\tt"), "a tab behind #scheme"),
        (lambda text: text.replace("kind\tlabel", "Kind\tLabel"), "capitals in the columns' names"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_spreadsheets_do_to_a_table_changes_nothing(change: object, name: str) -> None:
    assert callable(change)
    found = parse_scheme(change(GOOD).encode(), "t.tsv")
    expected = parse_scheme(GOOD.encode(), "t.tsv")
    assert (found.name, found.rules) == (expected.name, expected.rules)


def test_columns_may_be_left_out_and_stand_in_any_order() -> None:
    scheme = parse_scheme(b"#scheme t\nterm\tlabel\tkind\nkg:Person\tPER\tentity\n", "t.tsv")
    assert [(rule.kind, rule.label.pattern, rule.term) for rule in scheme.rules] == [("entity", "PER", "kg:Person")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("kind\tlabel\tterm\nentity\tPER\tkg:Person\n", "t.tsv: has no name", id="no name"),
        pytest.param("#scheme t\n", "t.tsv: holds no rule", id="empty"),
        pytest.param("", "t.tsv: has no name", id="nothing"),
        pytest.param("#scheme a b\n" + HEAD, "t.tsv:1: “#scheme a b” gives no name without blanks", id="name with a blank"),
        pytest.param("#scheme\n" + HEAD, "t.tsv:1: “#scheme ” gives no name", id="no name behind #scheme"),
        pytest.param("#scheme s\n" + HEAD, "t.tsv:2: a second “#scheme”", id="two names"),
        pytest.param(HEAD + "#role-strip a\n#role-strip b\n", "t.tsv:4: a second “#role-strip”", id="two prefixes"),
        pytest.param("#role-strip (\n" + HEAD, "t.tsv:1: “#role-strip (”: not a regular expression", id="broken expression"),
        pytest.param("#role-strip (a+)+b\n" + HEAD, "t.tsv:1: “#role-strip (a+)+b”: a group may not be repeated", id="slow expression"),
        pytest.param("#scheme t\nkind\tlabel\ttrem\n", "t.tsv:2: there is no column “trem”", id="unknown column"),
        pytest.param("#scheme t\nkind\tlabel\n", "t.tsv:2: the column term is missing", id="missing column"),
        pytest.param("#scheme t\nkind\tlabel\tterm\tkind\n", "t.tsv:2: a column comes twice", id="column twice"),
        pytest.param("#scheme t\nkind  label  term\n", "t.tsv:2: there is no column “kind  label  term”", id="blanks in place of tabs"),
        pytest.param(
            HEAD + row("entiti", "A", "kg:Person"), "t.tsv:3: there is no kind “entiti”; did you mean “entity”?", id="unknown kind"
        ),
        pytest.param(HEAD + row("entity", "", "kg:Person"), "t.tsv:3: the label is missing", id="no label"),
        pytest.param(HEAD + row("entity", "A", ""), "t.tsv:3: the term is missing", id="no term"),
        pytest.param(
            HEAD + row("entity", "A", "kg:Person", predicate="skos:exact"),
            "t.tsv:3: there is no predicate “skos:exact”; did",
            id="predicate",
        ),
        pytest.param(
            HEAD + row("entity", "A", "kg:Person", predicate="-"),
            "t.tsv:3: the predicate is “-”, the term is “kg:Person”",
            id="half ignored",
        ),
        pytest.param(HEAD + row("entity", "A", "kg:Person", context="B"), "t.tsv:3: a rule of kind entity has no context", id="context"),
        pytest.param(HEAD + row("event", "A", "kg:Meeting", when="place"), "t.tsv:3: “place” is no condition", id="condition without ="),
        pytest.param(
            HEAD + row("event", "A", "kg:Meeting", when="place=a|"), "t.tsv:3: “place=a|” is no condition", id="empty alternative"
        ),
        pytest.param(HEAD + row("event", "A", "kg:Meeting", when="a=b&"), "t.tsv:3: “” is no condition", id="empty condition"),
        pytest.param(HEAD + row("attr", "A=", "-"), "t.tsv:3: “A=” is neither NAME nor NAME=VALUE", id="attribute"),
        pytest.param(HEAD + row("entity", "[a-\U0010ffff]", "-"), "t.tsv:3: “[a-\U0010ffff]”: the range", id="large set"),
        pytest.param(HEAD + "entity\tA\t\t\t\tkg:Person\tn\tm\n", "t.tsv:3: 8 cells under 7 columns", id="cell too many"),
        pytest.param(HEAD + 'entity\t"A\t\t\t\tkg:Person\n', "t.tsv:3: not a line of tab-separated values", id="open quotation mark"),
        pytest.param(
            HEAD + row("entity", "A", "kg:Person") + row("entity", "a", "kg:State"),
            "t.tsv:4: “a” is kg:State here, and kg:Person in line 3 (“A”)",
            id="two terms for a label",
        ),
        pytest.param(
            HEAD + row("event", "contact.*", "kg:Meeting") + row("event", "*.contact", "kg:Visit"),
            "t.tsv:4: “*.contact” is kg:Visit here, and kg:Meeting in line 3",
            id="two globs that meet",
        ),
        pytest.param(
            HEAD + row("attr", "A=x*", "-") + row("attr", "A=*x", "kg:certainty"),
            "t.tsv:4: “A=*x” is kg:certainty here, and - in line 3",
            id="attributes",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_do(text: str, message: str) -> None:
    with pytest.raises(SchemeError) as raised:
        parse_scheme(text.encode(), "t.tsv")
    assert message in str(raised.value)
    assert raised.value.hint
    assert (raised.value.code, raised.value.exit_status) == ("KGB-180", 3)


def test_bytes_that_are_not_utf8_are_told_with_their_line() -> None:
    with pytest.raises(SchemeError, match=r"^t\.tsv:3: not UTF-8"):
        parse_scheme(HEAD.encode() + "entity\tȘef\t\t\t\tkg:Person\n".encode("cp1250", "replace").replace(b"?", b"\xaa"), "t.tsv")


def test_a_table_without_end_is_refused() -> None:
    with pytest.raises(SchemeError, match=r"larger than 1,000,000 bytes"):
        parse_scheme(HEAD.encode() + b"#" * 1_000_000, "t.tsv")


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param((row("entity", "A", "kg:Person"), row("entity", "A", "kg:Person")), id="the same term"),
        pytest.param((row("event", "a.*", "kg:Meeting"), row("event", "a.b.*", "kg:Visit")), id="more literal characters"),
        pytest.param((row("event", "a", "kg:Meeting"), row("event", "a", "kg:Visit", when="place=x")), id="one with a condition"),
        pytest.param((row("event", "a", "kg:Meeting", when="x=1"), row("event", "a", "kg:Visit", when="x=2")), id="other conditions"),
        pytest.param((row("entity", "a", "kg:Person"), row("event", "a", "kg:Visit")), id="other kinds"),
        pytest.param((row("role", "a", "kg:place", context="X"), row("role", "a", "kg:actor", context="Y")), id="other contexts"),
        pytest.param((row("role", "a", "kg:place", context="*"), row("role", "a", "kg:actor", context="Y")), id="more of a context"),
    ],
)
def test_what_is_no_tie(rules: tuple[str, ...]) -> None:
    assert len(parse_scheme((HEAD + "".join(rules)).encode(), "t.tsv").rules) == 2


RULES = [
    row("event", label, term, when=when)
    for label, term, when in (
        ("a.*", "kg:Meeting", ""),
        ("a.b*", "kg:Visit", ""),
        ("a.bc", "kg:Agreement", ""),
        ("a.*", "kg:Strike", "place=x"),
        ("a.b*", "kg:WeaponUse", "place=x"),
        ("*", "-", ""),
    )
]


@given(st.permutations(RULES), st.text(alphabet="ab.cx", max_size=5))
def test_the_order_of_the_lines_means_nothing(rules: list[str], label: str) -> None:
    shuffled, straight = (parse_scheme((HEAD + "".join(lines)).encode(), "t") for lines in (rules, RULES))
    assert [{rule.term for rule in rank} for rank in shuffled.ranked("event", label)] == [
        {rule.term for rule in rank} for rank in straight.ranked("event", label)
    ]


def test_the_highest_rank_goes_first() -> None:
    scheme = parse_scheme((HEAD + "".join(RULES)).encode(), "t")
    assert [[rule.term for rule in rank] for rank in scheme.ranked("event", "a.bc")] == [
        ["kg:WeaponUse"],
        ["kg:Strike"],
        ["kg:Agreement"],
        ["kg:Visit"],
        ["kg:Meeting"],
        ["-"],
    ]


# --- the prefix of roles


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("(a*)*", "group may not be repeated"),
        ("(?:a|aa)+", "group may not be repeated"),
        ("(a|b){2,}", "group may not be repeated"),
        ("a*b*c*", "at most 2 parts"),
        ("a+.*.{3,}", "at most 2 parts"),
        (r"(a)\1", "references"),
        ("(?=a)", "references and extensions"),
        ("(?P<n>a)", "references and extensions"),
        ("a{1000}", "a hundred times at most"),
        ("[", "not a regular expression"),
        ("a" * 201, "longer than 200"),
    ],
)
def test_an_expression_that_could_take_for_ever_is_refused(expression: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        RolePrefix(expression)


@pytest.mark.parametrize(
    ("expression", "role", "bare"),
    [
        (r"^evt\d+arg\d+", "evt043arg01giver", "giver"),
        (r"^evt\d+arg\d+", "giver", "giver"),
        ("^(?:A|B)-", "B-Agent", "Agent"),
        (r"^[()*+]\(", "*(x", "x"),
        ("^.*", "all", "all"),
    ],
)
def test_a_prefix_is_taken_off(expression: str, role: str, bare: str) -> None:
    assert RolePrefix(expression)(role) == bare


@given(
    st.lists(st.sampled_from(["a", "b", ".", "*", "+", "?", "(", ")", "(?:", "|", "[ab]", "{2,}", "{3}", "\\d", "^"]), max_size=9).map(
        "".join
    )
)
def test_whatever_expression_is_taken_is_fast(expression: str) -> None:
    try:
        prefix = RolePrefix(expression)
    except ValueError:
        return
    started = time.perf_counter()
    prefix("a" * 250 + "b" * 249 + "!")
    assert time.perf_counter() - started < 1


def test_a_scheme_crosses_processes(ontology: Ontology) -> None:
    scheme = parse_scheme(GOOD.encode(), "t.tsv")
    assert pickle.loads(pickle.dumps(scheme)) == scheme
    assert pickle.loads(pickle.dumps(Applied(scheme, ontology)))._scheme == scheme
    error = SchemeError("t.tsv:1: no", hint="do")
    assert (str(pickle.loads(pickle.dumps(error))), pickle.loads(pickle.dumps(error)).hint) == ("t.tsv:1: no", "do")


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            row("event", "a", "kg:Meting"),
            "t.tsv:3: “kg:Meting” is no class that annotators can use of the ontology; did you mean “kg:Meeting”?",
        ),
        (row("event", "a", "kg:ArmsSupply"), "t.tsv:3: “kg:ArmsSupply” is no class that annotators can use"),
        (row("event", "a", "Meeting"), "t.tsv:3: “Meeting” is no class"),
        (row("event", "a", "kg:speaker"), "t.tsv:3: “kg:speaker” is no class"),
        (row("role", "a", "kg:Person"), "t.tsv:3: “kg:Person” is no property"),
        (row("relation", "a", "kg:own"), "t.tsv:3: “kg:own” is no property of the ontology; did you mean “kg:owns”?"),
        (row("attr", "a=b", "kg:stance=maybe"), "t.tsv:3: kg:stance takes no value “maybe”"),
        (row("attr", "a=b", "kg:confidence=high"), "t.tsv:3: kg:confidence takes no value “high”"),
        (row("attr", "a", "denies"), "t.tsv:3: “denies” is no property"),
        (
            row("role", "a", "kg:speaker", context="kg:Statment"),
            "t.tsv:3: “kg:Statment” is no class of the ontology; did you mean “kg:Statement”?",
        ),
        (row("event", "a", "kg:Meeting", when="x=kg:Sate|y"), "t.tsv:3: “kg:Sate” is no class of the ontology; did you mean “kg:State”?"),
    ],
)
def test_a_term_that_the_ontology_does_not_have_is_told(ontology: Ontology, rule: str, message: str) -> None:
    with pytest.raises(SchemeError) as raised:
        Applied(parse_scheme((HEAD + rule).encode(), "t.tsv"), ontology)
    assert message in str(raised.value)
    assert raised.value.hint


def test_shuffled_tables_give_equal_documents(ontology: Ontology) -> None:
    from kgbuild.document import Arg, Document, Unit

    units = tuple(
        Unit(f"u{number}", "event", label=label, args=(Arg("place", value="x"),) if number % 2 else ())
        for number, label in enumerate(("a.b", "a.bc", "a.x", "b.b", "z") * 2)
    )
    document = Document("d", units=units)
    results = set()
    for seed in range(20):
        lines = list(RULES)
        random.Random(seed).shuffle(lines)
        results.add(repr(Applied(parse_scheme((HEAD + "".join(lines)).encode(), "t"), ontology)(document)))
    assert len(results) == 1
