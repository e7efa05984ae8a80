"""How long each bundled query takes: embedded store, Virtuoso and rdflib on the same generated articles, in one run.

Each query is asked with its required parameters alone, and with each optional one beside them; parameters have the example of the
query's header, or a value that the generated articles hold. First a large store (embedded beside Virtuoso), then one of about 200,000
quads (rdflib beside both). Virtuoso takes part where it is installed. The machine may be shared: beside wall milliseconds (median and
95th percentile of the warm runs, for Virtuoso with HTTP on this machine) stand CPU milliseconds of the process that answers.

    python benchmarks/queries.py [--articles 6200] [--small 250] [--runs 20] [--only NAME …] [--store DIR] [--folder DIR]
"""

from __future__ import annotations

import argparse
import math
import random
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import generate
import virtuoso

from kgbuild.answers import prepare
from kgbuild.errors import QueryError
from kgbuild.pipeline import LoadOptions, load
from kgbuild.query import Query, load_queries
from kgbuild.resources import read_bundled
from kgbuild.stores import EmbeddedStore

SEED = 7
#: seconds that a query may take before it counts as not answered
LIMIT = 20


@dataclass(frozen=True, slots=True)
class Case:
    """A query with values: its name, what is given beside the required parameters, and the SPARQL of it."""

    name: str
    given: str
    sparql: str


@dataclass(frozen=True, slots=True)
class Timing:
    """Rows, and milliseconds over the warm runs; or why there are none."""

    rows: int = 0
    median: float = math.nan
    p95: float = math.nan
    cpu: float = math.nan
    failed: str = ""


def values(query: Query, seed: int) -> dict[str, str]:
    """Parameter -> value: the header's example, but for what generated articles do not hold."""
    officials = [name for name, _state, _post in generate.World(random.Random(seed)).officials]
    own = {
        "outlet": "Outlet 0", "lang": "en", "speaker": officials[0], "place": "Moscow", "from": officials[0], "to": officials[1],
        "article": "generated-0000007", "thing": "RUS", "about": "", "by": officials[1], "statement": "",
    }  # fmt: skip
    return {param.name: own.get(param.name, param.example) for param in query.params}


def cases(store: EmbeddedStore, seed: int, only: list[str]) -> Iterator[Case]:
    """The queries with values, as SPARQL."""
    kg = "PREFIX kg: <https://w3id.org/kgbuild/ontology#>"
    party = "?supply a kg:ArmsSupply ; kg:supplier/kg:isoAlpha3 'RUS' ; kg:recipient/kg:isoAlpha3 'UKR'"
    supply = next(store.select(f"{kg} SELECT (MIN(STR(?supply)) AS ?s) {{ {party} }}"))[0].value
    pattern = f"?s kg:about/kg:partOfSupply <{supply}> ; kg:respondsTo ?other"
    statement = next(store.select(f"{kg} SELECT (MIN(STR(?s)) AS ?first) {{ {pattern} }}"))[0].value
    for name, query in load_queries(read_bundled("queries", ".rq")).items():
        if only and name not in only:
            continue
        known = values(query, seed) | {"statement": statement, "about": supply}
        if name == "evidence":
            known["thing"] = statement
        required = {param.name: known[param.name] for param in query.params if param.required}
        yield Case(name, "", prepare(query, required, store.select, base=store.base))
        for param in query.params:
            if not param.required:
                more = required | {param.name: known[param.name]}
                yield Case(name, param.name, prepare(query, more, store.select, base=store.base))


def measure(ask: Callable[[str], int], cpu: Callable[[], float], sparql: str, runs: int) -> Timing:
    """Ask once to warm up, then ``runs`` times; a slow query less often, so that it takes no more than the limit."""
    walls, cpus, rows, spent = [], [], 0, 0.0
    try:
        for number in range(runs + 1):
            before, began = cpu(), time.perf_counter()
            rows = ask(sparql)
            wall = time.perf_counter() - began
            spent += wall
            if number or spent > LIMIT / 2:
                walls.append(wall * 1000)
                cpus.append((cpu() - before) * 1000)
            if spent > LIMIT and number >= 1:
                break
    except TimeoutError:
        return Timing(failed=f"> {LIMIT} s")
    except (ValueError, QueryError) as error:
        return Timing(failed=str(error))
    walls.sort()
    return Timing(rows, statistics.median(walls), walls[math.ceil(0.95 * len(walls)) - 1], statistics.fmean(cpus))


def rdflib_ask(nquads: Path) -> Callable[[str], int]:
    """Load a file into rdflib; how it is asked. Raises TimeoutError."""
    import rdflib

    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(nquads, format="nquads")

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)

    def ask(sparql: str) -> int:
        signal.alarm(LIMIT)
        try:
            return len(list(dataset.query(sparql)))
        except TimeoutError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever another engine cannot do is a result here
            raise ValueError(f"{type(error).__name__}: {error}") from None
        finally:
            signal.alarm(0)

    return ask


def build(folder: Path, articles: int, seed: int) -> Path:
    """Generate articles and load them: the store's folder."""
    store = folder / f"store-{articles}"
    if not store.exists():
        generate.write(folder / f"articles-{articles}", articles, seed, 200)
        load([folder / f"articles-{articles}"], store, LoadOptions(), on_problem=print, on_progress=lambda _n: None)
    return store


def written(store: EmbeddedStore, folder: Path) -> tuple[Path, Path]:
    """Write the store as N-Quads: with the default graph, and the named graphs alone; runs included."""
    both, named = folder / "both" / "all.nq", folder / "named" / "named.nq"
    base = store.base.encode()
    for path in (both, named):
        path.parent.mkdir(parents=True, exist_ok=True)
    with both.open("wb") as file:
        store.dump(file, "nq")
        store.dump(file, "nq", graph=store.graphs.runs)
    with both.open("rb") as source, named.open("wb") as target:
        # after subject and predicate: the object, and in a named graph another IRI, which begins as those of the store do
        target.writelines(line for line in source if line.split(b" ", 2)[2].rpartition(b" <")[2].startswith(base))
    return both, named


def compare(store: Path, folder: Path, options: argparse.Namespace, *, rdflib: bool) -> None:
    """Measure one store in all engines, query by query in turn, and print a line each."""
    engines: dict[str, tuple[Callable[[str], int], Callable[[], float]]] = {}
    with EmbeddedStore.open(store, read_only=True) as opened, tempfile.TemporaryDirectory(dir=folder) as scratch:
        quads = opened.counts().quads
        engines["embedded"] = (lambda sparql: sum(1 for _row in opened.select(sparql)), time.process_time)
        server = None
        try:
            if rdflib or (virtuoso.installed() and not options.no_virtuoso):
                both, named = written(opened, Path(scratch))
                if virtuoso.installed() and not options.no_virtuoso:
                    server = virtuoso.Virtuoso(Path(scratch) / "virtuoso", named, seconds=LIMIT)
                    engines["Virtuoso"] = (server.ask, server.cpu)
                if rdflib:
                    engines["rdflib"] = (rdflib_ask(both), time.process_time)
            print(f"\n{quads:,} quads; milliseconds: median / p95 / mean CPU of {options.runs} warm runs")
            print(f"{'query':42s}{'rows':>8s}" + "".join(f"{name:>30s}" for name in engines))
            late = slower = asked = 0
            for case in cases(opened, options.seed, options.only):
                timings = {
                    name: measure(ask, cpu, case.sparql, options.runs if name != "rdflib" else 3) for name, (ask, cpu) in engines.items()
                }
                own = timings["embedded"]
                asked += 1
                late += not own.p95 <= 250
                other = timings.get("Virtuoso", Timing(failed="-"))
                slower += other.median < own.median
                print(_line(case, timings), flush=True)
            print(f"{asked} questions; {late} with p95 above 250 ms; {slower} slower than Virtuoso")
        finally:
            if server is not None:
                server.close()


def _line(case: Case, timings: dict[str, Timing]) -> str:
    own = timings["embedded"]
    label = f"{case.name} {'+' + case.given if case.given else ''}"
    columns = []
    for name, timing in timings.items():
        text = timing.failed[:27] or f"{timing.median:.1f} / {timing.p95:.1f} / {timing.cpu:.1f}"
        if name != "embedded" and not timing.failed:
            text += f" {timing.median / own.median:.2f}x" + ("" if timing.rows == own.rows else f" ({timing.rows} rows)")
        columns.append(f"{text:>30s}")
    return f"{label:42s}{own.rows:8,d}{''.join(columns)}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=6200, help="of the large store; 6,200 are five million quads")
    parser.add_argument("--small", type=int, default=250, help="of the small store, for rdflib; 0: leave it out")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    parser.add_argument("--store", type=Path, help="a store built before, in place of --articles")
    parser.add_argument("--no-virtuoso", action="store_true")
    parser.add_argument("--folder", type=Path, help="where stores are built, and kept; else a temporary one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = options.folder or Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        if options.store or options.articles:
            compare(options.store or build(place, options.articles, options.seed), place, options, rdflib=False)
        if options.small:
            compare(build(place, options.small, options.seed), place, options, rdflib=True)
