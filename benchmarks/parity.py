"""Hold the rules against HermiT: what each infers from random small datasets, and from the articles that ship with kgbuild.

Every dataset is made of things with random classes and relations of the shipped ontology, added as long as no axiom plainly forbids it;
many types are left for the axioms to supply. Should HermiT find one inconsistent, it is set aside: from it everything follows. One JVM
serves all. Exit status 1 if a single type or relation is missing or too many.

    python benchmarks/parity.py --datasets 200 [--seed 7] [--articles DIR ...] [--verbose]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from kgbuild import iris
from kgbuild.ontology.parsing import Statements, parse
from kgbuild.owl import Jvm, start
from kgbuild.pipeline import LoadOptions, load
from kgbuild.resources import read_bundled
from kgbuild.rules import TYPE, Fact, Rules
from kgbuild.rules.alternatives import Completion, Contradiction
from kgbuild.stores import EmbeddedStore

OWL, RDF = iris.PREFIXES["owl"], iris.PREFIXES["rdf"]


@dataclass
class Vocabulary:
    """The ontology as far as facts about things are told in it."""

    files: dict[str, bytes]
    statements: Statements = field(init=False)
    rules: Rules = field(init=False)
    completion: Completion = field(init=False)
    classes: list[str] = field(init=False)
    relations: list[str] = field(init=False)
    #: what the ontology itself says of things: concepts, with their classes and relations
    own: set[Fact] = field(init=False)

    def __post_init__(self) -> None:
        self.statements, _digest = parse(self.files)
        self.rules = Rules.from_ontology(self.statements)
        self.completion = Completion(self.rules)
        types = {s: set(self.statements.iris(s, RDF + "type")) for s in self.statements.subjects()}
        self.classes = sorted(s for s, found in types.items() if OWL + "Class" in found)
        self.relations = sorted(s for s, found in types.items() if OWL + "ObjectProperty" in found)
        self.own = set(self.about_things(self.statements.lines()))

    def about_things(self, lines: Iterable[str]) -> Iterator[Fact]:
        """Those of some lines that are types and relations of things: what both sides reason on."""
        classes, relations = {f"<{cls}>" for cls in self.classes}, {f"<{prop}>" for prop in self.relations}
        for line in lines:
            subject, predicate, object_ = line.split(" ", 2)
            if (predicate in relations and object_.startswith("<")) or (predicate == TYPE and object_ in classes):
                yield subject, predicate, object_


@dataclass(frozen=True)
class Comparison:
    """One dataset: how much HermiT infers, and what differs."""

    consistent: bool
    types: int = 0
    relations: int = 0
    missing: frozenset[Fact] = frozenset()
    extra: frozenset[Fact] = frozenset()
    #: what the reasoner left out of its list, though it finds the contrary impossible: HermiT 1.3.8 does so once in a while
    confirmed: frozenset[Fact] = frozenset()


def compare(jvm: Jvm, vocabulary: Vocabulary, facts: set[Fact]) -> Comparison:
    """Let both infer everything, and compare."""
    found = jvm.entailments(_document(vocabulary, facts))
    if not found.consistent:
        return Comparison(False)
    theirs = {(f"<{thing}>", TYPE, f"<{cls}>") for thing, cls in found.types}
    relations = {(f"<{one}>", f"<{prop}>", f"<{other}>") for one, prop, other in found.relations}
    ours = set(vocabulary.about_things(map(" ".join, vocabulary.completion.of(facts | vocabulary.own))))
    both = theirs | relations
    extra = frozenset(ours - both)
    confirmed = frozenset(fact for fact in extra if not jvm.entailments(_document(vocabulary, facts, contrary=fact)).consistent)
    return Comparison(True, len(theirs), len(relations), frozenset(both - ours), extra - confirmed, confirmed)


def _document(vocabulary: Vocabulary, facts: set[Fact], contrary: Fact | None = None) -> dict[str, bytes]:
    """Ontology and facts as OWL, with the denial of one fact if asked for."""
    individuals = {term for fact in facts for term in (fact[0], fact[2] if fact[1] != TYPE else fact[0])}
    lines = [" ".join(fact) for fact in facts] + [f"{thing} {TYPE} <{OWL}NamedIndividual>" for thing in individuals]
    if contrary is not None and contrary[1] == TYPE:
        lines += [f"{contrary[0]} {TYPE} _:not", f"_:not {TYPE} <{OWL}Class>", f"_:not <{OWL}complementOf> {contrary[2]}"]
    elif contrary is not None:
        ends = zip(("sourceIndividual", "assertionProperty", "targetIndividual"), contrary, strict=True)
        lines += [f"_:not {TYPE} <{OWL}NegativePropertyAssertion>", *(f"_:not <{OWL}{end}> {term}" for end, term in ends)]
    return {**vocabulary.files, "facts.nt": "".join(f"{line} .\n" for line in sorted(lines)).encode()}


def random_facts(vocabulary: Vocabulary, chance: random.Random) -> set[Fact]:
    """A small dataset: things, most with a type, and relations between them, added one by one while nothing speaks against it."""
    classes = [f"<{cls}>" for cls in vocabulary.classes if cls.startswith(iris.KG)]
    relations = [f"<{prop}>" for prop in vocabulary.relations if prop.startswith(iris.KG)]
    stances = sorted(fact[0] for fact in vocabulary.own if fact[1] == TYPE and fact[2] == f"<{iris.KG}Stance>")
    things = [f"<https://w3id.org/kgbuild/id/t/{number}>" for number in range(chance.randint(4, 14))]
    facts: set[Fact] = {(thing, TYPE, chance.choice(classes)) for thing in things if chance.random() < 0.6}
    wanted = chance.randint(len(things), 3 * len(things))
    for _ in range(30 * wanted):
        roll = chance.random()
        if roll < 0.08:
            fact = (chance.choice(things), TYPE, chance.choice(classes))
        elif roll < 0.16:
            fact = (chance.choice(things), f"<{iris.KG}stance>", chance.choice(stances))
        else:
            fact = (chance.choice(things), chance.choice(relations), chance.choice(things))
        if fact not in facts and is_plausible(vocabulary, facts | {fact}):
            facts.add(fact)
            wanted -= 1
            if not wanted:
                break
    return facts


def is_plausible(vocabulary: Vocabulary, facts: set[Fact]) -> bool:
    """Claim that no axiom that only forbids is plainly broken, things that differ in name being different."""
    rules = vocabulary.rules
    try:
        known = vocabulary.completion.of(facts)
    except Contradiction:
        return False
    pairs: dict[str, set[tuple[str, str]]] = {}
    for subject, predicate, object_ in known:
        pairs.setdefault(predicate, set()).add((subject, object_))
    for axiom in rules.forbidding:
        named = [pairs.get(f"<{term}>", set()) for term in axiom.terms]
        if (
            (axiom.kind == "one value at most" and len({s for s, _o in named[0]}) < len(named[0]))
            or (axiom.kind == "one subject at most" and len({o for _s, o in named[0]}) < len(named[0]))
            or (axiom.kind == "disjoint properties" and any(one & other for one, other in combinations(named, 2)))
            or (axiom.kind == "never to itself" and any(s == o for s, o in named[0]))
            or (axiom.kind == "never both ways" and any((o, s) in named[0] for s, o in named[0]))
        ):
            return False
    return True


def facts_of(vocabulary: Vocabulary, paths: list[Path], *, hops: int = 2) -> set[Fact]:
    """What articles say of things, with what the reference data says of the things that they name, and of those that these name."""
    with tempfile.TemporaryDirectory() as folder:
        store_path = Path(folder) / "store"
        load(paths, store_path, LoadOptions(), on_problem=lambda problem: None, on_progress=lambda n: None)
        with EmbeddedStore.open(store_path, read_only=True) as store:
            facts = set(vocabulary.about_things(line for iri in store.articles() for line in store.facts(iri) or ()))
            rows = store.select("SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } " + _only(store, "derived") + " }")
            facts |= set(vocabulary.about_things(" ".join(map(str, row)) for row in rows))
            rows = store.select("SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } " + _only(store, "reference") + " }")
            reference = set(vocabulary.about_things(" ".join(map(str, row)) for row in rows))
            del rows
    for _ in range(hops):
        named = {term for s, p, o in facts for term in (s, o if p != TYPE else s)}
        facts |= {fact for fact in reference if fact[0] in named or (fact[2] in named and fact[1] != TYPE and _is_about_posts(fact))}
    return facts


def _only(store: EmbeddedStore, name: str) -> str:
    return f"VALUES ?g {{ <{store.graphs.iri(name)}> }}"


def _is_about_posts(fact: Fact) -> bool:
    return fact[1] in {f"<{iris.KG}{name}>" for name in ("holder", "post", "postOf")}


def main() -> None:
    """Compare, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--datasets", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--articles", type=Path, nargs="*", default=[])
    parser.add_argument("--hops", type=int, default=2)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    vocabulary = Vocabulary(read_bundled("ontology", ".ttl"))
    chance = random.Random(options.seed)
    started = time.perf_counter()
    done: list[Comparison] = []
    drawn = 0
    with start() as jvm:
        while sum(each.consistent for each in done) < options.datasets:
            drawn += 1
            done.append(compare(jvm, vocabulary, random_facts(vocabulary, chance)))
            _show(done[-1], f"dataset {drawn}", verbose=options.verbose)
        if options.articles:
            facts = facts_of(vocabulary, options.articles, hops=options.hops)
            before = time.perf_counter()
            done.append(compare(jvm, vocabulary, facts))
            _show(done[-1], f"articles ({len(facts):,} facts, {time.perf_counter() - before:.1f} s)", verbose=True)
    report = {
        "reasoner": jvm.reasoner,
        "datasets": sum(each.consistent for each in done),
        "inconsistent, set aside": sum(not each.consistent for each in done),
        "types": sum(each.types for each in done),
        "relations": sum(each.relations for each in done),
        "missing": sum(len(each.missing) for each in done),
        "confirmed one by one": sum(len(each.confirmed) for each in done),
        "extra": sum(len(each.extra) for each in done),
        "seconds": round(time.perf_counter() - started, 1),
    }
    print(json.dumps(report, indent=2))
    sys.exit(1 if report["missing"] or report["extra"] else 0)


def _show(each: Comparison, name: str, *, verbose: bool) -> None:
    if verbose or each.missing or each.extra:
        found = f"{each.types} types, {each.relations} relations" if each.consistent else "inconsistent"
        print(f"{name}: {found}; missing {len(each.missing)}, extra {len(each.extra)}", file=sys.stderr)
        for sign, some in (("-", each.missing), ("+", each.extra)):
            for fact in sorted(some)[:10]:
                print(f"  {sign} {' '.join(iris.compress(term[1:-1]) for term in fact)}", file=sys.stderr)


if __name__ == "__main__":
    main()
