"""What a scheme makes of a document: terms in place of labels, nothing lost but what is left out on purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgbuild import iris
from kgbuild.document import Arg, Document, Mention, Prov, Unit
from kgbuild.mapping import Mapper
from kgbuild.ontology import Ontology
from kgbuild.pipeline.preparing import Prepare, shipped_schemes
from kgbuild.registry import Registry
from kgbuild.schemes import Applied, ignored_count, parse_scheme

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
HEAD = "#scheme t\nkind\tlabel\tcontext\twhen\tterm\n"
KG = iris.KG


def applied(ontology: Ontology, rules: str, *units: Unit, prefix: str = "", meta: dict[str, Any] | None = None) -> Document:
    """Apply rules, a line each as ``kind label context when term`` between bars, to a document of these units."""
    lines = ["\t".join(cell.strip() for cell in line.split("¦")) for line in rules.strip().splitlines()]
    scheme = parse_scheme((prefix + HEAD + "\n".join(lines)).encode(), "t.tsv")
    return Applied(scheme, ontology)(Document("d", meta=meta or {}, units=units))


def shown(document: Document) -> dict[str, Any]:
    """Units by id: label, arguments as role -> target or value, attributes."""
    return {
        unit.id: (unit.label, {arg.role: arg.target if arg.target is not None else arg.value for arg in unit.args}, unit.attrs)
        for unit in document.units
    }


def event(unit_id: str, label: str, **roles: str) -> Unit:
    return Unit(unit_id, "event", label=label, args=tuple(Arg(role, target=target) for role, target in roles.items()))


def entity(unit_id: str, label: str | None = None, name: str | None = None) -> Unit:
    return Unit(unit_id, "entity", label=label, name=name)


# --- labels


def test_a_label_becomes_the_term_and_stays_beside_it(ontology: Ontology) -> None:
    document = applied(ontology, "entity ¦ GPE ¦ ¦ ¦ kg:State", entity("a", "GPE"), entity("b", "gpe"), entity("c", "Person"), entity("d"))
    assert shown(document) == {
        "a": ("kg:State", {}, {"kg:rawLabel": "GPE"}),
        "b": ("kg:State", {}, {"kg:rawLabel": "gpe"}),
        "c": ("Person", {}, {}),
        "d": (None, {}, {}),
    }
    assert document.meta == {"scheme": "t"}
    assert document.problems == ()


def test_the_labels_of_the_ontology_win(ontology: Ontology) -> None:
    rules = "entity ¦ Person ¦ ¦ ¦ kg:State\nrole ¦ speaker ¦ ¦ ¦ kg:addressee\nrelation ¦ owns ¦ ¦ ¦ kg:memberOf\nevent ¦ * ¦ ¦ ¦ -"
    owns = Unit("o", "relation", label="owns", args=(Arg("source", target="p"), Arg("target", target="q")))
    said = Unit("s", "statement", label="Denial", args=(Arg("speaker", target="p"),))
    units = (entity("p", "Person"), entity("q", "Organization"), owns, said)
    assert applied(ontology, rules, *units).units == units


def test_a_label_of_the_ontology_is_left_out_only_by_its_whole_name(ontology: Ontology) -> None:
    units = (entity("c", "Cue"), entity("p", "Person"))
    assert list(shown(applied(ontology, "value ¦ Cue ¦ ¦ ¦ -", *units))) == ["p"]
    assert list(shown(applied(ontology, "value ¦ Cu* ¦ ¦ ¦ -", *units))) == ["c", "p"]


def test_of_several_labels_each_is_looked_up(ontology: Ontology) -> None:
    rules = "entity ¦ GPE ¦ ¦ ¦ kg:State\nentity ¦ NACJA ¦ ¦ ¦ kg:State\nentity ¦ nominal ¦ ¦ ¦ -"
    document = applied(ontology, rules, Unit("a", "entity", label=("GPE", "nominal", "Agent", "NACJA", "else")))
    assert shown(document) == {"a": (("kg:State", "Agent", "else"), {}, {"kg:rawLabel": ["GPE", "NACJA"]})}
    assert document.meta["schemeIgnored"] == {"nominal": 1}


def test_a_rule_serves_units_of_other_kinds_where_none_of_theirs_fits(ontology: Ontology) -> None:
    rules = "value ¦ D ¦ ¦ ¦ kg:Date\nevent ¦ X ¦ ¦ ¦ kg:Meeting\nentity ¦ X ¦ ¦ ¦ kg:Person\nrelation ¦ R ¦ ¦ ¦ kg:owns"
    document = applied(ontology, rules, entity("d", "D"), entity("x", "X"), event("y", "X"), entity("r", "R"))
    assert {unit: label for unit, (label, _args, _attrs) in shown(document).items()} == {
        "d": "kg:Date",
        "x": "kg:Person",
        "y": "kg:Meeting",
        "r": "R",
    }


# --- conditions


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("artifact=kg:Weapon", True),
        ("artifact=kg:MilitaryObject", True),
        ("artifact=kg:Missile", False),
        ("artifact=WEA", True),
        ("artifact=we?", True),
        ("Artifact=*tank*", True),
        ("artifact=cyber*|WEA", True),
        ("artifact=plane", False),
        ("recipient=kg:Agent", True),
        ("artifact=WEA&recipient=kg:State", True),
        ("artifact=WEA&recipient=kg:Person", False),
        ("artifact=WEA&giver=*", False),
        ("count=31", True),
        ("place=wd:Q159", True),
        ("@text=sold", True),
        ("@text=bought", False),
    ],
)
def test_a_condition_looks_at_label_class_and_text_of_a_filler(ontology: Ontology, when: str, holds: bool) -> None:
    rules = f"event ¦ transfer ¦ ¦ {when} ¦ kg:ArmsTransfer\nevent ¦ transfer ¦ ¦ ¦ kg:Cooperation\nentity ¦ WEA ¦ ¦ ¦ kg:Weapon\nentity ¦ GPE ¦ ¦ ¦ kg:State"
    args = (
        Arg("evt1arg2artifact", target="w"),
        Arg("evt1arg3recipient", target="g"),
        Arg("count-Arg1", value=31),
        Arg("place", target="wd:Q159"),
    )
    sold = Unit("t", "event", label="transfer", mentions=(Mention(text="sold"),), args=args)
    document = applied(
        ontology, rules, sold, entity("w", "WEA", "Leopard tanks"), entity("g", "GPE"), prefix="#role-strip ^evt\\d+arg\\d+\n"
    )
    label, args_of, _attrs = shown(document)["t"]
    assert label == ("kg:ArmsTransfer" if holds else "kg:Cooperation")
    assert set(args_of) == {"artifact", "recipient", "count-Arg1", "place"}


def test_units_that_look_at_each_other_end(ontology: Ontology) -> None:
    rules = "event ¦ e ¦ ¦ of=kg:Meeting ¦ kg:Visit\nevent ¦ e ¦ ¦ ¦ kg:Meeting"
    document = applied(ontology, rules, event("a", "e", of="b"), event("b", "e", of="a"), event("c", "e", of="c"), event("d", "e", of="c"))
    assert shown(document)["c"][0] == "kg:Meeting"
    assert shown(document)["d"][0] == "kg:Visit"


def test_two_conditions_that_hold_at_one_rank_are_told_and_none_is_used(ontology: Ontology) -> None:
    rules = "event ¦ e ¦ ¦ place=kg:State ¦ kg:Meeting\nevent ¦ e ¦ ¦ place=x ¦ kg:Visit\nevent ¦ e ¦ ¦ ¦ kg:Strike"
    document = applied(
        ontology, rules, event("a", "e", place="s"), entity("s", "State", "x"), entity("o", "Person", "x"), event("b", "e", place="o")
    )
    assert (shown(document)["a"][0], shown(document)["b"][0]) == ("e", "kg:Visit")
    (problem,) = document.problems
    assert (problem.code, problem.severity, problem.unit) == ("scheme-tie", "kept", "a")
    assert "kg:Meeting in line 3, kg:Visit in line 4" in problem.message


# --- roles and attributes


@pytest.mark.parametrize(
    ("context", "fits"),
    [
        ("", True),
        ("*", True),
        ("say", True),
        ("S?y", True),
        ("kg:Statement", True),
        ("kg:Denial", True),
        ("kg:Den*", True),
        ("kg:Event", False),
        ("x", False),
    ],
)
def test_a_role_is_renamed_in_its_context(ontology: Ontology, context: str, fits: bool) -> None:
    rules = f"statement ¦ say ¦ ¦ ¦ kg:Denial\nrole ¦ who ¦ {context} ¦ ¦ kg:speaker"
    document = applied(
        ontology, rules, Unit("s", "statement", label="say", args=(Arg("Who", target="p"), Arg("about", target="p"))), entity("p")
    )
    renamed, kept = document.units[0].args
    assert renamed == (Arg("kg:speaker", target="p", attrs={"kg:rawRole": "Who"}) if fits else Arg("Who", target="p"))
    assert kept == Arg("about", target="p")


def test_attributes_are_renamed_by_name_and_by_value(ontology: Ontology) -> None:
    rules = """
        attr ¦ Confidence=High ¦ ¦ ¦ kg:certainty=high
        attr ¦ Mood ¦ ¦ ¦ kg:modality
        attr ¦ Says=no ¦ kg:Statement ¦ ¦ kg:stance=denies
        attr ¦ Negation=true ¦ ¦ ¦ kg:certainty=negated
        attr ¦ Mention=* ¦ ¦ ¦ -
    """
    attrs = {"Confidence": "High", "Mood": ["wish", "duty"], "Says": "No", "Negation": True, "Mention": "Name", "tense": "past", "else": 1}
    said = Unit("s", "statement", label="Statement", attrs=dict(attrs))
    sure = Unit("e", "event", label="Meeting", attrs={"Confidence": 0.5, "Says": "no", "Negation": False})
    document = applied(ontology, rules, said, sure)
    assert shown(document)["s"][2] == {
        "kg:certainty": ["high", "negated"],
        "kg:modality": ["wish", "duty"],
        "kg:stance": "denies",
        "tense": "past",
        "else": 1,
    }
    assert document.units[1] is sure
    assert document.meta["schemeIgnored"] == {"attribute Mention": 1}


# --- what is left out on purpose


def test_what_is_ignored_goes_with_all_that_points_to_it_and_is_counted(ontology: Ontology) -> None:
    rules = "entity ¦ ORDINAL ¦ ¦ ¦ -\nrole ¦ manner ¦ ¦ ¦ -"
    met = Unit(
        "m", "event", label="Meeting", args=(Arg("participant", target="o"), Arg("participant", target="p"), Arg("manner", value="so"))
    )
    drawn = Unit("r", "relation", label="owns", args=(Arg("source", target="p"), Arg("target", target="o")))
    document = applied(ontology, rules, entity("o", "ORDINAL"), entity("p", "Person"), met, drawn)
    assert shown(document) == {"p": ("Person", {}, {}), "m": ("Meeting", {"participant": "p"}, {})}
    assert document.meta["schemeIgnored"] == {"ORDINAL": 1, "owns": 1, "role manner": 1}
    assert ignored_count(document) == 3
    assert document.problems == ()


def test_counts_of_a_load_before_are_not_kept(ontology: Ontology) -> None:
    document = applied(
        ontology, "entity ¦ X ¦ ¦ ¦ -", entity("p", "Person"), meta={"scheme": "old", "schemeIgnored": {"Y": 9}, "title": "T"}
    )
    assert document.meta == {"scheme": "t", "title": "T"}


def test_applying_a_scheme_twice_is_applying_it_once(ontology: Ontology) -> None:
    rules = "entity ¦ GPE ¦ ¦ ¦ kg:State\nrole ¦ who ¦ ¦ ¦ kg:speaker\nattr ¦ Mood ¦ ¦ ¦ kg:modality"
    scheme = Applied(parse_scheme((HEAD + rules.replace(" ¦", "\t").replace("\t ", "\t")).encode(), "t.tsv"), ontology)
    said = Unit("s", "statement", label="Statement", args=(Arg("who", target="a"),), attrs={"Mood": "wish"})
    once = scheme(Document("d", units=(entity("a", "GPE"), said)))
    assert scheme(once) == once


# --- in the graph


def test_the_graph_holds_the_class_and_the_raw_label(ontology: Ontology, registry: Registry) -> None:
    rules = "entity ¦ BIZ ¦ ¦ ¦ kg:Organization\nrelation ¦ HAS ¦ ¦ ¦ kg:owns\nentity ¦ GPE ¦ ¦ ¦ kg:State"
    has = Unit("r", "relation", label="HAS", args=(Arg("source", target="b"), Arg("target", target="c")))
    mixed = Unit("m", "entity", label=("BIZ", "nonsense"), name="Zugzwang Holding")
    document = applied(
        ontology, rules, entity("b", "BIZ", "Acme Rockets"), entity("c", "BIZ", "Beta Rockets"), has, entity("g", "GPE", "Russia"), mixed
    )
    mapped = Mapper(ontology, registry).map((document,))
    raw = Counter(line.rpartition(" ")[2] for line in mapped.details if f"<{KG}rawLabel>" in line)
    assert raw == {'"BIZ"': 3, '"HAS"': 1, '"GPE"': 1, '"nonsense"': 1}
    assert not any(f"<{KG}rawLabel>" in line for line in mapped.facts)
    assert sum(line.endswith(f"<{KG}Organization>") for line in mapped.facts) == 3
    assert sum(f"<{KG}owns>" in line for line in mapped.facts) == 1
    assert [problem.code for problem in mapped.problems] == ["unknown-label"]


def test_a_scheme_says_the_same_facts_as_the_ontologys_own_labels(ontology: Ontology, registry: Registry) -> None:
    def article(person: str, state: str, speech: str, who: str) -> Document:
        said = Unit("s", "statement", label=speech, args=(Arg(who, target="p"), Arg("about", target="g")), attrs={"stance": "denies"})
        return Document("d", units=(entity("p", person, "Ion Popescu"), entity("g", state, "Russia"), said))

    rules = "entity ¦ PP ¦ ¦ ¦ kg:Person\nentity ¦ GPE ¦ ¦ ¦ kg:State\nstatement ¦ say ¦ ¦ ¦ kg:Denial\nrole ¦ who ¦ kg:Statement ¦ ¦ kg:speaker"
    foreign = applied(ontology, rules, *article("PP", "GPE", "say", "who").units)
    own = article("Person", "State", "Denial", "speaker")
    mapper = Mapper(ontology, registry)
    assert mapper.map((foreign,)).facts == mapper.map((own,)).facts


# --- the schemes that ship

SHIPPED = shipped_schemes()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scheme_has_its_files_name_and_contradicts_nothing(name: str, ontology: Ontology) -> None:
    """Where the ontology knows a label too, the scheme says the same of it, or leaves it out."""
    scheme = SHIPPED[name]
    Applied(scheme, ontology)
    assert scheme.name == name
    assert scheme.about.endswith(".")
    for rule in scheme.rules:
        found = ontology.find_class(rule.label.pattern) if rule.kind not in ("relation", "role", "attr") else None
        assert found is None or rule.term == "-" or iris.expand(rule.term) == found, rule
        assert (rule.term == "-") == (rule.predicate == "-"), rule


def test_which_schemes_ship() -> None:
    assert list(SHIPPED) == ["brat-news", "conll-2003", "ontonotes", "polnear", "ronec"]


def _brat(files: Iterable[Path]) -> Iterable[Document]:
    """The annotations of brat files as plain units: enough of the format to see which labels, roles and attributes there are."""
    for file in files:
        units: dict[str, Unit] = {}
        triggers: set[str] = set()
        attributes: list[list[str]] = []
        for line in file.read_text(encoding="utf-8").split("\n"):
            cells = line.split("\t")
            words = cells[1].split() if len(cells) > 1 else []
            if line[:1] == "T":
                units[cells[0]] = Unit(cells[0], "entity", label=words[0], mentions=(Mention(text=cells[2]),))
            elif line[:1] == "E":
                label, trigger = words[0].split(":")
                triggers.add(trigger)
                roles = [word.split(":") for word in words[1:]]
                units[cells[0]] = Unit(cells[0], "event", label=label, args=tuple(Arg(role, target=target) for role, target in roles))
            elif line[:1] == "R":
                ends = [word.split(":") for word in words[1:]]
                units[cells[0]] = Unit(cells[0], "relation", label=words[0], args=tuple(Arg(role, target=target) for role, target in ends))
            elif line[:1] == "A":
                attributes.append(words)
        for name, target, *value in attributes:
            units[target] = Unit(**{**_fields(units[target]), "attrs": {**units[target].attrs, name: value[0] if value else True}})
        yield Document(
            file.stem,
            meta={"lang": "ro", "published": "2006-07-05"},
            units=tuple(unit for key, unit in units.items() if key not in triggers),
        )


def _fields(unit: Unit) -> dict[str, Any]:
    return {field: getattr(unit, field) for field in unit.__struct_fields__}


@pytest.mark.parametrize(
    ("name", "folder", "documents", "left_out"),
    [
        ("brat-news", "brat/news-tutorial", 13, {"attribute Individual": 3, "attribute Mention": 2}),
        ("ronec", "brat-ronec", 3, {"ORDINAL": 81, "LANGUAGE": 22}),
    ],
)
def test_a_shipped_scheme_knows_every_label_of_its_samples(
    name: str, folder: str, documents: int, left_out: dict[str, int], ontology: Ontology, registry: Registry
) -> None:
    files = sorted((SAMPLES / folder).rglob("*.ann"))
    if not files:
        pytest.skip("the samples of brat are not beside this checkout")
    prepare, mapper = Prepare(ontology, SHIPPED[name]), Mapper(ontology, registry)
    codes: Counter[str] = Counter()
    ignored: Counter[str] = Counter()
    found = [prepare(document) for document in _brat(files)]
    for document in found:
        codes.update(problem.code for problem in mapper.map((document,)).problems)
        ignored.update(document.meta.get("schemeIgnored", {}))
    assert len(found) == documents
    assert ignored == left_out
    assert not {code for code in codes if code.startswith("unknown")} - {"unknown-value"}, codes


def test_every_word_of_the_tutorials_configuration_has_a_rule(ontology: Ontology) -> None:
    configuration = SAMPLES / "brat" / "news-tutorial" / "annotation.conf"
    if not configuration.exists():
        pytest.skip("the samples of brat are not beside this checkout")
    section, names, roles = "", set(), set()
    for line in configuration.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line.strip() and line[0] not in "#<!":
            name, *rest = line.replace("\t", " ").split()
            names.add((section, name))
            roles |= {role.split(":")[0].rstrip("?*+").partition("{")[0] for role in rest} if section == "events" else set()
    kinds = {"entities": "entity", "relations": "relation", "events": "event", "attributes": "attr"}
    scheme = SHIPPED["brat-news"]
    assert len(names) == 25
    for section, name in names:
        assert any(scheme.ranked(kinds[section], name, "High" if name == "Confidence" else "true")), name
    assert all(any(scheme.ranked("role", role)) for role in roles - {"Arg"}), roles


def test_polnear_attributions_become_statements(ontology: Ontology, registry: Registry) -> None:
    """Two attributions as PolNeAR writes them in brat: the trigger is the event's mention, the cue has the same words."""

    def attribution(number: int, source: str, cue: str, content: str) -> tuple[Unit, ...]:
        args = tuple(Arg(role, target=f"{role}{number}") for role in ("Content", "Cue", "Source"))
        event = Unit(f"E{number}", "event", label="Attribution", mentions=(Mention(text=cue),), args=args)
        parts = {"Source": source, "Cue": cue, "Content": content}
        return (event, *(Unit(f"{label}{number}", "entity", label=label, mentions=(Mention(text=text),)) for label, text in parts.items()))

    units = attribution(1, "the minister", "said", '"We deny it"') + attribution(2, "an aide", "insisted", "that talks would go on")
    document = Prepare(ontology, SHIPPED["polnear"])(Document("d", meta={"lang": "en"}, units=units))
    assert {unit: label for unit, (label, _args, _attrs) in shown(document).items()} == {
        "E1": "kg:Statement",
        "Source1": "kg:Agent",
        "Content1": "kg:Quote",
        "E2": "kg:Statement",
        "Source2": "kg:Agent",
        "Content2": "kg:Topic",
    }
    assert document.meta["schemeIgnored"] == {"Cue": 2}
    mapped = Mapper(ontology, registry).map((document,))
    assert {problem.code for problem in mapped.problems} == {"no-stance"}
    assert any(f'<{KG}quote> "\\"We deny it\\""@en' in fact for fact in mapped.facts)
    assert sum(f"<{KG}speaker>" in fact for fact in mapped.facts) == 2
    assert sum(f"<{KG}about>" in fact for fact in mapped.facts) == 1


@pytest.mark.parametrize(
    ("name", "label", "cls"),
    [
        ("conll-2003", "PER", "Person"),
        ("conll-2003", "MISC", "Entity"),
        ("ontonotes", "NORP", "Agent"),
        ("ontonotes", "MONEY", "Quantity"),
        ("ontonotes", "DATE", "Date"),
        ("ontonotes", "CARDINAL", "Quantity"),
        ("ontonotes", "ORDINAL", None),
        ("ontonotes", "LAW", "Document"),
        ("ronec", "NAT_REL_POL", "Agent"),
        ("ronec", "NUMERIC", "Quantity"),
        ("ronec", "PERIOD", "Date"),
    ],
)
def test_labels_of_entity_corpora(name: str, label: str, cls: str | None, ontology: Ontology) -> None:
    document = Applied(SHIPPED[name], ontology)(Document("d", units=(Unit("u", "entity", label=label, prov=Prov(annotator="x")),)))
    found = [ontology.find_class(str(unit.label)) for unit in document.units]
    assert found == ([] if cls is None else [KG + cls])


# --- properties

LABELS = st.sampled_from(["GPE", "Person", "gone", "x.y", "x.z", "owns", "nonsense"])
ROLES = st.sampled_from(["who", "place", "manner", "else", "speaker"])
IDS = st.sampled_from("abcde")
ARGS = st.lists(st.builds(Arg, ROLES, target=IDS) | st.builds(Arg, ROLES, value=st.sampled_from(["x", 1, True])), max_size=3)
UNITS = st.lists(
    st.builds(
        Unit,
        IDS,
        st.sampled_from(["entity", "event", "statement", "relation", "value"]),
        label=st.none() | LABELS | st.lists(LABELS, min_size=2, max_size=3, unique=True).map(tuple),
        args=ARGS.map(tuple),
        attrs=st.dictionaries(st.sampled_from(["Mood", "Mention", "tense", "odd"]), st.sampled_from(["a", True, ["a", "b"]]), max_size=2),
    ),
    unique_by=lambda unit: unit.id,
    max_size=5,
)
RULES = """
    entity ¦ GPE ¦ ¦ ¦ kg:State
    entity ¦ gone ¦ ¦ ¦ -
    relation ¦ gone ¦ ¦ ¦ -
    event ¦ x.* ¦ ¦ ¦ kg:Meeting
    event ¦ x.* ¦ ¦ place=kg:State ¦ kg:Visit
    event ¦ x.* ¦ ¦ who=kg:Meeting ¦ kg:Strike
    role ¦ who ¦ ¦ ¦ kg:speaker
    role ¦ manner ¦ ¦ ¦ -
    attr ¦ Mood ¦ ¦ ¦ kg:modality
    attr ¦ Mention ¦ ¦ ¦ -
"""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(UNITS)
def test_nothing_is_lost_but_what_is_left_out_on_purpose(ontology: Ontology, units: list[Unit]) -> None:
    document = applied(ontology, RULES, *units)
    left = {unit.id for unit in document.units}
    gone = {unit.id for unit in units} - left
    for unit in units:
        ends = {arg.target for arg in unit.args}
        assert (unit.id in gone) == (set(unit.labels) == {"gone"} or (unit.kind == "relation" and bool(ends & gone)))
    for unit in document.units:
        before = next(one for one in units if one.id == unit.id)
        raw = unit.attrs.get("kg:rawLabel", [])
        kept = {*unit.labels, *([raw] if isinstance(raw, str) else raw)}
        assert set(before.labels) - {"gone"} <= kept
        wanted = [arg for arg in before.args if arg.target not in gone and (arg.role != "manner" or unit.kind == "relation")]
        assert [(arg.target, arg.value) for arg in unit.args] == [(arg.target, arg.value) for arg in wanted]
        assert ("tense" in before.attrs) == ("tense" in unit.attrs)
        assert ("odd" in before.attrs) == ("odd" in unit.attrs)
        assert "Mention" not in unit.attrs
    assert (ignored_count(document) > 0) == ("schemeIgnored" in document.meta)
    assert {problem.code for problem in document.problems} <= {"scheme-tie"}
