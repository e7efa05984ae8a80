"""``kgbuild validate`` and ``load --validate`` as people call them."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rdflib
from click.testing import Result

from kgbuild.resources import bundled

from .wrong import changed, document  # noqa: TID252 - the tests are no installed package

Kgbuild = Callable[..., Result]
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")

WEAPON_SPEAKS = document("weapon-speaks", changed("den", ("speaker", "wpn"), drop=("speaker",)))


def _write(folder: Path, *documents: dict[str, Any]) -> Path:
    source = folder / "articles.kga.jsonl"
    source.write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
    return source


@pytest.fixture(scope="module")
def _wrong(tmp_path_factory: pytest.TempPathFactory, kgbuild: Kgbuild) -> Path:
    folder = tmp_path_factory.mktemp("command")
    assert kgbuild("load", "--store", folder / "store", _write(folder, document("clean"), WEAPON_SPEAKS)).exit_code == 0
    return folder / "store"


@pytest.fixture
def wrong(_wrong: Path, tmp_path: Path) -> Path:
    """A store with one clean article, and one in which a weapon speaks."""
    return shutil.copytree(_wrong, tmp_path / "wrong-store")


@pytest.mark.long
def test_shipped_articles_and_reference_data_break_no_rule(kgbuild: Kgbuild, articles_store: Path) -> None:
    result = kgbuild("validate", "--store", articles_store, "--severity", "info", "--format", "json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["checked"] == {"articles": 18, "reference": True, "rules": 23}
    assert report["counts"]["violation"] == 0
    assert report["counts"]["warning"] == 0
    # each was looked at: three transfers of arms of no kind, a blast that nobody is said to have caused, four states that are
    # no more, and kgbuild itself, which publishes the shipped articles and is at home nowhere
    assert sorted(finding["rule"].partition("#")[2] for finding in report["findings"]) == [
        "OutletHasHome", *["StateHasCode"] * 4, "StrikeHasAttacker", *["TransferHasItem"] * 3,
    ]  # fmt: skip


def test_the_founding_article_breaks_no_rule(kgbuild: Kgbuild, founding_store: Path) -> None:
    result = kgbuild("validate", "--store", founding_store, "--article", "000_b59db4b5017782c4", "--severity", "info", "--format", "json")
    assert result.exit_code == 0
    assert [finding["rule"].partition("#")[2] for finding in json.loads(result.stdout)["findings"]] == ["ArticleHasPublisher"]


def test_a_violation_is_told_so_that_a_person_can_act_and_the_exit_status_is_1(kgbuild: Kgbuild, wrong: Path) -> None:
    result = kgbuild("validate", "--store", wrong, "--article", "weapon-speaks")
    assert result.exit_code == 1
    for part in (
        "Article weapon-speaks <data:article/weapon-speaks>",
        "violation   A speaker is an agent that is known as one",
        "[kgsh:SpeakerIsAgent]",
        "thing     Example-9 missile: denied",
        "value     kg:speaker: Example-9 missile",
        "sentence  ",
        "checked 1 article: 1 violation, 0 warnings, 0 infos\n",
    ):
        assert part in result.stdout


def test_rules_are_told_in_romanian_on_request(kgbuild: Kgbuild, wrong: Path) -> None:
    result = kgbuild("validate", "--store", wrong, "--article", "weapon-speaks", "--lang", "ro")
    assert "Un vorbitor este un agent cunoscut ca atare" in result.stdout


def test_the_exit_status_tells_of_violations_that_are_not_shown_and_of_no_warning(kgbuild: Kgbuild, tmp_path: Path) -> None:
    store = tmp_path / "store"
    kgbuild("load", "--store", store, _write(tmp_path, document("warned", meta={"published": None})))
    result = kgbuild("validate", "--store", store, "--article", "warned")
    assert result.exit_code == 0
    assert "An article has a date of publication" in result.stdout
    hidden = kgbuild("validate", "--store", store, "--article", "warned", "--severity", "violation")
    assert "(1 not shown: --severity info)" in hidden.stdout


def test_the_turtle_report_is_a_shacl_validation_report(kgbuild: Kgbuild, wrong: Path) -> None:
    result = kgbuild("validate", "--store", wrong, "--article", "weapon-speaks", "--format", "ttl")
    graph = rdflib.Graph().parse(io.StringIO(result.stdout), format="turtle")
    (report,) = graph.subjects(rdflib.RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == rdflib.Literal(False)
    (found,) = graph.objects(report, SH.result)
    assert str(graph.value(found, SH.sourceShape)).endswith("shapes#SpeakerIsAgent")
    assert str(graph.value(found, SH.resultPath)).endswith("ontology#speaker")
    assert graph.value(found, SH.resultSeverity) == SH.Violation
    assert graph.value(found, SH.sourceConstraintComponent) == SH.ClassConstraintComponent
    assert {message.language for message in graph.objects(found, SH.resultMessage)} == {"en", "ro"}
    clean = kgbuild("validate", "--store", wrong, "--article", "clean", "--format", "ttl")
    assert (None, SH.conforms, rdflib.Literal(True)) in rdflib.Graph().parse(io.StringIO(clean.stdout), format="turtle")


def test_a_report_writes_inverse_paths_and_faults_of_the_whole_store_as_shacl_does(kgbuild: Kgbuild, tmp_path: Path) -> None:
    store = tmp_path / "store"
    orphan = document("orphan", changed("stk", drop=("tally",)), changed("den", ("after", "den")))
    kgbuild("load", "--store", store, _write(tmp_path, orphan))
    result = kgbuild("validate", "--store", store, "--format", "ttl", "--article", "orphan")
    graph = rdflib.Graph().parse(io.StringIO(result.stdout), format="turtle")
    assert any(graph.subject_objects(SH.inversePath))
    (circle,) = (node for node in graph.subjects(SH.sourceConstraintComponent, SH.SPARQLConstraintComponent))
    assert str(graph.value(circle, SH.focusNode)).endswith("article/orphan")
    assert graph.value(circle, SH.value) is not None


def test_load_validate_loads_what_breaks_a_rule_and_reports_it(kgbuild: Kgbuild, tmp_path: Path) -> None:
    store, problems = tmp_path / "store", tmp_path / "problems.jsonl"
    source = _write(tmp_path, document("clean"), WEAPON_SPEAKS, document("undated", meta={"published": None}))
    for _again in range(2):  # an unchanged article has the findings that it had
        result = kgbuild("load", "--store", store, "--validate", "--problems", problems, source)
        assert result.exit_code == 1
        (problem,) = map(json.loads, problems.read_text(encoding="utf-8").splitlines())
        assert (problem["code"], problem["severity"], problem["document"]) == ("SpeakerIsAgent", "kept", "weapon-speaks")
        assert problem["where"].endswith("articles.kga.jsonl:2")
        assert "“Example-9 missile: denied” (speaker: Example-9 missile): A speaker is an agent" in problem["message"]
        assert "validation: 1 warnings and 0 remarks beside" in result.stderr
    assert "weapon-speaks" in kgbuild("query", "articles", "--store", store, "--format", "csv").stdout
    assert kgbuild("load", "--store", store, "--rebuild", "--validate").exit_code == 1
    assert kgbuild("load", "--store", store, source).exit_code == 0


@pytest.fixture
def own_ontology(tmp_path: Path) -> Path:
    """A folder with the shipped ontology and one shape and one rule of its own."""
    folder = tmp_path / "own"
    (folder / "shapes" / "store").mkdir(parents=True)
    for entry in bundled("ontology").iterdir():
        if entry.name.endswith(".ttl"):
            (folder / entry.name).write_bytes(entry.read_bytes())
    (folder / "shapes" / "own.ttl").write_text(
        """@prefix kg: <https://w3id.org/kgbuild/ontology#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
        <https://example.org/MeetingHasTopic> a sh:PropertyShape ; sh:targetClass kg:Meeting ; sh:path kg:topic ; sh:minCount 1 ;
            sh:message "A meeting has a topic."@en .""",
        encoding="utf-8",
    )
    (folder / "shapes" / "store" / "no-embassy.rq").write_text(
        "#+ severity: warning\n#+ message: {en: No embassy has its own rule.}\n"
        "SELECT ?thing WHERE { GRAPH $reference { ?thing a <https://w3id.org/kgbuild/ontology#Embassy> } } ORDER BY ?thing LIMIT 1\n",
        encoding="utf-8",
    )
    return folder


@pytest.mark.long
def test_shapes_of_an_own_ontology_folder_are_used_in_place_of_the_shipped_ones(kgbuild: Kgbuild, wrong: Path, own_ontology: Path) -> None:
    result = kgbuild("validate", "--store", wrong, "--ontology", own_ontology)
    assert result.exit_code == 1
    assert result.stdout.count("A meeting has a topic. [https://example.org/MeetingHasTopic]") == 2
    assert "No embassy has its own rule. [kgsh:no-embassy]" in result.stdout
    assert "SpeakerIsAgent" not in result.stdout


def test_a_store_remembers_the_shapes_it_was_built_with(kgbuild: Kgbuild, tmp_path: Path, own_ontology: Path) -> None:
    store, source = tmp_path / "store", _write(tmp_path, document("clean"))
    assert kgbuild("load", "--store", store, "--ontology", own_ontology, source).exit_code == 0
    assert "MeetingHasTopic" in kgbuild("validate", "--store", store, "--article", "clean").stdout
    # shapes alone changed: nothing is mapped again, and the new ones serve
    shape = own_ontology / "shapes" / "own.ttl"
    shape.write_text(shape.read_text(encoding="utf-8").replace("MeetingHasTopic", "MeetingHasTheme"), encoding="utf-8")
    again = kgbuild("load", "--store", store, "--ontology", own_ontology, source)
    assert "unchanged          1" in again.stderr
    assert "--rebuild" not in again.stderr
    assert "MeetingHasTheme" in kgbuild("validate", "--store", store, "--article", "clean").stdout


def test_broken_shapes_stop_a_load_before_anything_is_loaded(kgbuild: Kgbuild, tmp_path: Path, own_ontology: Path) -> None:
    (own_ontology / "shapes" / "own.ttl").write_text("this is not Turtle", encoding="utf-8")
    store = tmp_path / "store"
    result = kgbuild("load", "--store", store, "--validate", "--ontology", own_ontology, _write(tmp_path, document("clean")))
    assert result.exit_code == 3
    assert "own.ttl:1: " in result.stderr
    assert not store.exists()


@pytest.mark.long
def test_a_rule_that_is_no_sparql_or_finds_no_thing_is_refused(kgbuild: Kgbuild, wrong: Path, own_ontology: Path) -> None:
    rule = own_ontology / "shapes" / "store" / "no-embassy.rq"
    for query, message in (
        ("SELECT ?thing {", "no-embassy.rq: SPARQL that does not parse"),
        ("SELECT ?x { ?x a ?y }", "a rule finds ?thing"),
    ):
        rule.write_text(f"#+ severity: info\n#+ message: {{en: x}}\n{query}\n", encoding="utf-8")
        result = kgbuild("validate", "--store", wrong, "--ontology", own_ontology)
        assert result.exit_code == 3
        assert message in result.stderr


def test_without_pyshacl_the_command_names_the_extra(
    kgbuild: Kgbuild, wrong: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    for arguments in (("validate",), ("load", "--validate", _write(tmp_path, WEAPON_SPEAKS))):
        result = kgbuild(*arguments, "--store", wrong)
        assert result.exit_code == 5
        assert "pip install 'kgbuild[validate]'" in result.stderr


def test_an_unknown_article_or_folder_is_an_error(kgbuild: Kgbuild, wrong: Path, tmp_path: Path) -> None:
    result = kgbuild("validate", "--store", wrong, "--article", "weapon-speak")
    assert result.exit_code == 4
    assert kgbuild("validate", "--store", wrong, "--article", "none", "--format", "json").stdout == ""
    assert "did you mean weapon-speaks?" in result.stderr
    assert kgbuild("validate", "--store", tmp_path / "none").exit_code == 4
    assert kgbuild("validate", "--store", wrong, "--ontology", tmp_path / "none").exit_code == 3


def test_several_processes_find_what_one_finds(kgbuild: Kgbuild, wrong: Path) -> None:
    one, two = (kgbuild("validate", "--store", wrong, "--article", "clean", "--article", "weapon-speaks", "--jobs", n) for n in (1, 2))
    assert one.stdout == two.stdout
    assert one.exit_code == two.exit_code == 1
