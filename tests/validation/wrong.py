"""A small annotated article in which nothing is wrong, and how to spoil it."""

from __future__ import annotations

from typing import Any

Unit = dict[str, Any]


def unit(
    unit_id: str, kind: str, label: str, *args: tuple[str, str], name: str | None = None, words: str | None = None, **more: Any
) -> Unit:
    """One unit; ``args`` are (role, unit id or CURIE), ``words`` are what marks it in the text (none: it is not marked)."""
    made: Unit = {"id": unit_id, "kind": kind, "label": label, "words": f"the {unit_id} words" if words is None else words, **more}
    if name:
        made["name"] = name
    if args:
        made["args"] = [{"role": role, "target": target} for role, target in args]
    return made


def relation(unit_id: str, label: str, source: str, target: str, **attrs: Any) -> Unit:
    return unit(unit_id, "relation", label, ("source", source), ("target", target), words="", attrs=attrs)


META = {"lang": "en", "published": "2024-01-17", "publisher": "Test Gazette", "title": "A clean article"}

#: what every sample article speaks of: nothing here is wrong
CLEAN = [
    unit("rus", "entity", "STATE", name="Russia", words="Russia"),
    unit("prk", "entity", "STATE", name="North Korea", words="North Korea"),
    unit("emb", "entity", "EMBASSY", name="Embassy of Russia in Romania", words="The Russian embassy"),
    unit("per", "entity", "PER", name="John Q. Example", words="John Q. Example"),
    unit("pst", "entity", "POST", name="Chief Tester of Russia", words="chief tester"),
    unit("org", "entity", "ORG", name="Example Institute", words="the institute"),
    unit("blg", "entity", "BLOG", name="Example Blog", words="a blog"),
    unit("plc", "entity", "Settlement", name="Exampletown", words="Exampletown"),
    unit("wpn", "entity", "Missile", name="Example-9 missile", words="Example-9 missiles"),
    unit("mun", "entity", "ArtilleryShell", name="Example shell", words="Example shells"),
    unit("doc", "entity", "SocialMediaPost", words="the post"),
    unit("d1", "value", "DATE", words="16 January 2024", attrs={"edtf": "2024-01-16"}),
    unit("d2", "value", "DATE", words="last September", attrs={"edtf": "2023-09"}),
    unit("q1", "value", "Quote", words="we thank you"),
    unit("tly", "value", "TargetTally", words="two radar stations", attrs={"targetType": "radar-station", "count": 2}),
    unit("top", "topic", "TOPIC", name="security", words="security"),
    unit("xfr", "event", "ArmsTransfer", ("supplier", "prk"), ("recipient", "rus"), ("item", "wpn"), words="supplied missiles"),
    unit("mtg", "event", "Meeting", ("participant", "rus"), ("participant", "prk"), ("place", "plc"), ("date", "d1"), words="met"),
    unit("vis", "event", "Visit", ("visitor", "prk"), ("host", "rus"), ("date", "d2"), words="visited"),
    unit("stk", "event", "Strike", ("attacker", "rus"), ("target", "plc"), ("tally", "tly"), words="struck"),
    unit("den", "statement", "Statement", ("speaker", "rus"), ("about", "xfr"), ("date", "d2"), words="denied", attrs={"stance": "denies"}),
    unit(
        "tha", "statement", "Statement", ("speaker", "per"), ("about", "xfr"), ("quote", "q1"), ("after", "den"), ("madeDuring", "mtg"),
        words="thanked", attrs={"stance": "praises"},
    ),
    unit("rep", "statement", "Statement", ("speaker", "emb"), ("conveys", "tha"), ("expressedIn", "doc"), words="posted", attrs={"stance": "reports"}),
    unit("int", "statement", "Statement", ("interprets", "tha"), ("about", "xfr"), words="the first admission", attrs={"stance": "interprets", "readsAs": "acknowledges"}),
    relation("r1", "holdsPost", "per", "pst"),
    relation("r2", "postOf", "pst", "rus"),
    relation("r3", "author", "doc", "emb"),
    relation("r4", "owns", "per", "blg"),
]  # fmt: skip


def document(document_id: str, *changed: Unit, without: tuple[str, ...] = (), meta: dict[str, Any] | None = None) -> dict[str, Any]:
    """The clean article with some units replaced or added, and others left out; its text is made of the units' words."""
    units = {one["id"]: dict(one) for one in CLEAN} | {one["id"]: dict(one) for one in changed}
    text = ""
    for one in units.values():
        words = one.pop("words")
        if one["id"] not in without and words:
            text += "So " if words[0].islower() else ""  # a sentence begins with a capital
            one["mentions"] = [{"spans": [[len(text), len(text) + len(words)]], "text": words}]
            text += words + ". "
    said = {**META, "title": f"Article {document_id}", **(meta or {})}
    return {
        "kgbuild": 1,
        "id": document_id,
        "text": text,
        "meta": {key: value for key, value in said.items() if value is not None},
        "prov": {"annotator": "tester"},
        "units": [one for one in units.values() if one["id"] not in without],
    }


def changed(unit_id: str, *args: tuple[str, str], drop: tuple[str, ...] = (), **more: Any) -> Unit:
    """A unit of the clean article, with arguments added, roles dropped or fields replaced."""
    made = dict(next(one for one in CLEAN if one["id"] == unit_id))
    kept = [arg for arg in made.get("args", []) if arg["role"] not in drop]
    made["args"] = [*kept, *({"role": role, "target": target} for role, target in args)]
    return {**made, **more}
