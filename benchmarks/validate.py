"""Validate a store of generated articles: articles a second, and whether memory stays flat from the first article to the last.

The store is built once, then ``ArticleCheck`` runs over all its articles, in this process alone and in as many as there are cores;
then the rules of the whole store, and the reference data.

    python benchmarks/validate.py --articles 500 [--folder DIR]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from kgbuild.executors import processes
from kgbuild.pipeline import LoadOptions, load, load_ontology
from kgbuild.pipeline.inputs import shipped_shapes
from kgbuild.stores import EmbeddedStore
from kgbuild.validation import ArticleCheck, Context, Hierarchy, Shapes, load_rules, reference_findings, rule_findings


def resident() -> float:
    """The memory of this process now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        store = folder / "store"
        if not store.exists():
            generator = Path(__file__).with_name("generate.py")
            command = [sys.executable, generator, "--articles", str(arguments.articles), "--out", folder / "articles"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            load([folder / "articles"], store, LoadOptions(), on_problem=lambda _problem: None, on_progress=lambda _n: None)
        measure(store)


def measure(store: Path) -> None:
    files = shipped_shapes()
    ontology = load_ontology()
    with EmbeddedStore.open(store, read_only=True) as database:
        articles = sorted(database.articles())
        triples = sum(1 for _ in database.query("SELECT ?s { GRAPH ?a { ?s ?p ?o } ?a <https://w3id.org/kgbuild/ontology#documentId> ?i }"))
    check = ArticleCheck(store, ontology, {name: data for name, data in files.items() if name.endswith(".ttl") and name != "reference.ttl"})
    print(f"{len(articles)} articles, {triples / len(articles):.0f} triples each")

    found: Counter[str] = Counter()
    slowest, begun, spent = 0.0, time.perf_counter(), time.process_time()
    for number, article in enumerate(articles):
        if number in (1, len(articles) // 2, len(articles) - 1):
            print(f"  resident after {number:>5} articles: {resident():6.0f} MB")
        started = time.perf_counter()
        for findings in check(article):
            found.update(finding.rule.partition("#")[2] for finding in findings)
        slowest = max(slowest, time.perf_counter() - started) if number else 0.0
    wall, cpu = time.perf_counter() - begun, time.process_time() - spent
    print(f"one process: {len(articles) / wall:.1f} articles/s ({cpu / len(articles):.3f} CPU s each), slowest {slowest:.2f} s")
    print("  findings:", ", ".join(f"{rule} {count}" for rule, count in found.most_common()) or "none")
    check.close()

    cores = os.cpu_count() or 1
    begun = time.perf_counter()
    assert sum(1 for _ in processes(check, articles, cores)) == len(articles)
    print(f"{cores} processes: {len(articles) / (time.perf_counter() - begun):.1f} articles/s")

    with EmbeddedStore.open(store, read_only=True) as database:
        begun = time.perf_counter()
        times = []
        for rule in load_rules({name: data for name, data in files.items() if name.endswith(".rq")}):
            started = time.perf_counter()
            count = len(rule_findings(database, rule))
            times.append((time.perf_counter() - started, rule.iri.partition("#")[2], count))
        print(f"{len(times)} rules of the whole store: {time.perf_counter() - begun:.1f} s")
        print(
            "  slowest:", ", ".join(f"{name} {seconds:.2f} s ({count} found)" for seconds, name, count in sorted(times, reverse=True)[:4])
        )
        begun = time.perf_counter()
        shapes = Shapes({name: data for name, data in files.items() if name.endswith(".ttl")})
        count = sum(len(group) for group in reference_findings(database, Context(database, Hierarchy(ontology)), shapes))
        print(f"reference data: {time.perf_counter() - begun:.1f} s, {count} found")


if __name__ == "__main__":
    main()
