"""How long inferring takes in a store of ten thousand things: all of it anew, and what one article more, changed or removed bears on.

``all`` is ``kgbuild reason`` without its counting; the others are whole: mapping, the transaction with all that follows from it, and
the statuses with what follows from these. ``without rules`` is the same without inferring. Milliseconds, median and 95th percentile.

    python benchmarks/reason.py [--things 10000] [--rounds 60] [--folder DIR]
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import generate
import msgspec
from updates import Clock, documents

from kgbuild import iris
from kgbuild.document import Document
from kgbuild.pipeline import LoadOptions, load
from kgbuild.pipeline.inputs import resolve
from kgbuild.pipeline.statuses import Touched
from kgbuild.pipeline.work import Build
from kgbuild.provenance import new_run, run_lines
from kgbuild.status import cases
from kgbuild.stores import EmbeddedStore

#: what a generated article adds in things, about
_THINGS_AN_ARTICLE = 25


def things(store: EmbeddedStore) -> int:
    """How many things articles tell of."""
    (row,) = store.select(f"SELECT (COUNT(DISTINCT ?thing) AS ?n) {{ ?thing <{iris.KG}reportedIn> ?article }}")
    return int(row[0].value)


def main() -> None:
    """Build the store, infer everything anew, then write articles one by one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--things", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    articles = options.things // _THINGS_AN_ARTICLE
    generate.write(folder / "old", articles, 7, 200)
    world = generate.World(random.Random(7))
    (folder / "new").mkdir()
    with (folder / "new" / "new.kga.jsonl").open("w", encoding="utf-8") as file:
        for number in range(articles, articles + 2 * options.rounds):
            file.write(json.dumps(generate.article(world, 7, number), ensure_ascii=False) + "\n")
    load([folder / "old"], folder / "store", LoadOptions(), on_problem=print, on_progress=lambda _n: None)
    shutil.copytree(folder / "store", folder / "plain")
    report: dict[str, object] = {}
    for name in ("plain", "store"):
        clock = Clock()
        with EmbeddedStore.open(folder / name) as store:
            inputs = resolve(store, LoadOptions())
            if name == "store":
                seconds = []
                for _ in range(3):
                    started = time.perf_counter()
                    done = store.reason_with(inputs.rules, materialise=True)
                    seconds.append(time.perf_counter() - started)
                report["articles, things"] = (articles, things(store))
                report["quads, of these inferred"] = (store.counts().quads, done.total if done else 0)
                report["all, seconds (median of 3)"] = round(statistics.median(seconds), 2)
            work = Build(inputs.mapper(), inputs.built_with, inputs.base)
            run = new_run("2026-01-01T00:00:00Z", "benchmark")
            old = random.Random(1).sample(list(documents(folder / "old")), options.rounds)
            new = list(documents(folder / "new"))

            def write(name: str, document: Document | None, iri: str) -> None:
                now = time.perf_counter()
                touched = Touched()
                touched.add(cases(store.facts(iri) or (), inputs.ontology))  # noqa: B023 - called in this turn only
                if document is None:
                    store.remove([iri])
                else:
                    item = work.item((document,))  # noqa: B023
                    touched.add(item.cases)
                    store.put([item.graph(work.built_with)], run_lines(run, [iri], work.base))  # noqa: B023
                touched.refresh(store, inputs.ontology)  # noqa: B023
                clock.add(name, now)  # noqa: B023

            for position, document in enumerate(old):
                fresh, other = new[position], new[options.rounds + position]
                write("one article more", fresh, iris.article(fresh.id))
                write("replaced by another", msgspec.structs.replace(other, id=document.id), iris.article(document.id))
                write("removed", None, iris.article(fresh.id))
        report["with rules" if name == "store" else "without rules"] = clock.report()
    print(json.dumps(report, indent=2))
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
