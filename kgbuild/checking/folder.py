"""Gather an ontology's folder from the disk, or the one that ships, with what surrounds it: catalogue, shapes, queries, articles, tests."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from kgbuild.checking.catalogue import CATALOG
from kgbuild.checking.draft import Draft
from kgbuild.checking.surroundings import Surroundings
from kgbuild.errors import OntologyError
from kgbuild.resources import bundled, read_bundled

#: suffixes of ontologies that no loader reads
_STRANGE = (".owl", ".rdf", ".owx", ".omn", ".ofn", ".obo", ".nt", ".jsonld", ".xml", ".n3", ".trig", ".turtle")


def gather(folder: Path | None = None) -> Draft:
    """Read a folder, or the shipped ontology for None.

    The queries are those that ship with kgbuild; articles and tests are those of a checkout, where the folder stands in one.

    Raises:
        OntologyError: the folder is not there, is none, holds no Turtle file, or none of its files can be opened.
    """
    place: Traversable = folder or bundled("ontology")
    if not place.is_dir():
        raise OntologyError(f"{folder}: not a folder", hint="name the folder that holds the ontology's Turtle files (*.ttl)")
    try:
        entries = sorted(place.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        raise OntologyError(f"{folder}: {error.strerror or error}", hint="check that the folder can be read") from error
    unreadable: dict[str, str] = {}
    turtle = _read([entry for entry in entries if entry.name.endswith(".ttl") and not entry.is_dir()], "", unreadable)
    if not turtle:
        reason = f"{next(iter(unreadable))}: {next(iter(unreadable.values()))}" if unreadable else "holds no Turtle file (*.ttl)"
        raise OntologyError(f"{folder or place}: {reason}", hint="put the modules of the ontology there, as .ttl files that can be read")
    catalog = _read([entry for entry in entries if entry.name == CATALOG], "", unreadable).get(CATALOG)
    strangers = tuple(entry.name for entry in entries if entry.name.endswith(_STRANGE) and entry.name != CATALOG and not entry.is_dir())
    checkout = Path(str(place)).resolve().parent
    # the tests of the checks plant terms that nobody uses
    tests = {name: data for name, data in _files(checkout, "tests/**/*.py").items() if not name.startswith("tests/checking")}
    # away from the checkout, the shipped terms are vouched for: what shows their use is not here
    vouched = {} if tests else {f"shipped/{name}": data for name, data in read_bundled("ontology", ".ttl").items()}
    around = Surroundings(
        catalog=catalog,
        shapes=_below(place, "shapes", unreadable),
        alignments=_below(place, "alignment", unreadable),
        queries={**read_bundled("queries", ".rq"), **_below(place, "shapes/store", unreadable, ".rq")},
        articles=_files(checkout, "data/articles/*.jsonl"),
        reference=read_bundled("reference", ".ttl"),
        code={**_code(files("kgbuild")), **tests, **vouched},
        strangers=strangers,
        unreadable=unreadable,
    )
    return Draft(turtle, around)


def _read(entries: Iterable[Traversable], below: str, unreadable: dict[str, str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in entries:
        try:
            found[below + entry.name] = entry.read_bytes()
        except OSError as error:
            unreadable[below + entry.name] = error.strerror or str(error)
    return found


def _below(place: Traversable, name: str, unreadable: dict[str, str], suffix: str = ".ttl") -> dict[str, bytes]:
    folder = place.joinpath(*name.split("/"))
    if not folder.is_dir():
        return {}
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return _read([entry for entry in entries if entry.name.endswith(suffix) and not entry.is_dir()], f"{name}/", unreadable)


def _files(top: Path, pattern: str) -> dict[str, bytes]:
    return {str(path.relative_to(top)): path.read_bytes() for path in sorted(top.glob(pattern)) if path.is_file()}


def _code(package: Traversable) -> dict[str, bytes]:
    """The program's own modules: they name terms."""
    found: dict[str, bytes] = {}
    for entry in package.iterdir():
        if entry.is_dir() and not entry.name.startswith(("_", "share", "checking")):
            found |= {f"{entry.name}/{name}": data for name, data in _code(entry).items()}
        elif entry.name.endswith(".py"):
            found[entry.name] = entry.read_bytes()
    return found
