"""Where things show in the text: mentions, their sentences, and who annotated them.

A mention's IRI is the article's with the fragment ``char=begin,end`` (RFC 5147): two units on one span share it. Each mention points
to the sentence that holds its beginning; a sentence is written once, and only if it holds a mention.

A mention says how the entity on it was recognised. Where the entities of one span were recognised in different ways ("the Russian
minister": a person by his post, and the post by its name), the strictest way stays with the span, and each other way gets a mention of
its own, ``char=begin,end;by=way``: so none is said to be recognised as another was. Events and statements stay with the span: nothing is
looked up for them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from kgbuild import literals
from kgbuild import vocabulary as v
from kgbuild.document import Mention, Prov, Span, Unit
from kgbuild.mapping.draft import Draft
from kgbuild.sentences import split

#: the ways of recognition, strictest first
_STRICTEST_FIRST = (v.BY_LINK, v.BY_DECISION, v.BY_ALIAS, v.BY_FOLDED, v.BY_POST, v.BY_NEW)
_RANK = {way: rank for rank, way in enumerate(_STRICTEST_FIRST)}


def strictest(units: Iterable[Unit], how: Mapping[str, str], ways: dict[Span, str]) -> None:
    """Note in ``ways`` for each span the strictest way in which any entity on it was recognised; ``how`` is by unit id."""
    for unit in units:
        way = how.get(unit.id)
        if way is not None:
            rank = _RANK[way]
            for mention in unit.mentions:
                for span in mention.spans:
                    if (other := ways.get(span)) is None or rank < _RANK[other]:
                        ways[span] = way


class Mentions:
    """Writes the mentions of one document; ``ways`` holds the strictest way of each span, over all who annotated the article."""

    def __init__(self, draft: Draft, annotations: dict[Prov, str], how: Mapping[str, str], ways: Mapping[Span, str]) -> None:
        self._draft = draft
        self._how = how
        self._ways = ways
        document = draft.document
        self._text = document.text
        self._sentences = document.sentences if document.text is None else split(document.text, draft.language)
        self._begins = [begin for begin, _end in self._sentences]
        self._annotations = annotations
        #: one of several annotators: every mention says whose it is
        self._always = attribution(None, document.prov) in annotations
        self._written: set[Span | tuple[int, int, str]] = set()
        self._mention = f"<{v.MENTION}>"

    def denote(self, thing: str, unit: Unit) -> None:
        """Say where a thing shows."""
        details = self._draft.details
        how = self._how.get(unit.id)
        for mention in unit.mentions:
            for span in mention.spans:
                iri = f"{self._draft.article}#char={span[0]},{span[1]}"
                if span not in self._written:
                    self._written.add(span)
                    self._write(iri, span)
                if how is not None:
                    iri = self._recognised(iri, span, how)
                details.add(f"<{thing}> <{v.DENOTED_BY}> <{iri}>")
                if self._always or mention.prov is not None or unit.prov is not None:
                    self._attribute(iri, mention, unit)

    def _recognised(self, iri: str, span: Span, how: str) -> str:
        """Say how the entity of a mention was recognised; return the mention that says it."""
        if how != self._ways[span]:
            iri = f"{iri};by={how.rpartition('-')[2]}"
        if (*span, how) not in self._written:
            self._written.add((*span, how))
            if how != self._ways[span]:
                self._write(iri, span)
            self._draft.details.add(f"<{iri}> <{v.RESOLVED_BY}> <{how}>")
        return iri

    def _write(self, iri: str, span: Span) -> None:
        details = self._draft.details
        begin, end = span
        subject = f"<{iri}>"
        details.add(f"{subject} <{v.TYPE}> {self._mention}")
        details.add(f"{subject} <{v.BEGIN}> {literals.integer(begin)}")
        details.add(f"{subject} <{v.END}> {literals.integer(end)}")
        if self._text is not None:
            details.add(f"{subject} <{v.ANCHOR_TEXT}> {literals.string(self._text[begin:end], self._draft.language)}")
        index = bisect_right(self._begins, begin) - 1
        if index >= 0:
            details.add(f"{subject} <{v.IN_SENTENCE}> <{self._sentence(self._sentences[index])}>")

    def _sentence(self, span: Span) -> str:
        begin, end = span
        iri = f"{self._draft.article}#sentence={begin},{end}"
        if (-1 - begin, end) not in self._written:
            self._written.add((-1 - begin, end))  # sentences beside mentions, kept apart by the sign
            details = self._draft.details
            details.add(f"<{iri}> <{v.TYPE}> <{v.SENTENCE}>")
            details.add(f"<{iri}> <{v.BEGIN}> {literals.integer(begin)}")
            details.add(f"<{iri}> <{v.END}> {literals.integer(end)}")
            if self._text is not None:
                details.add(f"<{iri}> <{v.SENTENCE_TEXT}> {literals.string(self._text[begin:end], self._draft.language)}")
        return iri

    def _attribute(self, iri: str, mention: Mention, unit: Unit) -> None:
        prov = mention.prov or unit.prov
        annotation = self._annotations.get(attribution(prov, self._draft.document.prov))
        if annotation is not None:
            self._draft.details.add(f"<{iri}> <{v.GENERATED_BY}> <{annotation}>")


def attribution(prov: Prov | None, default: Prov | None) -> Prov:
    """Who, with what tool and in what state of review: a unit's own provenance over its document's."""
    prov, default = prov or Prov(), default or Prov()
    return Prov(annotator=prov.annotator or default.annotator, tool=prov.tool or default.tool, status=prov.status or default.status)
