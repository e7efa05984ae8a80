"""What brat's lines can hold: types and roles without blanks and colons, and what roles are in notes."""

from __future__ import annotations

import re

_NO_TYPE = re.compile(r"[\s:]+")
_NO_ROLE = re.compile(r"[^\w.-]+")


def typed(label: str) -> str:
    """A label, role or attribute's name as brat takes it: blanks and colons made ``_``, which changes nothing in how it is resolved."""
    return _NO_TYPE.sub("_", label.strip())


def role_in_note(role: str) -> str:
    """A role as notes take it."""
    return _NO_ROLE.sub("_", role.strip())
