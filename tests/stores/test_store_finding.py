"""What is at an address, and what is said where nothing is that kgbuild can use."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from kgbuild.stores import Address
from kgbuild.stores.remote.connecting import connect
from tests.conftest import ARTICLES, Kgbuild

from .conftest import FAR, Servers  # noqa: TID252 - the tests are no installed package
from .faults import gate, response  # noqa: TID252
from .servers import free_port  # noqa: TID252

YES = b'{"head":{},"boolean":true}'
JSON, TURTLE = "Content-Type: application/sparql-results+json", "Content-Type: text/turtle"
SD = "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .\n"
NEAR = ("kgbuild", "oxigraph", *FAR[2:])


@pytest.mark.parametrize("below", ["", "the query's own"])
@pytest.mark.parametrize("kind", NEAR)
def test_a_server_is_known_by_its_headers(servers: Servers, kind: str, below: str) -> None:
    server = servers(kind)
    path = {"fuseki": "/sparql"}.get(kind, "sparql") if below else ""
    client = connect(Address(server.url + path, credentials=server.credentials))
    assert client.profile.name == kind
    assert client.query("ASK {}")
    assert len({client.addresses.query, client.addresses.update, client.addresses.graph} - {""}) >= 2


def described(text: str, *paths: str):  # type: ignore[no-untyped-def]
    """A server of no known kind, which describes itself at ``/`` and at ``paths``, where it answers queries and takes updates."""

    def answer(head: str, body: bytes) -> bytes:
        method, path, _ = head.split(" ", 2)
        if method == "GET" and path in ("/", *paths):
            return response("200 OK", (SD + text).encode(), TURTLE)
        if method == "POST" and path in paths:
            return response("200 OK", YES, JSON) if b"ASK" in body else response("204 No Content", b"")
        return response("404 Not Found", b"")

    return answer


@pytest.mark.parametrize(
    ("text", "query", "update"),
    [
        ("[] sd:endpoint </a/ask> ; sd:supportedLanguage sd:SPARQL11Query .", "a/ask", "a/ask"),
        (
            "<#q> sd:endpoint </a/ask> ; sd:supportedLanguage sd:SPARQL11Query . <#u> sd:endpoint </a/tell> ; sd:supportedLanguage sd:SPARQL11Update .",
            "a/ask", "a/tell",
        ),
        ("[] sd:endpoint </a/ask> ; sd:supportedLanguage sd:SPARQL11Update, sd:SPARQL11Query, sd:SPARQL10Query .", "a/ask", "a/ask"),
    ],
)  # fmt: skip
def test_a_server_that_describes_itself_is_asked_where_it_says(text: str, query: str, update: str) -> None:
    with gate(described(text, "/a/ask", "/a/tell")) as server:
        client = connect(Address(server.url))
        assert (client.addresses.query, client.addresses.update) == (server.url + query, server.url + update)
        assert client.profile.name == "standard"
        client.update("INSERT DATA { <x:a> <x:b> <x:c> }")
        assert server.heads[-1].startswith(f"POST /{update} ")
        by_hand = connect(Address(server.url, update_url=f"{server.url}a/ask"))
        assert (by_hand.addresses.query, by_hand.addresses.update) == (server.url + query, f"{server.url}a/ask")


def test_the_default_graph_that_it_says_is_a_union_is_one() -> None:
    feature = "[] sd:endpoint </sparql> ; sd:supportedLanguage sd:SPARQL11Query ; sd:feature sd:UnionDefaultGraph ."
    with gate(described(feature, "/sparql")) as server:
        assert connect(Address(server.url)).profile.is_union
    with gate(described(feature.replace("Union", "Own"), "/sparql")) as server:
        assert not connect(Address(server.url)).profile.is_union


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/sparql", "http://localuriqaserver/sparql", "file:///etc/passwd"])
def test_what_it_says_of_other_servers_is_not_followed(kgbuild: Kgbuild, url: str) -> None:
    with gate(described(f"[] sd:endpoint <{url}> ; sd:supportedLanguage sd:SPARQL11Query .")) as server:
        said = kgbuild("query", "articles", "--store", server.url)
        assert said.exit_code == 4
        assert said.stderr.startswith(f"KGB-203: {server.url}: no SPARQL service answers there: HTTP 404\nhint: ")
        assert {head.split(" ", 2)[1] for head in server.heads} == {"/", "/sparql", "/query"}


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An ordinary web server."""
    folder, port = tmp_path_factory.mktemp("web"), free_port()
    (folder / "index.html").write_text("<p>Welcome")
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/"
    for _ in range(200):
        try:
            urlopen(url).close()
            break
        except OSError:
            time.sleep(0.05)
    yield url
    process.terminate()
    process.wait(10)


COMMANDS = {
    "load": ["load", str(ARTICLES)], "query": ["query", "articles"], "remove": ["remove", "a"], "dump": ["dump"], "info": ["info", "store"],
    "explain": ["explain", "PRK"], "validate": ["validate"],
}  # fmt: skip


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_a_web_server_is_no_store(kgbuild: Kgbuild, web: str, arguments: list[str]) -> None:
    said = kgbuild(*arguments, "--store", web)
    assert said.exit_code == 4
    assert said.stdout == ""
    assert re.fullmatch(
        rf"KGB-203: {web}: no SPARQL service answers there: HTTP 501.*\nhint: check the address.*--query-url\n", said.stderr
    )


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_a_server_that_holds_no_store_of_ours(kgbuild: Kgbuild, servers: Servers, arguments: list[str]) -> None:
    if arguments[0] == "load":
        return  # founds one
    server = servers("oxigraph")
    server.clear()
    said = kgbuild(*arguments, "--store", server.url)
    assert (said.exit_code, said.stdout) == (4, "")
    assert (
        said.stderr == f"KGB-201: {server.url}: no store of kgbuild's is there\nhint: run `kgbuild load` first, or name another --store\n"
    )


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:{}/", "nobody listens there\nhint: check the address, and that the server is running"),
        ("http://no-such-host.invalid/", "cannot be reached: .*\nhint: check the address"),
    ],
)
def test_a_host_out_of_reach(kgbuild: Kgbuild, url: str, said: str) -> None:
    url = url.format(free_port())
    result = kgbuild("query", "articles", "--store", url)
    assert result.exit_code == 4
    assert re.match(f"KGB-202: {url}: {said}", result.stderr), result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--profile nosuch", "no profile “nosuch”\nhint: there are: standard, kgbuild, oxigraph, .*; or name a file"),
        ("--query-url nonsense", "the address of a store begins with http:// or https://\nhint: such as http"),
        ("--graph-url ftp://127.0.0.1/", "ftp://127.0.0.1: a store elsewhere is reached by http or https\nhint: such as http"),
        (
            "--query-url http://u:corect-cal@127.0.0.1/",
            "http://127.0.0.1: the address holds a name or password, .*\nhint: put them into a file",
        ),
    ],
)
def test_an_option_that_cannot_be_used(kgbuild: Kgbuild, web: str, options: str, said: str) -> None:
    result = kgbuild("query", "articles", "--store", web, *options.split())
    assert result.exit_code == 4
    assert re.match(f"KGB-200: {said}", result.stderr), result.stderr
    assert "corect-cal" not in result.output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bach = 3", "unknown key “bach”\nhint: there are: ask, batch, "),
        ("[", "the profile cannot be read: .*\nhint: write it as TOML"),
        ("batch = 'many'", "“batch” takes another kind of value, such as 5000\n"),
        ("batch = 0", "batch must be 1 or more\n"),
        ("ask = 'maybe'", "ask can be boolean or row, not “maybe”\n"),
        ("paths = { qery = 'q' }", "paths: unknown service “qery”\nhint: there are: query, update, graph"),
        ("paths = { query = 3 }", "paths holds something else than texts\nhint: put each value in quotes"),
        ("known-by = { Server = 1 }", "known-by holds something else than texts\nhint: "),
        ("endings = [1]", "endings holds something else than texts\nhint: "),
        ("rewritten = [['a']]", "rewritten or hints: .*\nhint: lists of texts"),
    ],
)
def test_a_profile_of_ones_own_that_cannot_be_used_is_named(kgbuild: Kgbuild, web: str, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "own.toml").write_text(text)
    result = kgbuild("query", "articles", "--store", web, "--profile", tmp_path / "own.toml")
    assert result.exit_code == 4
    assert re.match(rf"KGB-200: {tmp_path}/own\.toml: {said}", result.stderr), result.stderr


def test_a_profile_that_names_one_service_has_the_others_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('paths = { update = "tell" }\n')
    with gate(described("", "/ask", "/tell")) as server:
        client = connect(Address(f"{server.url}ask", profile=str(tmp_path / "own.toml")))
        assert (client.addresses.query, client.addresses.update, client.addresses.graph) == (
            f"{server.url}ask",
            f"{server.url}ask/tell",
            "",
        )


def test_a_folder_takes_no_profile(kgbuild: Kgbuild, tmp_path: Path) -> None:
    result = kgbuild("query", "articles", "--store", tmp_path, "--profile", "fuseki")
    assert result.exit_code == 2
    assert f"{tmp_path} is a folder: --profile" in result.stderr


def test_keys_in_an_address_are_not_repeated(kgbuild: Kgbuild, servers: Servers) -> None:
    server = servers("oxigraph")
    server.clear()
    for arguments in COMMANDS.values():
        if arguments[0] != "load":
            assert "corect-cal" not in kgbuild(*arguments, "--store", f"{server.url}?key=corect-cal").output
    assert "corect-cal" not in kgbuild("info", "--store", f"{server.url}?key=corect-cal").output
