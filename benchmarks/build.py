"""Build a store from generated articles, and load the same quads raw: how much does kgbuild add to what the engine takes?

Both run as processes of their own, in turn: kgbuild reads JSON Lines, checks, resolves and maps; the engine's ``bulk_load`` reads the very
N-Quads that kgbuild hands to it, from a file. Wall seconds, and the peak memory of the largest process.

    python benchmarks/build.py --articles 2500 [--runs 3] [--folder DIR]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import generate

KGBUILD = """
import sys
from pathlib import Path
from kgbuild.pipeline import LoadOptions, load
report = load([Path(sys.argv[1])], Path(sys.argv[2]), LoadOptions(), on_problem=print, on_progress=lambda n: None)
print(report.documents, report.units, len(report.problems), file=sys.stderr)
"""
TEE = """
import sys
from pathlib import Path
from kgbuild.pipeline import LoadOptions, load
from kgbuild.stores import EmbeddedStore
build = EmbeddedStore.build
def copied(chunks):
    with open(sys.argv[3], "wb") as file:
        for chunk in chunks:
            file.write(chunk)
            yield chunk
EmbeddedStore.build = lambda path, chunks, **options: build(path, copied(chunks), **options)
load([Path(sys.argv[1])], Path(sys.argv[2]), LoadOptions(), on_problem=print, on_progress=lambda n: None)
print(len(EmbeddedStore.open(Path(sys.argv[2]))._store))
"""
RAW = """
import sys, pyoxigraph as ox
store = ox.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS, lenient=len(sys.argv) > 3)
"""


def timed(code: str, *arguments: str) -> tuple[float, float]:
    """Run Python code in a process: wall seconds, and the peak memory of the largest process among it and its children, in MB."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if status:
        raise SystemExit(f"a run failed with status {status}")
    return wall, usage.ru_maxrss / 1024


def main() -> None:
    """Measure, and print medians and ratios as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=2500)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    generate.write(folder / "articles", options.articles, options.seed, 200)
    runs: dict[str, list[tuple[float, float]]] = {"kgbuild": [], "bulk_load": [], "bulk_load lenient": []}
    quads = 0
    for _ in range(options.runs):
        shutil.rmtree(folder / "store", ignore_errors=True)
        runs["kgbuild"].append(timed(KGBUILD, str(folder / "articles"), str(folder / "store")))
        if not quads:
            command = [sys.executable, "-c", TEE, str(folder / "articles"), str(folder / "tee"), str(folder / "all.nq")]
            quads = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        for name, extra in (("bulk_load", ()), ("bulk_load lenient", ("lenient",))):
            shutil.rmtree(folder / "raw", ignore_errors=True)
            runs[name].append(timed(RAW, str(folder / "all.nq"), str(folder / "raw"), *extra))
    wall = {name: statistics.median(seconds for seconds, _memory in measured) for name, measured in runs.items()}
    report = {
        "articles": options.articles,
        "quads": quads,
        "wall seconds (median)": {name: round(seconds, 2) for name, seconds in wall.items()},
        "wall seconds": {name: [round(seconds, 2) for seconds, _memory in measured] for name, measured in runs.items()},
        "peak MB": {name: round(max(memory for _seconds, memory in measured)) for name, measured in runs.items()},
        "ratio to bulk_load": round(wall["kgbuild"] / wall["bulk_load"], 3),
        "ratio to bulk_load lenient": round(wall["kgbuild"] / wall["bulk_load lenient"], 3),
        "articles/s": round(options.articles / wall["kgbuild"]),
    }
    print(json.dumps(report, indent=2))
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
