"""What a load found wrong: kept for the summary, and written to the ``--problems`` file as it comes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from kgbuild.document import Problem


class Findings:
    """Counts problems by severity and code, remembers the first of each kind, and writes each as a JSON line."""

    def __init__(self, stream: BinaryIO | None = None) -> None:
        self._stream = stream
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], Problem] = {}

    def add(self, problem: Problem) -> None:
        """Take one problem."""
        kind = (problem.severity, problem.code)
        self._counts[kind] += 1
        self._first.setdefault(kind, problem)
        if self._stream is not None:
            import msgspec

            self._stream.write(msgspec.json.encode(problem) + b"\n")

    def lines(self) -> list[str]:
        """Say how many of each kind there are, gravest first, each kind with its first example."""
        order = {"rejected": 0, "skipped": 1, "kept": 2}
        lines = []
        for kind in sorted(self._counts, key=lambda kind: (order[kind[0]], kind[1])):
            severity, code = kind
            lines.append(f"  {self._counts[kind]:>6,}  {severity:<8}  {code}")
            lines.append(f"          first: {example(self._first[kind])}")
        return lines


def example(problem: Problem) -> str:
    """Write one problem as ``where: unit: message``."""
    place = problem.where or problem.document
    return ": ".join(part for part in (place, f"unit {problem.unit}" if problem.unit else "", problem.message) if part)
