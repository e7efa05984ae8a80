"""A client of one store: queries and updates of the SPARQL 1.1 Protocol through SPARQLWrapper, graphs by the Graph Store HTTP Protocol.

Reading is repeated where a trouble may pass, writing never; what comes back is whole, or an error.
"""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from SPARQLWrapper import GET, POST, POSTDIRECTLY, URLENCODED, SPARQLWrapper

from kgbuild import __version__
from kgbuild.binding import tokens
from kgbuild.errors import QueryError, StoreError, StoreRefused
from kgbuild.stores.database import Answer
from kgbuild.stores.door import mapped
from kgbuild.stores.remote import results
from kgbuild.stores.remote.paging import rows
from kgbuild.stores.remote.profiles import Profile
from kgbuild.stores.remote.transport import Reply, Transport, shown

AGENT = f"kgbuild/{__version__}"
#: longer ones were written by kgbuild
_LONG = 200_000
_TAG = re.compile(r"<title>.*?</title>|</?[A-Za-z!][A-Za-z0-9]*(?: [^<>:]*(?::[^<>]*)?)?>", re.DOTALL)
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
#: what a status calls for, where neither the store's words nor its profile say more
_HINTS = {
    401: "name a file with this store's credentials: --credentials FILE, or KGBUILD_CREDENTIALS",
    403: "the account may not do this, or none was shown: --credentials FILE, or KGBUILD_CREDENTIALS",
    404: "check the address; --query-url, --update-url and --graph-url name each service",
    405: "check the address: this service does not do that",
    413: "the server takes no request this large: lower batch and graph-batch in a profile of your own (--profile FILE)",
    415: "the server does not take this form: another --profile may fit, or one of your own",
    **dict.fromkeys((429, 502, 503, 504), "the server is busy, or starting: run the command again later"),
}


_NOT_ACCEPTED = "name and password, or token, were shown and are not accepted: check them (--credentials, the environment, or netrc)"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the services of a store are."""

    query: str
    update: str
    graph: str
    #: where N-Quads are sent; empty: nowhere
    quads: str = ""


class Client:
    """One store. Every method raises StoreUnavailable (out of reach, no whole answer) or StoreRefused (an error in answer)."""

    def __init__(self, addresses: Addresses, profile: Profile, transport: Transport) -> None:
        self.addresses = addresses
        self.profile = profile
        self.transport = transport

    def query(self, sparql: str, *, default_graphs: tuple[str, ...] = ()) -> Answer:
        """Answer a query of any form. ``default_graphs``: the graphs that make up the default graph (the protocol's dataset).

        Raises QueryError where it does not parse, here or there; StoreError on an answer that ends in the middle or may lack rows.
        """
        form = query_form(sparql)
        if form not in ("SELECT", "ASK"):
            return results.as_query_triples(self._construct(sparql, form, default_graphs))
        reply = self._ask(sparql, form, results.ACCEPT_RESULTS, default_graphs)
        return (results.solutions if form == "SELECT" else results.boolean)(reply, self.profile, self.addresses.query)

    def update(self, sparql: str) -> None:
        """Run an update, once. Raises QueryError where it does not parse."""
        wrapper = _Wrapper(self.addresses.update, self._write)
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(POSTDIRECTLY if self.profile.update == "direct" else URLENCODED)
        wrapper.be(sparql, "INSERT", "*/*")
        reply = wrapper.reply()
        if reply.status >= 300:
            self._raise_syntax(reply, sparql, update=True)
            raise self.refusal(reply, self.addresses.update, "cannot update the store")

    def get_graph(self, graph: str | None) -> Iterator[ox.Triple]:
        """The triples of a graph, by its IRI; None: of the default graph, where that is a graph of its own.

        Nothing for a graph that is not there.
        """
        if self.profile.row_limit:  # which holds for graphs too, without a word
            group = "?s ?p ?o" if graph is None else f"GRAPH <{graph}> {{ ?s ?p ?o }}"
            whole = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {group} }}"  # Virtuoso takes four times as long to write a SELECT's rows
            return rows(self._construct, whole, self.profile.row_limit, where=shown(self.addresses.query), told=False)
        url = self._graph_url(graph)
        reply = self.transport.read(lambda: _request("GET", url, {"Accept": results.ACCEPT_TRIPLES}))
        if reply.status == 404 and graph is not None:
            return iter(())
        if reply.status >= 300:
            raise self.refusal(reply, url, "cannot read a graph")
        return results.triples(reply, self.profile, url)

    def has_graph(self, graph: str) -> bool:
        """Claim that a graph holds anything."""
        return bool(self.query(f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"))

    def put_graph(self, graph: str | None, ntriples: bytes) -> None:
        """Let a graph hold these triples and no others: one request, atomic where the profile says so."""
        self._write_graph("PUT", graph, ntriples)

    def post_graph(self, graph: str | None, ntriples: bytes) -> None:
        """Add triples to a graph: one request."""
        self._write_graph("POST", graph, ntriples)

    def post_quads(self, nquads: bytes) -> None:
        """Add quads of any graphs, where the profile knows an address for that: one request."""
        url = self.addresses.quads
        reply = self.transport.write(_request("POST", url, {"Content-Type": "application/n-quads", "Accept": "*/*"}, nquads))
        if reply.status >= 300:
            raise self.refusal(reply, url, "cannot write quads")

    def drop_graph(self, graph: str) -> None:
        """Remove a graph; nothing happens where there is none."""
        self.update(f"{self.profile.drop} GRAPH <{graph}>")

    def refusal(self, reply: Reply, url: str, doing: str) -> StoreRefused:
        """The error that a response is."""
        said = self.transport.without_secrets(url, " ".join(_TAG.sub(" ", reply.text()).split()))[:300]
        location = reply.headers.get("Location") if 300 <= reply.status < 400 else None
        if location:
            said = f"it sends us to {shown(location)}"
        hint = self.profile.hint(said) or _HINTS.get(reply.status, "")
        hint = _NOT_ACCEPTED if reply.status == 401 and self.transport.has_access(url) else hint
        hint = "give that address, if it is the store's: what is meant for this one is not shown there" if location else hint
        return StoreRefused(f"{shown(url)}: {doing}: HTTP {reply.status}{': ' if said else ''}{said}", hint=hint)

    def _construct(self, sparql: str, form: str = "CONSTRUCT", default_graphs: tuple[str, ...] = ()) -> list[ox.Triple]:
        reply = self._ask(sparql, form, results.ACCEPT_TRIPLES, default_graphs)
        found = list(results.triples(reply, self.profile, self.addresses.query))
        results.check_rows(len(found), reply, self.profile, self.addresses.query)
        return found

    def _ask(self, sparql: str, form: str, accept: str, default_graphs: tuple[str, ...] = ()) -> Reply:
        wrapper = _Wrapper(self.addresses.query, lambda request: self.transport.read(lambda: _copy(request)))
        wrapper.setMethod(GET if self.profile.query == "get" else POST)
        wrapper.setRequestMethod(POSTDIRECTLY if self.profile.query == "direct" else URLENCODED)
        for graph in default_graphs:
            wrapper.addParameter("default-graph-uri", graph)
        wrapper.be(sparql, form, accept)
        reply = wrapper.reply()
        if reply.status >= 300:
            self._raise_syntax(reply, sparql)
            raise self.refusal(reply, self.addresses.query, "cannot answer the query")
        return reply

    def _write(self, request: urllib.request.Request) -> Reply:
        return self.transport.write(_copy(request))

    def _write_graph(self, method: str, graph: str | None, ntriples: bytes) -> None:
        url = self._graph_url(graph)
        headers = {"Content-Type": self.profile.graph_type, "Accept": "*/*"}
        reply = self.transport.write(_request(method, url, headers, self.profile.graph_preamble.encode() + ntriples))
        if reply.status >= 300:
            raise self.refusal(reply, url, "cannot write a graph")

    def _graph_url(self, graph: str | None) -> str:
        if not self.addresses.graph:
            raise StoreError(f"{shown(self.addresses.query)}: where graphs go is not known", hint="name it with --graph-url")
        mark = "&" if "?" in self.addresses.graph else "?"
        named = "default" if graph is None else f"{self.profile.graph_parameter}={quote(graph, safe='')}"
        return f"{self.addresses.graph}{mark}{named}"

    def _raise_syntax(self, reply: Reply, sparql: str, *, update: bool = False) -> None:
        """Where a store refuses SPARQL that does not parse here either, say where, as for a store of this machine. Nothing is asked."""
        if reply.status not in (400, 500) or len(sparql) > _LONG or _calls_out(sparql):
            return
        with suppress(ValueError, RuntimeError, OSError), mapped(None, "", sparql=sparql):
            ox.Store().update(sparql) if update else ox.Store().query(sparql)


def query_form(sparql: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE. Raises QueryError on anything else."""
    for token in tokens(sparql):
        if token.kind == "word" and token.text.upper() in _FORMS:
            return token.text.upper()
    raise QueryError("SPARQL that does not parse: no SELECT, ASK, CONSTRUCT or DESCRIBE", hint="updates are for kgbuild load")


def _calls_out(sparql: str) -> bool:
    return any(token.kind == "word" and token.text.upper() in ("SERVICE", "LOAD") for token in tokens(sparql))


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper, sending by our transport: its own way goes through openers of the whole process, which hold others' credentials."""

    def __init__(self, url: str, send: Any) -> None:
        super().__init__(url, agent=AGENT)
        self._send = send
        self.setOnlyConneg(True)

    def be(self, sparql: str, form: str, accept: str) -> None:
        """Take a text whose form is known; SPARQLWrapper would guess it from the first lines."""
        self.queryString, self.queryType = sparql, form
        self.addCustomHttpHeader("Accept", accept)

    def reply(self) -> Reply:
        """Send, and take in the answer."""
        found: Reply = self._send(self._createRequest())
        return found


def _copy(request: urllib.request.Request) -> urllib.request.Request:
    """The same request, not sent yet, for each repetition."""
    return _request(request.get_method(), request.full_url.removesuffix("?"), dict(request.header_items()), request.data)


def _request(method: str, url: str, headers: dict[str, str], data: Any = None) -> urllib.request.Request:
    return urllib.request.Request(url, data=data, headers={"User-agent": AGENT, **headers}, method=method)
