"""The sentences of an article in which things show, with the places of the words that name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kgbuild.explanation.asking import Asking, text_of

_PATTERN = """\
GRAPH ?article {{
  VALUES ?thing {{ {things} }}
  ?thing gaf:denotedBy ?mention .
  ?mention kg:begin ?begin ; kg:end ?end .
  OPTIONAL {{ ?mention kg:inSentence ?sentence . ?sentence kg:begin ?from . OPTIONAL {{ ?sentence kg:sentenceText ?text }} }}
  OPTIONAL {{ ?mention kg:anchorText ?words }}
  OPTIONAL {{ ?mention kg:resolvedBy ?how }}
}}
{article}
"""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the spans in it (half-open, code points) that name things; ``words`` are what the spans cover.

    ``text`` is the words alone where the store has no sentence, and empty where it has no text at all. ``how``: words, and the
    concept (IRI) of the way in which they were recognised.
    """

    article: str
    text: str
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    named: tuple[str, ...]
    how: tuple[tuple[str, str], ...] = ()


def sentences(things: Iterable[str], asking: Asking, *, article: str = "") -> list[Sentence]:
    """The sentences that name any of the things (IRIs without brackets), in the order of their articles and of the text.

    ``article``: of this article only. A sentence comes once, with all spans.
    """
    listed = " ".join(f"<{thing}>" for thing in sorted(set(things)))
    only = f"VALUES ?article {{ <{article}> }}" if article else ""
    names = ("article", "from", "begin", "end", "thing", "text", "words", "how")
    grouped: dict[tuple[str, int, str], list[tuple[int, int, str, str, str]]] = defaultdict(list)
    for row in asking.rows(_PATTERN.format(things=listed, article=only), *names):
        found = {name: text_of(term) if term else "" for name, term in zip(names, row, strict=True)}
        begin, end = int(found["begin"]), int(found["end"])
        start = int(found["from"]) if found["from"] else begin
        key = (found["article"], start, found["text"] or found["words"])
        grouped[key].append((begin - start, end - start, found["thing"], found["words"], found["how"]))
    made = []
    for (where, _start, text), places in sorted(grouped.items()):
        spans = sorted({(begin, end) for begin, end, *_ in places if 0 <= begin < end <= len(text)})
        made.append(
            Sentence(
                where,
                text,
                tuple(_apart(spans)),
                tuple(dict.fromkeys(words for *_, words, _how in sorted(places) if words)),
                tuple(sorted({thing for _b, _e, thing, _w, _h in places})),
                tuple(dict.fromkeys((words, how) for *_, words, how in sorted(places) if how)),
            )
        )
    return made


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap become one: marks do not nest."""
    apart: list[tuple[int, int]] = []
    for begin, end in spans:
        if apart and begin < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((begin, end))
    return apart


def supporting(subject: str, object_: str, article: str, asking: Asking, *, at_most: int = 2) -> tuple[Sentence, ...]:
    """The sentences of an article that bear best on a triple: those that name both ends, else those that name the subject, else the object.

    Terms are in N-Triples syntax; a literal names nothing.
    """
    ends = [term[1:-1] for term in dict.fromkeys((subject, object_)) if term.startswith("<")]
    found = sentences(ends, asking, article=article)
    for wanted in (set(ends), *({end} for end in ends)):
        if fitting := [sentence for sentence in found if wanted <= set(sentence.named)]:
            return tuple(fitting[:at_most])
    return ()


def articles_named(articles: Iterable[str], asking: Asking) -> dict[str, str]:
    """Each article for reading: its title, and in brackets its outlet and date; the dates decide the order."""
    listed = " ".join(f"<{article}>" for article in sorted(set(articles)))
    if not listed:
        return {}
    pattern = f"VALUES ?a {{ {listed} }} OPTIONAL {{ ?a kg:publishedBy ?outlet }} OPTIONAL {{ ?a kg:date ?date }}"
    rows = asking.rows(pattern, "a", "outlet", "date")
    asking.learn(term for row in rows for term in row[:2] if term)
    named: dict[str, tuple[str, str]] = {}
    for article, outlet, date in rows:
        source = ", ".join([*([asking.say(outlet)] if outlet else []), *([text_of(date)] if date else [])])
        named.setdefault(article[1:-1], (text_of(date) if date else "~", asking.say(article) + (f" ({source})" if source else "")))
    return {article: title for article, (_date, title) in sorted(named.items(), key=lambda item: (item[1], item[0]))}
