"""The door to Jinja2: a book in, the files of the pages out. Every value is escaped; equal books give equal bytes."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from kgbuild.documentation.diagrams import COLOURS
from kgbuild.documentation.entries import Book
from kgbuild.documentation.phrases import phrase
from kgbuild.errors import MissingExtra

#: pages, and the files that they load; nothing else is loaded
PAGES = ("index.html", "diagrams.html")
STATIC = ("style.css", "script.js")
#: kinds of terms in the order of the page -> heading
SECTIONS = {
    "class": "classes",
    "relation": "relations",
    "attribute": "attributes",
    "scheme": "schemes",
    "concept": "concepts",
    "annotation": "annotations",
    "individual": "individuals",
}


def render(book: Book) -> dict[str, bytes]:
    """Write the pages: file name -> content, UTF-8. Raises MissingExtra without Jinja2."""
    try:
        import jinja2
    except ImportError:
        raise MissingExtra("kgbuild ontology docs needs Jinja2", hint="pip install 'kgbuild[docs]'") from None
    folder = files("kgbuild.documentation") / "templates"
    sources = {entry.name: entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.is_file()}
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(sources),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    anchors = {entry.anchor: entry for entry in book.terms}
    shared: dict[str, Any] = {
        "book": book,
        "phrase": phrase,
        "sections": SECTIONS,
        "by_anchor": anchors,
        "children": _children(book),
        "colours": COLOURS,
    }
    made = {name: environment.get_template(name).render(page=name, **shared).encode() for name in PAGES}
    return made | {name: sources[name].encode() for name in STATIC}


def _children(book: Book) -> dict[str, list[str]]:
    """The classes directly below each class, for the tree in the contents; under "" those that have none above them."""
    below: dict[str, list[str]] = {}
    known = {entry.anchor for entry in book.entries["class"]}
    for entry in book.entries["class"]:
        for parent in [parent for parent in entry.parents if parent in known] or [""]:
            below.setdefault(parent, []).append(entry.anchor)
    return below
