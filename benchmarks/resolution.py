"""Find every name of a table as a load would, and say how many were right.

A table is tab-separated: name, class (as an annotator labels it), language, date of the publication (may be empty), and what it should be
found to be: a CURIE (data:state/RUS), "ambiguous" or "new". Lines that begin with # are remarks; a first line that begins with "name" is
the heading.

    python benchmarks/resolution.py tests/resolution/forms.tsv [--reference DIR] [--ontology DIR]

Precision: of the names that were resolved to a thing, the share that should be, and to this one. Recall: of the names that should be
resolved, the share that were, and rightly. Exit status 1 where anything was wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.document import Document, Unit
from kgbuild.mapping import Mapper
from kgbuild.ontology import Ontology
from kgbuild.registry import Registry

HOME = Path(__file__).parents[1]


@dataclass(frozen=True)
class Row:
    """A name to find: where the table has it (``file:line``), the name, class, language, date, and what is expected."""

    where: str
    name: str
    cls: str
    lang: str
    date: str
    expected: str


@dataclass(frozen=True)
class Outcome:
    """What a name was found to be: a CURIE, "ambiguous" or "new"; and how, by the last word of the concept."""

    row: Row
    found: str
    how: str

    @property
    def right(self) -> bool:
        """Claim that it is what was expected."""
        return self.found == self.row.expected


@dataclass(frozen=True)
class Figures:
    """Counts over a table; ``precision`` and ``recall`` are shares from 0 to 1."""

    rows: int
    right: int
    precision: float
    recall: float
    misses: tuple[Outcome, ...]


def read(path: Path) -> list[Row]:
    """Read a table. Raises SystemExit where a line has not five columns."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#") and not (not rows and line.lower().startswith("name\t")):
            cells = [cell.strip() for cell in line.split("\t")]
            if len(cells) != 5:
                raise SystemExit(f"{path}:{number}: five columns are expected, not {len(cells)}: {line}")
            rows.append(Row(f"{path.name}:{number}", *cells))
    return rows


def mapper(ontology: Path = HOME / "ontology", reference: Path = HOME / "data" / "reference") -> Mapper:
    """Make what a load uses."""
    files = [{path.name: path.read_bytes() for path in sorted(folder.glob("*.ttl"))} for folder in (ontology, reference)]
    return Mapper(Ontology.parse(files[0]), Registry.parse(files[1]))


def find(rows: Iterable[Row], by: Mapper) -> Iterator[Outcome]:
    """Map an article of one unit for each name."""
    for row in rows:
        meta = {"lang": row.lang, "published": row.date} if row.date else {"lang": row.lang}
        unit = Unit("u", "entity", row.cls, name=row.name)
        mapped = by.map((Document("t", "", meta=meta, units=(unit,)),))
        reported = f"<{mapped.iri}>"
        nodes = [line.split(" ", 1)[0] for line in mapped.facts if line.endswith(f"<{v.REPORTED_IN}> {reported}")]
        (node,) = {node[1:-1] for node in nodes}
        if any(problem.code == "ambiguous-name" for problem in mapped.problems):
            yield Outcome(row, "ambiguous", "new")
        elif by.registry.types(node):
            yield Outcome(row, iris.compress(node), "")
        else:
            yield Outcome(row, "new", "new")


def figures(outcomes: Iterable[Outcome]) -> Figures:
    """Count."""
    found = list(outcomes)
    resolved = [outcome for outcome in found if outcome.found not in ("ambiguous", "new")]
    wanted = [outcome for outcome in found if outcome.row.expected not in ("ambiguous", "new")]
    good = [outcome for outcome in resolved if outcome.right]
    return Figures(
        len(found),
        sum(outcome.right for outcome in found),
        len(good) / len(resolved) if resolved else 1.0,
        len(good) / len(wanted) if wanted else 1.0,
        tuple(outcome for outcome in found if not outcome.right),
    )


def main() -> int:
    """Print the figures and the misses."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", type=Path)
    parser.add_argument("--reference", type=Path, default=HOME / "data" / "reference")
    parser.add_argument("--ontology", type=Path, default=HOME / "ontology")
    options = parser.parse_args()
    counted = figures(find(read(options.table), mapper(options.ontology, options.reference)))
    print(f"rows {counted.rows}  right {counted.right}  precision {counted.precision:.4f}  recall {counted.recall:.4f}")
    for miss in counted.misses:
        row = miss.row
        print(f"{row.where}\t{row.name}\t{row.cls}\t{row.lang}\t{row.date}\texpected {row.expected}\tfound {miss.found}")
    return 1 if counted.misses else 0


if __name__ == "__main__":
    sys.exit(main())
