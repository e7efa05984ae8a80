"""The regular expression of ``#role-strip``: what tools glue in front of a role's name.

It comes from a file that anybody may have written, and is run on every role of a corpus. So it may be no expression whose matching can
take exponential time: groups are not repeated, at most two parts are repeated without bound, and there is neither looking around nor
back.
"""

from __future__ import annotations

import re

_LONGEST, _LONGEST_ROLE, _MOST_REPEATED = 200, 500, 2
_UNBOUND = re.compile(r"[*+]|\{\d*,\}")
_BOUND = re.compile(r"\{(\d*)(?:,(\d*))?\}")


class RolePrefix:
    """Takes a prefix off role names. Raises ValueError for an expression that is broken, or could take too long."""

    def __init__(self, expression: str) -> None:
        _check(expression)
        try:
            self._expression = re.compile(expression)
        except (re.error, OverflowError) as error:
            raise ValueError(f"not a regular expression: {error}") from error
        self.expression = expression

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RolePrefix) and other.expression == self.expression

    def __hash__(self) -> int:
        return hash(self.expression)

    def __call__(self, role: str) -> str:
        """The role without what the expression finds first in it; the role as it is where nothing would be left."""
        return role if len(role) > _LONGEST_ROLE else self._expression.sub("", role, count=1) or role


def _check(expression: str) -> None:
    if len(expression) > _LONGEST:
        raise ValueError(f"longer than {_LONGEST} characters")
    bare = re.sub(r"\\[^0-9]", "x", expression)
    bare = re.sub(r"\[\^?\]?[^\]]*\]", "x", bare)
    if re.search(r"\\[0-9]|\(\?(?!:)", bare):
        raise ValueError("references and extensions such as (?=…) or (?P<…>…) are not allowed, only (?:…)")
    if re.search(r"\)[*+{]", bare):
        raise ValueError("a group may not be repeated: matching could take for ever")
    if len(_UNBOUND.findall(bare)) > _MOST_REPEATED:
        raise ValueError(f"at most {_MOST_REPEATED} parts may be repeated without bound (* + {{n,}}): matching could take for ever")
    if any(int(number) > 100 for found in _BOUND.finditer(bare) for number in found.groups() if number):
        raise ValueError("a part may be repeated a hundred times at most")
