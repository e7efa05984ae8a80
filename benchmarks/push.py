"""How fast a first push is, beside the store's own bulk loader over the same quads, in one run; or what a push of one changed article is.

The articles are generated ones. ``push`` is all of it: reading the store here, sending, reading back and comparing; ``send`` is the same
without reading back. The bulk loader is given the dump in N-Quads: oxigraph's ``oxigraph load`` (offline, on all cores) and, online as a
push is, one POST of the whole to its bulk loader; Virtuoso's ld_dir and rdf_loader_run. Quads per second of wall time, and the CPU seconds
of this process and of the server.

    python benchmarks/push.py [--articles 1000] [--store DIR] [--kind oxigraph] [--kind virtuoso] [--change] [--folder DIR]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import generate
import pyoxigraph as ox

from kgbuild.pipeline import LoadOptions, load
from kgbuild.stores import Address, ArticleGraph, EmbeddedStore
from kgbuild.stores.remote import pushing
from kgbuild.stores.remote.pushing import _Session, push

CHECKOUT = Path(__file__).parents[1]
_TICKS = os.sysconf("SC_CLK_TCK")


def servers() -> ModuleType:
    """What starts servers for the tests."""
    spec = importlib.util.spec_from_file_location("servers", CHECKOUT / "tests" / "stores" / "servers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["servers"] = module
    spec.loader.exec_module(module)
    return module


def cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


class Timed:
    """Seconds of the block, of wall time and of CPU here and there."""

    def __init__(self, process: int) -> None:
        self._process = process

    def __enter__(self) -> Timed:
        self._begun = time.perf_counter(), time.process_time(), cpu(self._process)
        return self

    def __exit__(self, *_error: object) -> None:
        wall, here, there = self._begun
        self.wall = time.perf_counter() - wall
        self.here, self.there = time.process_time() - here, cpu(self._process) - there

    def row(self, quads: int) -> dict[str, float]:
        seconds = {"s": self.wall, "cpu here": self.here, "cpu there": self.there}
        return {"quads/s": round(quads / self.wall), **{name: round(value, 1) for name, value in seconds.items()}}


@contextmanager
def started(module: ModuleType, kind: str, folder: Path, data: Path) -> Iterator[Any]:
    """A server with nothing in it; Virtuoso may read the folder of the dump."""
    if kind == "virtuoso":
        settings = module._VIRTUOSO
        module._VIRTUOSO = settings.replace("[HTTPServer]", f"DirsAllowed = ., {data}\n[HTTPServer]").replace(
            "NumberOfBuffers = 20000\nMaxDirtyBuffers = 15000", "NumberOfBuffers = 170000\nMaxDirtyBuffers = 130000"
        )
    with module.running(kind, folder) as server:
        yield server


def bulk(kind: str, module: ModuleType, server: Any, dump: Path, folder: Path) -> None:
    """Load the dump by the store's own loader."""
    if kind == "virtuoso":
        client = ["isql-vt", f"127.0.0.1:{server.extra['sql']}", "dba", "dba"]
        for command in (f"ld_dir('{dump.parent}', '{dump.name}', 'urn:unused');", "rdf_loader_run();", "checkpoint;"):
            subprocess.run([*client, f"exec={command}"], check=True, capture_output=True)
        check = [*client, "exec=SELECT ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL;"]
        assert "\n0 Rows" in subprocess.run([*check, "VERBOSE=ON"], check=True, capture_output=True, text=True).stdout
    elif kind == "oxigraph":
        command = [module._oxigraph(), "load", "--location", str(folder / "offline"), "--file", str(dump), "--lenient"]
        subprocess.run(command, check=True, capture_output=True)


def post_all(url: str, dump: Path) -> None:
    """One POST of the whole dump."""
    with dump.open("rb") as file:
        headers = {"Content-Type": "application/n-quads", "Content-Length": str(dump.stat().st_size)}
        urllib.request.urlopen(urllib.request.Request(url, data=file, headers=headers, method="POST"), timeout=3600).close()


def first(kind: str, near: Path, dump: Path, folder: Path, module: ModuleType, quads: int) -> dict[str, Any]:
    """A first push, with reading back and without, and the bulk loader."""
    rows: dict[str, Any] = {}
    with started(module, kind, folder / "bulk", dump.parent) as server, Timed(server.process.pid) as timed:
        bulk(kind, module, server, dump, folder)
    rows["bulk loader"] = timed.row(quads)
    if kind == "oxigraph":
        with started(module, kind, folder / "one", dump.parent) as server, Timed(server.process.pid) as timed:
            post_all(f"{server.url}store?no_transaction", dump)
        rows["one POST of all"] = timed.row(quads)
    verify = _Session._verify
    for name in ("push", "send"):
        if name == "send":
            _Session._verify = lambda *_arguments: True  # type: ignore[method-assign]
        try:
            with started(module, kind, folder / name, dump.parent) as server, EmbeddedStore.open(near, read_only=True) as store:
                with Timed(server.process.pid) as timed:
                    report = pushing.push(store, server.address)
                assert not report.wrong
                rows[name] = timed.row(quads)
        finally:
            _Session._verify = verify  # type: ignore[method-assign]
        rows[name]["of bulk"] = round(rows[name]["quads/s"] / rows["bulk loader"]["quads/s"], 2)
        if kind == "oxigraph":
            rows[name]["of one POST"] = round(rows[name]["quads/s"] / rows["one POST of all"]["quads/s"], 2)
    return rows


def changed(kind: str, near: Path, folder: Path, module: ModuleType) -> dict[str, Any]:
    """A push, one article changed, and a push again."""
    with module.running(kind, folder / "changed") as server:
        address: Address = server.address
        with EmbeddedStore.open(near) as store:
            push(store, address)
            iri = min(store.articles())
            written = store.written(iri)
            assert written is not None
            facts, details = written
            line = f'<{iri}> <http://purl.org/dc/terms/title> "changed at {time.time()}"@en'
            store.put([ArticleGraph(iri, facts | {line}, details, b"[]", f"changed {time.time()}", "benchmark")])
            with Timed(server.process.pid) as timed:
                report = push(store, address)
            articles = sum(map(store.graphs.is_article, report.sent))
            return {"articles sent": articles, "graphs sent": len(report.sent), "quads sent": report.added, "wrong": report.wrong,
                    **timed.row(report.added)}  # fmt: skip


def dumped(near: Path, dump: Path, *, named_only: bool) -> int:
    """Write all quads, or those of named graphs, where a store has no default graph of its own. Returns how many."""
    with EmbeddedStore.open(near, read_only=True) as store, dump.open("wb") as file:
        database = store._store
        if not named_only:
            database.dump(file, ox.RdfFormat.N_QUADS)
            return len(database)
        number = 0
        for graph in database.named_graphs():
            quads = list(database.quads_for_pattern(None, None, None, graph))
            ox.serialize(quads, file, ox.RdfFormat.N_QUADS)
            number += len(quads)
        return number


def main() -> None:
    """Generate, load, push."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--store", type=Path, help="a store that is there already, which --change changes")
    parser.add_argument("--kind", action="append", choices=("kgbuild", "oxigraph", "fuseki", "virtuoso"))
    parser.add_argument("--change", action="store_true", help="push after one article has changed, instead of a first push")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    module = servers()
    with tempfile.TemporaryDirectory(dir=options.folder) as place:
        folder = Path(place)
        near = options.store or folder / "near"
        if options.store is None:
            generate.write(folder / "articles", options.articles, 7, 200)
            load([folder / "articles"], near, LoadOptions(), on_problem=print, on_progress=lambda _n: None)
        (folder / "dump").mkdir()
        for kind in options.kind or ("oxigraph", "virtuoso"):
            own, dump = folder / kind, folder / "dump" / f"{kind}.nq"
            quads = 0 if options.change else dumped(near, dump, named_only=kind == "virtuoso")
            found = changed(kind, near, own, module) if options.change else first(kind, near, dump, own, module, quads)
            print(json.dumps({"store": kind, "quads": quads, **found}, indent=2), flush=True)


if __name__ == "__main__":
    main()
