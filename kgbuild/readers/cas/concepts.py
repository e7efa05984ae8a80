"""Concept features: addresses of things in knowledge bases, as INCEpTION writes them, and as links of the model."""

from __future__ import annotations

import re
from functools import lru_cache

from kgbuild import iris

__all__ = ["is_known", "link"]

_WIKIDATA = re.compile(r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:entity|wiki)/(?:Special:EntityData/)?|wd:)?(Q[1-9][0-9]*)")
#: addresses that name a thing, whatever the feature is called
_BASES = re.compile(
    r"https?://(?:(?:www\.|m\.)?wikidata\.org/(?:entity|wiki)/|[a-z-]+(?:\.m)?\.wikipedia\.org/wiki/|(?:sws|www)\.geonames\.org/[0-9]"
    r"|(?:[a-z]+\.)?dbpedia\.org/(?:resource|page)/|(?:www\.)?viaf\.org/viaf/|d-nb\.info/gnd/)"
)


@lru_cache(maxsize=4096)
def link(written: str) -> str | None:
    """A concept's address as a link: Wikidata items as ``wd:Q159``, other IRIs as they are; None for what is no address.

    >>> link("http://www.wikidata.org/entity/Q159"), link("https://www.geonames.org/2017370"), link("NIL")
    ('wd:Q159', 'https://www.geonames.org/2017370', None)
    """
    item = _WIKIDATA.fullmatch(written)
    if item:
        return f"wd:{item[1]}"
    return written if iris.expand(written) is not None else None


def is_known(written: str) -> bool:
    """Whether a text is an address in one of the knowledge bases that annotators link to.

    >>> is_known("http://www.wikidata.org/entity/Q159"), is_known("https://example.org/article")
    (True, False)
    """
    return written.startswith("http") and _BASES.match(written) is not None
