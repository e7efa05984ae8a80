"""Ask ``kgbuild serve`` and ``oxigraph serve`` the same queries of the same store, in turn: requests a second, and how long one takes.

Both serve copies of one store. Requests a second are those of ``wrk`` (Debian's package), with some connections that stay open. The
milliseconds are the median of one connection that asks again and again, beside what the engine takes in a process of its own without
HTTP: the difference is what front, pipe and reader cost. ``oxigraph`` is PyPI's package of that name.

    python benchmarks/serve.py [--store DIR] [--seconds 5] [--rounds 3] [--connections 4]
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
JSON = "application/sparql-results+json"
QUERIES = {
    "small": "SELECT ?iso { <https://w3id.org/kgbuild/id/state/PRK> <https://w3id.org/kgbuild/ontology#isoAlpha3> ?iso }",
    "100 rows": "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 100",
}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def started(command: list[str], port: int) -> tuple[subprocess.Popen[bytes], float]:
    """Start a server, and wait until it answers a query. Returns how long that took."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while time.perf_counter() - begin < 60:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                asking(port, "ASK {}")()
            return process, time.perf_counter() - begin
        except OSError:
            time.sleep(0.01)
    raise SystemExit(f"{command[0]} did not start")


def asking(port: int, query: str) -> Callable[[], bytes]:
    """Ask over one connection that stays open."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.connect()
    assert connection.sock is not None
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask() -> bytes:
        connection.request("GET", f"/sparql?query={quote(query, safe='')}", headers={"Accept": JSON})
        response = connection.getresponse()
        data = response.read()
        assert response.status == 200, data
        return data

    return ask


def milliseconds(ask: Callable[[], object], times: int = 400) -> float:
    """The median of many times."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken) * 1000


def per_second(port: int, query: str, seconds: int, connections: int) -> float:
    """Requests a second, by wrk. Stops where any was not answered with 200."""
    address = f"http://127.0.0.1:{port}/sparql?query={quote(query, safe='')}"
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-H", f"Accept: {JSON}", address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found, said
    return float(found[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, help="a store; by default one of the shipped articles is built")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=4)
    given = parser.parse_args()
    oxigraph = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if oxigraph is None or shutil.which("wrk") is None:
        raise SystemExit("this needs oxigraph (pip install oxigraph) and wrk (apt-get install wrk)")
    with tempfile.TemporaryDirectory(prefix="kgbuild-serve-") as folder:
        store = Path(folder) / "store"
        if given.store:
            shutil.copytree(given.store, store)
        else:
            subprocess.run([sys.executable, "-m", "kgbuild", "load", "--store", store, ARTICLES], check=True, stderr=subprocess.DEVNULL)
        shutil.copytree(store / "db", Path(folder) / "db")
        ports = {"kgbuild": free_port(), "oxigraph": free_port()}
        commands = {
            "kgbuild": [sys.executable, "-m", "kgbuild", "serve", "--store", str(store), "--port", str(ports["kgbuild"])],
            "oxigraph": [oxigraph, "serve-read-only", "--location", f"{folder}/db", "--bind", f"127.0.0.1:{ports['oxigraph']}"],
        }
        servers = {}
        try:
            for name, command in commands.items():
                servers[name], seconds = started(command, ports[name])
                print(f"{name:<10}ready after {seconds:.2f} s")
            compare(ports, Path(folder) / "db", given)
        finally:
            for process in servers.values():
                process.terminate()
                process.wait(10)


def compare(ports: dict[str, int], database: Path, given: argparse.Namespace) -> None:
    engine = ox.Store.read_only(str(database))
    for name, query in QUERIES.items():
        bodies = {server: json.loads(asking(port, query)())["results"] for server, port in ports.items()}
        assert len(bodies["kgbuild"]["bindings"]) == len(bodies["oxigraph"]["bindings"]) > 0
        rates: dict[str, list[float]] = {server: [] for server in ports}
        for _ in range(given.rounds):
            for server, port in ports.items():
                rates[server].append(per_second(port, query, given.seconds, given.connections))
        rate = {server: statistics.median(values) for server, values in rates.items()}
        taken = {server: milliseconds(asking(port, query)) for server, port in ports.items()}
        alone = milliseconds(lambda text=query: engine.query(text).serialize(format=ox.QueryResultsFormat.JSON))  # type: ignore[misc]
        ratio = rate["kgbuild"] / rate["oxigraph"]
        print(f"{name:<10}{rate['kgbuild']:>8,.0f} a second, oxigraph {rate['oxigraph']:>8,.0f}: {ratio:.2f}")
        more = f"the engine alone {alone:.2f}: {taken['kgbuild'] - alone:.2f} more"
        print(f"{'':<10}{taken['kgbuild']:>8.2f} ms, oxigraph {taken['oxigraph']:.2f}, {more}")


if __name__ == "__main__":
    main()
