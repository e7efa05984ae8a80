"""Tables of names: what a name means, in a language or in any."""

from __future__ import annotations

from collections.abc import Collection, Iterator


class Names:
    """A table of names, as written or folded.

    Nearly every name means one thing whatever the language; only the few that several things share keep their languages. Keeping a set of
    things for each of 80,000 names would double the time that reading the reference data takes.
    """

    __slots__ = ("_owner", "_shared")

    def __init__(self, names: Collection[tuple[str, str, str]]) -> None:
        """Take (name, language tag or '', thing); an empty name means nothing and is left out."""
        self._owner: dict[str, str] = {}
        owner_of = self._owner.setdefault
        shared = {name for name, _, thing in names if owner_of(name, thing) != thing}
        self._shared: dict[str, list[tuple[str, str]]] = {name: [] for name in shared}
        for name, lang, thing in names:
            if name in shared:
                self._shared[name].append((lang, thing))
        self._owner.pop("", None)
        self._shared.pop("", None)

    def meanings(self, name: str, lang: str) -> Iterator[set[str]]:
        """Yield the things of that name: in the language, in the language without its region, in any language."""
        if name in self._shared:
            for language in dict.fromkeys((lang, lang.split("-")[0])):
                yield {thing for tag, thing in self._shared[name] if tag == language}
            yield {thing for _, thing in self._shared[name]}
        elif name in self._owner:
            yield {self._owner[name]}
