"""Small articles that share people, meetings and statements under several names, and stores of them, in memory and small too.

A store in memory holds articles, decisions and little reference data, and not the ontology's graph: what decisions do needs none.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import msgspec

from kgbuild.decisions import Decision, Decisions, write
from kgbuild.decisions.decision import decision
from kgbuild.document import Document
from kgbuild.iris import DATA, KG
from kgbuild.ontology import Ontology
from kgbuild.ontology.parsing import parse as parse_ontology
from kgbuild.pipeline.inputs import Inputs
from kgbuild.pipeline.settling import settle
from kgbuild.pipeline.statuses import is_behind, refresh_all
from kgbuild.pipeline.work import Build
from kgbuild.readers.native import Native
from kgbuild.registry import Registry
from kgbuild.resources import read_bundled
from kgbuild.rules import Rules
from kgbuild.stores import EmbeddedStore

REFERENCE = b"""
    @prefix kg: <https://w3id.org/kgbuild/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @base <https://w3id.org/kgbuild/id/> .
    <state/AAA> a kg:State ; rdfs:label "Aland"@en .
    <state/BBB> a kg:State ; rdfs:label "Bland"@en .
    <person/zoe> a kg:Person ; rdfs:label "Zoe Zed"@en ; skos:exactMatch <http://www.wikidata.org/entity/Q1> .
    <person/yan> a kg:Person ; rdfs:label "Yan Yew"@en .
"""
ANNA, ANA, ANNE = "name/person/annaash", "name/person/anaas", "name/person/anneasch"

Unit = dict[str, object]


def person(unit: str, name: str, **more: object) -> Unit:
    return {"id": unit, "kind": "entity", "label": "Person", "name": name, **more}


def event(unit: str, label: str, date: str = "", attrs: dict[str, object] | None = None, **roles: str | Sequence[str]) -> Unit:
    args = [
        {"role": role, "target": one} for role, targets in roles.items() for one in ([targets] if isinstance(targets, str) else targets)
    ]
    if date:
        args.append({"role": "date", "value": date})
    kind = "statement" if label == "Statement" else "event"
    return {"id": unit, "kind": kind, "label": label, "args": args, **({"attrs": attrs} if attrs else {})}


def article(folder: Path, name: str, *units: Unit, lang: str = "en", text: str | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    document = {
        "kgbuild": 1, "id": name, "text": text or f"{name}.", "meta": {"lang": lang, "published": "2024-01-20"}, "units": list(units),
        "prov": {"annotator": "t"},
    }  # fmt: skip
    path = folder / f"{name}.kga.jsonl"
    path.write_text(json.dumps(document, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def three_articles(folder: Path) -> list[Path]:
    """One meeting told three times, by three names of one person, who praises it."""

    def told(name: str, spelled: str) -> Path:
        return article(
            folder, name, person("a", spelled), person("b", "Brun Ost"), event("m", "Meeting", "2024-01-16", participant=["a", "b"]),
            event("s", "Statement", "2024-01-17", {"stance": "praises"}, speaker="a", about="m"),
        )  # fmt: skip

    return [told("one", "Anna Ash"), told("two", "Ana Aš"), told("three", "Anne Asch")]


def same(one: str, other: str, **more: str) -> Decision:
    return decision(DATA + one, DATA + other, "same", **more)


def different(one: str, other: str, **more: str) -> Decision:
    return decision(DATA + one, DATA + other, "different", **more)


def decide(file: Path, *given: Decision) -> Path:
    file.write_text(write(Decisions(given)), encoding="utf-8")
    return file


@cache
def inputs() -> Inputs:
    """The shipped ontology with a little reference data, and nothing decided."""
    statements, digest = parse_ontology(read_bundled("ontology", ".ttl"))
    ontology = Ontology(statements, digest)
    registry = Registry.parse({"reference.ttl": REFERENCE})
    return Inputs(ontology, registry, DATA, {}, {}, Rules.from_ontology(statements, ontology.closure))


def deciding(decisions: Decisions | Iterable[Decision]) -> Inputs:
    return replace(inputs(), decisions=decisions if isinstance(decisions, Decisions) else Decisions(decisions))


def read(paths: Iterable[Path]) -> list[Document]:
    found = [document for path in paths for document in Native().read(path, path.parent)]
    assert all(isinstance(document, Document) for document in found)
    return [msgspec.structs.replace(document, where="") for document in found if isinstance(document, Document)]


def store_of(documents: Iterable[Document], decisions: Decisions | Iterable[Decision] = ()) -> EmbeddedStore:
    """A store in memory, of articles mapped with decisions from the start."""
    given = deciding(decisions)
    store = EmbeddedStore.open(None)
    store.reason_with(given.rules)
    store.set_graph("reference", given.registry.lines)
    settle(store, given)
    put(store, documents, given)
    return store


def put(store: EmbeddedStore, documents: Iterable[Document], given: Inputs) -> None:
    work = Build(given.mapper(), given.built_with, given.base)
    for document in documents:
        store.put([work.item((document,)).graph(work.built_with)])
    refresh_all(store, given.ontology)


def redecide(store: EmbeddedStore, *given: Decision) -> int:
    """Let other decisions hold, as a load does; how many articles were mapped again."""
    if is_behind(store):
        refresh_all(store, inputs().ontology)
    return settle(store, deciding(given))


def quads(store: EmbeddedStore) -> list[bytes]:
    """All that a store says, as sorted N-Quads."""
    assert store.is_true()
    output = io.BytesIO()
    store.dump(output)
    return sorted(output.getvalue().split(b"\n"))


def things(store: EmbeddedStore, cls: str) -> list[str]:
    """The things of a class that articles tell of, without the base."""
    rows = store.select(f"SELECT DISTINCT ?t {{ ?t a <{KG}{cls}> ; <{KG}reportedIn> ?a }}")
    return sorted(row[0].value.removeprefix(DATA) for row in rows)
