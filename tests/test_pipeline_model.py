"""Whatever is loaded, replaced, removed, and whatever the ontology becomes: the store is what a fresh one would be."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kgbuild import iris
from kgbuild.document import Arg, Document, Mention, Prov, Unit, decode_record
from kgbuild.mapping import Mapper
from kgbuild.ontology import Ontology
from kgbuild.ontology.parsing import Statements, parse
from kgbuild.pipeline.statuses import BEHIND, Touched, refresh_all
from kgbuild.pipeline.work import Build
from kgbuild.registry import Registry
from kgbuild.resources import read_bundled
from kgbuild.rules import Rules
from kgbuild.status import cases
from kgbuild.stores import EmbeddedStore

PREFIXES = """
    @prefix kg: <https://w3id.org/kgbuild/ontology#> . @prefix kgs: <https://w3id.org/kgbuild/scheme/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix s: <https://w3id.org/kgbuild/id/state/> . @prefix p: <https://w3id.org/kgbuild/id/person/> .
"""
REFERENCE = """
    s:AAA a kg:State ; rdfs:label "Aland"@en . s:BBB a kg:State ; rdfs:label "Bland"@en . s:CCC a kg:State ; rdfs:label "Cland"@en .
    p:ann a kg:Person ; rdfs:label "Ann Ash"@en .
    <https://w3id.org/kgbuild/id/post/AAA-head> a kg:Post ; rdfs:label "head of Aland"@en ; kg:postOf s:AAA .
    <https://w3id.org/kgbuild/id/tenure/1> a kg:PostTenure ; kg:holder p:ann ; kg:post <https://w3id.org/kgbuild/id/post/AAA-head> ;
        kg:date "2020/2023" .
"""
#: what an editor may have done to the ontology
EDITS = {
    "none": "",
    "a new class": 'kg:Summit a owl:Class ; rdfs:subClassOf kg:Meeting ; rdfs:label "summit"@en , "summit"@ro .',
    "another label": 'kg:Meeting kg:annotationLabel "Summit" .',
    "another polarity": "kgs:stance-evades kg:polarity kgs:polarity-denies .",
    "more axioms": """
        kg:met a owl:ObjectProperty , owl:SymmetricProperty , owl:TransitiveProperty ; rdfs:label "met"@en , "a intalnit"@ro ;
            owl:propertyChainAxiom ( [ owl:inverseOf kg:participant ] kg:host ) .
        kg:participant owl:inverseOf kg:metAt . kg:metAt a owl:ObjectProperty ; rdfs:label "met at"@en , "s-a intalnit la"@ro .
        kg:stealthySupplier a owl:ObjectProperty ; rdfs:label "stealthy supplier"@en , "furnizor ascuns"@ro .
        kg:host rdfs:subPropertyOf kg:supplier .
    """,
}

IDS = ("one", "two", "three")
AGENTS = ("aland", "bland", "cland", "ann")
STANCES = ("denies", "acknowledges", "evades", "condemns", "pledges")
DATES = ("", "2022", "2022-05-01", "2024-05-01")
THINGS = (
    Unit("aland", "entity", "State", name="Aland"),
    Unit("bland", "entity", "State", name="Bland"),
    Unit("cland", "entity", "State", name="Cland"),
    Unit("ann", "entity", "Person", name="Ann Ash"),
    Unit("arms", "entity", "Weapon", name="weapons"),
    Unit("missiles", "entity", "Missile", name="missiles"),
)

event_args = st.tuples(st.sampled_from(AGENTS), st.sampled_from(AGENTS), st.sampled_from(DATES), st.sampled_from(("", "arms", "missiles")))


def _args(date: str, **roles: str) -> tuple[Arg, ...]:
    args = [Arg(role, target=target) for role, target in roles.items() if target]
    return tuple([*args, Arg("date", value=date)] if date else args)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A small article that shares its things and events with others."""
    units = list(THINGS)
    for number, (one, other, date, item) in enumerate(draw(st.lists(event_args, max_size=3))):
        units.append(Unit(f"x{number}", "event", "ArmsTransfer", args=_args(date, supplier=one, recipient=other, item=item)))
    for number, (one, other, date, _item) in enumerate(draw(st.lists(event_args, max_size=2))):
        label = draw(st.sampled_from(("Meeting", "Summit")))
        units.append(Unit(f"m{number}", "event", label, args=_args(date, participant=one, host=other)))
    for number in range(draw(st.integers(0, 4))):
        about = draw(st.sampled_from([unit.id for unit in units[len(THINGS) - 1 :]]))
        stance, speaker, date = draw(st.sampled_from(STANCES)), draw(st.sampled_from(AGENTS)), draw(st.sampled_from(DATES))
        units.append(Unit(f"s{number}", "statement", args=_args(date, speaker=speaker, about=about), attrs={"stance": stance}))
    units[0] = Unit("aland", "entity", "State", name="Aland", mentions=(Mention(((0, 5),), "Aland"),))
    meta: dict[str, Any] = {"lang": "en", "published": draw(st.sampled_from(("2022-05-02", "2024-05-02")))}
    return Document(draw(st.sampled_from(IDS)), text="Aland says.", meta=meta, prov=Prov(annotator="t"), units=tuple(units))


REGISTRY = Registry.parse({"reference.ttl": (PREFIXES + REFERENCE).encode()})


@cache
def _statements(edit: str) -> tuple[Statements, str]:
    return parse({**read_bundled("ontology", ".ttl"), "edit.ttl": (PREFIXES + EDITS[edit]).encode()})


@cache
def _ontology(edit: str) -> Ontology:
    return Ontology(*_statements(edit))


@cache
def _rules(edit: str) -> Rules:
    return Rules.from_ontology(_statements(edit)[0], _ontology(edit).closure)


@cache
def _work(edit: str) -> Build:
    return Build(Mapper(_ontology(edit), REGISTRY), f"built with {edit}", iris.DATA)


def _quads(store: EmbeddedStore) -> list[bytes]:
    output = io.BytesIO()
    store.dump(output)
    return sorted(output.getvalue().split(b"\n"))


def _graphs(edit: str) -> dict[str, frozenset[str]]:
    return {"ontology": _ontology(edit).lines, "reference": REGISTRY.lines}


def _put(store: EmbeddedStore, edit: str, *given: Document) -> None:
    ontology, work, touched = _ontology(edit), _work(edit), Touched()
    items = [work.item((document,)) for document in given]
    for item in items:
        touched.add(cases(store.facts(item.iri) or (), ontology))
        touched.add(item.cases)
    store.put([item.graph(work.built_with) for item in items], meta=BEHIND)
    touched.refresh(store, ontology)


class Loads(RuleBasedStateMachine):
    """Random loads, replacements, removals and ontology edits, against a store made afresh of what remains."""

    @initialize()
    def begin(self) -> None:
        self.store = EmbeddedStore.open(None)
        self.edit = "none"
        self.kept: dict[str, Document] = {}
        self.store.set_graphs(_graphs(self.edit))
        self.store.reason_with(_rules(self.edit))

    @rule(given=st.lists(documents(), min_size=1, max_size=3, unique_by=lambda document: document.id))
    def load(self, given: list[Document]) -> None:
        _put(self.store, self.edit, *given)
        self.kept.update({document.id: document for document in given})

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(sorted(self.kept)))
        iri, touched = iris.article(gone), Touched()
        touched.add(cases(self.store.facts(iri) or (), _ontology(self.edit)))
        self.store.remove([iri])
        touched.refresh(self.store, _ontology(self.edit))
        del self.kept[gone]

    @rule(edit=st.sampled_from(sorted(EDITS)))
    def rebuild(self, edit: str) -> None:
        self.edit = edit
        self.store.reason_with(_rules(edit))
        self.store.set_graphs(_graphs(edit), meta=BEHIND)
        records = [decode_record(self.store.record(iri) or b"") for iri in sorted(self.store.articles())]
        self.store.put([_work(edit).item(record).graph(_work(edit).built_with) for record in records])
        refresh_all(self.store, _ontology(edit))

    @invariant()
    def the_store_is_what_a_fresh_one_would_be(self) -> None:
        if not hasattr(self, "store"):
            return
        assert self.store.is_true()
        fresh = EmbeddedStore.open(None)
        fresh.set_graphs(_graphs(self.edit))
        for document in self.kept.values():
            fresh.put([_work(self.edit).item((document,)).graph(_work(self.edit).built_with)])
        refresh_all(fresh, _ontology(self.edit))
        fresh.reason_with(_rules(self.edit))
        assert _quads(self.store) == _quads(fresh)


Loads.TestCase.settings = settings(
    max_examples=5, stateful_step_count=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
TestLoads = pytest.mark.filterwarnings("error")(Loads.TestCase)


class LongLoads(Loads):
    """The same, longer; for continuous integration."""


LongLoads.TestCase.settings = settings(
    max_examples=60, stateful_step_count=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
TestLongLoads = pytest.mark.long(LongLoads.TestCase)
