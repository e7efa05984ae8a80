"""A bar for each row, one beneath the other in the order of the rows."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from kgbuild.plotting.sheet import clean, legend, shades
from kgbuild.plotting.view import PlotView
from kgbuild.result import Result

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MOST = 60
_ROW = 0.3
_LABEL, _LINES = 44, 2


def draw(figure: Figure, result: Result, view: PlotView) -> list[str]:
    """Draw the bars; where there are too many, the longest ones. Returns notes on rows that are not shown."""
    from matplotlib.ticker import MaxNLocator

    names = [column.name for column in result.columns]
    rows = [dict(zip(names, row, strict=True)) for row in result.rows]
    length, mark = view.one("y"), view.one("mark")
    counted = [row for row in rows if row[length].value.lstrip("-").isdecimal()]
    notes = [f"not shown, since {length} is not known: {_rows(len(rows) - len(counted))}"] if len(counted) < len(rows) else []
    if len(counted) > _MOST:
        notes.append(f"not shown: {_rows(len(counted) - _MOST)} with a smaller {length}")
        longest = sorted(range(len(counted)), key=lambda place: -int(counted[place][length].value))[:_MOST]
        counted = [counted[place] for place in sorted(longest)]
    values = [int(row[length].value) for row in counted]
    kinds = [row[mark].label or row[mark].value if mark else "" for row in counted]
    named = shades(kinds)
    labels = [_label(", ".join(text for name in view.columns["label"] if (text := row[name].label or row[name].value))) for row in counted]
    tall = _ROW * (1.25 if any("\n" in label for label in labels) else 1.0)
    figure.set_figheight(max(1.2, tall * len(counted)) / 0.77)
    axes = figure.add_subplot()
    drawn = axes.barh(
        range(len(counted)), values, 0.7, color=[named[kind].face for kind in kinds], edgecolor=[named[kind].colour for kind in kinds]
    )
    axes.bar_label(drawn, [f"{value:,}" for value in values], padding=3, fontsize=8)
    axes.set_yticks(range(len(counted)), labels, fontsize=8)
    axes.set_ylim(len(counted) - 0.4, -0.6)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.margins(x=0.08)
    axes.set_xlabel(length)
    axes.tick_params("y", length=0)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    if mark and named:
        legend(axes, named)
    return notes


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _label(text: str) -> str:
    lines = textwrap.wrap(clean(text), _LABEL)
    return "\n".join(lines[:_LINES]) + ("…" if len(lines) > _LINES else "")
