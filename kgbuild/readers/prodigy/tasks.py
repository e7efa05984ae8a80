"""Tasks of Prodigy on one text as a document."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from kgbuild.document import Attrs, Document, Mention, Problem, Prov, Severity, Unit
from kgbuild.readers.anchoring import verify
from kgbuild.readers.joining import Edge, join, unused
from kgbuild.readers.kinds import kind_of
from kgbuild.readers.links import link
from kgbuild.readers.matching import covered
from kgbuild.readers.metadata import id_in, metadata
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.scalars import confidence, is_whole, scalar, word

__all__ = ["Task", "annotator_of", "document", "text_of"]

_OF_SPAN = frozenset(
    "start end token_start token_end text label source score rank input_hash type kb_id id pattern color alpha disabled hidden".split()
)


class Task(NamedTuple):
    """One line: what it holds, its text, and where it stands."""

    value: dict[str, Any]
    text: str
    where: str


def text_of(value: dict[str, Any]) -> str:
    """A task's text. Raises Rejected where it has none."""
    text = value.get("text")
    if not isinstance(text, str):
        raise Rejected("no-text", "the task has no text (it is of an image or a sound, or was cut); it was left out")
    return text


def annotator_of(value: dict[str, Any]) -> str:
    """Who answered a task; empty where it is not said."""
    return word(value.get("_annotator_id")) or word(value.get("_session_id"))


def document(tasks: list[Task]) -> Document:
    """The tasks on one text by one person as a document, verified."""
    first = tasks[0]
    metas = [task.value["meta"] for task in tasks if isinstance(task.value.get("meta"), dict)]
    name = id_in(*metas, *(task.value for task in tasks)) or next((own for meta in metas if (own := word(meta.get("id")))), "")
    name = name or f"prodigy/{sha256(first.text.encode()).hexdigest()[:16]}"
    answered = "answer" in first.value
    prov = Prov(annotator_of(first.value) or None, "Prodigy", _time(first.value.get("_timestamp")), status="manual" if answered else None)
    reading = _Reading(name, first.text)
    meta: dict[str, Any] = {}
    for task in tasks:
        reading.where = task.where
        given = task.value.get("meta")
        said, faults = metadata(given, leave=("id",)) if isinstance(given, dict) else ({}, [])
        for fault in faults:
            reading.report("metadata-invalid", "skipped", "", f"{fault}; left out")
        for key, value in said.items():
            meta.setdefault(key, value)
        if note := word(task.value.get("user_input")):
            meta["note"] = "\n".join(filter(None, (word(meta.get("note")), note)))
        reading.take(task.value)
    units = reading.joined()
    return verify(Document(name, first.text, meta=meta, prov=prov, units=units, problems=tuple(reading.problems), where=first.where))


class _Reading:
    """The units of a document, task by task: a span that two tasks have is one unit."""

    def __init__(self, document: str, text: str) -> None:
        self._document = document
        self._text = text
        self._taken: set[str] = set()
        self._units: dict[str, Unit] = {}
        self._by_span: dict[tuple[Any, Any, str], str] = {}
        self._edges: dict[tuple[str, str, str], Edge] = {}
        self.problems: list[Problem] = []
        self.where = ""

    def report(self, code: str, severity: Severity, unit: str, message: str) -> None:
        self.problems.append(Problem(code, severity, message, self._document, unit, self.where))

    def joined(self) -> tuple[Unit, ...]:
        return join(self._units.values(), self._edges.values())

    def take(self, task: dict[str, Any]) -> None:
        """Take one task's spans, relations and answers."""
        tokens = _listed(task, "tokens")
        own = [name for number, span in enumerate(_listed(task, "spans"), 1) if (name := self._span(span, tokens, number))]
        for number, relation in enumerate(_listed(task, "relations"), 1):
            self._relation(relation, tokens, number)
        self._answers(task, own)

    def _span(self, span: Any, tokens: list[Any], number: int) -> str | None:
        if not isinstance(span, dict) or (ends := _ends(span, tokens)) is None:
            self.report("result-invalid", "skipped", "", f"span number {number} has no offsets that could be read; left out")
            return None
        label = word(span.get("label"))
        key = (*ends, label)
        name = self._by_span.get(key)
        if name is not None:
            return name
        name = self._by_span[key] = unused(f"s{len(self._by_span) + 1}", self._taken)
        check = span.get("text")
        if not isinstance(check, str):
            check = covered(self._text, ends)
        attrs: Attrs = {key: said for key, value in span.items() if key not in _OF_SPAN and (said := scalar(value)) is not None}
        reference = word(span.get("kb_id"))
        found = link(reference) if reference else None
        note = None if found or not reference or reference.startswith("NIL") else f"kb_id {reference}"
        sure = confidence(span.get("score"))
        prov = Prov(confidence=sure, note=note) if note or sure is not None else None
        links = (found,) if found else ()
        kind = kind_of(label)
        self._units[name] = Unit(name, kind, label or None, mentions=(Mention((ends,), check),), links=links, attrs=attrs, prov=prov)
        return name

    def _relation(self, relation: Any, tokens: list[Any], number: int) -> None:
        given = relation if isinstance(relation, dict) else {}
        source, target = (self._end(given, end, tokens, number) for end in ("head", "child"))
        if source is None or target is None:
            self.report("relation-dangling", "skipped", "", f"relation number {number} ends at no span and no token of the task; left out")
            return
        label = word(given.get("label"))
        if not label:
            message = f"relation number {number} has no label: kept as relatedTo; give it the role's"
            self.report("relation-unlabelled", "kept", source, message)
            label = "relatedTo"
        name = f"relation-{len(self._edges) + 1}"
        self._edges.setdefault((source, target, label), Edge(name, source, target, label))

    def _end(self, relation: dict[str, Any], name: str, tokens: list[Any], number: int) -> str | None:
        """The unit that an end of a relation stands for: the span that it names, else the smallest on its token, else the token alone."""
        span = relation.get(f"{name}_span")
        if isinstance(span, dict) and (ends := _ends(span, tokens)) is not None:
            known = self._by_span.get((*ends, word(span.get("label"))))
            return known or self._span(span, tokens, number)
        token = _token(tokens, relation.get(name))
        if token is None:
            return None
        begin, end = token
        around = [key for key in self._by_span if key[0] <= begin and end <= key[1]]
        if around:
            return self._by_span[min(around, key=lambda key: key[1] - key[0])]
        return self._span({"start": begin, "end": end}, tokens, number)

    def _answers(self, task: dict[str, Any], own: list[str]) -> None:
        """The accepted options: links of the one span that was asked about, else topics of the text; and the label of a whole text."""
        options = [option for option in _listed(task, "options") if isinstance(option, dict)]
        linking = any(link(word(option.get("id"))) for option in options)
        for one in (word(given) for given in _listed(task, "accept")):
            found = link(one) if linking else None
            if linking and len(own) == 1:
                unit = self._units[own[0]]
                links = tuple(dict.fromkeys((*unit.links, found))) if found else unit.links
                prov = unit.prov if found else _noted(unit.prov, one)
                self._units[own[0]] = Unit(unit.id, unit.kind, unit.label, unit.name, unit.mentions, (), links, unit.attrs, prov)
            elif linking:
                message = f"the accepted option {one} is a link, and the task has {len(own)} spans: which it is of is not said; left out"
                self.report("link-ambiguous", "skipped", "", message)
            elif one:
                self._topic(one)
        label = word(task.get("label"))
        if label and not own:
            self._topic(label)

    def _topic(self, name: str) -> None:
        key = (None, None, name)
        if key not in self._by_span:
            made = self._by_span[key] = unused(f"s{len(self._by_span) + 1}", self._taken)
            self._units[made] = Unit(made, "topic", name=name)


def _listed(task: dict[str, Any], key: str) -> list[Any]:
    value = task.get(key)
    return value if isinstance(value, list) else []


def _ends(span: dict[str, Any], tokens: list[Any]) -> tuple[int, int] | None:
    """A span's offsets: its own, else those of its first and its last token (``token_end`` is the last one, not the one behind it)."""
    begin, end = span.get("start"), span.get("end")
    if is_whole(begin) and is_whole(end):
        return begin, end
    first, last = _token(tokens, span.get("token_start")), _token(tokens, span.get("token_end"))
    return (first[0], last[1]) if first and last else None


def _token(tokens: list[Any], number: Any) -> tuple[int, int] | None:
    if not is_whole(number):
        return None
    token = tokens[number] if number < len(tokens) else None
    if not isinstance(token, dict) or token.get("id", number) != number:
        token = next((one for one in tokens if isinstance(one, dict) and one.get("id") == number), None)
    if token is None:
        return None
    begin, end = token.get("start"), token.get("end")
    return (begin, end) if is_whole(begin) and is_whole(end) else None


def _noted(prov: Prov | None, note: str) -> Prov:
    if prov is None:
        return Prov(note=note)
    return Prov(confidence=prov.confidence, note="\n".join(filter(None, (prov.note, note))))


def _time(value: Any) -> str | None:
    """A time in seconds since 1970 as text."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    try:
        return datetime.fromtimestamp(value, UTC).isoformat().replace("+00:00", "Z")
    except (OverflowError, OSError, ValueError):
        return None
