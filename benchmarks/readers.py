"""How fast each reader is, and that its memory does not grow with the number of documents, over real files or those that are named.

An annotation is a mention, a relation, a filled role, an attribute or a link. Beside it stands what the plain parser of the format takes
for the same bytes: json.loads, an XML tree, or a loop over lines split at tabs. Memory is the peak after the first pass over the files,
and after all passes.

    python benchmarks/readers.py [--reader brat] [--seconds 5] [PATH …]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).parent))
from fuzz_readers import samples

from kgbuild.document import Document
from kgbuild.readers import BUILT_IN, Source, choose, discover, documents


def annotations(document: Document) -> int:
    units = document.units
    return sum(len(unit.mentions) + len(unit.args) + len(unit.attrs) + len(unit.links) + (unit.kind == "relation") for unit in units)


def parse_plainly(source: Source) -> None:
    """What the format's plain parser does with the bytes that the reader reads."""
    path = source.path
    if path.is_dir() or zipfile.is_zipfile(path):
        return
    data = path.read_bytes()
    if path.suffix == ".json":
        json.loads(data)
    elif path.suffix == ".jsonl":
        for line in data.split(b"\n"):
            if line.strip():
                json.loads(line)
    elif data.lstrip().startswith((b"<?xml", b"<xmi", b"<rdf")):  # Turtle may begin with an IRI
        ElementTree.fromstring(data)
    else:
        for text in data.decode().split("\n"):
            text.split("\t")
        if (beside := path.with_suffix(".txt")).is_file():
            beside.read_text(encoding="utf-8", errors="replace")


def peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def measure(name: str, paths: list[Path], seconds: float) -> str:
    try:
        found = discover(paths) if paths else samples(name)
        sources = [each for each in found if isinstance(each, Source) and choose(each.path).name == name]
    except LookupError as error:
        return str(error.args[0])
    if not sources:
        return f"{name:<14}no file of this format among {', '.join(map(str, paths))}"
    passes = read = count = 0
    first = 0.0
    begun = time.process_time()
    while not passes or time.process_time() - begun < seconds:
        for source in sources:
            for document in documents(source, name):
                if isinstance(document, Document):
                    read += 1
                    count += annotations(document)
        passes += 1
        first = first or peak()
    spent = (time.process_time() - begun) / passes
    last = peak()
    begun = time.process_time()
    for source in sources:
        parse_plainly(source)
    plain = time.process_time() - begun
    ratio = f"{spent / plain:6.1f}" if plain > spent / 1000 else "     –"
    return f"{name:<14}{read:>10,}{count:>12,}{count / passes / spent:>12,.0f}{ratio:>12}{first:>10.0f}{last:>8.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--reader", choices=[*BUILT_IN])
    parser.add_argument("--seconds", type=float, default=3)
    arguments = parser.parse_args()
    if arguments.reader:
        print(measure(arguments.reader, arguments.paths, arguments.seconds))
        return
    print(f"{'reader':<14}{'documents':>10}{'annotations':>12}{'per second':>12}{'x plain':>12}{'MB first':>10}{'last':>8}")
    for name in BUILT_IN:  # a process each, since the peak of one would hide that of the next
        command = [sys.executable, __file__, "--reader", name, "--seconds", str(arguments.seconds), *map(str, arguments.paths)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
