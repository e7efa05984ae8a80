"""Links as brat's normalizations name them: database and id."""

from __future__ import annotations

from kgbuild import iris
from kgbuild.readers.brat.notes import link as read

_WIKIDATA = iris.PREFIXES["wd"]


def reference(link: str) -> str | None:
    """The reference that is read back as the link, or as one that means the same; None where there is none.

    >>> reference("wd:Q218"), reference("https://en.wikipedia.org/wiki/NATO")
    ('Wikidata:Q218', 'https://en.wikipedia.org/wiki/NATO')
    """
    meant = iris.expand(link)
    if meant is None or any(char.isspace() for char in link):
        return None
    written = [f"Wikidata:{meant.removeprefix(_WIKIDATA)}"] if meant.startswith(_WIKIDATA) else []
    for candidate in (*written, link, meant):
        found = read(candidate, {})
        if found is not None and iris.expand(found) == meant:
            return candidate
    return None
