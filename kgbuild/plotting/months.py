"""Counts by month: bars side by side, or lines where there are many months. Months without a row stand at zero."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kgbuild.plotting.sheet import PALETTE, Shade, legend
from kgbuild.plotting.view import PlotView
from kgbuild.result import Result

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: with more months than these, bars would be hairs
_MOST_BARS = 36
#: months that are named below the axis
_MOST_NAMES = 18
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


def draw(figure: Figure, result: Result, view: PlotView) -> list[str]:
    """Draw the months; returns notes on rows that have none."""
    from matplotlib.ticker import MaxNLocator

    names = [column.name for column in result.columns]
    series = view.columns["y"]
    counts: dict[int, list[int]] = {}
    unplaced = [0] * len(series)
    for row in result.rows:
        cells = dict(zip(names, row, strict=True))
        values = [int(cells[name].value or 0) for name in series]
        match = _MONTH.fullmatch(cells[view.one("x")].value)
        into = counts.setdefault(int(match[1]) * 12 + int(match[2]) - 1, [0] * len(series)) if match else unplaced
        into[:] = [old + new for old, new in zip(into, values, strict=True)]
    figure.set_figheight(4.2)
    axes = figure.add_subplot()
    first, last = min(counts, default=0), max(counts, default=-1)
    places = range(first, last + 1)
    few = len(places) <= _MOST_BARS
    for number in range(len(series)):
        heights = [counts.get(place, [0] * len(series))[number] for place in places]
        if few:
            size = 0.8 / len(series)
            offsets = [place - 0.4 + size * (number + 0.5) for place in places]
            drawn = axes.bar(offsets, heights, size * 0.92, color=PALETTE[number % len(PALETTE)])
            if len(places) * len(series) <= _MOST_BARS:
                axes.bar_label(drawn, [str(height) if height else "" for height in heights], fontsize=7, padding=1)
        else:
            axes.step(list(places), heights, where="mid", color=PALETTE[number % len(PALETTE)], linewidth=1.2)
    if places:
        every = _every(len(places))
        named = [place for place in places if place % every == 0] or [first]
        axes.set_xticks(named, [f"{place // 12}-{place % 12 + 1:02}" if every < 12 else str(place // 12) for place in named], rotation=0)
        axes.set_xlim(first - 0.7, last + 0.7)
    if few and len(places) > 8:
        axes.tick_params("x", labelsize=7)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    legend(axes, {name: Shade(PALETTE[number % len(PALETTE)], filled=True) for number, name in enumerate(series)})
    if not any(unplaced):
        return []
    listed = ", ".join(f"{count:,} {name}" for count, name in zip(unplaced, series, strict=True))
    return [f"not shown, since the month is not known: {listed}"]


def _every(count: int) -> int:
    """Choose how many months lie between two that are named."""
    return next((step for step in (1, 2, 3, 6, 12, 24, 60, 120) if count <= step * _MOST_NAMES), 1200)
