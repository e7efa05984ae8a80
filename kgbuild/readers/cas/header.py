"""Metadata of a document: from the annotation of the whole text, and from layers for metadata, which have no place in the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kgbuild.readers.cas.layers import short
from kgbuild.readers.cas.model import Cas, Ref, Structure

__all__ = ["metadata"]

#: names that people give to features -> the model's
_NAMES = {
    "documenttitle": "title",
    "headline": "title",
    "documenturi": "uri",
    "url": "uri",
    "source": "publisher",
    "outlet": "publisher",
    "date": "published",
    "language": "lang",
    "authors": "author",
    **{name: name for name in ("title", "publisher", "author", "published", "lang", "uri", "scheme", "note")},
}
#: what a document has one of
_SINGLE = frozenset({"title", "publisher", "published", "lang", "uri", "scheme"})


def metadata(cas: Cas, headers: Iterable[Structure], layers: Iterable[Structure], report: Callable[[str, str], None]) -> dict[str, Any]:
    """Title, address, language and what else is said of the document. ``report`` takes a problem's code and message."""
    meta: dict[str, Any] = {}
    for header in headers:
        for name, value in _header(header).items():
            meta.setdefault(name, value)
    said: set[str] = set()
    for layer in layers:
        for feature, value in layer.features.items():
            if feature == "sofa":
                continue
            key = _NAMES.get("".join(filter(str.isalnum, feature)).casefold(), feature)
            for item in cas.items(value):
                if isinstance(item, Ref):
                    target = cas.follow(item)
                    what = f"leads to a {short(target.type)}" if target else f"leads to {int(item)}, which is not there"
                    message = f"{feature} of the document's {short(layer.type)} {what}: metadata are texts and numbers; it was left out"
                    report("feature-left-out", message)
                elif not item:  # 0 and false too are what UIMA writes where nobody filled a feature
                    continue
                elif key not in said:
                    said.add(key)
                    meta[key] = item.strip() if isinstance(item, str) else item
                elif key in _SINGLE:
                    message = f"{feature} of the document's {short(layer.type)} is “{item}”, and “{meta[key]}” too: the first is used"
                    report("feature-left-out", message + "; keep one")
                else:
                    held = meta[key]
                    meta[key] = [*held, item] if isinstance(held, list) else [held, item]
    return meta


def _header(header: Structure) -> dict[str, str]:
    """What the annotation of the whole text says; a file's name is no title, and an address on somebody's disk none of the article."""
    found = {}
    title, name = header.text("documentTitle"), header.text("documentId")
    uri, lang = header.text("documentUri"), header.text("language")
    if title and title != name and title != uri.rpartition("/")[2]:
        found["title"] = title
    if uri.startswith(("http://", "https://")):
        found["uri"] = uri
    if lang and lang != "x-unspecified":
        found["lang"] = lang
    return found
