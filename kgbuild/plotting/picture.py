"""Drawing an answer: the sheet, its title and notes, and the file's bytes. Matplotlib is imported here, when something is drawn.

An SVG holds its texts as texts, which a viewer draws with its own fonts; for a PNG they are drawn with those of this machine.
"""

from __future__ import annotations

import io
import textwrap
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kgbuild.errors import MissingExtra
from kgbuild.plotting import bars, fonts, months, timeline
from kgbuild.plotting.sheet import OTHER, WIDTH, clean
from kgbuild.plotting.view import PlotView
from kgbuild.result import Result

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("svg", "png")
_DPI = 150
_STYLE: Any = {
    "text.parse_math": False,  # a dollar sign is a dollar sign
    "svg.fonttype": "none",
    "svg.hashsalt": "kgbuild",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": False,
    "font.size": 9.0,
    "figure.dpi": 100.0,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes, and what is to be said of it: rows that it does not show, characters that no font here has."""

    data: bytes
    notes: tuple[str, ...]


def draw(result: Result, view: PlotView, format_: str, *, title: str = "") -> Picture:
    """Draw an answer as its query's header says, as ``svg`` or ``png``; equal answers give equal bytes.

    Raises:
        MissingExtra: Matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtra("pictures need Matplotlib", hint="pip install 'kgbuild[plot]'") from None
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # told once, below, with what to do
        mpl.rcdefaults()  # whatever the user's own style is
        families, lacking = fonts.families(_texts(result, view, title))
        mpl.rcParams.update(_STYLE | {"font.family": families})
        figure = Figure(figsize=(WIDTH, 2.0))
        drawers = {"months": months.draw, "bars": bars.draw, "timeline": timeline.draw}
        notes = drawers[view.kind](figure, result, view) if result.rows else _nothing(figure)
        _frame(figure, title, notes)
        buffer = io.BytesIO()
        metadata = {"Date": None} if format_ == "svg" else {"Software": None}
        figure.savefig(buffer, format=format_, dpi=_DPI, metadata=metadata, bbox_inches="tight", pad_inches=0.15)
    if lacking and format_ == "png":
        shown = " ".join(lacking[:8]) + (" …" if len(lacking) > 8 else "")
        notes = [*notes, f"no font here has {shown}: install one that does (such as Noto Sans CJK), or write SVG"]
    return Picture(buffer.getvalue(), tuple(notes))


def _texts(result: Result, view: PlotView, title: str) -> set[str]:
    """What may be written: the title, and the columns that the picture shows."""
    shown = {name for names in view.columns.values() for name in names}
    places = [place for place, column in enumerate(result.columns) if column.name in shown]
    return {title} | {row[place].label or row[place].value for row in result.rows for place in places}


def _nothing(figure: Figure) -> list[str]:
    axes = figure.add_subplot()
    axes.axis("off")
    axes.text(0.5, 0.5, "no rows", ha="center", va="center", fontsize=14, color=OTHER, transform=axes.transAxes)
    return []


def _frame(figure: Figure, title: str, notes: list[str]) -> None:
    """Write the title above and the notes below, in inches, whatever the height."""
    axes = figure.axes[0]
    height = axes.get_position().height * figure.get_figheight()
    if title:
        lines = "\n".join(textwrap.wrap(clean(title), 100))
        axes.annotate(lines, (0, 1), (0, 14), xycoords="axes fraction", textcoords="offset points", fontsize=11, fontweight="bold")
    if notes:
        lines = "\n".join(textwrap.fill(clean(note), 120) for note in notes)
        below = -(38 / 72) / height
        axes.text(0, below, lines, transform=axes.transAxes, va="top", color="#555555", fontsize=8)
