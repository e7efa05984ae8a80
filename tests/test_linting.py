"""Checks of query files: each rule finds what it is for, and nothing in what ships."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kgbuild.linting import CODES, RULES, lint
from kgbuild.resources import read_bundled
from kgbuild.stores import EmbeddedStore

Kgbuild = Callable[..., Result]

HEADER = """\
#+ summary: Who met whom
#+ description: One row per meeting.
#+ tags: [own]
#+ params:
#+   party: {type: agent, example: RUS, means: who took part}
#+ columns:
#+   - {name: meeting, kind: entity, means: the meeting}
PREFIX kg: <https://w3id.org/kgbuild/ontology#>
"""
BODY = "SELECT DISTINCT ?meeting WHERE {\n  ?meeting a kg:Meeting ; kg:partyState $party .\n%s} ORDER BY ?meeting\n"
GOOD = HEADER + BODY % "  OPTIONAL { ?meeting kg:place ?place }\n"


def found(text: str) -> list[str]:
    return [f"{finding.line} {finding.code}" for finding in lint({"own.rq": text.encode()})]


def test_a_good_file_has_no_finding() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  OPTIONAL { ?meeting kg:earliest ?a ; kg:latest ?b }\n", ["11 Q201"]),
        ("  OPTIONAL { ?meeting kg:place ?a . ?a kg:locatedIn ?b }\n", ["11 Q201"]),
        ("  OPTIONAL { ?meeting kg:place ?a , ?b }\n", ["11 Q201"]),
        ("  OPTIONAL { ?meeting kg:place ?a OPTIONAL { ?a kg:locatedIn ?b } }\n", []),
        ("  OPTIONAL { ?meeting (kg:place|kg:host)/kg:locatedIn* ?a FILTER EXISTS { ?a ?p ?o . ?o ?p ?a } }\n", []),
        ("  OPTIONAL { { SELECT ?meeting (COUNT(DISTINCT ?a) AS ?n) { ?meeting kg:place ?a } GROUP BY ?meeting } }\n", ["11 Q202"]),
        ("  { SELECT ?meeting (COUNT(DISTINCT ?a) AS ?n) { ?meeting kg:place ?a } GROUP BY ?meeting }\n", []),
        ("  OPTIONAL { ?meeting kg:place ?a }\n  ?meeting kg:reportedIn ?b .\n", ["12 Q203"]),
        ("  OPTIONAL { ?meeting kg:place ?a }\n  BIND(STR(?a) AS ?b)\n  FILTER(BOUND(?a) && ?b > 1)\n  VALUES ?c { 1 2 }\n", []),
        ("  OPTIONAL { ?meeting kg:place ?a } FILTER(!EXISTS { ?a ?p ?o } || EXISTS { ?a ?q ?o })\n", []),
        ("  FILTER(?meeting IN (kg:a, kg:b))\n", ["11 Q204"]),
        ("  FILTER(?meeting in (kg:a, kg:b))  # allow Q204: of two\n", []),
        ("  FILTER(?meeting IN (kg:a, kg:b))  # allow Q204:\n", ["11 Q204"]),
        ("  FILTER(?meeting IN (kg:a, kg:b))  # allow Q205: another\n", ["11 Q204"]),
        ("  FILTER($party IN (?meeting, ?other))\n", []),
        ("  FILTER(?meeting = kg:a)\n", ["11 Q205"]),
        ('  FILTER(?meeting = "2024-01-01")\n', ["11 Q205"]),
        ("  FILTER(?meeting = ?other)\n", []),
        ('  # FILTER(?meeting = "a")\n  FILTER(STR(?meeting) != "FILTER(?x = 1)")\n', []),
        ("  SERVICE <http://example.org/> { ?a ?b ?c }\n", ["11 Q105"]),
    ],
)
def test_slow_patterns_are_found_where_they_stand(line: str, expected: list[str]) -> None:
    assert found(HEADER + BODY % line) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("#+ summary: Who met whom\n", "", ["1 Q101"]),
        ("#+ tags: [own]\n", "", ["1 Q101"]),
        (", means: who took part", "", ["1 Q101"]),
        (", example: RUS", "", ["1 Q101"]),
        (", means: the meeting", "", ["1 Q101"]),
        ("#+   party:", "#+   who:", ["1 Q001"]),
        ("$party", "?someone", ["1 Q001"]),
        ("type: agent", "type: agnt", ["1 Q001"]),
        ("#+ tags: [own]", "#+ tags: [own", ["4 Q001"]),
        (" ORDER BY ?meeting", "", ["12 Q102"]),
        ("ORDER BY ?meeting", "ORDER BY ?place", ["12 Q103"]),
        ("SELECT DISTINCT ?meeting", "SELECT DISTINCT ?place ?meeting", ["1 Q003"]),
        ("SELECT DISTINCT ?meeting", "SELECT (COUNT(?x) AS ?meeting)", ["9 Q104"]),
        ("SELECT DISTINCT ?meeting WHERE", "ASK", ["1 Q002"]),
        ("?meeting a kg:Meeting", "?meeting a kg:Meeting Meeting", ["1 Q002"]),
    ],
)
def test_what_a_file_lacks_is_found(old: str, new: str, expected: list[str]) -> None:
    assert old in GOOD
    assert found(GOOD.replace(old, new, 1)) == expected


def test_an_error_in_an_optional_line_is_found() -> None:
    assert found(GOOD.replace("kg:partyState $party .", "kg:place ?where .\n  ?meeting kg:partyState $party ..  #? party")) == ["1 Q002"]


def test_what_ships_has_no_finding_and_runs_on_the_shipped_articles(articles_store: Path) -> None:
    with EmbeddedStore.open(articles_store, read_only=True) as store:
        assert [str(finding) for finding in lint(read_bundled("queries", ".rq"), store.select, base=store.base)] == []


def test_an_example_that_names_nothing_is_found(articles_store: Path) -> None:
    with EmbeddedStore.open(articles_store, read_only=True) as store:
        (finding,) = lint({"own.rq": GOOD.replace("RUS", "Ruritania").encode()}, store.select, base=store.base)
    assert finding.code == "Q004"
    assert finding.message.startswith("party: no agent “Ruritania”; did you mean “")


def test_every_code_is_told_apart_and_explained() -> None:
    codes = [*CODES, *(rule.code for rule in RULES)]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"Q\d{3}", code) for code in codes)
    assert all(rule.asks and rule.why for rule in RULES)


def test_a_folder_of_queries_is_asked_listed_and_checked(kgbuild: Kgbuild, articles_store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "who-met.rq").write_text(GOOD, encoding="utf-8")
    asked = kgbuild("query", "--store", articles_store, "--queries", folder, "who-met", "--param", "party=CHN", "--format", "csv")
    assert asked.exit_code == 0
    assert len(asked.stdout.splitlines()) == 3
    listed = kgbuild("query", "--list", "--queries", folder).stdout
    assert "who-met " in listed
    assert "transfers " in listed
    checked = kgbuild("query", "--check", folder, "--store", articles_store)
    assert (checked.exit_code, checked.stdout) == (0, "")
    assert checked.stderr == f"1 query, no findings; run on {articles_store}\n"


def test_findings_are_written_with_file_and_line(kgbuild: Kgbuild, tmp_path: Path) -> None:
    file = tmp_path / "who-met.rq"
    file.write_text(HEADER + BODY % "  OPTIONAL { ?meeting kg:earliest ?a ; kg:latest ?b }\n", encoding="utf-8")
    result = kgbuild("query", "--check", tmp_path, "--store", tmp_path / "none")
    assert result.exit_code == 1
    assert result.stdout == (
        f"{file}:11: Q201 OPTIONAL with 2 patterns is worked out for the whole store; "
        "give each pattern an OPTIONAL of its own, nested where one needs the other\n"
    )
    assert result.stderr == f"1 query, 1 finding; not run: there is no store at {tmp_path / 'none'}\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [("transfers.rq", r"transfers\.rq: a bundled query is called transfers too"), ("notes.txt", "no query file there")],
)
def test_a_folder_that_cannot_be_added_is_refused(kgbuild: Kgbuild, tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / name).write_text(GOOD, encoding="utf-8")
    result = kgbuild("query", "--queries", tmp_path, "--list")
    assert result.exit_code == 3
    assert re.search(message, result.stderr)
