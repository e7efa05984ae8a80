"""How formats whose values are text hold ours."""

from __future__ import annotations

import json

from kgbuild.document import Arg, Scalar
from kgbuild.readers.arguments import arguments

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


def in_note(arg: Arg) -> str | None:
    """The line ``role=value`` of a note that is read as just this argument; None where none is.

    >>> in_note(Arg("quantity", value="12")), in_note(Arg("supplier", target="wd:Q159")), in_note(Arg("supplier", target="u7"))
    ('quantity="12"', 'supplier=wd:Q159', None)
    """
    bare = arg.target if arg.target is not None else scalar(arg.value if arg.value is not None else "")
    for written in (bare, json.dumps(bare, ensure_ascii=False)):
        line = f"{arg.role}={written}"
        if line == one_line(line) and arguments(line) == [Arg(arg.role, arg.target, arg.value)]:
            return line
    return None
