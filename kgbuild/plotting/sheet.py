"""What all pictures share: their width, their colours, texts on one line, the legend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: of a sheet, in inches
WIDTH = 10.0
#: colours that people tell apart also without seeing all colours (Okabe and Ito 2008), without its yellow
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
OTHER = "#888888"
#: stands for an empty cell
NO_NAME = "not told"
#: zero-width (non-)joiners, by which letters of Persian and some emoji are told apart
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Shade:
    """A colour, and whether a mark is filled with it or only drawn in it."""

    colour: str
    filled: bool

    @property
    def face(self) -> str:
        """What a mark is filled with."""
        return self.colour if self.filled else "#ffffff"


OTHERS = Shade(OTHER, filled=True)


def clean(text: str, most: int = 0) -> str:
    """A text that can be drawn on one line: no control characters, at most so many characters.

    >>> clean("a\\nb"), clean("Ministerul Afacerilor Externe", 12)
    ('a b', 'Ministerul…')
    """
    text = " ".join("".join(char if char.isprintable() or char in _JOINERS else " " for char in text).split())
    return text if not most or len(text) <= most else text[: most - 1].rstrip() + "…"


def shades(names: Iterable[str]) -> dict[str, Shade]:
    """Give each name a shade, the most frequent ones first; those beyond twice the palette share a grey."""
    counted = Counter(names)
    return {
        name: Shade(PALETTE[place % len(PALETTE)], place < len(PALETTE)) if place < 2 * len(PALETTE) else OTHERS
        for place, (name, _count) in enumerate(counted.most_common())
    }


def legend(axes: Axes, named: dict[str, Shade], shapes: Sequence[tuple[str, str]] = ()) -> None:
    """Tell beside the drawing what the shades mean, and some marks (Matplotlib's name of the shape, meaning)."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    entries: list[Patch | Line2D] = [
        Patch(facecolor=shade.face, edgecolor=shade.colour, label=_entry(name)) for name, shade in named.items() if shade != OTHERS
    ]
    if len(entries) < len(named):
        entries.append(Patch(facecolor=OTHER, label=f"{len(named) - len(entries)} others"))
    entries += [Line2D([], [], linestyle="", marker=shape, color=OTHER, label=means) for shape, means in shapes]
    axes.legend(handles=entries, loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=8, borderaxespad=0)


def _entry(name: str) -> str:
    """A name in the legend. Matplotlib before 3.10 leaves out what begins with an underscore."""
    text = clean(name, 40) or NO_NAME
    return f" {text}" if text.startswith("_") else text
