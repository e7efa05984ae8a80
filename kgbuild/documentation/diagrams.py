"""Class diagrams: one for each module, as trees that grow to the right, and an overview of what the relations join.

Boxes are laid out so that none can touch another, whatever an editor adds: in a tree every box has its own rows, and in the overview
every relation has its own line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kgbuild.documentation.drawing import Box, Diagram, Line, box_size, curve, elbow, wrap
from kgbuild.documentation.entries import Entry

_GAP_X, _GAP_Y, _MARGIN = 40, 12, 8
#: how wide a drawing may grow where boxes without kin stand side by side
_WIDTH = 1120
_WRAP = 330
#: colours of arrows, as the style sheet has them
COLOURS = 7
_ROWS = ("roles", "attributes-of", "computed-of")


def diagrams(entries: Mapping[str, Iterable[Entry]], modules: Iterable[str]) -> tuple[Diagram, ...]:
    """Draw the overview, and each module that has classes, in the order given."""
    classes = {entry.anchor: entry for entry in entries["class"]}
    drawn = [_overview(classes, joined)] if (joined := _joined(classes, entries["relation"])) else []
    for module in dict.fromkeys((*modules, *sorted({entry.module for entry in classes.values()}))):
        own = {anchor: entry for anchor, entry in classes.items() if entry.module == module}
        if own:
            drawn.append(_module(module, own, classes))
    return tuple(drawn)


def _title(entry: Entry) -> Line:
    return Line(entry.label, entry.label_ro, f"index.html#{entry.anchor}")


def _lines(entry: Entry) -> tuple[Line, ...]:
    """The roles and attributes of a class, and the concepts of a scheme's."""
    rows = [row for row in entry.rows if row.heading in _ROWS and not row.about]
    lines = [(value, value[0].href) for row in rows for value in row.values]
    lines += [(value, value[0].href) for value in entry.values("members")]
    return tuple(
        Line("".join(piece.text for piece in value), "".join(piece.ro or piece.text for piece in value), f"index.html{href}")
        for value, href in lines
    )


class _Tree:
    """A class with those below it, before it has a place."""

    def __init__(self, entry: Entry, own: Mapping[str, Entry], children: Mapping[str, list[str]], classes: Mapping[str, Entry]) -> None:
        self.title = _title(entry)
        self.ghost = entry.anchor not in own
        self.lines = () if self.ghost else _lines(entry)
        self.width, self.height = box_size(self.title, self.lines)
        self.below: list[_Tree] = [_Tree(classes[anchor], own, children, classes) for anchor in children.get(entry.anchor, ())]
        self.rows: float = max(self.height, sum(tree.rows for tree in self.below) + _GAP_Y * (len(self.below) - 1))

    def columns(self, depth: int = 0) -> dict[int, float]:
        """The width of each column: that of its widest box."""
        widths: dict[int, float] = {depth: self.width}
        for tree in self.below:
            for column, width in tree.columns(depth + 1).items():
                widths[column] = max(width, widths.get(column, 0))
        return widths

    def place(self, lefts: list[float], top: float, boxes: list[Box], paths: list[str], depth: int = 0) -> Box:
        """Give the box and all below it a place; the box stands in the middle of what is below it."""
        y = top + (self.rows - self.height) / 2
        box = Box(lefts[depth], y, self.width, self.height, self.title, self.lines, self.ghost)
        boxes.append(box)
        taken = sum(tree.rows for tree in self.below) + _GAP_Y * (len(self.below) - 1)
        top += (self.rows - taken) / 2
        for tree in self.below:
            child = tree.place(lefts, top, boxes, paths, depth + 1)
            paths.append(elbow(box.right, box.middle, child.x, child.middle))
            top += tree.rows + _GAP_Y
        return box


def _module(module: str, own: Mapping[str, Entry], classes: Mapping[str, Entry]) -> Diagram:
    children: dict[str, list[str]] = defaultdict(list)
    roots: dict[str, None] = {}
    for anchor, entry in own.items():
        # a class below several stands once, under the first; the others are named where the term is told
        parent = next((parent for parent in entry.parents if parent in own), next(iter(entry.parents), None))
        if parent is None or parent not in classes:
            roots[anchor] = None
        else:
            children[parent].append(anchor)
            if parent not in own:
                roots[parent] = None
    trees = [_Tree(classes[anchor], own, children, classes) for anchor in roots]
    grown, alone = [tree for tree in trees if tree.below], [tree for tree in trees if not tree.below]
    boxes: list[Box] = []
    paths: list[str] = []
    top: float = _MARGIN
    for tree in grown:
        lefts = [float(_MARGIN)]
        for _, width in sorted(tree.columns().items()):
            lefts.append(lefts[-1] + width + _GAP_X)
        tree.place(lefts, top, boxes, paths)
        top += tree.rows + 3 * _GAP_Y
    _shelve(alone, top, boxes)
    return _drawn(f"diagram-{module}", module, boxes, paths)


def _shelve(trees: list[_Tree], top: float, boxes: list[Box]) -> None:
    """Stand boxes without kin in columns, the tallest first, each where there is most room."""
    if not trees:
        return
    width = max(tree.width for tree in trees)
    columns = [top] * min(len(trees), max(1, int((_WIDTH - _MARGIN) // (width + 2 * _GAP_Y))))
    for tree in sorted(trees, key=lambda tree: -tree.height):
        shortest = columns.index(min(columns))
        tree.place([_MARGIN + shortest * (width + 2 * _GAP_Y)], columns[shortest], boxes, [])
        columns[shortest] += tree.rows + 2 * _GAP_Y


def _drawn(name: str, of: str, boxes: list[Box], paths: list[str], arrows: Iterable[tuple[str, int]] = ()) -> Diagram:
    width = round(max(box.right for box in boxes) + _MARGIN)
    height = round(max(box.y + box.height for box in boxes) + _MARGIN)
    return Diagram(name, of, width, height, tuple(boxes), tuple(paths), tuple(arrows))


def _kind_of(anchor: str, classes: Mapping[str, Entry], covers: set[str]) -> str:
    """The kind that stands for a class in the overview: the highest class above it that does not cover several modules."""
    while True:
        above = next((parent for parent in classes[anchor].parents if parent in classes and parent not in covers), None)
        if above is None:
            return anchor
        anchor = above


def _joined(classes: Mapping[str, Entry], relations: Iterable[Entry]) -> dict[tuple[str, str], list[Entry]]:
    """The kinds of things that relations join, with the relations that annotators write between them."""
    spread: dict[str, set[str]] = defaultdict(set)
    for entry in classes.values():
        for parent in entry.parents:
            spread[parent].add(entry.module)
    # a class such as "entity", below which several modules hang, says too little
    covers = {anchor for anchor, modules in spread.items() if len(modules) > 2 and not classes[anchor].parents}
    joined: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for relation in relations:
        if not relation.computed:
            for pair in {
                (_kind_of(left, classes, covers), _kind_of(right, classes, covers))
                for left in relation.domains
                for right in relation.ranges
                if left in classes and right in classes
            }:
                joined[pair].append(relation)
    return joined


def _overview(classes: Mapping[str, Entry], joined: Mapping[tuple[str, str], list[Entry]]) -> Diagram:
    lefts = sorted({left for left, _ in joined}, key=lambda kind: (-sum(left == kind for left, _ in joined), kind))
    rights: dict[str, list[float]] = defaultdict(list)
    boxes: list[Box] = []
    paths: list[str] = []
    width_left = max((box_size(_title(classes[kind]), ())[0] for kind in lefts), default=0)
    x_lines = _MARGIN + width_left + _GAP_X
    top: float = _MARGIN
    pending: list[tuple[Box, str]] = []
    for kind in lefts:
        width, height = box_size(_title(classes[kind]), ())
        first = top
        rows: list[Box] = []
        for (_, right), names in sorted((item for item in joined.items() if item[0][0] == kind), key=lambda item: item[0]):
            english, romanian = (wrap([getattr(entry, name) for entry in names], _WRAP) for name in ("label", "label_ro"))
            longest = max(len(english), len(romanian))
            lines = tuple(Line(*pair) for pair in zip(_filled(english, longest), _filled(romanian, longest), strict=True))
            row = Box(x_lines, top, _WRAP + 24, 8 + 19 * longest, Line("", ""), lines)
            rows.append(row)
            pending.append((row, right))
            rights[right].append(row.middle)
            top += row.height + 6
        box = Box(_MARGIN, max(first, (first + top - 6 - height) / 2), width, height, _title(classes[kind]))
        boxes.append(box)
        paths += [curve(box.right, box.middle, row.x, row.middle) for row in rows]
        boxes += rows
        top = max(top, box.y + height) + 16
    return _with_right_side(boxes, paths, pending, rights, classes, x_lines + _WRAP + 24 + 3 * _GAP_X, top)


def _with_right_side(
    boxes: list[Box],
    paths: list[str],
    pending: list[tuple[Box, str]],
    rights: Mapping[str, list[float]],
    classes: Mapping[str, Entry],
    x: float,
    height: float,
) -> Diagram:
    """Add the boxes that relations lead to, each near the middle of its relations, none on another."""
    order = sorted(rights, key=lambda kind: (sum(rights[kind]) / len(rights[kind]), kind))
    placed: dict[str, Box] = {}
    sizes = {kind: box_size(_title(classes[kind]), ()) for kind in order}
    needed = sum(size[1] for size in sizes.values())
    room = max((height - needed) / len(order), _GAP_Y) if order else 0
    top = room / 2
    for kind in order:
        placed[kind] = Box(x, top, *sizes[kind], _title(classes[kind]))
        top += sizes[kind][1] + room
    # a colour for each kind that is led to: where lines cross, each can still be followed
    colours = {kind: number % COLOURS for number, kind in enumerate(order)}
    arrows = [(curve(row.right, row.middle, placed[kind].x - 7, placed[kind].middle), colours[kind]) for row, kind in pending]
    return _drawn("overview", "", [*boxes, *placed.values()], paths, arrows)


def _filled(lines: list[str], length: int) -> list[str]:
    return [*lines, *[""] * (length - len(lines))]
