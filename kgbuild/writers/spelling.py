"""How formats whose values are text hold ours."""

from __future__ import annotations

from kgbuild.document import Scalar

#: kind -> what a thing without a label is called where a format asks for one: the class at the top of its tree
ROOTS = {"entity": "Entity", "value": "Value", "event": "Event", "statement": "Statement", "topic": "Topic", "relation": "relatedTo"}


def one_line(text: str) -> str:
    """Text on one line, its white space squashed."""
    return " ".join(text.split())


def scalar(value: Scalar) -> str:
    """A value as text.

    >>> scalar(True), scalar(3), scalar("3")
    ('true', '3', '3')
    """
    return str(value).lower() if isinstance(value, bool) else str(value)
