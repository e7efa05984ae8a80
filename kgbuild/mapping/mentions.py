"""Where things show in the text: mentions, their sentences, and who annotated them.

A mention's IRI is the article's with the fragment ``char=begin,end`` (RFC 5147): two units on one span share it. Each mention points
to the sentence that holds its beginning; a sentence is written once, and only if it holds a mention.
"""

from __future__ import annotations

from bisect import bisect_right

from kgbuild import literals
from kgbuild import vocabulary as v
from kgbuild.document import Mention, Prov, Span, Unit
from kgbuild.mapping.draft import Draft
from kgbuild.sentences import split


class Mentions:
    """Writes the mentions of one document."""

    def __init__(self, draft: Draft, annotations: dict[Prov, str]) -> None:
        self._draft = draft
        document = draft.document
        self._text = document.text
        self._sentences = document.sentences if document.text is None else split(document.text, draft.language)
        self._begins = [begin for begin, _end in self._sentences]
        self._annotations = annotations
        #: one of several annotators: every mention says whose it is
        self._always = attribution(None, document.prov) in annotations
        self._written: set[Span] = set()
        self._mention = f"<{v.MENTION}>"

    def denote(self, thing: str, unit: Unit) -> None:
        """Say where a thing shows."""
        details = self._draft.details
        for mention in unit.mentions:
            for span in mention.spans:
                iri = f"{self._draft.article}#char={span[0]},{span[1]}"
                details.add(f"<{thing}> <{v.DENOTED_BY}> <{iri}>")
                if span not in self._written:
                    self._written.add(span)
                    self._write(iri, span)
                if self._always or mention.prov is not None or unit.prov is not None:
                    self._attribute(iri, mention, unit)

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
