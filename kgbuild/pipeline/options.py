"""What a load is asked to do, and what it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kgbuild.document import Problem

#: called with each problem as it is found
OnProblem = Callable[[Problem], None]
#: called with the number of articles done since the last call
OnProgress = Callable[[int], None]


@dataclass(frozen=True)
class LoadOptions:
    """How to load. ``jobs`` None: as many processes as serve; ``ontology`` and ``reference`` None: the store's own, else the shipped.

    ``decisions``: the file of decisions on links; None: the one beside the store. Where there is none, the store keeps what it holds.
    """

    format: str | None = None
    strict: bool = False
    jobs: int | None = None
    ontology: Path | None = None
    reference: Path | None = None
    base: str | None = None
    keep_text: bool = True
    #: check each article against the shapes once it is loaded
    validate: bool = False
    decisions: Path | None = None
    #: a shipped scheme, or the file of one, whose labels become the ontology's terms
    scheme: str | None = None


@dataclass
class LoadReport:
    """What a load did. ``notes`` are sentences for the user that are no findings."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    rejected: int = 0
    #: second annotations of a text, merged into its article
    merged: int = 0
    #: articles mapped again since other decisions on links touch them
    relinked: int = 0
    units: int = 0
    #: annotations that a scheme left out on purpose
    ignored: int = 0
    #: quads of the articles that were written: named graph and default graph
    quads: int = 0
    #: (severity, code) -> how many
    problems: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)

    @property
    def documents(self) -> int:
        """How many documents were met, rejected ones included."""
        return self.added + self.replaced + self.unchanged + self.merged + self.rejected

    @property
    def findings(self) -> bool:
        """Claim that something in the input was left out, or kept in a lesser form."""
        return bool(self.problems)

    def count(self, problem: Problem) -> None:
        """Count a problem."""
        self.problems[problem.severity, problem.code] += 1
        if problem.severity == "rejected":
            self.rejected += 1
