"""What a control of Label Studio was answered: choices, texts, numbers, ratings, dates, paths of a taxonomy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from kgbuild.document import Scalar
from kgbuild.readers.scalars import scalar, scalars

__all__ = ["Answer", "answer_of", "is_labels"]

#: type of a control -> key of its answer in the result's value
_KEYS = {
    "choices": "choices",
    "textarea": "text",
    "number": "number",
    "rating": "rating",
    "datetime": "datetime",
    "taxonomy": "taxonomy",
    "pairwise": "selected",
}


class Answer(NamedTuple):
    """``values`` of an answer; ``chosen``: of those that the control offered; ``paths``: where in a taxonomy they are."""

    values: list[Scalar]
    chosen: bool = False
    paths: tuple[str, ...] = ()
    #: there is an answer, and it could not be read
    unknown: bool = False

    def notes(self, control: str) -> list[str]:
        """What the values do not say: a choice of a taxonomy is its last step, and its path is noted."""
        return [f"{control}: {path}" for path in self.paths]


def is_labels(key: str) -> bool:
    """Whether a key of a result's value holds labels: ``labels``, ``hypertextlabels``, ``paragraphlabels``."""
    return key.endswith("labels")


def answer_of(kind: Any, value: Mapping[str, Any]) -> Answer | None:
    """The answer that a result of a type holds; None for a region's own result, which has its labels."""
    key = _KEYS.get(kind) if isinstance(kind, str) else None
    if key is None:
        if isinstance(kind, str) and is_labels(kind):
            return None
        key = next((key for key in _KEYS.values() if key != "text" and key in value), None)
        if key is None:
            return Answer([], unknown=kind is not None)
    given = value.get(key)
    if key == "taxonomy":
        paths = [path for one in _lists(given) if (path := [str(step) for step in scalars(one)])]
        longer = tuple(" / ".join(path) for path in paths if len(path) > 1)
        return Answer([path[-1] for path in paths], True, longer, unknown=bool(given) and not paths)
    if key == "datetime" and isinstance(given, str):
        return Answer([given])
    if key == "rating" and isinstance(given, dict):
        given = given.get("rating")
    values = scalars(given)
    if key in ("choices", "selected"):
        values = [one for nested in _flat(given) if (one := scalar(nested)) is not None]
    return Answer(values, key in ("choices", "selected"), unknown=bool(given) and not values)


def _lists(value: Any) -> list[Any]:
    """A list of paths; one path alone is taken as one of them."""
    if not isinstance(value, list):
        return []
    return value if all(isinstance(one, list) for one in value) else [value]


def _flat(value: Any) -> list[Any]:
    """Choices of a tree of choices are paths too: their last step was chosen."""
    if not isinstance(value, list):
        return [value]
    return [one[-1] if isinstance(one, list) and one else one for one in value]
