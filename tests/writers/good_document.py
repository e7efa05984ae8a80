"""One document with a bit of everything, for tests that look at the files themselves."""

from __future__ import annotations

from kgbuild.document import Arg, Document, Mention, Prov, Unit

TEXT = "Premierul a declarat luni:\n„România va livra un sistem Patriot Ucrainei”. El a negat apoi."


def span(words: str, *others: str) -> Mention:
    """A mention of these words, in several parts where more are given."""
    found = [(TEXT.index(part), TEXT.index(part) + len(part)) for part in (words, *others)]
    return Mention(tuple(found), " ".join((words, *others)))


DOCUMENT = Document(
    "agerpres/17",
    TEXT,
    meta={"title": "Un titlu", "published": "2024-03-12", "lang": "ro"},
    prov=Prov(annotator="mp", tool="by hand", status="curated"),
    units=(
        Unit("pm", "entity", "Person", "Marcel Ciolacu", (span("Premierul"), span("El")), links=("wd:Q12730416",)),
        Unit("ro", "entity", "State", None, (span("România"),), links=("http://www.wikidata.org/entity/Q218",)),
        Unit("ua", "entity", "State", "Ucraina", (span("Ucrainei"),)),
        Unit("day", "value", "Date", None, (span("luni"),), attrs={"edtf": "2024-03-11"}),
        Unit("q", "value", "Quote", None, (span("România va livra un sistem Patriot Ucrainei"),)),
        Unit(
            "x",
            "event",
            "ArmsTransfer",
            None,
            (span("va", "livra"),),
            (Arg("supplier", target="ro"), Arg("recipient", target="ua"), Arg("item", target="wd:Q180790"), Arg("quantity", value=1)),
            attrs={"tense": "future"},
            prov=Prov(note="promised only"),
        ),
        Unit(
            "s",
            "statement",
            "Statement",
            None,
            (span("a declarat"),),
            (Arg("speaker", target="pm"), Arg("about", target="x"), Arg("quote", target="q"), Arg("date", target="day")),
            attrs={"stance": "pledges"},
        ),
        Unit(
            "d",
            "statement",
            "Denial",
            None,
            (span("a negat"),),
            (Arg("about", target="x"), Arg("about", target="s"), Arg("medium", value="facebook")),
        ),
        Unit("r", "relation", "memberOf", None, (), (Arg("source", target="ro"), Arg("target", target="ua")), attrs={"from": "2007"}),
    ),
)
