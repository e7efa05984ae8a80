"""Keep the derived graph true: the status of each event, from all that the store's articles say on it.

A case (see :mod:`kgbuild.status`) is collected from the store for what one load touched, and from files for a large first load: there,
each article's part of a case goes to one of a few files by the case's hash, so that no file is too large to be held.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from zlib import crc32

from kgbuild import vocabulary as v
from kgbuild.ontology import Ontology
from kgbuild.pipeline.decisions import kept
from kgbuild.status import OF_VOICES, RELEVANT, assess, cases
from kgbuild.stores import Store

#: the store remembers with each write that its statuses are behind, until they are not: a kill in between is noticed by the next run
META_BEHIND = "statuses-behind"
#: (a store whose statuses an earlier version computed, by fewer policies, does not say what CURRENT says)
BEHIND, CURRENT = {META_BEHIND: "yes"}, {META_BEHIND: "no, by 2 policies"}

#: files that a large load's cases are spread over
_PARTS = 64
_PART_OF = f" <{v.PART_OF_SUPPLY}> "
_ASSESSES = f" <{v.ASSESSES}> "
_INTERPRETS = f" <{v.INTERPRETS}> "
_TYPE, _STANCE, _ABOUT = (f"<{predicate}>" for predicate in (v.TYPE, v.STANCE, v.ABOUT))


class Touched:
    """The cases that a load touches, each with the events that it may have had assessments for, before or after."""

    def __init__(self) -> None:
        self._events: dict[str, set[str]] = {}

    def add(self, cases: dict[str, list[str]]) -> None:
        """Note the cases of an article that comes, changes or leaves."""
        for key, lines in cases.items():
            events = self._events.setdefault(key, {key})
            events.update(line.partition(" ")[0][1:-1] for line in lines if _PART_OF in line)

    def refresh(self, store: Store, ontology: Ontology) -> None:
        """Assess the cases again and bring the derived graph up to date, in one transaction."""
        removed: set[str] = set()
        added: set[str] = set()
        decided = frozenset(kept(store).classes)
        for key, events in self._events.items():
            fresh = assess(key, _collect(store, key, ontology, decided), ontology, base=store.base)
            assessed = {line.rpartition("<")[2][:-1] for line in fresh if _ASSESSES in line}
            for event in events | assessed:
                removed |= _assessments(store, event)
            added |= fresh
        store.change_graph("derived", removed - added, added - removed, meta=CURRENT)
        self._events = {}


def refresh_all(store: Store, ontology: Ontology) -> None:
    """Assess everything again, from what the store's articles say."""
    with Spool() as spool:
        for article in store.articles():
            spool.add(spooled(cases(store.facts(article) or (), ontology)))
        fresh = set().union(*spool.assessments(ontology, store.base))
    store.set_graph("derived", fresh, meta=CURRENT)


def is_behind(store: Store) -> bool:
    """Claim that an earlier run was stopped between an article and its statuses, or that an earlier version computed them."""
    return store.meta(META_BEHIND) not in (None, CURRENT[META_BEHIND])


def _collect(store: Store, key: str, ontology: Ontology, decided: Set[str]) -> set[str]:
    """The facts of a case, as articles say them: what is inferred or derived from these is no further ground.

    ``decided``: things that people decided to be the same as others.
    """
    case = f"<{key}>"
    subjects = (
        f"{{ BIND({case} AS ?s) }} UNION {{ ?s{_PART_OF}{case} }} UNION {{ ?s <{v.ABOUT}> {case} }} "
        f"UNION {{ ?t{_PART_OF}{case} . ?s <{v.ABOUT}> ?t }}"
    )
    rows = store.select(f"SELECT ?s ?p ?o WHERE {{ {{ SELECT DISTINCT ?s WHERE {{ {subjects} }} }} ?s ?p ?o }}")
    found = {f"{subject} {predicate} {term}" for subject, predicate, term in rows if str(predicate)[1:-1] in RELEVANT}
    found -= _unsaid(store, key, found, ontology)
    if decided and (joined := decided & {line.partition(" ")[0][1:-1] for line in found}):
        found = _by_article(store, key, found, joined, ontology)
    for interpreted in {line.rpartition(_INTERPRETS)[2] for line in found if _INTERPRETS in line}:
        # who uttered it and when, as the articles say that interpret it
        voice = f"GRAPH ?a {{ ?i{_INTERPRETS}{interpreted} . {interpreted} ?p ?o }}"
        readers = subjects.replace("?s", "?i")
        rows = store.select(f"SELECT DISTINCT ?p ?o WHERE {{ {{ SELECT DISTINCT ?i WHERE {{ {readers} }} }} {voice} }}")
        found |= {f"{interpreted} {predicate} {term}" for predicate, term in rows if str(predicate)[1:-1] in OF_VOICES}
    return found


def _by_article(store: Store, key: str, found: set[str], joined: Set[str], ontology: Ontology) -> set[str]:
    """The facts of a case in which some things are one by decision.

    Articles may say different things of these, and what one says bears on this case only if there it is part of it. By their keys alone,
    things meet that say the same.
    """
    about = {line.partition(" ")[0] for line in found if (said := line.split(" ", 2))[1] == _ABOUT and said[2][1:-1] in joined}
    apart = about | {f"<{thing}>" for thing in joined}
    kept_lines = {line for line in found if line.partition(" ")[0] not in apart}
    for article in set().union(*(store.naming(thing) for thing in joined)):
        kept_lines.update(cases(store.facts(article) or (), ontology).get(key, ()))
    return kept_lines


def _unsaid(store: Store, key: str, found: set[str], ontology: Ontology) -> set[str]:
    """Those facts of a case that no article says. Not looked for are those that make no difference, which are nearly all.

    A class above another one of the same thing adds nothing, the class of a statement does not count, and the stance that a class
    stands for is written wherever the class is.
    """
    inferable = {predicate for predicate in RELEVANT if store.infers(predicate)}
    classes: dict[str, set[str]] = {}
    statements: set[str] = set()
    doubtful: list[tuple[str, str, str, str]] = []
    for line in found:
        subject, predicate, term = line.split(" ", 2)
        if predicate == _TYPE:
            classes.setdefault(subject, set()).add(term[1:-1])
        elif predicate in (_STANCE, _ABOUT):
            statements.add(subject)
        if predicate[1:-1] in inferable:
            doubtful.append((line, subject, predicate, term[1:-1]))
    statements.discard(f"<{key}>")

    def matters(subject: str, predicate: str, value: str) -> bool:
        own = classes.get(subject, set())
        if predicate == _TYPE:
            return subject not in statements and not any(ontology.is_a(cls, value) and not ontology.is_a(value, cls) for cls in own)
        return predicate != _STANCE or not any(ontology.stance_of_class(cls) == value for cls in own)

    return store.unsaid({line for line, *fact in doubtful if matters(*fact)}, besides="derived")


def _assessments(store: Store, event: str) -> set[str]:
    """What the derived graph holds on one event."""
    own = f"{{ ?s{_ASSESSES}<{event}> . ?s ?p ?o }} UNION {{ <{event}> ?p ?o . BIND(<{event}> AS ?s) }}"
    rows = store.select(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{store.graphs.iri('derived')}> {{ {own} }} }}")
    return {f"{subject} {predicate} {term}" for subject, predicate, term in rows}


def spooled(cases: dict[str, list[str]]) -> tuple[tuple[int, bytes], ...]:
    """Write one article's cases down for a :class:`Spool`: (number of the file, lines)."""
    return tuple((crc32(key.encode()) % _PARTS, "".join([f"{key}\t{line}\n" for line in lines]).encode()) for key, lines in cases.items())


class Spool:
    """Cases of a large load, on disk until all articles are read. A context manager."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="kgbuild-")
        self._paths = [Path(self._folder.name) / str(number) for number in range(_PARTS)]
        self._files = [path.open("wb") for path in self._paths]

    def add(self, parts: Iterable[tuple[int, bytes]]) -> None:
        """Put one article's cases away, as :func:`spooled` wrote them."""
        for number, data in parts:
            self._files[number].write(data)

    def assessments(self, ontology: Ontology, base: str) -> Iterator[set[str]]:
        """The lines of the derived graph, for a part of the cases at a time."""
        for file in self._files:
            file.close()
        for path in self._paths:
            collected: dict[str, list[str]] = {}
            with path.open("rb") as stream:
                for data in stream:
                    key, _, line = data.decode().rstrip("\n").partition("\t")
                    collected.setdefault(key, []).append(line)
            yield set().union(*(assess(key, lines, ontology, base=base) for key, lines in sorted(collected.items())))

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_error: object) -> None:
        for file in self._files:
            file.close()
        self._folder.cleanup()
