"""Which files are read together: those that speak of one page, or of each other's annotations, since a server hands out every annotation
as a file of its own (Web Annotation Protocol, section 4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kgbuild.document import Problem
from kgbuild.readers.lines import BOM
from kgbuild.readers.objects import loads
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.webannotation.containers import listed
from kgbuild.readers.webannotation.entries import Placed
from kgbuild.readers.webannotation.hypothesis import standard
from kgbuild.readers.webannotation.nodes import iri
from kgbuild.readers.webannotation.targets import targets
from kgbuild.readers.whole import decode, read_whole

__all__ = ["once", "placed", "spoken_of"]

#: a file with one of these describes a whole document, by one annotator; another such file is another annotator's
_WHOLE = (b'"kga:meta"', b'"kga:sha256"', b'#&document"')


def placed(path: Path, where: str) -> tuple[list[Placed], list[Problem]]:
    """The annotations of a file, and a problem for each that lies elsewhere. Raises Rejected and OSError."""
    return _placed(read_whole(path), where)


def _placed(data: bytes, where: str) -> tuple[list[Placed], list[Problem]]:
    nodes, elsewhere = listed(loads(decode(data.removeprefix(BOM))), where)
    if not nodes:
        raise Rejected("annotation-invalid", "there is no annotation in the file: an object of the type Annotation with a target")
    return [Placed(where, number, node) for number, node in enumerate(standard(nodes), 1)], elsewhere


def spoken_of(path: Path) -> tuple[set[str], int]:
    """The IRIs of the pages and annotations of a file that others may speak of too, and its size in bytes."""
    try:
        data = read_whole(path)
        if any(mark in data for mark in _WHOLE):
            return set(), len(data)
        names: set[str] = set()
        for _, _, node in _placed(data, "")[0]:
            pages = {part.source for target in targets(node.get("target")) for part in target.parts}
            if "" in pages:  # a page without an IRI is the file's own
                return set(), len(data)
            names |= pages | {iri(node)} - {""}
    except (Rejected, RecursionError, OSError):
        return set(), 0
    return names, len(data)


def once(annotations: Iterable[Placed]) -> Iterator[Placed | Problem]:
    """The annotations of files that are read together: where one stands in a second file, word for word, a problem stands in its place."""
    known: dict[str, Placed] = {}
    for one in annotations:
        name = iri(one.node)
        first = known.setdefault(name, one) if name else one
        if first.where == one.where or first.node != one.node:
            yield one
        else:
            message = f"annotation {one.number} <{name}> stands in {first.where} too, word for word; read once, remove one of the two files"
            yield Problem("annotation-repeated", "skipped", message, where=one.where)
