"""Links into knowledge bases as annotators write them: a CURIE, an IRI, a number of Wikidata, the address of its page."""

from __future__ import annotations

import re

from kgbuild.iris import expand

__all__ = ["link"]

_ITEM = re.compile(r"(?:wikidata:|wd:)?(Q[1-9][0-9]*)", re.I)
_PAGE = re.compile(r"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki/|entity/)(?:Special:EntityPage/)?(Q[1-9][0-9]*)(?:[?#].*)?", re.I)


def link(written: str) -> str | None:
    """The link as a CURIE or an IRI; None where it is neither.

    >>> link("Q159"), link("https://www.wikidata.org/wiki/Q159"), link("https://sws.geonames.org/683506/"), link("NIL")
    ('wd:Q159', 'wd:Q159', 'https://sws.geonames.org/683506/', None)
    """
    written = written.strip()
    item = _ITEM.fullmatch(written) or _PAGE.fullmatch(written)
    if item:
        return f"wd:{item[1].upper()}"
    return written if expand(written) is not None else None
