"""Ask ``kgbuild serve`` and ``oxigraph serve`` the same queries of the same store, in turn: requests a second, and how long one takes.

Both serve copies of one store. Requests a second are those of ``wrk`` (Debian's package), with some connections that stay open; once with
a query that is always the same, whose answer kgbuild keeps, and once with queries of which no two are the same, whose answers it must ask
its readers for. CPU is what each takes for a request: the rate depends on how many cores are free. The milliseconds are the median of one
connection that asks one distinct query after the other, beside what the engine takes in a process of its own without HTTP: the difference
is what front, pipe and reader cost. ``oxigraph`` is PyPI's package of that name.

    python benchmarks/serve.py [--store DIR] [--seconds 5] [--rounds 3] [--connections 4]
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
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
#: NUMBER stands for what makes a query another
QUERIES = {
    "small": (
        "SELECT ?iso { <https://w3id.org/kgbuild/id/state/PRK> <https://w3id.org/kgbuild/ontology#isoAlpha3> ?iso "
        "FILTER(?iso != 'NUMBER') }"
    ),
    "100 rows": "SELECT ?s ?p ?o { ?s ?p ?o FILTER(?o != 'NUMBER') } LIMIT 100",
}
#: a script for wrk
SCRIPT = """
local number, path = 0, "PATH"
request = function()
  number = number + 1
  return wrk.format("GET", (path:gsub("NUMBER", tostring(number))), {["Accept"] = "JSON"})
end
"""


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


def path(query: str) -> str:
    return f"/sparql?query={quote(query, safe='')}"


def asking(port: int, query: str) -> Callable[[], bytes]:
    """Ask over one connection that stays open, each time another query."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.connect()
    assert connection.sock is not None
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    numbers = itertools.count()

    def ask() -> bytes:
        connection.request("GET", path(query.replace("NUMBER", f"a{next(numbers)}")), headers={"Accept": JSON})
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


def wrk(port: int, script: Path, seconds: int, connections: int) -> tuple[int, float]:
    """How many requests wrk sent, and how many a second. Stops where any was not answered with 200."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}/"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    found = re.search(r"(\d+) requests in .*Requests/sec:\s+([\d.]+)", said, re.DOTALL)
    assert found, said
    return int(found[1]), float(found[2])


def cpu(pid: int) -> tuple[float, float]:
    """Seconds of CPU that a process has taken, and its children; zeros where there is no /proc."""

    def taken(one: str) -> float:
        times = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        return (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")

    if not Path("/proc/self/stat").exists():
        return 0.0, 0.0
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return taken(str(pid)), sum(map(taken, children))


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
            compare(ports, {name: server.pid for name, server in servers.items()}, Path(folder), given)
        finally:
            for process in servers.values():
                process.terminate()
                process.wait(10)


def compare(ports: dict[str, int], pids: dict[str, int], folder: Path, given: argparse.Namespace) -> None:
    engine = ox.Store.read_only(str(folder / "db"))
    for name, query in QUERIES.items():
        bodies = {server: json.loads(asking(port, query)())["results"] for server, port in ports.items()}
        assert len(bodies["kgbuild"]["bindings"]) == len(bodies["oxigraph"]["bindings"]) > 0
        for kind in ("repeated", "distinct"):
            rates: dict[str, list[float]] = {server: [] for server in ports}
            costs: dict[str, list[tuple[float, float]]] = {server: [] for server in ports}
            for turn in range(given.rounds):
                script = folder / "wrk.lua"
                written = path(query if kind == "distinct" else query.replace("NUMBER", "same")).replace("NUMBER", f"{turn}-NUMBER")
                script.write_text(SCRIPT.replace("PATH", written).replace("JSON", JSON))
                for server, port in ports.items():
                    before = cpu(pids[server])
                    requests, rate = wrk(port, script, given.seconds, given.connections)
                    rates[server].append(rate)
                    after = cpu(pids[server])
                    costs[server].append(((after[0] - before[0]) / requests * 1e6, (after[1] - before[1]) / requests * 1e6))
            ours, theirs = (statistics.median(rates[server]) for server in ("kgbuild", "oxigraph"))
            front, readers = (statistics.median(one) for one in zip(*costs["kgbuild"], strict=True))
            other = statistics.median(own for own, _ in costs["oxigraph"])
            print(f"{name:<10}{kind:<10}{ours:>8,.0f} a second, oxigraph {theirs:>8,.0f}: {ours / theirs:.2f}", end="")
            print(f"; CPU {front:.0f} µs in the front, {readers:.0f} in readers, oxigraph {other:.0f}")
        taken = {server: milliseconds(asking(port, query)) for server, port in ports.items()}
        numbers = itertools.count()
        alone = milliseconds(
            lambda text=query, numbers=numbers: engine.query(text.replace("NUMBER", f"b{next(numbers)}")).serialize(  # type: ignore[misc]
                format=ox.QueryResultsFormat.JSON
            )
        )
        more = f"the engine alone {alone:.2f}: {taken['kgbuild'] - alone:.2f} more"
        print(f"{'':<20}{taken['kgbuild']:>8.2f} ms, oxigraph {taken['oxigraph']:.2f}, {more}")


if __name__ == "__main__":
    main()
