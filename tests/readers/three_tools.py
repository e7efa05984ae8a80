"""One article as three tools export it: a transfer of arms, its denial, a date, a quote, links, one person named twice, metadata."""

from __future__ import annotations

from typing import Any

TEXT = (
    "Ministrul rus de externe Serghei Lavrov a negat la 16 ianuarie 2024 că Phenianul ar fi livrat rachete Rusiei 🚀.\n"
    "„Sunt speculații”, a spus Lavrov, potrivit agenției."
)
META = {
    "document_id": "agentie-2024-01-17-1",
    "title": "Lavrov neagă",
    "publisher": "Agerpres",
    "published": "2024-01-17",
    "lang": "ro",
    "uri": "https://example.org/articol/17",
}

#: name -> passage, which of its occurrences, label
PASSAGES: dict[str, tuple[str, int, str]] = {
    "lavrov": ("Serghei Lavrov", 1, "Person"),
    "lavrov2": ("Lavrov", 2, "Person"),
    "negat": ("a negat", 1, "Denial"),
    "data": ("16 ianuarie 2024", 1, "Date"),
    "kp": ("Phenianul", 1, "State"),
    "livrat": ("livrat", 1, "ArmsTransfer"),
    "rachete": ("rachete", 1, "Missile"),
    "ru": ("Rusiei", 1, "State"),
    "citat": ("Sunt speculații", 1, "Quote"),
}
#: source, target, label
EDGES = [
    ("negat", "lavrov", "speaker"),
    ("negat", "ru", "onBehalfOf"),
    ("negat", "data", "date"),
    ("negat", "livrat", "about"),
    ("negat", "citat", "quote"),
    ("livrat", "kp", "supplier"),
    ("livrat", "ru", "recipient"),
    ("livrat", "rachete", "item"),
    ("lavrov2", "lavrov", "coreference"),
]
LINKS = {"kp": "https://www.wikidata.org/wiki/Q423", "ru": "Q159"}
EDTF = {"data": "2024-01-16"}


def span(name: str) -> tuple[int, int]:
    """Begin and end of a passage, in code points."""
    words, occurrence, _label = PASSAGES[name]
    begin = -1
    for _ in range(occurrence):
        begin = TEXT.index(words, begin + 1)
    return begin, begin + len(words)


def utf16(offset: int) -> int:
    """An offset in UTF-16 code units."""
    return len(TEXT[:offset].encode("utf-16-le")) // 2


def label_studio() -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = []

    def add(name: str, control: str, kind: str, **value: Any) -> None:
        begin, end = span(name)
        results.append({"id": name, "from_name": control, "to_name": "text", "type": kind, "value": {"start": begin, "end": end, **value}})

    for name, (words, _number, label) in PASSAGES.items():
        add(name, "label", "labels", text=words, labels=[label])
    for name, written in LINKS.items():
        add(name, "link", "textarea", text=[written])
    for name, written in EDTF.items():
        add(name, "edtf", "textarea", text=[written])
    for source, target, label in EDGES:
        results.append({"from_id": source, "to_id": target, "type": "relation", "direction": "right", "labels": [label]})
    who = {"id": 3, "email": "ana@example.org", "first_name": "", "last_name": ""}
    annotation = {"id": 22, "completed_by": who, "was_cancelled": False, "created_at": "2024-02-01T10:00:00Z", "result": results}
    return [{"id": 87, "project": 29, "data": {"text": TEXT, **META}, "annotations": [annotation], "predictions": [], "drafts": []}]


def doccano() -> dict[str, Any]:
    numbers = {name: number for number, name in enumerate(PASSAGES, 40)}
    entities = []
    for name, number in numbers.items():
        begin, end = span(name)
        entities.append({"id": number, "label": PASSAGES[name][2], "start_offset": utf16(begin), "end_offset": utf16(end)})
    relations = [
        {"id": number, "from_id": numbers[source], "to_id": numbers[target], "type": label}
        for number, (source, target, label) in enumerate(EDGES)
    ]
    return {"id": 5, "text": TEXT, **META, "entities": entities, "relations": relations, "Comments": []}


def prodigy() -> dict[str, Any]:
    spans = {}
    for name, (_words, _number, label) in PASSAGES.items():
        begin, end = span(name)
        spans[name] = {"start": begin, "end": end, "label": label}
        if name in LINKS:
            spans[name]["kb_id"] = LINKS[name]
        if name in EDTF:
            spans[name]["edtf"] = EDTF[name]
    relations = [
        {"head": 0, "child": 0, "head_span": spans[source], "child_span": spans[target], "label": label} for source, target, label in EDGES
    ]
    own = {
        "_input_hash": 1,
        "_task_hash": 2,
        "_session_id": "news-ana",
        "_annotator_id": "ana",
        "_view_id": "relations",
        "answer": "accept",
    }
    return {"text": TEXT, "meta": META, "spans": list(spans.values()), "relations": relations, **own}
