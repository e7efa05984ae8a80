"""Every error kgbuild raises on purpose, in one tree.

    KgbuildError                 3   anything wrong with what was given
    ├── FormatError              3   an annotation file that cannot be read
    ├── MappingError             3   under ``--strict``: something the ontology does not know
    ├── OntologyError            3   the ontology contradicts itself or is not valid RDF
    ├── ReferenceDataError       3   reference data that is not valid
    ├── DecisionError            3   decisions on links that cannot be read, or contradict each other
    ├── SchemeError              3   a table of foreign labels that cannot be read, contradicts itself, or is not there
    ├── QueryError               3   unknown query, bad parameter, SPARQL that does not parse
    ├── WorkerDied               3   a process that read and mapped was killed
    ├── StoreError               4   the store
    │   ├── StoreMissing         4   there is no store at that place
    │   ├── StoreUnavailable     4   locked by another process, or out of reach
    │   └── StoreRefused         4   the store answered with an error
    └── MissingExtra             5   an optional package is not installed

Findings about single facts are not errors: they are :class:`kgbuild.document.Problem` values, and the rest of the work goes on.
Exit statuses: 0 done · 1 done, with findings · 2 usage · 3 input · 4 store · 5 missing extra · 70 a bug.
"""

from __future__ import annotations

__all__ = [
    "DecisionError",
    "FormatError",
    "KgbuildError",
    "MappingError",
    "MissingExtra",
    "OntologyError",
    "QueryError",
    "ReferenceDataError",
    "SchemeError",
    "StoreError",
    "StoreMissing",
    "StoreRefused",
    "StoreUnavailable",
    "WorkerDied",
]


class KgbuildError(Exception):
    """Something went wrong that the user can act on.

    ``str()`` says what happened and where, in lower case; ``hint`` says what to do.
    """

    code = "KGB-100"
    exit_status = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class FormatError(KgbuildError):
    """An annotation file cannot be read: not found, not UTF-8, broken, or of no known format."""

    code = "KGB-110"

    def __init__(self, message: str, *, path: str, line: int | None = None, hint: str = "") -> None:
        where = path if line is None else f"{path}:{line}"
        super().__init__(f"{where}: {message}", hint=hint)
        self.path = path
        self.line = line
        self._said = message

    def __reduce__(self) -> tuple[object, ...]:
        # an error of a worker process is raised again by its driver
        return _format_error, (self._said, self.path, self.line, self.hint)


def _format_error(message: str, path: str, line: int | None, hint: str) -> FormatError:
    return FormatError(message, path=path, line=line, hint=hint)


class MappingError(KgbuildError):
    """Under ``--strict``: the annotation says something that the ontology does not know."""

    code = "KGB-120"


class OntologyError(KgbuildError):
    """The ontology is not valid RDF, or contradicts itself."""

    code = "KGB-130"


class ReferenceDataError(KgbuildError):
    """Reference data is not valid RDF, or lacks what every reference thing must have."""

    code = "KGB-140"


class QueryError(KgbuildError):
    """An unknown query, a missing or ill-typed parameter, or SPARQL that does not parse."""

    code = "KGB-150"


class DecisionError(KgbuildError):
    """Decisions on links that are not valid Turtle, say something else, or contradict each other."""

    code = "KGB-170"


class SchemeError(KgbuildError):
    """A table of foreign labels: not there, not readable, with two terms at one rank, or with a term that the ontology does not have."""

    code = "KGB-180"


class WorkerDied(KgbuildError):
    """A process that reads and maps was killed from outside, or ran out of memory."""

    code = "KGB-160"


class StoreError(KgbuildError):
    """The store cannot do what was asked."""

    code = "KGB-200"
    exit_status = 4


class StoreMissing(StoreError):
    """There is no store at the place named."""

    code = "KGB-201"


class StoreUnavailable(StoreError):
    """The store is locked by another process, or cannot be reached."""

    code = "KGB-202"


class StoreRefused(StoreError):
    """The store answered with an error of its own."""

    code = "KGB-203"


class MissingExtra(KgbuildError):
    """A command needs a package that only an extra installs."""

    code = "KGB-300"
    exit_status = 5
