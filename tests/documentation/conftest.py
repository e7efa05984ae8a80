"""The pages of the shipped ontology, made once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kgbuild.documentation import Book, read, render
from kgbuild.query import load_queries
from kgbuild.resources import bundled, read_bundled


@pytest.fixture(scope="session")
def book() -> Book:
    folder = bundled("ontology") / "shapes"
    files = [entry for place in (folder, folder / "store") if place.is_dir() for entry in place.iterdir() if entry.is_file()]
    shapes = {entry.name: entry.read_bytes() for entry in files}
    return read(read_bundled("ontology", ".ttl"), load_queries(read_bundled("queries", ".rq")), shapes)


@pytest.fixture(scope="session")
def pages(book: Book) -> Mapping[str, bytes]:
    return render(book)


@pytest.fixture(scope="session")
def trees(pages: Mapping[str, bytes]) -> dict[str, ElementTree.Element]:
    """The HTML pages, parsed strictly: any parse error of HTML5 fails."""
    html5lib = pytest.importorskip("html5lib")
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return {name: parser.parse(page) for name, page in pages.items() if name.endswith(".html")}


@pytest.fixture(scope="session")
def folder(pages: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages in a folder, as a browser opens them."""
    place = tmp_path_factory.mktemp("pages")
    for name, page in pages.items():
        (place / name).write_bytes(page)
    return place
