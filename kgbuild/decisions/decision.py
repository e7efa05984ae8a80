"""One decision: two things, and what a person says of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgbuild.iris import KG, PREFIXES

SAME, DIFFERENT, UNSURE = VERDICTS = ("same", "different", "unsure")
#: verdict -> the property that says it in the file and in graph ``links``
PROPERTIES = {SAME: PREFIXES["owl"] + "sameAs", DIFFERENT: PREFIXES["owl"] + "differentFrom", UNSURE: KG + "unsureWhetherSameAs"}
#: verdict -> its sign in messages
SIGNS = {SAME: "=", DIFFERENT: "≠", UNSURE: "?"}


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict on two things (IRIs, the smaller one first), with a note and a date if the person gave them.

    ``where`` (``file:line``) and ``comments`` (the lines of comment before it, without ``#``) tell how it stands in the file; equality
    does not ask for them.
    """

    one: str
    other: str
    verdict: str
    note: str = ""
    date: str = ""
    where: str = field(default="", compare=False)
    comments: tuple[str, ...] = field(default=(), compare=False)

    @property
    def pair(self) -> tuple[str, str]:
        """The two things."""
        return self.one, self.other


def decision(
    one: str, other: str, verdict: str, *, note: str = "", date: str = "", where: str = "", comments: tuple[str, ...] = ()
) -> Decision:
    """Make a decision on two things named in any order."""
    first, second = sorted((one, other))
    return Decision(first, second, verdict, note, date, where, comments)
