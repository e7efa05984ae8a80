"""What our model has and brat has no line for, written in brat's notes; and what its links name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import quote

from kgbuild import edtf, iris
from kgbuild.document import Scalar

__all__ = ["arguments", "is_date", "is_edtf", "link"]

#: databases of links that need no ``tools.conf``
_BASES = {
    "wikidata": "http://www.wikidata.org/entity/%s",
    "geonames": "https://sws.geonames.org/%s/",
    "wikipedia": "https://en.wikipedia.org/wiki/%s",
}
#: an article of Wikipedia by its number, as brat's own database of Wikipedia has it
_BY_NUMBER = "https://en.wikipedia.org/?curid=%s"

_WIKIDATA = re.compile(r"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(?:Special:\w+/|Property:)?([QP][0-9]+)/?(?:[?#].*)?")
_ARGUMENT = re.compile(r'\s*([^\W\d][\w.-]*)\s*=\s*("(?:[^"\\]|\\.)*"|[^;="]*[^;="\s])\s*(?:;|$)')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,15})?")


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


def arguments(note: str) -> list[tuple[str, Scalar]]:
    """Arguments that a note gives: ``role=value``, several with semicolons between them; none where it is any other text.

    A value is a number or true or false where it is written as one, unless it stands in double quotes, as in JSON.

    >>> arguments('quantity=12; unit=tank; note="of a kind; new"'), arguments("x = y is what he meant = no")
    ([('quantity', 12), ('unit', 'tank'), ('note', 'of a kind; new')], [])
    """
    found: list[tuple[str, Scalar]] = []
    place = 0
    while place < len(note):
        match = _ARGUMENT.match(note, place)
        value = _scalar(match[2]) if match else None
        if match is None or value is None:
            return []
        found.append((match[1], value))
        place = match.end()
    return found


def _scalar(written: str) -> Scalar | None:
    if written.startswith('"'):
        try:
            return str(json.loads(written))
        except ValueError:
            return None
    if written in ("true", "false"):
        return written == "true"
    if _NUMBER.fullmatch(written):
        number = float(written) if "." in written else int(written)
        return number if str(number) == written else written
    return written


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
        return _entity(reference)
    if base is None:
        base = _BASES.get(database.casefold())
        if database.casefold() == "wikipedia" and name.isdecimal():
            base = _BY_NUMBER
    if base is None:
        return None
    found = base.replace("%s", quote(name.replace(" ", "_"), safe="%/:,()'!*@~._-"))
    return _entity(found) if iris.expand(found) is not None else None


def _entity(iri: str) -> str:
    """The thing that a page of Wikidata is about; other addresses stay."""
    match = _WIKIDATA.fullmatch(iri)
    return f"wd:{match[1]}" if match else iri
