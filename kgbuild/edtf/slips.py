"""What to write instead of forms of dates that are not read: slips that people make, and level 2 of EDTF.

The forms of level 2 are those of the Library of Congress's specification of 4 February 2019.
"""

from __future__ import annotations

import re

__all__ = ["advice"]

_INTERVAL = "an interval between the first and the last day that it may mean"

#: form -> what to write instead; the first that fits the whole text is told
_SLIPS = tuple(
    (re.compile(form, re.DOTALL), instead)
    for form, instead in (
        (r"[0-9]{1,4}([./])[0-9]{1,2}\1[0-9]{1,4}", "write the day as year-month-day with hyphens"),
        (r"[0-9]{8}", "put hyphens between year, month and day"),
        (r"-?[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2})?[~?%]?T.*", "give the day whole, and after T hours and minutes, two digits each"),
        (
            r"-?[0-9]{4}-(2[5-9]|3[0-9]|4[01])",
            "quarters, half-years and seasons 25 to 41 are not read: write the months, as 2024-01/2024-03",
        ),
        (r"-?[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2})?[~?%]?", "give month and day two digits each"),
        (r".*[\u2010-\u2015\u2212].*", "use the plain hyphen-minus between the parts, and / for an interval"),
        (r"[\[{].*", f"sets of dates are not read: write the one date, or {_INTERVAL}; for several events annotate each"),
        (r"[0-9].*[0-9]\.\.[0-9].*", "write an interval with / between its ends"),
        (r"[Yy]?-?[0-9]+(E[0-9]+)?S[0-9]+", "significant digits are not read: write X for those that are not sure, as 19XX"),
        (r"[Yy]-?[0-9]+E[0-9]+", "exponents are not read: write the year whole, as Y-170000000"),
        (r"[Yy]-?[0-9]{1,4}([-~?%].*)?", "a year of four digits has no Y: write 2024 or -0043"),
        (r"[Yy].*", "Y stands before a year of five digits or more, without month and day, as Y17000"),
        (r"\+.*", "a year has no plus: write 2024, or Y17000 where it has more than four digits"),
        (r"-?[0-9]{5,}[~?%]?", "a year has four digits; one that has more begins with Y, as Y17000"),
        (r"-[0-9]{1,3}([-~?%].*)?", "a year has four digits: write -0043"),
        (r"-?[0-9]{4}-[0-9]X(/.*)?", f"write {_INTERVAL}, as 1984-10/1984-12"),
        (r"-?[0-9X]*X.*[0-9].*", f"write {_INTERVAL}, or leave out what stands after the X"),
        (r".*[~?%].+", "a qualifier ~ ? % stands at the end of a date and is for all of it: write 2004-06-11~"),
    )
)


def advice(text: str) -> str:
    """What to write instead of a text that is not read as a date; empty where its form is no known one.

    >>> advice("2001-33")
    'quarters, half-years and seasons 25 to 41 are not read: write the months, as 2024-01/2024-03'
    """
    return next((instead for form, instead in _SLIPS if form.fullmatch(text)), "")
