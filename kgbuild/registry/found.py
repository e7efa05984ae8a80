"""What finding by name gives: the candidates, and the way in which they were found."""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild import vocabulary as v


class Found(tuple[str, ...]):  # noqa: SLOT001 (a tuple has no room for slots)
    """The candidates for a name (IRIs, sorted): none, one (resolved), or several (ambiguous). It equals a tuple of the same IRIs.

    Attributes:
        how: the concept (IRI) of the way in which they were found; :data:`kgbuild.vocabulary.BY_NEW` where there are none.
    """

    how: str

    def __new__(cls, things: Iterable[str] = (), how: str = v.BY_NEW) -> Found:
        """Sort the candidates; where there are none, they are new whatever was tried."""
        found = super().__new__(cls, sorted(things))
        found.how = how if found else v.BY_NEW
        return found

    def __reduce__(self) -> tuple[object, ...]:
        return Found, (tuple(self), self.how)


NOTHING = Found()
