"""Dates in brat's notes, and what its links name."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from kgbuild import edtf, iris
from kgbuild.readers import links

__all__ = ["is_date", "is_edtf", "link"]

#: databases of links that need no ``tools.conf``
_BASES = {
    "wikidata": "http://www.wikidata.org/entity/%s",
    "geonames": "https://sws.geonames.org/%s/",
    "wikipedia": "https://en.wikipedia.org/wiki/%s",
}
#: an article of Wikipedia by its number, as brat's own database of Wikipedia has it
_BY_NUMBER = "https://en.wikipedia.org/?curid=%s"


def is_date(label: str) -> bool:
    """Whether a label is one of a date or time (Date, DATETIME, Timex3), whose note may be its value."""
    folded = label.casefold()
    return "date" in folded or "time" in folded


def is_edtf(text: str) -> bool:
    """Whether a note is the value of a date."""
    try:
        edtf.parse(text)
    except ValueError:
        return False
    return True


def link(reference: str, bases: Mapping[str, str]) -> str | None:
    """What a reference to a database names, as a CURIE or IRI; None for a database that neither the project nor kgbuild knows.

    >>> link("Wikidata:Q218", {}), link("Wikipedia:64488", {}), link("Gaz:7", {"Gaz": "https://gaz.example/%s"})
    ('wd:Q218', 'https://en.wikipedia.org/?curid=64488', 'https://gaz.example/7')
    """
    database, colon, name = reference.partition(":")
    name = name.strip()
    if not colon or not name:
        return None
    base = bases.get(database)
    if base is None and iris.expand(reference) is not None:
        return links.link(reference)
    if base is None:
        base = _BASES.get(database.casefold())
        if database.casefold() == "wikipedia" and name.isdecimal():
            base = _BY_NUMBER
    if base is None:
        return None
    found = base.replace("%s", quote(name.replace(" ", "_"), safe="%/:,()'!*@~._-"))
    return links.link(found)
