"""A timeline: a lane for each thing of a column, in it a mark for each row from its first possible day to its last.

Rows that no picture could tell apart (lane, days and colour) are one mark with their number. Marks that would cover each other, or each
other's labels, stand on lines of their own within the lane. A row with one of its days points to where the other would be; rows without
any day stand in a strip at the right.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kgbuild.plotting.sheet import WIDTH, clean, colours, legend
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
_LINE = 0.24
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
    """Draw the timeline; returns notes on how to read it, and on lanes that are not shown."""
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
    days = [day for mark in shown for day in (mark.first, mark.last) if day is not None] or [date(2000, 1, 1).toordinal()]
    begin, end = min(days), max(days)
    margin = max((end - begin) * 0.03, 3)
    undated = any(mark.first is None and mark.last is None for mark in shown)
    inner = WIDTH * 0.775
    unit = (end - begin + 2 * margin) / (inner * (0.8 if undated else 1.0))  # days an inch
    strip = end + margin * 1.5
    measured = _Measure(figure)
    labelled = len(shown) <= _MOST_LABELS
    right = strip + 0.18 * inner * unit if undated else end + margin
    if labelled:
        _pack(lanes, strip, unit, measured, labelled=True)
        labelled = all(mark.line < _MOST_LINES for mark in shown)
    if not labelled:
        _pack(lanes, strip, unit, measured, labelled=False)
    heights = {lane: max(1, *(mark.line + 1 for mark in within)) for lane, within in lanes.items()}
    figure.set_figheight(max(1.2, _LINE * (sum(heights.values()) + 0.8 * len(lanes))) / 0.77)
    axes = figure.add_subplot()
    shades = colours([mark.kind for mark in shown])
    _lanes(axes, lanes, heights, shades, strip + margin * 0.6, labelled=labelled)
    _days_axis(axes, begin - margin, right, end, strip if undated else None)
    if view.one("mark"):
        legend(axes, shades)
    if any((mark.first is None) != (mark.last is None) for mark in shown):
        notes.append("▸ on that day or later, ◂ on that day or earlier")
    if not labelled and view.columns.get("label"):
        notes.append("too many marks for their labels: the rows have them")
    return notes


def _marks(result: Result, view: PlotView) -> list[Mark]:
    names = [column.name for column in result.columns]
    found: dict[tuple[str, int | None, int | None, str], Mark] = {}
    for row in result.rows:
        cells = {name: cell.label or cell.value for name, cell in zip(names, row, strict=True)}
        key = (
            cells[view.one("lane")],
            _day(cells[view.one("from")]),
            _day(cells[view.one("to")]),
            cells[view.one("mark")] if view.one("mark") else "",
        )
        mark = found.setdefault(key, Mark(*key))
        mark.rows += 1
        mark.labels.append(", ".join(cells[name] for name in view.columns.get("label", ()) if cells[name]))
    return list(found.values())


def _day(text: str) -> int | None:
    """Count a day; None where there is none, or one that the calendar of this machine does not have (year 0 and before, 10000 …)."""
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


class _Measure:
    """Measures texts, in inches."""

    def __init__(self, figure: Figure) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.font_manager import FontProperties

        self._renderer = FigureCanvasAgg(figure).get_renderer()
        self._font = FontProperties(size=7.5)
        self._dpi = figure.dpi

    def __call__(self, text: str) -> float:
        return float(self._renderer.get_text_width_height_descent(text, self._font, ismath=False)[0]) / self._dpi if text else 0.0


def _pack(lanes: dict[str, list[Mark]], strip: float, unit: float, measured: _Measure, *, labelled: bool) -> None:
    """Put each mark on the first line of its lane where it and its label have room."""
    for within in lanes.values():
        ends: list[float] = []
        for mark in sorted(within, key=lambda one: (_left(one, strip), one.last or 0, one.kind)):
            left = _left(mark, strip)
            right = float(mark.last) if mark.last is not None else left
            text = mark.text if labelled else mark.number
            right = max(left, right) + (0.22 + (measured(text) + 0.06 if text else 0.0)) * unit
            line = next((number for number, end in enumerate(ends) if end <= left), len(ends))
            if not labelled and line >= _MOST_LINES:
                line = min(range(len(ends)), key=ends.__getitem__)
            if line == len(ends):
                ends.append(0.0)
            ends[line], mark.line = right, line


def _left(mark: Mark, strip: float) -> float:
    known = mark.first if mark.first is not None else mark.last
    return float(known) if known is not None else strip


def _lanes(axes: Axes, lanes: dict[str, list[Mark]], heights: dict[str, int], shades: dict[str, str], strip: float, *, labelled: bool) -> None:
    top = 0.0
    ticks, named = [], []
    for number, (lane, within) in enumerate(lanes.items()):
        height = heights[lane] + 0.8
        if number % 2 == 0:
            axes.axhspan(top, top + height, color="#f4f4f4", linewidth=0, zorder=0)
        ticks.append(top + height / 2)
        lines = textwrap.wrap(clean(lane) or "not told", 26)
        named.append("\n".join(lines[: max(1, heights[lane])][:3]) + ("…" if len(lines) > min(3, max(1, heights[lane])) else ""))
        for mark in within:
            _mark(axes, mark, top + 0.9 + mark.line, shades[mark.kind], strip, mark.text if labelled else mark.number)
        top += height
    axes.set_ylim(top, 0)
    axes.set_yticks(ticks, named)
    axes.tick_params("y", length=0)


def _mark(axes: Axes, mark: Mark, y: float, shade: str, strip: float, text: str) -> None:
    if mark.first is not None and mark.last is not None:
        if mark.last > mark.first:
            axes.plot([mark.first, mark.last], [y, y], color=shade, linewidth=4, alpha=0.55, solid_capstyle="butt")
        ends = sorted({mark.first, mark.last})
        axes.plot(ends, [y] * len(ends), linestyle="", marker="o", markersize=5, color=shade)
        right = float(ends[-1])
    else:
        right = _left(mark, strip)
        shape = ">" if mark.first is not None else "<" if mark.last is not None else "o"
        axes.plot([right], [y], linestyle="", marker=shape, markersize=6, color=shade)
    if text:
        axes.annotate(text.strip(), (right, y), (5, 0), textcoords="offset points", va="center_baseline", fontsize=7.5, annotation_clip=False)


def _days_axis(axes: Axes, left: float, right: float, end: int, strip: float | None) -> None:
    """Name days below, months or years where the time is long; set the strip without a date apart."""
    from matplotlib.dates import AutoDateLocator, date2num

    offset = float(date2num(date(2000, 1, 1))) - date(2000, 1, 1).toordinal()
    limit = float(end) if strip is not None else right
    # Matplotlib counts its days from another one than Python does
    low, high = max(left, 1.0), min(limit, float(date.max.toordinal()))
    locator = AutoDateLocator(minticks=3, maxticks=9)
    places = [place - offset for place in locator.tick_values(_naive(low), _naive(high))]
    places = [place for place in places if low <= place <= high]
    axes.set_xticks([*places, *([strip] if strip is not None else [])], [*_named(places), *(["no date"] if strip is not None else [])])
    axes.set_xlim(left, right)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    if strip is not None:
        axes.axvline((strip + end) / 2, color="#999999", linewidth=0.8, linestyle=":")


def _naive(place: float) -> date:
    return date.fromordinal(int(place))


def _named(places: list[float]) -> list[str]:
    days = [date.fromordinal(round(place)) for place in places]
    if all((day.month, day.day) == (1, 1) for day in days):
        return [f"{day.year}" for day in days]
    return [f"{day:%Y-%m}" if all(one.day == 1 for one in days) else day.isoformat() for day in days]
