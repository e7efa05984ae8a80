"""The text that a reader of HTML sees, and where offsets counted in it by Label Studio lie.

Label Studio counts the characters of all text nodes below the body, one after the other, and 1 for ``<br>``; a region's ends are also
given as a path to a text node with an offset in it (``/div[1]/p[2]/text()[1]``). The text made here has line ends between blocks besides,
which those counts do not know: :meth:`Rendered.position` goes from one to the other.

The tree is that of the HTML standard as far as paths need it: void elements, ends of tags that may be left out, the table body that is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from html.parser import HTMLParser

__all__ = ["Rendered", "looks_like_html", "render"]

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup"
    " option p pre section summary table tbody td tfoot th thead tr ul".split()
)
#: not shown, though their text is counted; what is in the head is not even that
_HIDDEN = frozenset("script style template noscript".split())
_HEAD = frozenset("head title".split())
#: tag -> open elements that its beginning ends, where the innermost is one of them
_CELLS = ("td", "th")
_ENDS: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option"}),
    "td": frozenset(_CELLS),
    "th": frozenset(_CELLS),
    "tr": frozenset({"tr", *_CELLS}),
    **dict.fromkeys(("tbody", "tfoot", "thead"), frozenset({"tr", "tbody", "tfoot", "thead", *_CELLS})),
}
_HTML = re.compile(r"\s*<(?:!doctype\b|!--|[a-z][a-z0-9]*[\s/>])", re.I)
_ROOT = re.compile(r"^/html\[1\](?:/body\[1\])?")


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML, so far as that can be told: it begins with a tag, and has the end of one."""
    return _HTML.match(text) is not None and ("</" in text or "<br" in text.lower())


class Rendered:
    """The text of an HTML document: ``text``, and positions in it."""

    def __init__(self, text: str, begins: list[int], places: list[int], lengths: list[int], paths: dict[str, int]) -> None:
        self.text = text
        #: of each run of text, in order: its begin as Label Studio counts, its begin in ``text``, its length there
        self._begins, self._places, self._lengths = begins, places, lengths
        self._paths = paths

    def position(self, offset: int, *, end: bool = False) -> int:
        """Where an offset counted by Label Studio is in ``text``; ``end``: it is the end of a span, which belongs to what is before it."""
        index = bisect_right(self._begins, offset - end) - 1
        if index < 0:
            return 0
        within = offset - self._begins[index]
        # past the end of the text: told of where spans are verified
        beyond = max(0, within - self._lengths[index]) if index == len(self._begins) - 1 else 0
        return self._places[index] + min(within, self._lengths[index]) + beyond

    def offset(self, path: str, within: int) -> int | None:
        """What Label Studio counts up to an offset in the node at a path; None where there is no such node, or no such place in it."""
        path = _ROOT.sub("", path.strip()).lower().rstrip("/")
        begin = self._paths.get(path)
        if begin is not None and path.rpartition("/")[2].startswith("text()"):
            return begin + within
        return begin if within == 0 else None


def render(html: str) -> Rendered:
    """Read HTML. Raises nothing: what is no HTML is text."""
    walker = _Walker()
    walker.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
    walker.close()
    walker.end_text()
    return Rendered("".join(walker.pieces), walker.begins, walker.places, walker.lengths, walker.paths)


class _Element:
    __slots__ = ("counts", "path", "tag")

    def __init__(self, tag: str, path: str) -> None:
        self.tag = tag
        self.path = path
        self.counts: dict[str, int] = {}

    def child(self, tag: str) -> str:
        number = self.counts[tag] = self.counts.get(tag, 0) + 1
        return f"{self.path}/{tag}[{number}]"


class _Walker(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.begins: list[int] = []
        self.places: list[int] = []
        self.lengths: list[int] = []
        self.paths: dict[str, int] = {"": 0}
        self._stack = [_Element("", "")]
        self._data: list[str] = []
        self._count = 0  # as Label Studio counts
        self._length = 0  # of what is in pieces
        self._line_ended = True
        self._skipping = 0  # open elements of the head, or hidden ones

    def handle_data(self, data: str) -> None:
        self._data.append(data)

    def handle_comment(self, data: str) -> None:
        self.end_text()  # a comment parts two text nodes

    def end_text(self) -> None:
        """Take the text node that ends here, if there is one."""
        if not self._data:
            return
        data = "".join(self._data)
        self._data.clear()
        top = self._stack[-1]
        if any(element.tag in _HEAD for element in self._stack) or not data:
            return
        if not top.path and not data.strip() and any(element.tag == "html" for element in self._stack[1:]) and not self._count:
            return  # between html, head and body there is no text
        self.paths.setdefault(top.child("text()"), self._count)
        hidden = any(element.tag in _HIDDEN for element in self._stack)
        self._run(data, hidden=hidden)

    def _run(self, data: str, *, hidden: bool = False) -> None:
        self.begins.append(self._count)
        self.places.append(self._length)
        self.lengths.append(0 if hidden else len(data))
        self._count += len(data)
        if not hidden:
            self._show(data)

    def _show(self, data: str) -> None:
        self.pieces.append(data)
        self._length += len(data)
        self._line_ended = data.endswith("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.end_text()
        ends = _ENDS.get(tag, frozenset())
        while self._stack[-1].tag in ends or (self._stack[-1].tag == "p" and tag in _BLOCKS):
            self._stack.pop()
        if tag == "tr" and self._stack[-1].tag == "table":
            self._open("tbody")
        if tag in _BLOCKS and not self._line_ended:
            self._show("\n")
        self._open(tag)
        if tag in _VOID:
            if tag == "br":
                self._run("\n")
            self._stack.pop()

    def _open(self, tag: str) -> None:
        parent = self._stack[-1]
        path = parent.path if tag in ("html", "head", "body") else parent.child(tag)
        if len(self._stack) < 500:  # deeper ones keep the path of the deepest
            self.paths.setdefault(path, self._count)
        self._stack.append(_Element(tag, path if len(self._stack) < 500 else parent.path))

    def handle_endtag(self, tag: str) -> None:
        self.end_text()
        if tag in _VOID or not any(element.tag == tag for element in self._stack[1:]):
            return
        while self._stack.pop().tag != tag:
            pass
        if tag in _BLOCKS and not self._line_ended:
            self._show("\n")
