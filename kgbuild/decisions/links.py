"""What mapping asks of decisions: which thing stands for each of a class of equal ones, and which must stay apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kgbuild.decisions.decisions import Decisions

#: the kinds of IRIs (their first segment under the base) that are computed from the IRIs of other things
KEYED = ("event", "statement", "tally")


class Links:
    """Decisions as look-ups: frozen, picklable, and false where there are none."""

    __slots__ = ("_apart", "_canonical", "_members", "keyed")

    def __init__(self, decisions: Decisions | None = None, is_reference: Callable[[str], object] = bool, *, base: str = "") -> None:
        """Choose what stands for each class: a thing of the reference data if one is among them, else the smallest IRI.

        ``is_reference`` tells of an IRI whether reference data has it; ``base``: what the IRIs of the store begin with.
        """
        decisions = Decisions() if decisions is None else decisions
        self._members = dict(decisions.classes)
        chosen = {group: min(group, key=lambda thing: (not is_reference(thing), thing)) for group in set(self._members.values())}
        self._canonical = {thing: chosen[group] for thing, group in self._members.items()}
        self._apart: dict[str, frozenset[str]] = {}
        for thing, others in decisions.apart.items():
            mine = self.canonical(thing)
            self._apart[mine] = self._apart.get(mine, frozenset()) | {self.canonical(other) for other in others}
        prefixes = tuple(f"{base}{kind}/" for kind in KEYED)
        #: whether any decision is on an event, a statement or a tally that is identified by its key
        self.keyed = any(thing.startswith(prefixes) for thing in (*self._members, *decisions.apart))

    def __bool__(self) -> bool:
        return bool(self._members or self._apart)

    def __reduce__(self) -> tuple[object, ...]:
        return _links, (self._members, self._canonical, self._apart, self.keyed)

    def canonical(self, thing: str) -> str:
        """The thing (IRI) that stands for all that are the same; itself where nothing is decided."""
        return self._canonical.get(thing, thing)

    def members(self, thing: str) -> frozenset[str]:
        """All that are the same as a thing, itself included."""
        return self._members.get(thing) or frozenset((thing,))

    def joins(self, thing: str) -> bool:
        """Claim that a thing is decided to be the same as another."""
        return thing in self._members

    def differ(self, one: str, other: str) -> bool:
        """Claim that two things are decided to be different, outright or since others are that are the same as they."""
        return self.canonical(other) in self._apart.get(self.canonical(one), ())

    def state_of(self, thing: str) -> tuple[object, ...]:
        """All that is decided of a thing: equal states give equal nodes."""
        apart = self._apart.get(self.canonical(thing), frozenset())
        return self.canonical(thing), self.members(thing), frozenset(member for other in apart for member in self.members(other))

    def things(self) -> frozenset[str]:
        """All things that are decided to be the same as another one, or different."""
        return frozenset(self._members) | {member for thing in self._apart for member in self.members(thing)}


def _links(members: dict[str, frozenset[str]], canonical: dict[str, str], apart: dict[str, frozenset[str]], keyed: bool) -> Links:
    links = Links()
    links._members, links._canonical, links._apart, links.keyed = members, canonical, apart, keyed
    return links


def changed(old: Links, new: Links) -> frozenset[str]:
    """The things of which something else is decided now than before, with all that were or are the same as they."""
    differing = [thing for thing in old.things() | new.things() if old.state_of(thing) != new.state_of(thing)]
    return frozenset(_with_members(differing, old)) | frozenset(_with_members(differing, new))


def _with_members(things: Iterable[str], links: Links) -> Iterable[str]:
    return (member for thing in things for member in links.members(thing))
