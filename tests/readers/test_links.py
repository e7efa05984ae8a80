"""Links: one item is one link, however a tool or a person writes it."""

from __future__ import annotations

import pytest

from kgbuild.readers.brat.notes import link as brat
from kgbuild.readers.links import link


@pytest.mark.parametrize(
    "written",
    [
        "Q159",
        "q159",
        " Q159 ",
        "wd:Q159",
        "wikidata:Q159",
        "http://www.wikidata.org/entity/Q159",
        "https://www.wikidata.org/wiki/Q159",
        "https://m.wikidata.org/wiki/Q159#P31",
        "https://www.wikidata.org/wiki/Q159?uselang=ro",
        "https://www.wikidata.org/wiki/Special:EntityPage/Q159",
        "https://www.wikidata.org/wiki/Special:EntityData/Q159.json",
        "https://www.wikidata.org/entity/Q159/",
    ],
)
def test_an_item_of_wikidata(written: str) -> None:
    assert link(written) == "wd:Q159"


@pytest.mark.parametrize("written", ["Wikidata:Q159", "https://www.wikidata.org/wiki/Q159", "wd:Q159"])
def test_an_item_of_wikidata_in_brat(written: str) -> None:
    assert brat(written, {}) == "wd:Q159"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://www.wikidata.org/wiki/Property:P17", "wd:P17"),
        ("https://ro.wikipedia.org/wiki/Serghei_Lavrov", "https://ro.wikipedia.org/wiki/Serghei_Lavrov"),
        ("https://www.wikidata.org/wiki/Help:Contents", "https://www.wikidata.org/wiki/Help:Contents"),
        ("Q0", None),
        ("NIL", None),
        ("Serghei Lavrov", None),
        ("", None),
    ],
)
def test_other_links_stay_and_words_are_none(written: str, expected: str | None) -> None:
    assert link(written) == expected
