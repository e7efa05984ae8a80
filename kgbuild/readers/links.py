"""Links into knowledge bases as annotators write them: a CURIE, an IRI, an item of Wikidata by its number or by the address of its page.

What names the same item in two tools is the same link in the model.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kgbuild.iris import expand

__all__ = ["is_known", "link"]

_ITEM = re.compile(r"(?:wikidata:|wd:)?(Q[1-9][0-9]*)", re.I)
_PAGE = re.compile(
    r"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(?:Special:\w+/|Property:)?([QP][1-9][0-9]*)(?:\.\w+)?/?(?:[?#].*)?", re.I
)
#: addresses that name a thing, whatever the field is called that they stand in
_BASES = re.compile(
    r"https?://(?:(?:www\.|m\.)?wikidata\.org/(?:entity|wiki)/|[a-z-]+(?:\.m)?\.wikipedia\.org/wiki/|(?:sws|www)\.geonames\.org/[0-9]"
    r"|(?:[a-z]+\.)?dbpedia\.org/(?:resource|page)/|(?:www\.)?viaf\.org/viaf/|d-nb\.info/gnd/)"
)


@lru_cache(maxsize=4096)
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


def is_known(written: str) -> bool:
    """Whether a text is an address in one of the knowledge bases that annotators link to.

    >>> is_known("http://www.wikidata.org/entity/Q159"), is_known("https://example.org/article")
    (True, False)
    """
    return written.startswith("http") and _BASES.match(written) is not None
