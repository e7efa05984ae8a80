"""Sends a store of this machine to another place: what changed, graph by graph, and removes what is gone.

An empty place becomes a store at the very end; until then graph ``records`` says that one is being built. Graphs go there many at a
time, are read back, and only then is written beside each what it was sent as: how far a push that broke off has come, the next one finds.
A store that is there is changed line by line, graph for graph: each in one request with all that is kept of it and its share of the
default graph, where it is small enough. Meanwhile ``records`` names the graphs that are on their way, for whoever writes there next.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from kgbuild.errors import StoreRefused
from kgbuild.stores.difference import sparql
from kgbuild.stores.embedded import EmbeddedStore
from kgbuild.stores.places import Address
from kgbuild.stores.remote import changing
from kgbuild.stores.remote.comparing import compare, differing
from kgbuild.stores.remote.contents import Content, Near
from kgbuild.stores.remote.database import RemoteDatabase
from kgbuild.stores.remote.grouping import Change, Group, batches, parts
from kgbuild.stores.remote.patterns import fetch
from kgbuild.stores.remote.planning import Plan, building, plan, reach
from kgbuild.stores.remote.reporting import PushReport

#: graphs done since the last call, graphs to do in all
OnProgress = Callable[[int, int], None]
#: graphs whose records are read from the other store at a time: 10 kB each
_AHEAD = 100


def push(store: EmbeddedStore, address: Address, *, dry: bool = False, on_progress: OnProgress = lambda done, total: None) -> PushReport:
    """Let the store at an address hold what a store of this machine holds.

    ``dry``: only say what would be sent. Raises StoreUnavailable and StoreRefused where a request fails: what was sent until then stays,
    and the next push goes on; StoreError where the place holds another store, or something else.
    """
    started = time.monotonic()
    near = Near(store)
    database, is_store = reach(address, store.base)
    todo = plan(near, database, is_store=is_store)
    report = PushReport(
        sent=list(todo.send), removed=list(todo.remove), unchanged=todo.unchanged, articles_unchanged=todo.unchanged_articles,
        is_first=todo.is_first, is_dry=dry, continued=bool(todo.notes) or (todo.is_first and bool(todo.sizes)), left_out=near.foreign,
        store=database.client.profile.title,
    )  # fmt: skip
    report.articles_sent, report.articles_removed = (sum(map(near.graphs.is_article, names)) for names in (todo.send, todo.remove))
    if not dry:
        session = _Session(near, database, todo, report, on_progress)
        session.first() if todo.is_first else session.later()
    report.seconds = time.monotonic() - started
    return report


class _Session:
    """One push."""

    def __init__(self, near: Near, database: RemoteDatabase, todo: Plan, report: PushReport, on_progress: OnProgress) -> None:
        self._near = near
        self._database = database
        self._plan = todo
        self._report = report
        self._on_progress = on_progress
        self._records = near.graphs.records
        self._profile = database.client.profile
        self._total = len(todo.send) + len(todo.remove)

    def first(self) -> None:
        """Fill an empty place, or go on with that."""
        self._database.update(sparql({}, {self._records: [building(self._near.graphs)]}))
        self._empty(self._plan.remove)
        self._on_progress(len(self._plan.remove), self._total)
        waiting: deque[Future[PushReport]] = deque()

        def take_in(all_but: int) -> None:
            while len(waiting) > all_but:
                self._report.count(waiting.popleft().result())

        with ThreadPoolExecutor(self._profile.parallel) as threads:
            for batch in batches(map(self._near.content, self._plan.send), self._profile.graph_batch):
                # nobody may write while a graph is read back page by page
                alone = 0 < self._profile.row_limit <= max(len(content.lines) for content in batch)
                take_in(0 if alone else self._profile.parallel)  # or all that is still to go would lie in memory
                waiting.append(threads.submit(self._send_batch, batch))
                if alone:
                    take_in(0)
            take_in(0)
        self._settle_default()
        if not self._report.wrong:
            self._remember()

    def later(self) -> None:
        """Change a store that is there."""
        note = ""
        names = {*self._plan.send, *self._plan.remove}
        if names and (self._total > 1 or self._profile.replacing == "stepwise"):
            doubtful = {""} if self._profile.replacing == "stepwise" and not self._database.is_union else set[str]()
            note = changing.unfinished_line(self._near.graphs, names | doubtful)
            # together with the hashes that are true no more
            forgetting = changing.forget(self._near.graphs, names) if self._profile.replacing == "stepwise" else ""
            self._database.update(f"{forgetting}{sparql({}, {self._records: [note]})}")
        group = Group()
        for change in self._changes():
            if group.size and group.size + change.size > self._profile.batch:
                self._change(group)
                group = Group()
            group.changes.append(change)
        if group.changes:
            self._change(group)
        self._settle_default()
        self._remember()
        start = f"<{self._records}> {changing.UNFINISHED} "
        notes = {*(start + each for each in self._plan.notes), *([note] if note else [])}
        if notes and not self._report.wrong:
            self._database.update(sparql({self._records: notes}, {}))

    def _empty(self, names: list[str]) -> None:
        """Take graphs out, with what is kept of them."""
        for name in names:
            self._database.client.drop_graph(name)
        if names:
            line, values = "?g ?p ?o", " ".join(f"<{name}>" for name in names)
            place = f"GRAPH <{self._records}> {{ {line} }}"
            self._database.update(f"DELETE {{ {place} }} WHERE {{ {place} VALUES ?g {{ {values} }} }}")

    def _send_batch(self, batch: list[Content]) -> PushReport:
        """Write graphs to an empty place, read them back, and write beside those that are right what they were sent as."""
        done = PushReport()
        # what a broken push has left of them, or of what they were then
        self._empty([content.graph for content in batch if content.graph in self._plan.stale])
        graphs = {content.graph: content.lines for content in batch}
        if not self._database.is_union:
            graphs[""] = frozenset().union(*(content.facts for content in batch))
        self._fill(graphs)
        right = [content for content in batch if self._verify(content, done)]
        lines = [line for content in right for line in (*content.kept, content.mark)]
        if lines:
            self._database.add(self._records, lines)
        done.added = sum(map(len, graphs.values())) + len(lines)
        # until then an article is none: whatever the store does, a reader sees it whole or not at all
        done.atomic = len(right)
        self._on_progress(len(batch), self._total)
        return done

    def _fill(self, graphs: Mapping[str, Collection[str]]) -> None:
        """Write graphs that are not there; those named "" to the default graph."""
        way = self._profile.first
        if way == "quads" and self._database.client.addresses.quads:
            ends = {graph: f" <{graph}> .\n" if graph else " .\n" for graph in graphs}
            quads = (line + ends[graph] for graph, lines in graphs.items() for line in lines)
            for part in parts(quads, self._profile.graph_batch):
                self._database.client.post_quads("".join(part).encode())
        elif way == "update":
            small = {graph: lines for graph, lines in graphs.items() if len(lines) <= self._profile.batch}
            for graph in graphs.keys() - small:
                self._database.add(graph, graphs[graph])
            for pairs in parts(((graph, line) for graph, lines in small.items() for line in lines), self._profile.batch):
                added: dict[str, list[str]] = {}
                for graph, line in pairs:
                    added.setdefault(graph, []).append(line)
                try:
                    self._database.update(sparql({}, added))
                except StoreRefused:  # Virtuoso's SPARQL takes no literal that is ill typed, or a great integer; its graphs do
                    for graph, refused in added.items():
                        self._database.add(graph, refused)
        else:
            for graph, lines in graphs.items():
                self._database.add(graph, lines, replace=bool(graph))

    def _changes(self) -> Iterator[Change]:
        names = [*self._plan.send, *self._plan.remove]
        gone = frozenset(self._plan.remove)
        records = ox.NamedNode(self._records)
        for start in range(0, len(names), _AHEAD):
            some = names[start : start + _AHEAD]
            patterns = [(ox.NamedNode(name), None, None, records) for name in some]
            kept = fetch(self._database.client, patterns, lambda _graph: True)
            for name, pattern in zip(some, patterns, strict=True):
                there = {f"{quad.subject} {quad.predicate} {quad.object}" for quad in kept[pattern]}
                nothing = Content(name, frozenset(), frozenset(), frozenset(), "")
                yield self._changing(nothing if name in gone else self._near.content(name), there, stays=name not in gone)

    def _changing(self, content: Content, kept: set[str], *, stays: bool) -> Change:
        name = content.graph
        found = set(self._database.lines(name)) if self._plan.sizes.get(name) else set[str]()
        added, removed = differing(content.lines, found)
        wanted = content.kept | ({content.mark} if stays else frozenset())
        new, old = differing(wanted, kept)
        change = Change(content, stays, removed={name: removed, self._records: old}, added={name: added, self._records: new})
        if not self._database.is_union:
            facts = {line for line in removed if self._near.graphs.says(name, line)}
            change.removed[""] = {line for line in facts if not self._near.holds(line)}
            change.added[""] = added & content.facts
        return change

    def _change(self, group: Group) -> None:
        """Write changes: in one request, if they fit."""
        removed, added = group.together("removed"), group.together("added")
        in_one = group.size <= self._profile.batch
        changing.change(self._database, self._near.graphs, removed, added)
        self._report.added += sum(map(len, added.values()))
        self._report.taken += sum(map(len, removed.values()))
        if in_one and self._profile.replacing == "atomic":
            self._report.atomic += len(group.changes)
        else:
            self._report.stepwise += len(group.changes)
        wrong = [each.content.graph for each in group.changes if not self._verify(each.content, self._report)]
        if wrong:
            self._database.update(changing.forget(self._near.graphs, wrong).removesuffix(" ;\n"))
        self._on_progress(len(group.changes), self._total)

    def _verify(self, content: Content, report: PushReport) -> bool:
        """Read a graph back, and claim that it is what was sent."""
        found = set(self._database.lines(content.graph))
        result = compare(content.lines, found)
        report.verified += len(found)
        report.rewritten_count += len(result.rewritten)
        report.rewritten += result.rewritten[: max(0, 3 - len(report.rewritten))]
        if not result.is_equal:
            first = min(result.missing, default="") or min(result.extra)
            report.wrong[content.graph] = _said(len(result.missing), len(result.extra), first)
        return result.is_equal

    def _settle_default(self) -> None:
        """Let the default graph hold what it holds here: counted; where that is doubtful or wrong, compared line by line."""
        if self._database.is_union:
            return
        wanted = self._near.store.size("")
        if not self._plan.is_doubtful and not self._near.store.is_updated and self._database.size("") == wanted:
            return
        with TemporaryDirectory(prefix="kgbuild-") as place:
            missing = ox.Store(place)
            missing.bulk_extend(ox.Quad(*triple) for triple in self._near.store.triples_of(""))
            extra: list[str] = []
            for triple in self._database.client.get_graph(None):
                quad = ox.Quad(*triple)
                if quad in missing:
                    missing.remove(quad)
                else:
                    extra.append(str(triple))
            added, removed = differing({str(quad.triple) for quad in missing}, set(extra))
            del missing
        changing.remove(self._database, "", sorted(removed))
        self._database.add("", added)
        self._report.taken += len(removed)
        self._report.added += len(added)
        if (found := self._database.size("")) != wanted:
            self._report.wrong["the default graph"] = f"{found:,} triples instead of {wanted:,}"

    def _remember(self) -> None:
        """Let graph ``records`` say of the store what it says here; and in the same request no more that one is being built."""
        records = ox.NamedNode(self._records)
        quads = self._database.quads_for_pattern(records, None, None, records)
        there = {line for line in map(_line, quads) if line.split(" ", 2)[1] != changing.UNFINISHED}
        wanted = self._near.memory()
        added, removed = wanted - there, there - wanted
        if added or removed:
            change = {self._records: removed} if removed else {}
            self._database.update(sparql(change, {self._records: added} if added else {}))


def _line(quad: ox.Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object}"


def _said(missing: int, extra: int, first: str) -> str:
    counts = [f"{number:,} {what}" for number, what in ((missing, "missing"), (extra, "too many")) if number]
    return f"lines {' and '.join(counts)}, such as {first[:200]}"
