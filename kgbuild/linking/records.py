"""What is compared: a thing with names, or an event with parties, as plain values that can be kept on disk."""

from __future__ import annotations

import msgspec


class Named(msgspec.Struct, frozen=True, gc=False):
    """A person, organization or place."""

    iri: str
    #: person, organization, outlet or place
    kind: str
    #: most specific classes, IRIs
    classes: tuple[str, ...]
    #: (text, language tag or '')
    names: tuple[tuple[str, str], ...]
    #: romanised names, each as its words
    spellings: tuple[tuple[str, ...], ...]
    #: sound keys of full names
    sounds: tuple[str, ...]
    #: states that it belongs to, or that its posts and bodies belong to
    states: tuple[str, ...]
    #: other agents in the events that it takes part in; owners and the like
    company: tuple[str, ...]
    articles: tuple[str, ...]
    #: what it is looked for by: ``keys`` where the reference data has it, else ``lone``, see blocks.py
    keys: tuple[str, ...] = ()
    lone: tuple[str, ...] = ()


class Happening(msgspec.Struct, frozen=True, gc=False):
    """An event as described."""

    iri: str
    kind: str
    classes: tuple[str, ...]
    #: role and agent, apart by a blank; roles of meetings are all one
    parties: tuple[str, ...]
    #: parties of whom nobody but the article knows
    strangers: int
    #: ISO dates, '' where open
    earliest: str
    latest: str
    places: tuple[str, ...]
    #: classes of what was supplied or used
    items: tuple[str, ...]
    #: what it is part of, near and far
    wholes: tuple[str, ...]
    keys: tuple[str, ...] = ()
    #: keys by which it is compared only with those that have them as such, see blocks.py and happenings.py
    lone: tuple[str, ...] = ()
