"""Documents as any reader may hand them over, and what two documents must have in common to say the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from kgbuild.document import Arg, Attrs, Document, Mention, Prov, Scalar, Unit
from kgbuild.iris import expand
from kgbuild.readers.matching import text_at

TEXTS = st.text(st.sampled_from("ab ăș\t\n\r\u2028 🚀👩\u200d👧é\ufeff.;:=|\"'\\<>&"), min_size=1, max_size=60)
WORDS = st.sampled_from(
    ["State", "Person", "Date", "Quote", "Meeting", "ARMS TRANSFER", "Denial", "Statement", "Întâlnire", "a:b", "x|y", "Topic"]
)
ROLES = st.sampled_from(
    ["speaker", "about", "date", "participant", "participant2", "Place Arg", "with:colon", "name", "coreference", "медиум"]
)
NAMES = st.sampled_from(["stance", "edtf", "tense", "amount", "name", "note", "link", "two words", "a=b", '"q', "ș"])
STRINGS = st.sampled_from(
    [
        "denies",
        "2024-01",
        "3",
        "true",
        "two words",
        " edge ",
        "a=b",
        "x;y",
        'say "no"',
        "line\nbreak",
        "tab\there",
        "wd:Q1",
        "ș🚀",
        "\u2028",
        "\\n",
        "[",
    ]
)
SCALARS: st.SearchStrategy[Scalar] = st.one_of(STRINGS, st.integers(-9, 99), st.booleans(), st.sampled_from([0.5, 1e20]))
ATTRS: st.SearchStrategy[Attrs] = st.dictionaries(NAMES, st.one_of(SCALARS, st.lists(SCALARS, min_size=1, max_size=3)), max_size=3)
LINKS = st.sampled_from(
    [
        "wd:Q159",
        "http://www.wikidata.org/entity/Q218",
        "https://en.wikipedia.org/wiki/NATO",
        "kg:x",
        "not a link",
        "https://a.example/?a=b;c",
    ]
)
NOTES = st.sampled_from(["a remark", "role=value", "2024-01", "two\nlines", "line\n\n twice\nline", "ș 🚀"])
PROVS = st.builds(
    Prov,
    annotator=st.none() | st.sampled_from(["mp", "ana@example.org"]),
    tool=st.none() | st.just("by hand"),
    created=st.none() | st.just("2024-03-12T10:00:00Z"),
    confidence=st.none() | st.sampled_from([0.0, 0.5, 1.0]),
    status=st.none() | st.sampled_from(["manual", "curated", "auto"]),
    note=st.none() | NOTES,
)
METAS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Un titlu", " T ", ""]),
        "published": st.just("2024-01-16"),
        "lang": st.just("ro"),
        "section": st.just({"a": [1, 2.5, None]}),
        "headline": st.just("H"),
        "text": st.just("other"),
        "id": st.just(7),
    },
)
IDS = st.sampled_from(["e1", "e2", "x1", "s1", "v1", "T1", "E1", "R1", "relation-1", "a b", " edge", "ș/1", "e1~2", "&arg"])


@st.composite
def mentions(draw: st.DrawFn, text: str) -> Mention:
    if draw(st.integers(0, 9)) == 0:
        return Mention((), draw(st.sampled_from(["elsewhere", "a"])))
    ends = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=4 if draw(st.booleans()) else 2)))
    if len(ends) % 2:
        ends.pop()
    spans = tuple(zip(ends[::2], ends[1::2], strict=True))
    head = draw(st.none() | st.just(spans[0]))
    return Mention(spans, text_at(text, spans), head, draw(st.none() | st.just("m1")), draw(st.none() | PROVS))


@st.composite
def units(draw: st.DrawFn, text: str, name: str, others: list[str]) -> Unit:
    kind = draw(st.sampled_from(["entity", "value", "event", "statement", "topic", "relation"]))
    targets = st.sampled_from([*others, "wd:Q7", "https://a.example/x"])
    if kind == "relation":
        ends = draw(st.sampled_from([("source", "target"), ("target", "source"), ("Arg1", "Arg2")]))
        args = tuple(Arg(role, target=draw(targets)) for role in ends)
        label = draw(WORDS)
    else:
        some = st.one_of(st.builds(Arg, role=ROLES, target=targets, attrs=ATTRS), st.builds(Arg, role=ROLES, value=SCALARS))
        args = tuple(draw(st.lists(some, max_size=3)))
        label = draw(st.none() | WORDS | st.lists(WORDS, min_size=2, max_size=2, unique=True).map(tuple))
    return Unit(
        name,
        kind,  # type: ignore[arg-type]
        label,
        draw(st.none() | st.sampled_from(["A name", "3", "with\nbreak", 'a "b"', "x=y"])),
        tuple(draw(st.lists(mentions(text), max_size=2))),
        args,
        tuple(draw(st.lists(LINKS, max_size=2, unique=True))),
        draw(ATTRS),
        draw(st.none() | PROVS),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Whole documents, with all that the native schema admits."""
    text = draw(TEXTS)
    names = draw(st.lists(IDS, max_size=5, unique=True))
    made = tuple(draw(units(text, name, names)) for name in names)
    name = draw(st.sampled_from(["a", "Ș/ö 1", "x~1", "CON"]))
    return Document(name, text, meta=draw(METAS), prov=draw(st.none() | PROVS), units=made)


# --- documents that brat and Label Studio hold whole

_PLAIN = ["denies", "2024-01", "3", "true", "two words", "a=b", "x;y", 'say "no"', "ș🚀", "\\n", "["]
_VALUES: st.SearchStrategy[Scalar] = st.one_of(st.sampled_from(_PLAIN), st.integers(-9, 99), st.booleans(), st.just(0.5))
_ATTRS = st.dictionaries(
    st.sampled_from(["stance", "edtf", "tense", "amount", "ș"]), _VALUES | st.lists(_VALUES, min_size=1, max_size=3), max_size=3
)
_LABELS = st.sampled_from(["State", "Person", "Date", "Quote", "Meeting", "Denial", "Statement", "Întâlnire", "x|y", "Topic"])
_ROLES = st.sampled_from(["speaker", "about", "date", "participant", "медиум"])


@st.composite
def held_documents(draw: st.DrawFn) -> Document:
    """Documents in which every thing stands in the text, in one piece at each place, and nothing needs white space of its own."""
    text = "Ana 🚀 " + draw(TEXTS)
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda ends: ends[0] < ends[1])
    names = draw(st.lists(IDS.filter(lambda name: name == name.strip()), min_size=1, max_size=5, unique=True))
    made: list[Unit] = []
    for name in names:
        spans = draw(st.lists(places, min_size=1, max_size=2, unique=True))
        filled = st.builds(Arg, role=_ROLES, target=st.sampled_from([*names, "wd:Q7"]))
        args = draw(st.lists(st.one_of(filled, st.builds(Arg, role=_ROLES, value=_VALUES)), max_size=3))
        made.append(
            Unit(
                name,
                draw(st.sampled_from(["entity", "value", "event", "statement", "topic"])),
                draw(st.none() | _LABELS),
                draw(st.none() | st.sampled_from(["A name", "3", "true", 'a "b"', "x=y"])),
                tuple(Mention((span,), text[slice(*span)]) for span in spans),
                tuple(args),
                tuple(draw(st.lists(LINKS.filter(lambda link: link != "not a link"), max_size=2, unique=True))),
                draw(_ATTRS),
                draw(st.none() | st.builds(Prov, note=st.sampled_from(["a remark", "two\nlines", "ș 🚀"]))),
            )
        )
    for number in range(draw(st.integers(0, 2))):
        ends = tuple(Arg(role, target=draw(st.sampled_from(names))) for role in ("source", "target"))
        prov = draw(st.none() | st.just(Prov(note="a remark")))
        made.append(Unit(f"rel {number}", "relation", draw(_LABELS), args=ends, attrs=draw(_ATTRS), prov=prov))
    return Document(draw(st.sampled_from(["a", "Ș/ö 1"])), text, meta=draw(METAS), prov=draw(st.none() | PROVS), units=tuple(made))


# --- what two documents must have in common


def exact(document: Document) -> Document:
    """All that a document says: without its place and its problems; a provenance that says nothing is none."""
    units = (replace(u, prov=_some(u.prov), mentions=tuple(replace(m, prov=_some(m.prov)) for m in u.mentions)) for u in document.units)
    return replace(document, where="", problems=(), prov=_some(document.prov), units=tuple(units))


def _some(prov: Prov | None) -> Prov | None:
    return None if prov == Prov() else prov


def as_relations(document: Document) -> Document:
    """The document with every argument that is another unit as a relation from its owner: formats that know no other edges."""
    known = {unit.id for unit in document.units}
    made: list[Unit] = []
    for unit in document.units:
        if unit.kind == "relation":
            made.append(unit)
            continue
        inner = [arg for arg in unit.args if arg.target in known]
        made.append(replace(unit, args=tuple(arg for arg in unit.args if arg not in inner)))
        for number, arg in enumerate(inner):
            ends = (Arg("source", target=unit.id), Arg("target", target=arg.target))
            made.append(Unit(f"{unit.id} arg {number}", "relation", arg.role, args=ends))
    return replace(document, units=tuple(made))


def edge_of(unit: Unit) -> tuple[str, ...]:
    """The edge that a relation is: its label and its ends."""
    ends = sorted(unit.args, key=lambda arg: arg.role.casefold() == "target")
    return (*unit.labels, *(arg.target or "" for arg in ends))


def said_of(unit: Unit, roots: dict[str, str]) -> dict[str, Any]:
    """What formats whose values are text can hold of a unit: values as text, each once; ends of relations by their order."""
    if unit.kind == "relation":
        ends = sorted(unit.args, key=lambda arg: arg.role.casefold() == "target")
        args: set[tuple[str, str]] = {(f"end {number}", arg.target or "") for number, arg in enumerate(ends)}
    else:
        args = {(arg.role, arg.target if arg.target is not None else f"={as_text(arg.value)}") for arg in unit.args}
    return {
        "kind": unit.kind,
        "labels": set(unit.labels) or {roots[unit.kind]},
        "name": unit.name,
        "mentions": {mention.spans for mention in unit.mentions},
        "args": args,
        "links": {expand(link) or link for link in unit.links},
        "attrs": {name: {as_text(value) for value in values_of(given)} for name, given in unit.attrs.items()},
        "note": unit.prov.note if unit.prov else None,
    }


def values_of(given: Scalar | list[Scalar]) -> Iterable[Scalar]:
    return given if isinstance(given, list) else [given]


def as_text(value: Scalar | None) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
