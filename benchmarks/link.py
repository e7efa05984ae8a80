"""Propose links in stores of generated articles: how long, in how much memory, and how many planted pairs are found.

The articles are those of generate.py, with slips planted in some: a name in another spelling, a meeting dated by its month alone, a
meeting with one of its people left out. Proposing runs as a process of its own: CPU seconds and peak memory. A planted name is found if
it is proposed with the right one at all.

    python benchmarks/link.py [--events 10000 100000] [--seed 7] [--folder DIR]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import generate

#: events of one generated article, about
EVENTS = 6.7
#: of the articles with a person, meeting …, the part in which a slip is planted
SLIPS = 0.03
#: another way to write some letters
SPELLINGS = [("v", "w"), ("y", "i"), ("c", "k"), ("f", "ph"), ("z", "s"), ("w", "v"), ("j", "y")]
LOAD = """
import sys
from pathlib import Path
from kgbuild.pipeline import LoadOptions, load
load([Path(sys.argv[1])], Path(sys.argv[2]), LoadOptions(), on_problem=lambda _: None, on_progress=lambda n: None)
"""
LINK = """
import json, resource, sys, time
from pathlib import Path
from kgbuild.pipeline.linking import Proposing
from kgbuild.stores import EmbeddedStore
with EmbeddedStore.open(Path(sys.argv[1]), read_only=True) as store:
    (events,) = next(iter(store.select(
        "PREFIX kg: <https://w3id.org/kgbuild/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "SELECT (COUNT(DISTINCT ?e) AS ?n) { ?c rdfs:subClassOf kg:Event . ?e a ?c ; kg:reportedIn ?a }")))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started, wall = time.process_time(), time.perf_counter()
    with Proposing(store, (), min_score=0.6) as found:
        seconds, wall = time.process_time() - started, time.perf_counter() - wall
        people = sorted({(p.one, p.other) for p in found.proposals.rows(0) if p.kind == "person"})
        print(json.dumps({
            "events": int(events.value), "CPU seconds": round(seconds, 1), "wall seconds": round(wall, 1),
            "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), "peak MB before": round(before),
            "pairs compared": found.proposals.compared, "proposed": found.proposals.total, "cut": found.proposals.cut, "people": people,
        }))
"""


def spelled(name: str) -> str:
    """The name in the other spelling: one slip in its last word."""
    first, _, last = name.rpartition(" ")
    for letter, other in SPELLINGS:
        if letter in last[1:]:
            return f"{first} {last[0]}{last[1:].replace(letter, other, 1)}"
    return f"{first} {last}{last[-1]}"


def with_slips(document: dict[str, object], rng: random.Random, planted: set[tuple[str, str]]) -> dict[str, object]:
    """The article with slips, if any; planted names are noted."""
    for unit in document["units"]:  # type: ignore[attr-defined]
        if rng.random() >= SLIPS:
            continue
        if unit["label"] == "Person":
            planted.add((unit["name"], spelled(unit["name"])))
            unit["name"] = spelled(unit["name"])
        elif unit["label"] == "Meeting":
            dates = [arg for arg in unit["args"] if arg["role"] == "date"]
            if rng.random() < 0.7 and dates:
                month = "20" + re.sub(r"^d(\d\d)(\d\d)\d\d$", r"\1-\2", dates[0].pop("target"))
                dates[0]["value"] = month
            else:
                people = [arg for arg in unit["args"] if arg["role"] == "participant"]
                unit["args"].remove(people[-1])
    return document


def write(folder: Path, events: int, seed: int) -> set[tuple[str, str]]:
    """Write articles with about so many events; return the planted names."""
    folder.mkdir(parents=True)
    world, rng, planted = generate.World(random.Random(seed)), random.Random(seed + 1), set[tuple[str, str]]()

    def lines(first: int, last: int) -> Iterator[str]:
        for number in range(first, last):
            yield json.dumps(with_slips(generate.article(world, seed, number), rng, planted), ensure_ascii=False)

    articles = round(events / EVENTS)
    for first in range(0, articles, 200):
        text = "\n".join(lines(first, min(first + 200, articles)))
        (folder / f"generated-{first:07d}.kga.jsonl").write_text(text + "\n", encoding="utf-8")
    return planted


def main() -> None:
    """Measure, and print a JSON object for each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])}
    for events in options.events:
        folder = Path(tempfile.mkdtemp(dir=options.folder))
        try:
            planted = write(folder / "articles", events, options.seed)
            subprocess.run([sys.executable, "-c", LOAD, str(folder / "articles"), str(folder / "store")], check=True, env=environment)
            output = subprocess.run(
                [sys.executable, "-c", LINK, str(folder / "store")], check=True, env=environment, capture_output=True, text=True
            ).stdout
            report = json.loads(output)
            found = {tuple(sorted(pair)) for pair in report.pop("people")}
            wanted = {tuple(sorted(map(_iri, pair))) for pair in planted}
            report["planted names"], report["found of them"] = len(wanted), len(wanted & found)
            report["people proposed"] = len(found)
            print(json.dumps(report, indent=2, ensure_ascii=False), flush=True)
        finally:
            shutil.rmtree(folder)


def _iri(name: str) -> str:
    return "https://w3id.org/kgbuild/id/name/person/" + name.lower().replace(" ", "")


if __name__ == "__main__":
    main()
