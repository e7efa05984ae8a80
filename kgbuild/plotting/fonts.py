"""Fonts for what is to be written: Matplotlib's own, which has Latin, Greek and Cyrillic, then whatever here has the rest."""

from __future__ import annotations

from collections.abc import Iterable

#: Matplotlib ships it
_FIRST = "DejaVu Sans"
#: families that have much are looked at first
_LIKELY = ("cjk", "noto sans", "nanum", "gothic", "hei", "unifont", "noto")
#: has a box for every character
_NO_FONT = "Last Resort"
#: fonts that are opened at most: a machine may have thousands
_MOST = 400


def families(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Choose the families to write some texts with, in order.

    Returns:
        The families, and the characters that no font here has, sorted.
    """
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    chosen = [_FIRST]
    wanted = {char for text in texts for char in text if char.isprintable() and not char.isspace()}
    wanted -= _covered(FT2Font(font_manager.findfont(_FIRST)))
    if wanted:
        listed = [entry for entry in font_manager.fontManager.ttflist if entry.style == "normal"]
        entries = {entry.fname: entry.name for entry in listed if not entry.name.startswith((_FIRST, _NO_FONT))}
        for file, name in sorted(entries.items(), key=lambda item: (_rank(item[1]), item))[:_MOST]:
            try:
                found = wanted & _covered(FT2Font(file))
            except (OSError, RuntimeError):
                continue  # the list of fonts may be older than the fonts
            if found and name not in chosen:
                chosen.append(name)
                wanted -= found
            if not wanted:
                break
    return [*chosen, "sans-serif"], sorted(wanted)


def _covered(font: object) -> set[str]:
    return {chr(code) for code in font.get_charmap()}  # type: ignore[attr-defined]


def _rank(name: str) -> int:
    return next((place for place, part in enumerate(_LIKELY) if part in name.lower()), len(_LIKELY))
