"""Tags that say ``name=value``, and literals as text: strings bare, everything else as JSON (:mod:`kgbuild.readers.webannotation`)."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from kgbuild.document import Scalar
from kgbuild.readers.objects import loads
from kgbuild.readers.rejection import Rejected

__all__ = ["literal", "pair"]

_JSON = re.compile(r'["\[].*|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false', re.DOTALL)
_DECODER = json.JSONDecoder()


def literal(written: str) -> Scalar | list[Scalar]:
    """Read a literal: JSON where it is a number, true, false, a JSON string or an array of these; else the text itself.

    >>> literal("3"), literal("denies"), literal('"3"'), literal("2024-03")
    (3, 'denies', '3', '2024-03')
    """
    if not _JSON.fullmatch(written):
        return written
    try:
        value = loads(written)
    except Rejected:
        return written
    if isinstance(value, list):
        return value if value and all(map(_is_scalar, value)) else written
    return value if _is_scalar(value) else written


def pair(tag: str) -> tuple[str, Scalar | list[Scalar]] | None:
    """Split a tag into name and value; None for a tag that is no such pair, but a label.

    >>> pair("stance=denies"), pair("important")
    (('stance', 'denies'), None)
    """
    if tag.startswith('"'):
        try:
            name, end = _DECODER.raw_decode(tag)
            str(name).encode()
        except (ValueError, RecursionError):  # also half a surrogate pair
            return None
        if not isinstance(name, str) or not tag.startswith("=", end):
            return None
        return name, literal(tag[end + 1 :])
    name, equals, value = tag.partition("=")
    return (name, literal(value)) if equals and name else None


def _is_scalar(value: Any) -> bool:
    return isinstance(value, (str, int)) or (isinstance(value, float) and math.isfinite(value))
