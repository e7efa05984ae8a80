"""How what kgbuild's model holds is written in a tool that was not made for it: one sentence a subject, shown by ``info readers``."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["SUBJECTS", "Convention", "Subject"]

Subject = Literal[
    "label", "role", "statement", "stance", "date", "quote", "link", "coreference", "attribute", "literal", "metadata", "annotator", "note"
]
#: in the order that tables show them
SUBJECTS: tuple[Subject, ...] = Subject.__args__  # type: ignore[attr-defined]


class Convention(NamedTuple):
    """``what`` is said, and ``how`` the tool's user writes it."""

    what: Subject
    how: str
