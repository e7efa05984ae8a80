"""Values of JSON objects that are not ours, taken as the model holds them: whatever else they are, they never stop a reader."""

from __future__ import annotations

import math
from typing import Any, TypeGuard

from kgbuild.document import Scalar

__all__ = ["confidence", "is_whole", "scalar", "scalars", "word"]

_LARGEST = 1 << 63


def scalar(value: Any) -> Scalar | None:
    """A text, a number or a truth value; numbers that JSON cannot hand on are texts. None for anything else, and for an empty text."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, int):
        return value if isinstance(value, bool) or -_LARGEST <= value < _LARGEST else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return None


def scalars(value: Any) -> list[Scalar]:
    """The scalars of a list, or of the list of this one value."""
    found = (scalar(one) for one in (value if isinstance(value, list) else [value]))
    return [one for one in found if one is not None]


def word(value: Any) -> str:
    """An id, a name or a label as text, whether written as text or as a number; empty for anything else."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def is_whole(value: Any) -> TypeGuard[int]:
    """Whether a value is an offset: a whole number from 0 on."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def confidence(value: Any) -> float | None:
    """A score from 0 to 1; None for anything else: other scales say nothing of certainty."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1 else None
