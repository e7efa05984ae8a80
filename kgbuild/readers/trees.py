"""XML as a tree, from strangers: no document type, no entities beyond XML's own five, nothing fetched, no huge or deep trees."""

from __future__ import annotations

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from kgbuild.readers.rejection import Rejected

__all__ = ["ELEMENTS", "parse"]

#: most elements in one document, and how deep they may be nested
ELEMENTS, DEPTH = 2_000_000, 200


def parse(data: bytes) -> Element:
    """Parse XML 1.0; names are ``{namespace}name``. Raises Rejected (``broken-xml``, ``unsafe-xml``) with the line."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.ordered_attributes = True
    depth = count = 0

    def refuse(*_: object) -> None:
        message = "the XML declares a document type or entities, which are not read; remove the <!DOCTYPE …> declaration"
        raise Rejected("unsafe-xml", message, line=parser.CurrentLineNumber)

    def start(tag: str, attributes: list[str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if count > ELEMENTS or depth > DEPTH:
            what = f"more than {ELEMENTS:,} elements" if count > ELEMENTS else f"elements nested more than {DEPTH} deep"
            raise Rejected("unsafe-xml", f"the XML has {what}; export it in parts", line=parser.CurrentLineNumber)
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        builder.start(_name(tag), {_name(name): value for name, value in pairs})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_name(tag))

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        what = f"{expat.ErrorString(error.code)} at character {error.offset + 1}"
        raise Rejected("broken-xml", f"not XML: {what}; export the file again", line=error.lineno) from error
    except (ValueError, LookupError) as error:
        raise Rejected("broken-xml", f"not XML: {error}; export the file again as UTF-8") from error
    return builder.close()


def _name(name: str) -> str:
    return "{" + name if "}" in name else name
