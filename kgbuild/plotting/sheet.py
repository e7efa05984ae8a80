"""What all pictures share: their width, their colours, texts on one line, the legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: of a sheet, in inches
WIDTH = 10.0
#: colours that people tell apart also without seeing all colours (Okabe and Ito 2008), without its yellow
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
OTHER = "#888888"


def clean(text: str, most: int = 0) -> str:
    """A text that can be drawn on one line: no control characters, at most so many characters.

    >>> clean("a\\nb"), clean("Ministerul Afacerilor Externe", 12)
    ('a b', 'Ministerul…')
    """
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return text if not most or len(text) <= most else text[: most - 1].rstrip() + "…"


def colours(names: list[str]) -> dict[str, str]:
    """Give each name a colour, in the order in which they come; those beyond the palette share a grey."""
    distinct = list(dict.fromkeys(names))
    return {name: PALETTE[place] if place < len(PALETTE) else OTHER for place, name in enumerate(distinct)}


def legend(axes: Axes, shades: dict[str, str]) -> None:
    """Tell above the drawing, at the right, what the colours mean."""
    from matplotlib.patches import Patch

    named = [Patch(color=shade, label=clean(name, 40) or "not told") for name, shade in shades.items() if shade != OTHER]
    if len(named) < len(shades):
        named.append(Patch(color=OTHER, label=f"{len(shades) - len(named)} others"))
    axes.legend(handles=named, loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=8, borderaxespad=0)
