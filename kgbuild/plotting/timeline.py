"""A timeline: a lane for each thing of a column, in it a mark for each row from its first possible day to its last.

Rows that no picture could tell apart (lane, days and colour) are one mark with their number. Marks that would cover each other, or each
other's labels, stand on lines of their own within the lane. A row with one of its days points to where the other would be; rows without
any day stand in a strip at the right.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from kgbuild.plotting.days import ordinal, ticks
from kgbuild.plotting.sheet import NO_NAME, WIDTH, Shade, clean, legend, shades
from kgbuild.plotting.view import PlotView
from kgbuild.result import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: with more marks than these, labels would be a carpet
_MOST_LABELS = 60
#: lines of a lane; what needs more is drawn over each other
_MOST_LINES = 14
_MOST_LANES = 40
#: inches
_INNER = WIDTH * 0.775
_LINE = 0.24
#: lines between two lanes
_BETWEEN = 0.8
_SIZE = 7.5
_LABEL = 48


@dataclass(slots=True)
class Mark:
    """What is drawn in a lane: its days as numbers (None: not known), its colour's name, and the labels of its rows."""

    lane: str
    first: int | None
    last: int | None
    kind: str
    labels: list[str] = field(default_factory=list)
    rows: int = 0
    line: int = 0

    @property
    def text(self) -> str:
        """What is written beside it: distinct labels, and how many rows it stands for."""
        distinct = [label for label in dict.fromkeys(self.labels) if label]
        written = ", ".join(distinct[:2]) + (f" +{len(distinct) - 2}" if len(distinct) > 2 else "")
        return clean(written, _LABEL) + self.number

    @property
    def number(self) -> str:
        """How many rows it stands for, if several."""
        return f" ×{self.rows}" if self.rows > 1 else ""


def draw(figure: Figure, result: Result, view: PlotView) -> list[str]:
    """Draw the timeline; returns notes on lanes and labels that are not shown."""
    marks = _marks(result, view)
    lanes: dict[str, list[Mark]] = {}
    for mark in marks:
        lanes.setdefault(mark.lane, []).append(mark)
    notes: list[str] = []
    if len(lanes) > _MOST_LANES:
        kept = sorted(lanes, key=lambda lane: -sum(mark.rows for mark in lanes[lane]))[:_MOST_LANES]
        left = [mark for lane, within in lanes.items() if lane not in kept for mark in within]
        notes.append(f"not shown: {len(lanes) - _MOST_LANES} lanes with fewer rows, {sum(mark.rows for mark in left):,} together")
        lanes = {lane: within for lane, within in lanes.items() if lane in kept}
    shown = [mark for within in lanes.values() for mark in within]
    labelled = len(shown) <= _MOST_LABELS
    room = _Room(figure, shown, labelled=labelled)
    _pack(lanes, room)
    if labelled and any(mark.line >= _MOST_LINES for mark in shown):
        labelled = False
        room = _Room(figure, shown, labelled=False)
        _pack(lanes, room)
    heights = {lane: max(mark.line + 1 for mark in within) for lane, within in lanes.items()}
    figure.set_figheight(max(1.2, _LINE * (sum(heights.values()) + _BETWEEN * len(lanes))) / 0.77)
    axes = figure.add_subplot()
    named = shades(mark.kind for mark in shown for _row in range(mark.rows))
    _lanes(axes, lanes, heights, named, room)
    _days_axis(axes, room)
    if view.one("mark"):
        half = any((mark.first is None) != (mark.last is None) for mark in shown)
        legend(axes, named, [(">", "or later"), ("<", "or earlier")] if half else [])
    if not labelled and view.columns.get("label"):
        notes.append("not shown: labels, of which there are too many")
    return notes


def _marks(result: Result, view: PlotView) -> list[Mark]:
    names = [column.name for column in result.columns]
    found: dict[tuple[str, int | None, int | None, str], Mark] = {}
    for row in result.rows:
        cells = {name: cell.label or cell.value for name, cell in zip(names, row, strict=True)}
        key = (
            cells[view.one("lane")],
            ordinal(cells[view.one("from")]),
            ordinal(cells[view.one("to")]),
            cells[view.one("mark")] if view.one("mark") else "",
        )
        mark = found.setdefault(key, Mark(*key))
        mark.rows += 1
        mark.labels.append(", ".join(cells[name] for name in view.columns.get("label", ()) if cells[name]))
    return list(found.values())


class _Room:
    """How wide things are: days an inch, where the axis ends and what has no date stands, and each mark with its text."""

    def __init__(self, figure: Figure, marks: list[Mark], *, labelled: bool) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.font_manager import FontProperties

        self.labelled = labelled
        canvas: Any = FigureCanvasAgg(figure)  # its methods have no types
        renderer, font = canvas.get_renderer(), FontProperties(size=_SIZE)
        self._inches = {
            text: float(renderer.get_text_width_height_descent(text, font, ismath=False)[0]) / figure.dpi if text else 0.0
            for text in {self.text(mark) for mark in marks}
        }
        days = [day for mark in marks for day in (mark.first, mark.last) if day is not None]
        self.dated = bool(days)
        days = days or [date(2000, 1, 1).toordinal()]  # nothing stands there, and it is not named
        self.first, self.last = min(days), max(days)
        span = max(self.last - self.first, 7)
        undated = [self.width(mark) for mark in marks if mark.first is None and mark.last is None]
        apart = max(undated) + 0.5 if undated else 0.0
        left = min(max(_INNER - apart - 0.3, 0.4 * _INNER), _INNER)
        over = 0.0  # what the labels of the last days need beyond these, in inches
        for _attempt in range(4):
            self.unit = span / max(left - over, 0.4 * _INNER)
            over = max(self.width(mark) - (self.last - _end(mark)) / self.unit for mark in marks)
            over = max(over, 0.1)
        self.begin = self.first - 0.2 * self.unit
        self.end = self.first + span + over * self.unit
        self.strip = self.end + 0.25 * self.unit if undated else None
        self.right = self.end + apart * self.unit

    def text(self, mark: Mark) -> str:
        """What is written beside a mark."""
        return (mark.text if self.labelled else mark.number).strip()

    def width(self, mark: Mark) -> float:
        """How far a mark and its text reach from the mark's last day, in inches."""
        text = self.text(mark)
        return 0.16 + (self._inches[text] + 0.08 if text else 0.0)

    def place(self, mark: Mark) -> float:
        """Where a mark begins: its first day that is known, else the strip."""
        known = mark.first if mark.first is not None else mark.last
        return float(known) if known is not None else float(self.strip or self.end)


def _end(mark: Mark) -> int:
    """The last day that is known; far from the end of the axis for a mark without any, which stands elsewhere."""
    known = mark.last if mark.last is not None else mark.first
    return known if known is not None else -(10**9)


def _pack(lanes: dict[str, list[Mark]], room: _Room) -> None:
    """Put each mark on the first line of its lane where it and its text have room."""
    for within in lanes.values():
        ends: list[float] = []
        for mark in sorted(within, key=lambda one: (room.place(one), one.last or 0, one.kind)):
            left = room.place(mark)
            right = max(left, float(mark.last) if mark.last is not None else left) + room.width(mark) * room.unit
            line = next((number for number, end in enumerate(ends) if end <= left), len(ends))
            if not room.labelled and line >= _MOST_LINES:
                line = min(range(len(ends)), key=ends.__getitem__)
            if line == len(ends):
                ends.append(0.0)
            ends[line], mark.line = right, line


def _lanes(axes: Axes, lanes: dict[str, list[Mark]], heights: dict[str, int], named: dict[str, Shade], room: _Room) -> None:
    top = 0.0
    ticks_, names = [], []
    for number, (lane, within) in enumerate(lanes.items()):
        height = heights[lane] + _BETWEEN
        if number % 2 == 0:
            axes.axhspan(top, top + height, color="#f4f4f4", linewidth=0, zorder=0)
        ticks_.append(top + height / 2)
        lines = textwrap.wrap(clean(lane) or NO_NAME, 26)
        fitting = max(1, min(3, heights[lane]))
        names.append("\n".join(lines[:fitting]) + ("…" if len(lines) > fitting else ""))
        for mark in within:
            _mark(axes, mark, top + (1 + _BETWEEN) / 2 + mark.line, named[mark.kind], room)
        top += height
    axes.set_ylim(top, 0)
    axes.set_yticks(ticks_, names)
    axes.tick_params("y", length=0)


def _mark(axes: Axes, mark: Mark, y: float, shade: Shade, room: _Room) -> None:
    right = room.place(mark)
    shape = "o"
    if mark.first is not None and mark.last is not None:
        if mark.last > mark.first:
            axes.plot([mark.first, mark.last], [y, y], color=shade.colour, linewidth=4, alpha=0.45, solid_capstyle="butt")
            axes.plot([mark.first], [y], marker=shape, markersize=5, color=shade.colour, markerfacecolor=shade.face)
        right = float(mark.last)
    elif mark.first is not None or mark.last is not None:
        shape = ">" if mark.first is not None else "<"
    axes.plot([right], [y], marker=shape, markersize=5 if shape == "o" else 6, color=shade.colour, markerfacecolor=shade.face)
    if text := room.text(mark):
        axes.annotate(text, (right, y), (5, 0), textcoords="offset points", va="center_baseline", fontsize=_SIZE, annotation_clip=False)


def _days_axis(axes: Axes, room: _Room) -> None:
    """Name days, months or years below; set what has no date apart."""
    low, high = max(int(room.begin) + 1, 1), min(int(room.end), date.max.toordinal())
    named = [(float(day), name) for day, name in ticks(low, high)] if room.dated else []
    if room.strip is not None:
        named = [(day, name) for day, name in named if day < room.end - 0.3 * room.unit]
        named.append((room.strip, "no date"))
        axes.axvline(room.end, color="#999999", linewidth=0.8, linestyle=":")
    axes.set_xticks([place for place, _name in named], [name for _place, name in named])
    axes.set_xlim(room.begin, room.right)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
