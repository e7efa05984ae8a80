"""Arguments written in notes, where a tool has no other place for them: ``role=value``, in every tool alike."""

from __future__ import annotations

import re

from kgbuild.document import Arg, Scalar
from kgbuild.iris import expand
from kgbuild.readers.objects import loads
from kgbuild.readers.rejection import Rejected

__all__ = ["arguments"]

_ARGUMENT = re.compile(r'\s*([^\W\d][\w.-]*)\s*=\s*("(?:[^"\\]|\\.)*"|(?:https?://|urn:)[^\s;"]+|[^;="]*[^;="\s])\s*(?:;|$)')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,15})?")


def arguments(line: str) -> list[Arg]:
    """Arguments that a line of a note gives, several with semicolons between them; none where it is any other text.

    A value is a number, or true or false, where it is written as one; an IRI or CURIE is a thing outside the document; double quotes, as
    in JSON, make any value a text.

    >>> [(arg.role, arg.value) for arg in arguments('quantity=12; unit=tank; note="of a kind; new"')]
    [('quantity', 12), ('unit', 'tank'), ('note', 'of a kind; new')]
    >>> arguments("supplier=wd:Q159")[0].target, arguments("x = y is what he meant = no")
    ('wd:Q159', [])
    """
    found: list[Arg] = []
    place = 0
    while place < len(line):
        match = _ARGUMENT.match(line, place)
        if match is None:
            return []
        role, written = match.groups()
        if expand(written) is not None:
            found.append(Arg(role, target=written))
        else:
            value = _scalar(written)
            if value is None:
                return []
            found.append(Arg(role, value=value))
        place = match.end()
    return found


def _scalar(written: str) -> Scalar | None:
    if written.startswith('"'):
        try:
            return str(loads(written))
        except Rejected:
            return None
    if written in ("true", "false"):
        return written == "true"
    if _NUMBER.fullmatch(written):
        number = float(written) if "." in written else int(written)
        return number if str(number) == written else written
    return written
