"""WebAnno TSV 3.1 to 3.3: rows of tokens, with a column for each feature of each layer; as a CAS like INCEpTION's other exports.

The format is described in INCEpTION's user guide ("WebAnno TSV 3.3 File format"). It does not tell the types of features, so that all are
text; it holds no metadata of the document, and no annotation that begins or ends between two tokens.
"""

from __future__ import annotations

from itertools import chain

from kgbuild.readers.cas.model import Cas, Flaw
from kgbuild.readers.cas.tsv.header import layers, version
from kgbuild.readers.cas.tsv.sentences import Text, sentences
from kgbuild.readers.cas.tsv.structures import Structures
from kgbuild.readers.whole import decode

__all__ = ["parse"]


def parse(data: bytes) -> Cas:
    """Read a file. Raises Rejected where it is not UTF-8, of another version, or its header is broken."""
    text = decode(data).removeprefix("\ufeff")
    if "\r" in text:  # the text's own are written as \r
        text = text.replace("\r\n", "\n")
    lines = enumerate(text.split("\n"), 1)
    number, first = next(lines)
    major, minor = version(first)
    declared = []
    for number, line in lines:
        if not line.startswith("#T_"):
            break
        declared.append((number, line))
    else:
        number, line = number + 1, ""
    flaws: list[Flaw] = []

    def report(code: str, message: str) -> None:
        flaws.append(Flaw(code, message))

    structures = Structures(layers(declared), report)
    body = Text(report, java=(major, minor) <= (3, 1))
    for sentence in sentences(chain([(number, line)], lines), report):
        for placed in body.place(sentence):
            structures.add(placed)
    cas = structures.cas(body.text())
    cas.flaws.extend(flaws)
    return cas
