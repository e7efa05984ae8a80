"""What stands in a cell of WebAnno TSV 3: stacked values, slots, disambiguation ids, and the backslashes that guard them."""

from __future__ import annotations

import re

__all__ = ["chain_link", "numbered", "split", "unescape", "unescape_text"]

_NUMBERED = re.compile(r"((?:[^\\\[]|\\.)*)\[(\d{1,9}(?:_\d{1,9})?)\]", re.DOTALL)
_CHAIN_LINK = re.compile(r"((?:[^\\]|\\.)*?)->(\d{1,9})-(\d{1,9})", re.DOTALL)
_ITEMS = {separator: re.compile(rf"(?:[^\\{separator}]|\\.|\\\Z)*", re.DOTALL) for separator in "|;"}
_ESCAPED = re.compile(r"\\(->|[\\\[\]|_;tn*])")
_TEXT = re.compile(r"\\([\x00-\x1ftnrfb\\])")
_JAVA = re.compile(r"\\(u+[0-9A-Fa-f]{4}(?:\\u+[0-9A-Fa-f]{4})*|[0-3]?[0-7]{1,2}|.)", re.DOTALL)
_MEANS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}


def split(cell: str, separator: str) -> list[str]:
    """Split at a separator that no backslash stands before.

    >>> split("a|b", "|"), split(r"a\\|b|c", "|")
    (['a', 'b'], ['a\\\\|b', 'c'])
    """
    if "\\" not in cell:
        return cell.split(separator)
    items = []
    position = 0
    while True:
        match = _ITEMS[separator].match(cell, position)
        assert match is not None
        items.append(match[0])
        position = match.end() + 1
        if position > len(cell):
            return items


def numbered(item: str) -> tuple[str, str]:
    """A value and its disambiguation id, or the pair of ids of a relation; an empty id where it has none.

    >>> numbered("PER[2]"), numbered("1-1[0_2]"), numbered(r"A\\[0\\]")
    (('PER', '2'), ('1-1', '0_2'), ('A\\\\[0\\\\]', ''))
    """
    match = _NUMBERED.fullmatch(item) if item.endswith("]") else None
    return (match[1], match[2]) if match else (item, "")


def chain_link(item: str) -> tuple[str, int, int] | None:
    """The value, the chain and the place in the chain of a link; None where it has not this form.

    >>> chain_link("coref->1-2")
    ('coref', 1, 2)
    """
    match = _CHAIN_LINK.fullmatch(item)
    return (match[1], int(match[2]), int(match[3])) if match else None


def unescape(value: str) -> str:
    """A feature's value as it was."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda match: _MEANS.get(match[1], match[1]), value)


def unescape_text(text: str, *, java: bool) -> str:
    """A line of text, or a token, as it was. ``java``: version 3.1 and before wrote every escape of Java's strings.

    >>> unescape_text(r"a\\tb", java=False), unescape_text(r"\\u0163ara", java=True)
    ('a\\tb', 'ţara')
    """
    if "\\" not in text:
        return text
    return _JAVA.sub(_java, text) if java else _TEXT.sub(lambda match: _MEANS.get(match[1], match[1]), text)


def _java(match: re.Match[str]) -> str:
    written = match[1]
    if written[0] == "u" and len(written) > 1:
        units = b"".join(int(unit[-4:], 16).to_bytes(2, "little") for unit in written.split("\\"))
        return units.decode("utf-16-le", "replace")
    if written[0] in "01234567":
        return chr(int(written, 8))
    return _MEANS.get(written, written)
