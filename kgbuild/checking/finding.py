"""What a check is, and what it finds: plain values, so that a table of them can be printed, tested and documented."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kgbuild.iris import compress

if TYPE_CHECKING:
    from kgbuild.checking.draft import Draft

#: error: loaders, Protégé or reasoners stumble over it · warning: against a rule of good ontologies · advice: worth a thought
Severity = Literal["error", "warning", "advice"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")


@dataclass(frozen=True, order=True)
class Place:
    """A file of the ontology's folder, and a line in it: 0 where the line is not known (a whole file, RDF/XML)."""

    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Sighting:
    """One thing that a check saw: where, on which term (an IRI, or empty), and what is wrong there, in words."""

    place: Place
    term: str
    says: str


@dataclass(frozen=True)
class Check:
    """One rule: its name, what it asks in a line, how grave a breach is, who asks it, and what to do about a breach."""

    id: str
    title: str
    severity: Severity
    source: str
    remedy: str
    find: Callable[[Draft], Iterable[Sighting]] = field(compare=False, repr=False)


@dataclass(frozen=True)
class Finding:
    """A breach of a check. ``term`` is a CURIE where a prefix fits."""

    check: Check
    place: Place
    term: str
    says: str

    @classmethod
    def of(cls, check: Check, sighting: Sighting) -> Finding:
        """Name what a check saw."""
        return cls(check, sighting.place, compress(sighting.term), sighting.says)

    def record(self) -> dict[str, str | int | None]:
        """The finding as a flat record, for machines; ``line`` is null where it is not known."""
        return {
            "check": self.check.id,
            "severity": self.check.severity,
            "file": self.place.file or None,
            "line": self.place.line or None,
            "term": self.term or None,
            "message": self.says,
            "advice": self.check.remedy,
            "source": self.check.source,
        }
