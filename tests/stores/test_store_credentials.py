"""What is meant for one store never reaches another, an argument, a message or a log."""

from __future__ import annotations

import base64
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.request import parse_http_list, parse_keqv_list

import click
import pytest

from kgbuild.cli import COMMANDS, main
from kgbuild.errors import StoreError, StoreRefused
from kgbuild.stores import Address
from kgbuild.stores.remote import credentials
from kgbuild.stores.remote.connecting import connect
from kgbuild.stores.remote.digest import Digest, challenges

from .faults import Gate, gate, response  # noqa: TID252 - the tests are no installed package

YES = b'{"head":{},"boolean":true}'
JSON = "Content-Type: application/sparql-results+json"
SECRET = "corect-cal-baterie"
CHALLENGE = 'Digest realm="SPARQL", nonce="52a5c909", opaque="5ebe2294", stale="false", qop="auth", algorithm="MD5"'


def answer(head: str, body: bytes) -> bytes:
    return response("200 OK", YES, JSON) if b"ASK" in body else response("204 No Content", b"")


def guarded(*offers: str):  # type: ignore[no-untyped-def]
    def answer_known(head: str, body: bytes) -> bytes:
        if "\r\nauthorization:" not in head.lower():
            return response("401 Unauthorized", b"who are you?", *(f"WWW-Authenticate: {offer}" for offer in offers))
        return answer(head, body)

    return answer_known


def shown(server: Gate) -> list[str]:
    """What a server was shown, request by request; empty for nothing."""
    lines = (head.split("\r\n") for head in server.heads)
    return [next((line.partition(": ")[2] for line in head if line.lower().startswith("authorization:")), "") for head in lines]


pytestmark = pytest.mark.usefixtures("bare")


@pytest.fixture
def other() -> Iterator[Gate]:
    """A second server, of somebody else's."""
    with gate(answer) as found:
        yield found


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_digest_is_answered_and_the_next_server_sees_nothing_of_it(other: Gate, tmp_path: Path) -> None:
    before = getattr(urllib.request, "_opener", None)
    with gate(guarded(CHALLENGE, 'Basic realm="SPARQL"')) as server:
        file = write(tmp_path / "c.toml", f'["{server.url}"]\nuser = "dba"\npassword = "{SECRET}"\n')
        client = connect(Address(server.url, credentials=file))
        client.update("INSERT DATA { <x:a> <x:b> <x:c> }")
        seen = shown(server)
    assert seen[0] == ""  # the small request that fetches the challenge
    assert all(header.startswith("Digest username=") for header in seen[1:])
    assert not any(SECRET in header for header in seen)
    assert getattr(urllib.request, "_opener", None) is before
    second = connect(Address(other.url, credentials=file))
    second.update("INSERT DATA { <x:a> <x:b> <x:c> }")
    assert shown(other) == [""] * len(other.heads)
    assert not any(SECRET in head or "dba" in head for head in other.heads)


def test_what_others_installed_for_the_process_is_not_used(other: Gate) -> None:
    """SPARQLWrapper 2.0 with digest does so: its opener then answers challenges of any server."""
    from SPARQLWrapper import DIGEST, SPARQLWrapper

    before = getattr(urllib.request, "_opener", None)
    try:
        elsewhere = SPARQLWrapper("http://127.0.0.1:9/sparql")
        elsewhere.setHTTPAuth(DIGEST)
        elsewhere.setCredentials("dba", SECRET, realm="SPARQL")
        elsewhere.setQuery("ASK {}")
        elsewhere._createRequest()
        assert getattr(urllib.request, "_opener", None) is not before
        with gate(guarded(CHALLENGE)) as server, pytest.raises(StoreRefused, match="HTTP 401"):
            connect(Address(server.url))
        assert not any(shown(server))
    finally:
        urllib.request.install_opener(before)


def test_the_answer_to_a_digest_is_that_of_the_specification() -> None:
    """RFC 2617, section 3.5, without cnonce and nc: RFC 2069's form of it."""
    digest = Digest('realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"', "Mufasa", "Circle Of Life")
    fields = parse_keqv_list(parse_http_list(digest.answer("GET", "/dir/index.html").removeprefix("Digest ")))
    assert fields["response"] == "670fd8c2df070c60b045671b8b24ff02"


@pytest.mark.parametrize(
    ("headers", "schemes"),
    [([CHALLENGE], {"digest"}), ([f'{CHALLENGE}, Basic realm="a, b"'], {"digest", "basic"}), (["Bearer"], {"bearer"}), ([], set())],
)
def test_the_schemes_that_a_server_offers(headers: list[str], schemes: set[str]) -> None:
    assert set(challenges(headers)) == schemes


def test_basic_is_shown_to_a_server_that_asks_for_it_alone(tmp_path: Path) -> None:
    with gate(guarded('Basic realm="x"')) as server:
        connect(Address(server.url, credentials=write(tmp_path / "c.toml", f'["{server.url}"]\nuser = "u"\npassword = "{SECRET}"\n')))
        assert shown(server)[-1] == "Basic " + base64.b64encode(f"u:{SECRET}".encode()).decode()


def test_a_password_is_not_shown_to_a_server_that_asks_for_nothing(other: Gate, tmp_path: Path) -> None:
    connect(Address(other.url, credentials=write(tmp_path / "c.toml", f'["{other.url}"]\nuser = "u"\npassword = "{SECRET}"\n')))
    assert not any(shown(other))


def test_a_token_headers_and_a_hook_are_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: Gate) -> None:
    write(tmp_path / "signing_for_tests.py", "def sign(method, url, headers, body):\n    return {'X-Signed': f'{method} {len(body)}'}\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    write(tmp_path / "token", SECRET + "\n")
    text = f'["{other.url}"]\ntoken-file = "token"\nheaders = {{ X-Api-Key = "k" }}\nhook = "signing_for_tests:sign"\n'
    connect(Address(other.url, credentials=write(tmp_path / "c.toml", text)))
    assert set(shown(other)) == {f"Bearer {SECRET}"}
    assert "X-api-key: k" in other.heads[0].replace("X-Api-Key", "X-api-key")
    assert f"POST {len(other.bodies[0])}" in other.heads[0]


def test_environment_and_netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: Gate) -> None:
    monkeypatch.setenv("NETRC", str(write(tmp_path / "netrc", f"machine 127.0.0.1 login nobody password {SECRET}\n")))
    (tmp_path / "netrc").chmod(0o600)
    assert credentials.load(None, other.url).of(other.url).user == "nobody"
    monkeypatch.setenv("KGBUILD_STORE_TOKEN", "t")
    connect(Address(other.url))
    assert set(shown(other)) == {"Bearer t"}
    assert not credentials.load(None, other.url).of("http://127.0.0.2/")


@pytest.mark.parametrize(
    ("url", "user"),
    [
        ("http://h/a", "a"), ("http://h/a/b", "a"), ("http://h/ab", "root"), ("http://h/a/c/d", "c"), ("http://h:81/a", ""), ("https://h/a", ""),
        ("http://h.example/a", ""), ("http://H/a", "a"), ("http://h:80/a", "a"),
    ],
)  # fmt: skip
def test_the_longest_address_that_it_lies_below_counts(tmp_path: Path, url: str, user: str) -> None:
    tables = {"http://h/": "root", "http://h/a": "a", "http://h/a/c/": "c"}
    file = write(tmp_path / "c.toml", "".join(f'["{address}"]\nuser = "{name}"\npassword = "p"\n' for address, name in tables.items()))
    assert credentials.load(file, "http://other/").of(url).user == user


def test_a_redirect_to_another_server_is_not_followed(other: Gate, tmp_path: Path) -> None:
    with gate(lambda _head, _body: response("307 Temporary Redirect", b"", f"Location: {other.url}sparql?key={SECRET}")) as server:
        file = write(tmp_path / "c.toml", f'["{server.url}"]\ntoken = "{SECRET}"\n')
        with pytest.raises(StoreRefused, match=f"it sends us to {other.url}sparql$") as caught:
            connect(Address(server.url, credentials=file))
    assert not other.heads
    assert SECRET not in str(caught.value) + caught.value.hint


@pytest.mark.parametrize("url", [f"http://u:{SECRET}@127.0.0.1/", f"https://{SECRET}@example.org/sparql"])
def test_an_address_with_a_password_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(StoreError, match="others can read") as caught:
        Address(url)
    assert SECRET not in str(caught.value) + caught.value.hint


@pytest.mark.parametrize("url", ["ftp://h/x", "http://", "http://h:x/"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(StoreError, match=r"a store elsewhere|address of a store"):
        Address(url)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "not TOML"), ('["h"]\nuser = "u"', "no store's address"), ('["http://h/"]\npasword = "p"', "unknown key “pasword”"),
        ('["http://h/"]\nuser = 1', "texts in quotes"), ('["http://h/"]\nscheme = "ntlm"', "basic or digest"),
        ('["http://h/"]\nhook = "no_such_module:f"', "cannot be had"), ('["http://h/"]\ntoken-file = "none"', "cannot be read"),
    ],
)  # fmt: skip
def test_a_file_of_credentials_that_cannot_be_used_is_said_with_its_name(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        credentials.load(write(tmp_path / "c.toml", text), "http://h/")
    assert "c.toml" in str(caught.value) or "none" in str(caught.value)


@pytest.mark.parametrize(
    "table",
    [
        f'token = "{SECRET}\\n{SECRET}"',
        f'token = "{SECRET}…"',
        f'headers = {{ X-Key = "{SECRET}\\r" }}',
        f'headers = {{ "X Y" = "{SECRET}" }}',
    ],
)
def test_what_no_header_can_bear_is_refused_without_repeating_it(tmp_path: Path, table: str) -> None:
    """The libraries' own errors hold it."""
    with pytest.raises(StoreError, match=r"c\.toml: http://h/: (token|X-Key|“X Y”)") as caught:
        credentials.load(write(tmp_path / "c.toml", f'["http://h/"]\n{table}'), "http://h/")
    assert SECRET not in str(caught.value) + caught.value.hint


def test_nor_is_one_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGBUILD_STORE_TOKEN", f"{SECRET}\n{SECRET}\n")
    with pytest.raises(StoreError, match=r"^KGBUILD_STORE_TOKEN: token holds a line break"):
        credentials.load(None, "http://h/")
    monkeypatch.setenv("KGBUILD_STORE_TOKEN", f"{SECRET}\n")  # as $(cat FILE) would not leave it, but a file of variables may
    assert credentials.load(None, "http://h/").of("http://h/").token == SECRET


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"raise RuntimeError('{SECRET}')", "failed: RuntimeError"), ("return None", "gave no headers"),
        ("return {'X-Signed': 1}", "gave no headers"), (f"return {{'X-Signed': '{SECRET}\\n'}}", "X-Signed holds a line break"),
    ],
)  # fmt: skip
def test_a_hook_that_does_wrong_is_named_and_not_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: Gate, body: str, said: str
) -> None:
    name = f"signing_wrong_{abs(hash(body))}"
    write(tmp_path / f"{name}.py", f"def sign(method, url, headers, body):\n    {body}\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    file = write(tmp_path / "c.toml", f'["{other.url}"]\nhook = "{name}:sign"\n')
    with pytest.raises(StoreError, match=f"the hook {name}:sign.*{said}") as caught:
        connect(Address(other.url, credentials=file))
    assert SECRET not in str(caught.value) + caught.value.hint
    assert not other.heads


@pytest.mark.parametrize(
    "table", [f'token = "{SECRET}"', f'user = "u"\npassword = "{SECRET}"\nscheme = "basic"', f'headers = {{ X-Key = "{SECRET}" }}']
)
def test_a_server_that_repeats_what_it_was_shown_is_not_quoted_whole(tmp_path: Path, table: str) -> None:
    """And what to do is to look at what was shown, not to show something."""

    def repeating(head: str, _body: bytes) -> bytes:
        return response("401 Unauthorized", f"not {SECRET}! {head}".encode())

    with gate(repeating) as server:
        file = write(tmp_path / "c.toml", f'["{server.url}"]\n{table}\n')
        with pytest.raises(StoreRefused, match="HTTP 401: not …!") as caught:
            connect(Address(server.url, credentials=file))
    shown_as = base64.b64encode(f"u:{SECRET}".encode()).decode()
    assert not any(word in str(caught.value) + caught.value.hint for word in (SECRET, shown_as))
    assert "are not accepted" in caught.value.hint


def test_no_option_takes_a_secret() -> None:
    """What stands on a command line can be read by every user of the machine."""
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        names = {option for param in command.params for option in param.opts}
        assert not {one for one in names if re.search("user|passw|secret|token(?!-file)|key", one)}


def test_no_secret_is_in_an_error_or_a_text_of_what_holds_it(tmp_path: Path) -> None:
    def refusing(_head: str, _body: bytes) -> bytes:
        return response("403 Forbidden", b"not you")

    with gate(refusing) as server:
        file = write(tmp_path / "c.toml", f'["{server.url}"]\ntoken = "{SECRET}"\n')
        with pytest.raises(StoreRefused, match="HTTP 403: not you") as caught:
            connect(Address(f"{server.url}sparql?key={SECRET}", credentials=file))
    access = credentials.load(file, server.url).of(server.url)
    assert SECRET not in f"{caught.value} {caught.value.hint} {access} {access!r}"
