"""Wrong data that no annotation can cause, only an edit of the store or of reference data: put into a graph, caught, and taken out again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from kgbuild.edtf import parse
from kgbuild.iris import DATA, PREFIXES
from kgbuild.ontology import Ontology
from kgbuild.pipeline import LoadOptions, load
from kgbuild.pipeline.inputs import shipped_shapes
from kgbuild.stores import EmbeddedStore
from kgbuild.validation import Context, Hierarchy, Shapes, load_rules, reference_findings, rule_findings
from kgbuild.validation.articles import check

from ..conftest import sampled  # noqa: TID252 - the tests are no installed package
from .test_wrong_annotations import WRONG  # noqa: TID252
from .wrong import document  # noqa: TID252

ARTICLE = f"{DATA}article/clean"
PREFIX = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items()) + f"PREFIX a: <{ARTICLE}/>\n"
GRAPHS = {"article": ARTICLE, **{name: f"{DATA}graph/{name}" for name in ("reference", "derived", "runs", "links", "inferred")}}


def _terms(first: str, second: str, more: str = "") -> str:
    """Two persons' terms in one post, with the bounds of their dates."""
    said = [more] if more else []
    for number, written in enumerate((first, second)):
        date = parse(written)
        bounds = [f'kg:{side} "{day}"^^xsd:date' for side, day in (("earliest", date.earliest), ("latest", date.latest)) if day]
        said.append(f'data:t\\/{number} kg:post data:post\\/X ; kg:holder data:p\\/{number} ; kg:date "{written}" ; {" ; ".join(bounds)}')
    return " . ".join(said)


#: what is wrong -> (rule, what is put into the article's graph, what is taken out of it)
IN_ARTICLE: dict[str, tuple[str, str, str]] = {
    "ends before it starts": ("BoundsAreInOrder", 'a:stk kg:date "x" ; kg:earliest "2024-02-02"^^xsd:date ; kg:latest "2024-02-01"^^xsd:date', ""),
    "two earliest days": ("EarliestIsOneDay", 'a:stk kg:date "x" ; kg:earliest "2024-02-02"^^xsd:date , "2024-02-01"^^xsd:date', ""),
    "a latest day with a time": ("LatestIsOneDay", 'a:stk kg:date "x" ; kg:latest "2024-02-02T00:00:00"^^xsd:dateTime', ""),
    "bounds without a date": ("BoundsComeFromDate", 'a:stk kg:earliest "2024-02-02"^^xsd:date', ""),
    "confidence 2": ("ConfidenceIsShare", "a:stk kg:confidence 2.0", ""),
    "a count in words": ("CountIsWholeNumber", 'a:extra a kg:TargetTally ; kg:targetType kgs:target-radar-station ; kg:count "two" . a:stk kg:tally a:extra', ""),
    "an event that is a statement": ("EventIsNotStatement", "a:stk a kg:Statement", ""),
    "a statement that is a thing": ("StatementIsNothingElse", "a:stm a kg:Denial , kg:Weapon", ""),
    "a weapon that is a munition": ("WeaponIsNotMunition", "a:wpn a kg:ArtilleryShell", ""),
    "a person that is a town": ("PersonIsNothingElse", "a:someone a kg:Person , kg:Settlement", ""),
    "an organization that is a document": ("OrganizationIsNothingElse", "a:some a kg:Organization , kg:Article", ""),
    "a coalition that is a weapon": ("CoalitionIsNothingElse", "a:some a kg:Coalition , kg:Weapon", ""),
    "a post that is a town": ("PostIsNothingElse", "a:some a kg:Post , kg:Settlement", ""),
    "a town that is a weapon": ("PlaceIsNothingElse", "a:some a kg:Settlement , kg:Weapon", ""),
    "an article that is a weapon": ("DocumentIsNotWeapon", "a:some a kg:SocialMediaPost , kg:Weapon", ""),
    "a mention that ends before it begins": ("MentionHasBegin", "<#char=9,3> a kg:Mention ; kg:begin 9 ; kg:end 3", ""),
    "a mention that never ends": ("MentionHasEnd", "<#char=9> a kg:Mention ; kg:begin 9", ""),
    "a mention before the text": ("MentionHasBegin", "<#char=-2,3> a kg:Mention ; kg:begin -2 ; kg:end 3", ""),
    "a mention of other words": ("MentionIsWhatSentenceSays", '<#char=0,6> kg:anchorText "Prussia"@en', '<#char=0,6> kg:anchorText "Russia"@en'),
    "a mention outside its sentence": (
        "MentionIsInItsSentence",
        '<#char=900,901> a kg:Mention ; kg:begin 900 ; kg:end 901 ; kg:inSentence <#sentence=0,7> . <#sentence=0,7> a kg:Sentence ; kg:begin 0 ; kg:end 7 ; kg:sentenceText "Russia."@en',
        "",
    ),
    "a hash that is none": ("HashIsSha256", '<> kg:contentHash "1234"', ""),
    "an article of two ids": ("DocumentHasOneId", '<> kg:documentId "other"', ""),
    "reported in a person": ("ReportedInArticle", "a:stk kg:reportedIn <https://w3id.org/kgbuild/id/person/vladimir-putin>", ""),
    "a supply of two suppliers": ("SupplyHasOneSupplier", "a:sup a kg:ArmsSupply ; kg:supplier data:state\\/RUS , data:state\\/PRK ; kg:recipient data:state\\/USA", ""),
    "a supply to an institute": ("SupplyHasOneRecipient", "a:sup a kg:ArmsSupply ; kg:supplier data:state\\/RUS ; kg:recipient data:organization\\/kremlin", ""),
    "a supply to itself": ("TransferIsToAnother", "a:sup a kg:ArmsSupply ; kg:supplier data:state\\/RUS ; kg:recipient data:state\\/RUS", ""),
    "a term that ends before it begins": (
        "BoundsAreInOrder",
        'a:ten a kg:PostTenure ; kg:holder data:person\\/vladimir-putin ; kg:post data:post\\/RUS-president ; kg:date "x" ; kg:earliest "2024-02-02"^^xsd:date ; kg:latest "2024-02-01"^^xsd:date',
        "",
    ),
    "a term of nobody": ("TenureHasOneHolder", "a:ten a kg:PostTenure ; kg:post data:post\\/RUS-president", ""),
    "a term in two posts": ("TenureHasOnePost", "a:ten a kg:PostTenure ; kg:holder data:person\\/vladimir-putin ; kg:post data:post\\/RUS-president , data:post\\/BLR-president", ""),
    "a problem untold": ("ProblemIsTold", "<#problem=0> a kg:Problem", ""),
    "a date value that is a quote": ("DateValueIsDate", "a:stk kg:dateValue <#value=q1>", ""),
    "a quotation that is a date": ("QuotationIsQuote", "a:stk kg:quotation <#value=d1>", ""),
    "a place claimed by a person": ("ClaimedByState", "a:pl a kg:Territory ; kg:claimedBy data:person\\/vladimir-putin", ""),
    "a claimed person": ("ClaimedIsPlace", "a:pl a kg:Person ; kg:claimedBy data:state\\/RUS", ""),
    "claimed, and in a state": ("ClaimedLiesNowhere", "a:pl a kg:Territory ; kg:claimedBy data:state\\/RUS ; kg:locatedIn data:state\\/UKR", ""),
    "a latitude alone": ("LatitudeHasLongitude", "a:pl a kg:Settlement ; kg:latitude 44.43", ""),
    "a longitude alone": ("LongitudeHasLatitude", "a:pl a kg:Settlement ; kg:longitude 26.1", ""),
    "beyond the pole": ("LatitudeIsInRange", "a:pl a kg:Settlement ; kg:latitude 90.5 ; kg:longitude 26.1", ""),
    "a latitude in words": ("LatitudeIsInRange", 'a:pl a kg:Settlement ; kg:latitude "44° N" ; kg:longitude 26.1', ""),
    "two latitudes": ("LatitudeIsInRange", "a:pl a kg:Settlement ; kg:latitude 44.43 , 44.44 ; kg:longitude 26.1", ""),
    "around the world": ("LongitudeIsInRange", "a:pl a kg:Settlement ; kg:latitude 44.43 ; kg:longitude 206.1", ""),
    "a person with coordinates": ("LocatedByCoordinatesIsPlace", "a:pl a kg:Person ; kg:latitude 44.43 ; kg:longitude 26.1", ""),
    "a code of a person": ("CodeIsOfStateOrTerritory", 'a:some a kg:Person ; kg:isoAlpha3 "ABC"', ""),
}  # fmt: skip

#: what is wrong -> (rule, graph, what is put into it)
IN_STORE: dict[str, tuple[str, str, str]] = {
    "two states with one code": ("iso-code-is-of-one", "reference", 'data:state\\/UTP a kg:State ; kg:isoAlpha3 "PRK"'),
    "a category of another register": ("category-is-of-its-register", "reference", "data:weapon\\/x kg:unroca kgs:sipri-missiles"),
    "two classes": ("reference-thing-has-one-class", "reference", "data:organization\\/x a kg:Company , kg:MediaOutlet"),
    "members of each other": ("nothing-runs-in-a-circle", "reference", "data:organization\\/x kg:memberOf data:organization\\/y . data:organization\\/y kg:memberOf data:organization\\/x"),
    "two things with one Wikidata item": ("wikidata-item-is-of-one", "reference", "data:state\\/UTP skos:exactMatch wd:Q159"),
    "a Wikidata item with https": ("wikidata-item-is-well-formed", "reference", "data:state\\/RUS skos:exactMatch <https://www.wikidata.org/wiki/Q159>"),
    "two presidents at once": ("post-is-held-by-one", "reference", _terms("2020-01/2022-06", "2021-03/..")),
    "a president after one who goes on": ("post-is-held-by-one", "reference", _terms("2020-01-20/..", "2021-03-01/2022")),
    "two presidents from one day on": ("post-is-held-by-one", "reference", _terms("2020-01-20/..", "2020-01-20/2022-06")),
    "two presidents of a post that is said to be held by one": (
        "post-is-held-by-one", "reference", _terms("2020-01/2022-06", "2021-03/..", "data:post\\/X kg:heldBySeveral false"),
    ),
    "a circle over two articles": (
        "nothing-runs-in-a-circle", "default",
        "data:s\\/1 kg:conveys data:s\\/2 . data:s\\/2 kg:conveys data:s\\/1",
    ),
    "acknowledged without assessment": ("acknowledged-needs-assessment", "default", "data:state\\/ROU kg:suppliedArmsTo data:state\\/USA"),
    "typed as acknowledged without assessment": ("acknowledged-needs-assessment", "default", "data:x\\/1 a kg:AcknowledgedSupply"),
    "an assessment without basis": ("acknowledged-has-basis", "default", "data:status\\/1 a kg:StatusAssessment ; kg:status kgs:status-acknowledged"),
    "an assessment without policy": ("assessment-is-whole", "default", "data:status\\/1 a kg:StatusAssessment ; kg:status kgs:status-reported ; kg:assesses data:x\\/1"),
    "a misspelled property": ("property-is-declared", "article", "a:den kg:speeker data:state\\/RUS"),
    "a misspelled class": ("class-is-declared", "article", "a:den a kg:Staetment"),
    "two labels in one language": ("label-is-one-a-language", "reference", 'data:state\\/RUS rdfs:label "Ruritania"@en'),
    "Romanian with cedillas": ("romanian-has-commas", "reference", 'data:state\\/RUS skos:altLabel "Federaţia Rusă"@ro'),
    "a name with stray blanks": ("name-has-no-stray-blanks", "reference", 'data:state\\/RUS skos:altLabel "Russia "@en'),
    "a name without language": ("language-is-a-tag", "reference", 'data:state\\/RUS skos:altLabel "Russia"'),
    "bounds that are not the date's": ("bounds-agree-with-date", "default", 'a:ten kg:date "2023-05/2024" ; kg:earliest "2023-06-01"^^xsd:date ; kg:latest "2024-12-31"^^xsd:date'),
    "an end that is not the date's": ("bounds-agree-with-date", "default", 'a:ten kg:date "2023-05~" ; kg:earliest "2023-05-01"^^xsd:date ; kg:latest "2023-06-30"^^xsd:date'),
    "the end of a month that is not its end": ("bounds-agree-with-date", "default", 'a:ten kg:date "2023-02" ; kg:earliest "2023-02-01"^^xsd:date ; kg:latest "2023-02-27"^^xsd:date'),
    "a year that begins late": ("bounds-agree-with-date", "default", 'a:ten kg:date "2023/.." ; kg:earliest "2023-02-01"^^xsd:date'),
    "an end where the date has none": ("bounds-agree-with-date", "reference", 'a:ten kg:date "2023-05-02/" ; kg:earliest "2023-05-02"^^xsd:date ; kg:latest "2024-12-31"^^xsd:date'),
    "a beginning where the date has none": ("bounds-agree-with-date", "reference", 'a:ten kg:date "../2023" ; kg:earliest "2000-01-01"^^xsd:date ; kg:latest "2023-12-31"^^xsd:date'),
    "a term without its bounds": ("date-has-its-bounds", "reference", 'a:ten kg:date "2023-05/2024"'),
    "a term without its beginning": ("date-has-its-bounds", "reference", 'a:ten kg:date "2023-05~/2024" ; kg:latest "2024-12-31"^^xsd:date'),
    "a term without its end": ("date-has-its-bounds", "reference", 'a:ten kg:date "../2024-01-16" '),
    "a decade without an end": ("date-has-its-bounds", "default", 'a:ten kg:date "202X" ; kg:earliest "2020-01-01"^^xsd:date'),
    "a denial that acknowledges": ("stance-fits-class", "default", "a:s a kg:Denial ; kg:stance kgs:stance-acknowledges"),
    "a run without version": ("run-says-version", "runs", "data:run\\/1 a kg:LoadRun"),
    "the same and different": ("same-is-not-different", "default", "a:p owl:sameAs a:q . a:q owl:sameAs a:r . a:p owl:differentFrom a:r"),
    "born twice": ("birth-is-one", "default", 'a:p kg:birthDate "1950-03" , "1951-03-21"'),
    "in office before birth": ("office-begins-after-birth", "default", 'a:t kg:holder a:p ; kg:earliest "1950-01-01"^^xsd:date . a:p kg:birthDate "1961"'),
}  # fmt: skip

#: what is wrong in reference data -> (shape, what is put into it)
IN_REFERENCE: dict[str, tuple[str, str]] = {
    "no English label": ("ReferenceHasEnglishLabel", 'data:organization\\/x a kg:Company ; rdfs:label "X"@ro'),
    "no Romanian label": ("ReferenceHasRomanianLabel", 'data:organization\\/x a kg:Company ; rdfs:label "X"@en'),
    "a state without code": ("StateHasCode", 'data:state\\/x a kg:State ; rdfs:label "X"@en , "X"@ro'),
    "an organ of what is not there": ("OrganOfAgent", "data:organization\\/x a kg:Ministry ; kg:organOf data:state\\/NOWHERE"),
    "a term without date": ("TenureIsDated", "data:tenure\\/x a kg:PostTenure ; kg:holder data:person\\/vladimir-putin ; kg:post data:post\\/RUS-president"),
    "a post of what is not there": ("PostBelongsToAgent", "data:post\\/x a kg:Post ; kg:postOf data:state\\/NOWHERE"),
    "a mission from nowhere": ("MissionHasSender", "data:mission\\/x a kg:Embassy ; kg:accreditedTo data:state\\/ROU"),
    "a mission of an alliance": ("MissionHasSender", "data:mission\\/x a kg:Embassy ; kg:organOf data:organization\\/nato ; kg:accreditedTo data:state\\/ROU"),
    "a mission to nobody": ("MissionIsAccreditedOnce", "data:mission\\/x a kg:Embassy ; kg:organOf data:state\\/RUS"),
    "a mission to two": ("MissionIsAccreditedOnce", "data:mission\\/x a kg:Embassy ; kg:organOf data:state\\/RUS ; kg:accreditedTo data:state\\/ROU , data:state\\/MDA"),
    "a weapon without category": ("ItemHasCategory", "data:weapon\\/x a kg:Missile ; kg:sipri kgs:sipri-missiles"),
    "a weapon with a category that is none": ("ItemHasCategory", "data:weapon\\/x a kg:Missile ; kg:euml data:state\\/RUS"),
    "a city nowhere": ("PlaceLiesSomewhere", "data:place\\/x a kg:Settlement"),
    "a port nowhere": ("PlaceLiesSomewhere", "data:place\\/x a kg:Facility ; kg:latitude 44.0 ; kg:longitude 26.0"),
    "a city without coordinates": ("SiteHasCoordinates", "data:place\\/x a kg:Settlement ; kg:locatedIn data:state\\/ROU"),
    "an outlet without home": ("OutletHasHome", "data:outlet\\/x a kg:MediaOutlet"),
    "a state in a person": ("StateIsMemberOfBloc", "data:state\\/RUS kg:memberOf data:person\\/vladimir-putin"),
    "a state in a ministry": ("StateIsMemberOfBloc", "data:state\\/RUS kg:memberOf data:organization\\/rus-defence-ministry"),
    "an alpha-3 code of two letters": ("Alpha3IsCode", 'data:state\\/RUS kg:isoAlpha3 "RU"'),
}  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    folder = tmp_path_factory.mktemp("graphs")
    source = folder / "clean.kga.jsonl"
    source.write_text(json.dumps(document("clean")) + "\n", encoding="utf-8")
    load([source], folder / "store", LoadOptions(), on_problem=print, on_progress=lambda _n: None)
    with EmbeddedStore.open(folder / "store") as opened:
        yield opened


def _data(graph: str, triples: str) -> str:
    """The triples in a graph, and in the default graph too, where a load would merge them."""
    named = "" if graph == "default" else f"GRAPH <{GRAPHS[graph]}> {{ {triples} }}"
    return f"{{ {named} {'' if graph == 'runs' else triples} }}"


class _Spoiled:
    """A store with something put in and something taken out, for the length of a block."""

    def __init__(self, store: EmbeddedStore, graph: str, put: str, taken: str = "") -> None:
        base = f"BASE <{ARTICLE}>\n"
        self._store = store
        self._spoil = f"{base}{PREFIX} INSERT DATA {_data(graph, put)}" + (f" ; DELETE DATA {_data(graph, taken)}" if taken else "")
        self._mend = f"{base}{PREFIX} DELETE DATA {_data(graph, put)}" + (f" ; INSERT DATA {_data(graph, taken)}" if taken else "")

    def __enter__(self) -> None:
        self._store.update(self._spoil)

    def __exit__(self, *_error: object) -> None:
        self._store.update(self._mend)


@pytest.fixture(scope="module")
def hierarchy(ontology: Ontology) -> Hierarchy:
    return Hierarchy(ontology)


def _shapes(*, reference: bool) -> Shapes:
    return Shapes(
        {name: data for name, data in shipped_shapes().items() if name.endswith(".ttl") and (reference or name != "reference.ttl")}
    )


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return _shapes(reference=False)


@pytest.mark.parametrize("case", sampled(IN_ARTICLE, 4))
def test_wrong_article_graphs_are_caught(case: str, store: EmbeddedStore, hierarchy: Hierarchy, shapes: Shapes) -> None:
    rule, put, taken = IN_ARTICLE[case]
    context = Context(store, hierarchy)
    assert not [one for one in check(store, context, shapes, ARTICLE) if one.rule.endswith(f"#{rule}")]
    with _Spoiled(store, "article", put, taken):
        caught = {one.rule.partition("#")[2] for one in check(store, context, shapes, ARTICLE)}
    assert rule in caught


@pytest.mark.parametrize("case", sampled(IN_STORE, 4))
def test_what_only_the_whole_store_shows_is_caught(case: str, store: EmbeddedStore) -> None:
    name, graph, put = IN_STORE[case]
    (rule,) = (one for one in load_rules(_rules()) if one.iri.endswith(f"#{name}"))
    assert rule_findings(store, rule) == []
    with _Spoiled(store, graph, put):
        assert rule_findings(store, rule)


#: what looks like it but is right -> (rule, what is put into the store)
RIGHT: dict[str, tuple[str, str]] = {
    "two spokespersons": ("post-is-held-by-one", _terms("2020-01/2022-06", "2021-03/..", "data:post\\/X kg:heldBySeveral true")),
    "a change of office on one day": ("post-is-held-by-one", _terms("2020-01-20/2021-01-20", "2021-01-20/2025-01-20")),
    "a change of office within a month": ("post-is-held-by-one", _terms("2020-01/2021-03", "2021-03/..")),
    "a successor of one whose end is not known": ("post-is-held-by-one", _terms("2020-01-20/", "2021-01-20/..")),
    "a predecessor whose beginning is not known": ("post-is-held-by-one", _terms("../2022-01", "2021-01-20/..")),
    "a year that may end before the next begins": ("post-is-held-by-one", _terms("2020/2022", "2021/2024")),
    **{
        f"bounds of {written}": ("bounds-agree-with-date", _terms(written, written))
        for written in (
            "2024-02", "2023-02", "1900-02", "2000-02", "2023-04", "2024-01-16", "2024~", "0001", "2023-24", "202X", "2024-XX", "2024-02-XX",
            "2024-01-17T10:00:00Z", "0000", "000X", "-0043", "Y17000", "2023-09/..", "../2024-02", "2023-09?/2024-02~", "9999-24", "0000/2024-02",
        )
    },
    **{
        f"bounds for {written}": ("date-has-its-bounds", _terms(written, written))
        for written in (
            "2024-02", "2023-09/..", "2023-09/", "../2024-02", "/2024", "202X~", "001X", "000X", "0000", "0000-24", "XXXX", "XXXX/2024", "-0043",
            "Y17000", "Y-17000/2024", "2024-01-16/Y17000", "9999-24", "2024-01-17T10:00", "1XXX", "2023-24", "2024-XX-XX/..",
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("case", RIGHT)
def test_what_is_right_is_let_pass(case: str, store: EmbeddedStore) -> None:
    name, put = RIGHT[case]
    (rule,) = (one for one in load_rules(_rules()) if one.iri.endswith(f"#{name}"))
    with _Spoiled(store, "default", put.replace(" ;  .", " .").removesuffix(" ; ")):
        assert rule_findings(store, rule) == []


def _rules() -> dict[str, bytes]:
    return {name: data for name, data in shipped_shapes().items() if name.endswith(".rq")}


def test_every_rule_of_the_whole_store_has_a_case() -> None:
    assert {rule.iri.partition("#")[2] for rule in load_rules(_rules())} == {case[0] for case in IN_STORE.values()}


@pytest.fixture(scope="module")
def caught_in_reference(store: EmbeddedStore, hierarchy: Hierarchy) -> dict[str, set[str]]:
    """Case -> rules found broken by its thing: all cases in one go, each with a thing of its own, since to validate the whole takes long."""
    cases = {case: put.replace("\\/x ", f"\\/x-{number} ") for number, (case, (_rule, put)) in enumerate(IN_REFERENCE.items())}
    with _Spoiled(store, "reference", " . ".join(cases.values())):
        groups = list(reference_findings(store, Context(store, hierarchy), _shapes(reference=True)))
    found: dict[str, set[str]] = {}
    for finding in (one for group in groups for one in group):
        found.setdefault(finding.thing.removeprefix(DATA).replace("/", "\\/"), set()).add(finding.rule.partition("#")[2])
    return {case: found.get(put.partition(" ")[0].removeprefix("data:"), set()) for case, put in cases.items()}


@pytest.mark.long
@pytest.mark.parametrize("case", IN_REFERENCE)
def test_wrong_reference_data_is_caught(case: str, caught_in_reference: dict[str, set[str]]) -> None:
    assert IN_REFERENCE[case][0] in caught_in_reference[case]


def test_every_shape_has_a_case_that_breaks_it() -> None:
    cases = {case[0] for table in (WRONG, IN_ARTICLE, IN_REFERENCE) for case in table.values()}
    written = {
        name for data in shipped_shapes().values() for name in re.findall(r"^kgsh:(\w+) a sh:(?:Node|Property)Shape", data.decode(), re.M)
    }
    assert written - cases == set()
