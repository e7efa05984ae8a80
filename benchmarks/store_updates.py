"""How long one article takes in a large store: unchanged, slightly corrected, new, replaced altogether.

    python benchmarks/store_updates.py [--quads 2000000] [--store DIR] [--rounds 100]

The articles are made up, in the shape of real ones: 450 lines, of which 170 facts, of which 60 on things that other articles tell of
too. The store is kept in DIR if one is named, and used again if it is there; its articles change with every run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kgbuild.iris import DATA, KG, PREFIXES
from kgbuild.stores import ArticleGraph, EmbeddedStore, article_nquads, store_exists

TYPE, LABEL, XSD = f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['rdfs']}label>", PREFIXES["xsd"]
DENOTED_BY = f"<{PREFIXES['gaf']}denotedBy>"
WORDS = (
    "minister foreign state declared friday delivery missile embassy channel confirmed meeting visit agreement talks region north".split()
)
QUADS_OF_ONE = 626
EVENTS = 3000


def words(chance: random.Random, count: int) -> str:
    """Make up a text."""
    return " ".join(chance.choice(WORDS) for _ in range(count))


def shared_event(number: int) -> set[str]:
    """Five facts on an event that several articles tell of."""
    chance = random.Random(number)
    node = f"<{DATA}event/{hashlib.sha256(str(number).encode()).hexdigest()[:24]}>"
    return {
        f"{node} {TYPE} <{KG}Meeting>",
        f'{node} {LABEL} "{words(chance, 4)}"@en',
        f"{node} <{KG}participant> <{DATA}state/S{chance.randrange(200)}>",
        f'{node} <{KG}earliest> "2024-01-{1 + chance.randrange(28):02d}"^^<{XSD}date>',
        f"{node} <{KG}partyState> <{DATA}state/S{chance.randrange(200)}>",
    }


def article(number: int, edition: int = 0) -> ArticleGraph:
    """An article; with another edition everything that it says is different."""
    chance = random.Random(f"{number}/{edition}")
    iri = f"{DATA}article/news_{number:07d}"
    facts = {f'<{iri}> <{KG}header{n}> "{words(chance, 3)}"@en' for n in range(10)}
    details: set[str] = set()
    for event in chance.sample(range(EVENTS), 12):
        facts |= shared_event(event)
    things = [f"<{iri}/u{edition}{n:02d}>" for n in range(20)]
    for thing in things:
        facts |= {
            f"{thing} {TYPE} <{KG}{chance.choice(['Statement', 'Weapon', 'Person', 'Strike'])}>",
            f'{thing} {LABEL} "{words(chance, 4)}"@en',
            f"{thing} <{KG}reportedIn> <{iri}>",
            f"{thing} <{KG}speaker> <{DATA}person/p{chance.randrange(500)}>",
            f"{thing} <{KG}about> {chance.choice(things)}",
        }
    for n in range(45):
        begin = n * 40 + chance.randrange(10)
        mention = f"<{iri}#char={begin},{begin + 12}>"
        details |= {f"{mention} {TYPE} <{KG}Mention>", f"{things[n % 20]} {DENOTED_BY} {mention}"}
        details |= place(mention, begin, begin + 12, "anchorText", words(chance, 2))
    for n in range(14):
        begin = n * 130 + edition
        sentence = f"<{iri}#sentence={begin},{begin + 128}>"
        details |= {f"{sentence} {TYPE} <{KG}Sentence>"} | place(sentence, begin, begin + 128, "sentenceText", words(chance, 18))
    record = json.dumps({"id": number, "units": sorted(facts)[:60]}).encode()
    return ArticleGraph(iri, frozenset(facts), frozenset(details), record, f"{number}/{edition}", "bench")


def place(node: str, begin: int, end: int, predicate: str, text: str) -> set[str]:
    """Say where in the text something is, and what stands there."""
    integer = f"^^<{XSD}integer>"
    return {f'{node} <{KG}begin> "{begin}"{integer}', f'{node} <{KG}end> "{end}"{integer}', f'{node} <{KG}{predicate}> "{text}"@en'}


def corrected(before: ArticleGraph, round_: int) -> ArticleGraph:
    """The same article with another type of one thing and another label: two lines out, two lines in."""
    facts = sorted(before.facts)
    chosen = [line for line in facts if "/u" in line and (TYPE in line or LABEL in line)][3:5]
    fresh = {f"{chosen[0].split(' ')[0]} {TYPE} <{KG}Visit>", f'{chosen[1].split(" ")[0]} {LABEL} "corrected {round_}"@en'}
    record = before.record.replace(b"minister", f"c{round_}".encode(), 1)
    facts_now = set(before.facts) - set(chosen) | fresh
    return ArticleGraph(before.iri, facts_now, before.details, record, f"{before.fingerprint}c{round_}", "bench")


def timed(name: str, action: Callable[[ArticleGraph], object], articles: Iterable[ArticleGraph]) -> None:
    """Time an action on each article; print median and p95, and the median CPU time, which other work on the machine does not stretch."""
    took, busy = [], []
    for one in articles:
        begin, begin_busy = time.perf_counter(), time.thread_time()
        action(one)
        took.append((time.perf_counter() - begin) * 1000)
        busy.append((time.thread_time() - begin_busy) * 1000)
    took.sort()
    middle, late = len(took) // 2, int(len(took) * 0.95)
    print(f"{name:<22} median {took[middle]:6.2f} ms   p95 {took[late]:6.2f} ms   CPU, median {sorted(busy)[middle]:6.2f} ms", flush=True)


def opened(path: Path, quads: int) -> EmbeddedStore:
    """Open the store, or build it."""
    if store_exists(path):
        return EmbeddedStore.open(path)

    def chunks() -> Iterator[bytes]:
        for number in range(quads // QUADS_OF_ONE):
            yield article_nquads(article(number), base=DATA)

    begin = time.perf_counter()
    store = EmbeddedStore.build(path, chunks())
    print(f"built in {time.perf_counter() - begin:.1f} s")
    return store


def main() -> None:
    """Read the command line, and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quads", type=int, default=2_000_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--rounds", type=int, default=100)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, opened(arguments.store or Path(folder) / "store", arguments.quads) as store:
        begin = time.perf_counter()
        counts = store.counts()
        print(f"{counts.quads:,} quads, {counts.articles:,} articles; counted in {time.perf_counter() - begin:.2f} s")
        rounds, salt = arguments.rounds, int(time.time()) % 100_000
        numbers = random.Random(salt).sample(range(counts.articles // 2), 2 * rounds)
        old = [article(number) for number in numbers]
        for one in old:  # known state: an earlier run may have changed them
            store.put([one])
        timed("unchanged", lambda one: store.put([one]), old)
        timed("small correction", lambda one: store.put([one]), [corrected(one, salt) for one in old[:rounds]])
        timed("new", lambda one: store.put([one]), [article(10_000_000 + 1000 * salt + n) for n in range(rounds)])
        timed("replaced altogether", lambda one: store.put([one]), [article(number, 1) for number in numbers[rounds:]])
        timed("removed", lambda one: store.remove([one.iri]), [article(number, 1) for number in numbers[rounds:]])


if __name__ == "__main__":
    main()
