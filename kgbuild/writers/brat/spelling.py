"""What brat's lines can hold: types and roles without blanks and colons, values on one line, literals in notes."""

from __future__ import annotations

import json
import re

from kgbuild import iris
from kgbuild.document import Scalar
from kgbuild.readers.brat.notes import arguments
from kgbuild.writers.spelling import one_line, scalar

_NO_TYPE = re.compile(r"[\s:]+")
_NO_ROLE = re.compile(r"[^\w.-]+")


def typed(label: str) -> str:
    """A label, role or attribute's name as brat takes it: blanks and colons made ``_``, which changes nothing in how it is resolved."""
    return _NO_TYPE.sub("_", label.strip())


def literal(role: str, value: Scalar) -> str | None:
    """The note ``role=value`` that is read as just that; None where none is."""
    bare = scalar(value)
    for written in (bare, json.dumps(bare, ensure_ascii=False)):
        note = f"{role}={written}"
        if note == one_line(note) and arguments(note) == [(role, value)] and (written != bare or iris.expand(bare) is None):
            return note
    return None


def outside(role: str, iri: str) -> str | None:
    """The note ``role=IRI`` for an argument outside the document; None where it would be read as something else."""
    note = f"{role}={iri}"
    return note if arguments(note) == [(role, iri)] and iris.expand(iri) is not None else None


def in_note(role: str) -> str:
    """A role as notes take it."""
    return _NO_ROLE.sub("_", role.strip())
