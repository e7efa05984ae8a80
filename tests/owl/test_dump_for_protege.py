"""``kgbuild dump --for protege``: one file that OWL tools take whole, in OWL 2 DL, and that reads as Python objects."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef

from kgbuild.exporting import FORMATS, select
from kgbuild.owl import Jvm, start

from ..conftest import Kgbuild, sampled  # noqa: TID252 - the tests are no installed package
from .files import HEAD, own_jars  # noqa: TID252

KG = Namespace("https://w3id.org/kgbuild/ontology#")
DATA = Namespace("https://w3id.org/kgbuild/id/")
FOUNDING = "000_b59db4b5017782c4"

#: README.md shows this
EXAMPLE = """
import owlready2

graph = owlready2.get_ontology("graph.owl").load()
kg = graph.get_namespace("https://w3id.org/kgbuild/ontology#")
for meeting in kg.Meeting.instances():
    print(meeting.earliest[0].date(), meeting.label.first(), [participant.label.en.first() for participant in meeting.participant])
"""


@pytest.fixture(scope="module")
def shipped_articles(_articles_store: Path, kgbuild: Kgbuild, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dump") / "articles.owl"
    result = kgbuild("dump", "--store", _articles_store, "--for", "protege", "-o", path)
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture(scope="module")
def founding(_founding_store: Path, kgbuild: Kgbuild, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dump") / "founding.owl"
    result = kgbuild("dump", "--store", _founding_store, "--for", "protege", "-o", path)
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture(scope="module")
def graph(shipped_articles: Path) -> Graph:
    return Graph().parse(shipped_articles, format="xml")


# --- what is in it


def test_it_is_one_ontology_without_imports(graph: Graph) -> None:
    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [DATA.export]
    assert list(graph.objects(None, OWL.imports)) == []
    assert (KG.Meeting, RDFS.subClassOf, KG.ContactEvent) in graph, "the ontology itself is inside"


def test_bounds_are_moments_the_last_one_of_a_day_for_the_latest(graph: Graph) -> None:
    datatypes = {value.datatype for value in graph.objects() if isinstance(value, Literal)}
    assert XSD.date not in datatypes
    talks = graph.value(predicate=RDFS.label, object=Literal("held talks", lang="en"))
    assert graph.value(talks, KG.earliest) == Literal("2023-09-13T00:00:00", datatype=XSD.dateTime)
    assert graph.value(talks, KG.latest) == Literal("2023-09-13T23:59:59", datatype=XSD.dateTime)


def test_everything_is_declared(graph: Graph) -> None:
    declared = {kind: set(graph.subjects(RDF.type, kind)) for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)}
    annotations = set(graph.subjects(RDF.type, OWL.AnnotationProperty))
    builtin = (str(RDF), str(RDFS), str(OWL))
    used = {predicate for predicate in graph.predicates() if not str(predicate).startswith(builtin)}
    assert used <= declared[OWL.ObjectProperty] | declared[OWL.DatatypeProperty] | annotations
    things = {subject for subject in graph.subjects() if str(subject).startswith(str(DATA))} - {DATA.export}
    assert things
    assert all((thing, RDF.type, OWL.NamedIndividual) in graph for thing in things)
    kinds = {kind for thing in things for kind in graph.objects(thing, RDF.type)} - {OWL.NamedIndividual}
    assert kinds <= declared[OWL.Class]


def test_mentions_sentences_and_keys_stay_out(graph: Graph) -> None:
    for cls in (KG.Mention, KG.Sentence, KG.Annotation, KG.Problem, KG.LoadRun):
        assert list(graph.subjects(RDF.type, cls)) == [], cls
    assert list(graph.subject_objects(KG.nameKey)) == []
    assert not any(str(subject).startswith(str(DATA)) and "#" in str(subject) for subject in graph.subjects())


def test_reference_things_come_with_what_they_lead_to_and_no_others(graph: Graph) -> None:
    lavrov = DATA["person/sergey-lavrov"]
    posts = {graph.value(tenure, KG.post) for tenure in graph.subjects(KG.holder, lavrov)}
    assert DATA["post/RUS-foreign-minister"] in posts
    assert (DATA["post/RUS-foreign-minister"], KG.postOf, DATA["state/RUS"]) in graph
    assert (DATA["state/RUS"], RDF.type, KG.State) in graph
    assert (DATA["state/FJI"], None, None) not in graph, "no article speaks of Fiji"


def test_labels_come_in_english_romanian_and_the_languages_of_the_articles(graph: Graph) -> None:
    labels = {label.language: str(label) for label in graph.objects(DATA["state/PRK"], RDFS.label) if isinstance(label, Literal)}
    assert {"en", "ro", "ko", "ru", "uk", "zh"} <= labels.keys()
    assert not {"am", "yo", "sw"} & labels.keys()


def test_reference_things_are_said_to_be_different(graph: Graph) -> None:
    groups = [set(graph.items(members)) for members in graph.objects(None, OWL.distinctMembers)]
    assert any({DATA["state/RUS"], DATA["state/PRK"], DATA["person/sergey-lavrov"]} <= group for group in groups)


def test_what_policies_conclude_is_inside(graph: Graph) -> None:
    assessments = set(graph.subjects(RDF.type, KG.StatusAssessment))
    assert assessments
    for assessment in assessments:
        assert (graph.value(assessment, KG.assesses), RDF.type, None) in graph
        for basis in graph.objects(assessment, KG.basis):
            assert (basis, RDF.type, OWL.NamedIndividual) in graph


def test_chosen_articles_alone_are_written(articles_store: Path, kgbuild: Kgbuild, tmp_path: Path) -> None:
    path = tmp_path / "two.ttl"
    chosen = ["lavrov-choe-moscow-2024-01.en", "data:article/lavrov-choe-moscow-2024-01.ko", "lavrov-choe-moscow-2024-01.en"]
    arguments = [part for article in chosen for part in ("--article", article)]
    result = kgbuild("dump", "--store", articles_store, "--for", "protege", *arguments, "-o", path)
    assert result.exit_code == 0
    assert "2 articles" in result.stderr
    found = Graph().parse(path)
    articles = {DATA[f"article/lavrov-choe-moscow-2024-01.{language}"] for language in ("en", "ko")}
    assert set(found.subjects(RDF.type, KG.Article)) == articles
    for assessment in found.subjects(RDF.type, KG.StatusAssessment):
        for basis in found.objects(assessment, KG.basis):
            assert (basis, RDF.type, OWL.NamedIndividual) in found, "no reason that lies in another article"


@pytest.mark.parametrize("format", sampled(FORMATS, 4))
def test_every_format_says_the_same(graph: Graph, articles_store: Path, kgbuild: Kgbuild, tmp_path: Path, format: str) -> None:
    path = tmp_path / f"graph.{format}"
    assert kgbuild("dump", "--store", articles_store, "--for", "protege", "-o", path).exit_code == 0
    found = Graph().parse(path, format={"rdf": "xml", "owl": "xml", "ttl": "turtle", "nt": "nt"}[format])
    assert len(found) == len(graph)
    assert {triple for triple in graph if all(isinstance(node, URIRef | Literal) for node in triple)} <= set(found)


@pytest.mark.long
def test_the_same_store_gives_the_same_bytes(shipped_articles: Path, articles_store: Path, kgbuild: Kgbuild) -> None:
    assert kgbuild("dump", "--store", articles_store, "--for", "protege").stdout_bytes == shipped_articles.read_bytes()


@pytest.mark.long
def test_a_stores_own_ontology_is_the_one_written(articles_store: Path, kgbuild: Kgbuild, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for path in (Path(__file__).parents[2] / "ontology").glob("*.ttl"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "mine.ttl").write_text(HEAD + 'kg:Summit a owl:Class ; rdfs:subClassOf kg:Meeting ; rdfs:label "summit"@en .')
    assert kgbuild("load", "--store", articles_store, "--rebuild", "--ontology", folder).exit_code == 0
    written = kgbuild("dump", "--store", articles_store, "--for", "protege", "--format", "nt").stdout
    assert f"<{KG.Summit}> <{RDFS.subClassOf}> <{KG.Meeting}> ." in written


def test_what_the_ontology_does_not_declare_is_kept_as_an_annotation(articles_store: Path) -> None:
    from kgbuild.exporting import owl_document

    thing = "<https://example.org/thing>"
    lines = [f"{thing} <{RDF.type}> <{KG.Gone}>", f'{thing} <{KG.gone}> "so"']
    triples = {str(triple) for triple in owl_document(select([lines], [], []), {}, title="one")}
    assert f"<{KG.gone}> <{RDF.type}> <{OWL.AnnotationProperty}>" in triples
    assert f"<{KG.Gone}> <{RDF.type}> <{OWL.Class}>" in triples


# --- how it is called


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--for", "protege", "--graph", "reference"), 2, "--article"),
        (("--article", "lavrov-choe-moscow-2024-01.en"), 2, "--for protege"),
        (("--for", "protege", "--format", "trig"), 2, "rdf, ttl or nt"),
        (("--for", "protege", "-o", "graph.nq"), 2, "rdf, ttl or nt"),
        (("--for", "webprotege"), 2, "protege"),
        (("--for", "protege", "--article", "lavrov-choe-moscow"), 4, "did you mean lavrov-choe-moscow-2024-01"),
        (("--for", "protege", "--article", "😀"), 4, "nothing was written"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_do(
    articles_store: Path,
    kgbuild: Kgbuild,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    status: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "graph.nq").write_text("mine")
    result = kgbuild("dump", "--store", articles_store, *arguments)
    assert result.exit_code == status
    assert said in result.stderr
    assert result.stdout == ""
    assert (tmp_path / "graph.nq").read_text() == "mine"


# --- what OWL tools say of it


def test_the_founding_article_is_consistent_in_owl_2_dl(jvm: Jvm, founding: Path) -> None:
    _expect_soundness(jvm, founding)


@pytest.mark.long
def test_the_shipped_articles_are_consistent_in_owl_2_dl(jvm: Jvm, shipped_articles: Path) -> None:
    _expect_soundness(jvm, shipped_articles)


def _expect_soundness(jvm: Jvm, path: Path) -> None:
    report = jvm.logic({path.name: path.read_bytes()})
    assert report.violations == ()
    assert report.refused == ""
    assert report.consistent
    assert report.unsatisfiable == ()


def test_hermit_knows_that_two_persons_are_not_one(jvm: Jvm, founding: Path) -> None:
    same = HEAD + "<https://w3id.org/kgbuild/id/person/sergey-lavrov> owl:sameAs <https://w3id.org/kgbuild/id/person/choe-son-hui> ."
    report = jvm.logic({"founding.owl": founding.read_bytes(), "same.ttl": same.encode()})
    assert not report.consistent
    assert any("Choe Son Hui and Sergey Lavrov are different things" in told for told in report.explanations[""]), report.explanations


def test_a_person_who_is_a_state_is_found_among_all_articles(jvm: Jvm, founding: Path) -> None:
    odd = HEAD + "<https://w3id.org/kgbuild/id/state/RUS> a kg:Person ."
    report = jvm.logic({"founding.owl": founding.read_bytes(), "odd.ttl": odd.encode()})
    assert not report.consistent
    assert any("Russia is a person" in told.splitlines() for told in report.explanations[""])


def test_the_five_lines_of_the_readme_list_the_meetings(founding: Path, tmp_path: Path) -> None:
    (tmp_path / "graph.owl").write_bytes(founding.read_bytes())
    lines = _python(EXAMPLE, tmp_path).splitlines()
    assert f"```python{EXAMPLE}```" in (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert len(lines) == 2
    assert any(line.startswith("2024-01-16 ") and "Choe Son Hui" in line and "Sergey Lavrov" in line for line in lines)
    assert any(line.startswith("2023-09-01 ") and "Kim Jong Un" in line for line in lines)


@pytest.mark.long
def test_a_second_reasoner_derives_what_the_first_does(founding: Path, tmp_path: Path) -> None:
    # owlready2 starts HermiT 1.3.8 itself, on a file it writes: another road to the same reasoner
    with start(own_jars()) as jvm:
        entailed = jvm.entailments({"founding.owl": founding.read_bytes()})
    (tmp_path / "graph.owl").write_bytes(founding.read_bytes())
    program = """
import owlready2
graph = owlready2.get_ontology("graph.owl").load()
with graph:
    owlready2.sync_reasoner_hermit(infer_property_values=True, debug=0)
for thing in graph.individuals():
    for cls in thing.INDIRECT_is_a:
        if isinstance(cls, owlready2.ThingClass) and cls is not owlready2.Thing:
            print("found", thing.iri, cls.iri)
for prop in graph.object_properties():
    for thing in graph.individuals():
        for value in prop[thing].indirect():
            if isinstance(value, owlready2.Thing):
                print("found", thing.iri, prop.iri, value.iri)
"""
    said = {tuple(line.split()[1:]) for line in _python(program, tmp_path).splitlines() if line.startswith("found ")}
    assert {found for found in said if len(found) == 2} == set(entailed.types)
    assert {found for found in said if len(found) == 3} == set(entailed.relations)


def _python(program: str, folder: Path) -> str:
    """Run a program in a process of its own: owlready2 keeps one world per process, and starts Java."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(entry or os.getcwd() for entry in sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
