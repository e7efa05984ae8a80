"""How long one article takes in a store of two million quads: unchanged, slightly corrected, new, fully replaced.

The articles are generated ones; ``map`` is reading, checking and mapping in this process, ``put`` the store's transaction (graph, default
graph, record, run), ``statuses`` the assessment of what the article touches, which a load does once for all its articles.
Milliseconds, median and 95th percentile.

    python benchmarks/updates.py [--articles 2000] [--rounds 60] [--folder DIR]
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import generate
import msgspec

from kgbuild import readers
from kgbuild.document import Document
from kgbuild.pipeline import LoadOptions, load
from kgbuild.pipeline.inputs import resolve
from kgbuild.pipeline.statuses import Touched
from kgbuild.pipeline.work import Build, Item
from kgbuild.provenance import new_run, run_lines
from kgbuild.status import cases
from kgbuild.stores import EmbeddedStore


def documents(folder: Path) -> Iterator[Document]:
    """The documents of a folder of native files."""
    for found in readers.read([folder]):
        if not isinstance(found, Document):
            raise SystemExit(found.message)
        yield found


def corrected(document: Document) -> Document:
    """A document with two slips mended: what an item is called, and where a mention begins."""
    units = list(document.units)
    item = next((n for n, unit in enumerate(units) if unit.id.startswith("i")), None)
    if item is not None:
        units[item] = msgspec.structs.replace(units[item], name="some of them")
    place = next(n for n, unit in enumerate(units) if unit.mentions)
    (begin, end), *_ = units[place].mentions[0].spans
    moved = msgspec.structs.replace(units[place].mentions[0], spans=((begin + 1, end),), text=None)
    units[place] = msgspec.structs.replace(units[place], mentions=(moved, *units[place].mentions[1:]))
    return msgspec.structs.replace(document, units=tuple(units))


class Clock:
    """Collects seconds by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    def report(self) -> dict[str, str]:
        """Median and 95th percentile of each, in milliseconds."""
        lines = {}
        for name, values in self.seconds.items():
            values.sort()
            lines[name] = f"{statistics.median(values) * 1e3:.2f} / {values[int(0.95 * (len(values) - 1))] * 1e3:.2f}"
        return lines

    def add(self, name: str, started: float) -> float:
        """Note the seconds since ``started``; return now."""
        now = time.perf_counter()
        self.seconds.setdefault(name, []).append(now - started)
        return now


def main() -> None:
    """Build the store, then write articles one by one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    generate.write(folder / "old", options.articles, 7, 200)
    world = generate.World(random.Random(7))
    (folder / "new").mkdir()
    with (folder / "new" / "new.kga.jsonl").open("w", encoding="utf-8") as file:
        for number in range(options.articles, options.articles + 2 * options.rounds):
            file.write(json.dumps(generate.article(world, 7, number), ensure_ascii=False) + "\n")
    load([folder / "old"], folder / "store", LoadOptions(), on_problem=print, on_progress=lambda _n: None)
    clock = Clock()
    with EmbeddedStore.open(folder / "store") as store:
        inputs = resolve(store, LoadOptions())
        work = Build(inputs.mapper(), inputs.built_with, inputs.base)
        run = new_run("2026-01-01T00:00:00Z", "benchmark")
        old = random.Random(1).sample(list(documents(folder / "old")), options.rounds)
        new = list(documents(folder / "new"))

        def write(name: str, document: Document) -> None:
            now = time.perf_counter()
            item: Item = work.item((document,))
            now = clock.add(f"{name}: map", now)
            before = store.facts(item.iri) or ()
            now = time.perf_counter()
            store.put([item.graph(work.built_with)], run_lines(run, [item.iri], work.base))
            now = clock.add(f"{name}: put", now)
            touched = Touched()
            touched.add(cases(before, inputs.ontology))
            touched.add(item.cases)
            touched.refresh(store, inputs.ontology)
            clock.add(f"{name}: statuses", now)

        for position, document in enumerate(old):
            write("new", new[position])
            write("unchanged", document)
            write("corrected", corrected(document))
            other = new[options.rounds + position]
            write("replaced", msgspec.structs.replace(other, id=document.id))
        print(json.dumps({"quads": store.counts().quads, "median / p95 ms": clock.report()}, indent=2))
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
