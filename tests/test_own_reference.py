"""Reference data of a user's own: what is wrong with it is said, with the file and the line, and none of it loads without a word."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kgbuild.document import Problem
from kgbuild.errors import ReferenceDataError
from kgbuild.iris import DATA, PREFIXES
from kgbuild.pipeline import LoadOptions, ValidateOptions, load, validate
from kgbuild.pipeline.inputs import remarks, resolve
from kgbuild.registry import Registry
from kgbuild.stores import EmbeddedStore
from kgbuild.validation import Finding, Summary

SEED = Path(__file__).parents[1] / "data" / "articles" / "dprk-russia-thanks-2024-01.ro.kga.jsonl"
HEADER = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(PREFIXES.items()))
HEADER += "".join(f"@prefix {kind}: <{DATA}{kind}/> .\n" for kind in ("organization", "place", "state", "weapon"))
FIRST = HEADER.count("\n") + 1
GOOD = 'organization:romarm a kg:Company ; rdfs:label "Romarm"@en , "Romarm"@ro ; kg:locatedIn state:ROU .\n'

Own = Callable[[str], Path]


@pytest.fixture
def own(tmp_path: Path) -> Own:
    def write(text: str) -> Path:
        folder = tmp_path / "own"
        folder.mkdir()
        (folder / "mine.ttl").write_text(HEADER + text, encoding="utf-8")
        return folder

    return write


def problems(folder: Path, base: str | None = None) -> list[Problem]:
    return list(remarks(resolve(None, LoadOptions(reference=folder, base=base)), folder))


@pytest.mark.long
def test_a_load_reports_what_is_doubtful_and_keeps_the_rest(own: Own, tmp_path: Path) -> None:
    folder, store = own(GOOD + 'place:x a kg:Settlement ; rdfs:label "Moscow"@en ; kg:locatedIn state:USA .\n'), tmp_path / "store"
    found: list[Problem] = []
    report = load([SEED], store, LoadOptions(reference=folder), on_problem=found.append, on_progress=lambda _n: None)
    (problem,) = (one for one in found if one.code.startswith("reference-"))
    assert problem.where == f"{folder}/mine.ttl:{FIRST + 1}"
    assert report.problems["kept", "reference-shared-name"] == 1
    with EmbeddedStore.open(store, read_only=True) as opened:
        for thing in ("organization/romarm", "place/x"):
            assert opened.query(f"ASK {{ GRAPH <{opened.graphs.iri('reference')}> {{ <{DATA}{thing}> ?p ?o }} }}")


def test_good_data_give_no_problem(own: Own) -> None:
    assert problems(own(GOOD)) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ('place:x a kg:Setlement ; rdfs:label "X"@en .', "reference-unknown-term", 1, "kg:Setlement is no term of the ontology (kg:Settlement is)"),
        (
            'place:x a kg:Settlement ;\n    rdfs:label "X"@en ;\n    kg:lattitude 44.4 .',
            "reference-unknown-term",
            3,
            "kg:lattitude is no term of the ontology (kg:latitude is)",
        ),
        ('weapon:x a kg:Missile ; rdfs:label "X"@en ; kg:euml kgs:euml-4 ;\n kg:sipri kg:sipri-missile .', "reference-unknown-term", 2, "kg:sipri-missile"),
        (GOOD + 'place:x a kg:Settlement ; rdfs:label "X"@en ;\n kg:locatedIn state:ROM .', "reference-unknown-thing", 3, "<data:state/ROM>, to which kg:locatedIn leads"),
        (GOOD + 'place:x a kg:Settlement ; rdfs:label "X"@en ;\n skos:altLabel "Y"@en ,\n "Moscova"@ro .', "reference-shared-name", 4, "“Moscova” (ro) is also a name of <data:place/moscow>"),
    ],
    ids=["class", "property", "category", "relation", "name"],
)  # fmt: skip
def test_what_is_doubtful_is_said_with_file_and_line_and_kept(own: Own, text: str, code: str, line: int, words: str) -> None:
    folder = own(text + "\n")
    (problem,) = problems(folder)
    assert (problem.code, problem.severity, problem.where) == (code, "kept", f"{folder}/mine.ttl:{FIRST + line - 1}")
    assert words in problem.message


def test_a_name_of_another_kind_of_thing_is_no_clash(own: Own) -> None:
    assert problems(own('weapon:x a kg:Missile ; rdfs:label "Moscow"@en , "Moscova"@ro ; kg:euml kgs:euml-4 .')) == []


def test_adding_to_a_shipped_thing_is_no_clash(own: Own) -> None:
    assert problems(own('place:moscow skos:altLabel "Белокаменная"@ru , "Moscow City"@en .')) == []


def test_a_store_with_a_base_of_its_own_is_told_the_same(own: Own) -> None:
    folder = own(GOOD + 'place:x a kg:Settlement ; rdfs:label "Moscow"@en ; kg:locatedIn state:ROM .\n')
    found = problems(folder, base="https://own.example/")
    assert sorted(problem.code for problem in found) == ["reference-shared-name", "reference-unknown-thing"]
    assert {problem.where for problem in found} == {f"{folder}/mine.ttl:{FIRST + 1}"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('organization:x a kg:Company ; rdfs:label "X"@en', 2, "expected"),
        ("organization:x a kg:Company .", 1, "has no name (rdfs:label)"),
        ('organization:x rdfs:label "X"@en .', 1, "has no class (rdf:type)"),
        ('place:x a kg:Settlement ; rdfs:label "X"@en ;\n kg:latitude "44° N"^^xsd:decimal .', 2, "“44° N” is not a number"),
        ('place:x a kg:Settlement ; rdfs:label "X"@en ;\n kg:latitude 4.4e1 .', 2, "is not supported"),
    ],
    ids=["not Turtle", "no name", "no class", "no number", "a double"],
)
def test_what_cannot_be_used_is_refused_with_file_and_line(own: Own, text: str, line: int, words: str) -> None:
    folder = own(text + "\n")
    with pytest.raises(ReferenceDataError) as refused:
        problems(folder)
    assert str(refused.value).startswith(f"{folder}/mine.ttl:{FIRST + line - 1}: ")
    assert words in str(refused.value)


@pytest.mark.parametrize("kind", ["nowhere", "a file", "empty", "no Turtle"])
def test_a_folder_that_is_none_is_refused_with_what_to_do(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "own"
    if kind == "a file":
        folder.write_text(GOOD, encoding="utf-8")
    elif kind != "nowhere":
        folder.mkdir()
        if kind == "no Turtle":
            (folder / "mine.rdf").write_text(GOOD, encoding="utf-8")
    with pytest.raises(ReferenceDataError) as refused:
        problems(folder)
    assert str(folder) in str(refused.value)
    assert refused.value.hint


def test_bytes_that_are_no_utf_8_are_refused_with_the_line_and_what_to_do(own: Own) -> None:
    folder = own("")
    (folder / "mine.ttl").write_bytes(HEADER.encode() + "organization:x a kg:Company ; rdfs:label 'Mecanică'@ro .".encode("iso8859-2"))
    with pytest.raises(ReferenceDataError, match=f"mine.ttl:{FIRST}: .*UTF-8") as refused:
        problems(folder)
    assert refused.value.hint == "save the file as UTF-8"


def test_a_number_is_read_as_the_store_keeps_it() -> None:
    text = HEADER + 'place:x a kg:Settlement ; rdfs:label "X"@en ; kg:latitude 44.430 ; kg:longitude 026.0 .'
    lines = Registry.parse({"x.ttl": text.encode()}).lines
    numbers = sorted(line.split('"')[1] for line in lines if "decimal" in line)
    assert numbers == ["26", "44.43"]


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    folder = tmp_path_factory.mktemp("spoiled")
    (folder / "own").mkdir()
    (folder / "own" / "mine.ttl").write_text(
        HEADER + GOOD + 'place:x a kg:Settlement ; rdfs:label "X"@en ; kg:latitude 94.0 ; kg:longitude 26.0 .\n'
        'organization:y a kg:Company ; rdfs:label "Y"@en , "Y"@ro ; skos:altLabel "Ţara"@ro .\n',
        encoding="utf-8",
    )
    load([SEED], folder / "store", LoadOptions(reference=folder / "own"), on_problem=print, on_progress=lambda _n: None)
    summary = Summary()
    groups = validate(folder / "store", ValidateOptions(reference=True), summary, on_progress=lambda _n: None)
    return [finding for group in summary.seen(groups, "warning") for finding in group]


@pytest.mark.long
def test_validation_checks_a_users_own_data_and_says_where_they_stand(spoiled: list[Finding]) -> None:
    assert {(finding.rule.partition("#")[2], finding.where) for finding in spoiled} == {
        ("LatitudeIsInRange", f"own/mine.ttl:{FIRST + 1}"),
        ("PlaceLiesSomewhere", f"own/mine.ttl:{FIRST + 1}"),
        ("ReferenceHasRomanianLabel", f"own/mine.ttl:{FIRST + 1}"),
        ("romanian-has-commas", f"own/mine.ttl:{FIRST + 2}"),
    }


@pytest.mark.long
def test_reports_say_where(spoiled: list[Finding]) -> None:
    from kgbuild.validation import REPORTS

    assert f"  where     own/mine.ttl:{FIRST + 1}\n" in "".join(REPORTS["table"]([spoiled], Summary(), "en", 100))
    written = json.loads("".join(REPORTS["json"]([spoiled], Summary(), "en", 100)))
    assert {finding["where"].partition(":")[0] for finding in written["findings"]} == {"own/mine.ttl"}
