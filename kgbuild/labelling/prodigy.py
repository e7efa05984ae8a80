"""Prodigy: lists of labels, one a line, for ``--label`` and ``--span-label``; ``prodigy.json`` with their colours; and how to use them.

Prodigy has neither attributes nor arguments: a statement's stance is its label (Denial, Accusation …), a role is a relation.
"""

from __future__ import annotations

import json

from kgbuild.labelling.colours import colours
from kgbuild.labelling.labelset import LabelSet

_NOTES = """\
How to annotate with these labels, which kgbuild wrote from its ontology (version {version}); write them again when it changes.

Spans that may overlap, and relations between them (statement -> speaker, event -> participant; coreference joins two names of one thing):

    prodigy rel.manual DATASET blank:xx ARTICLES.jsonl --label relation-labels.txt --span-label span-labels.txt --wrap

Spans only (spans.manual lets them overlap, ner.manual does not):

    prodigy spans.manual DATASET blank:xx ARTICLES.jsonl --label span-labels.txt

blank:xx is the language of the articles: blank:en, blank:ro, blank:ru … ARTICLES.jsonl has one article a line,
{{"text": "…", "meta": {{"title": "…", "publisher": "…", "published": "2024-01-16", "lang": "ro"}}}}; what stands in "meta" comes back.
prodigy.json belongs in the folder where prodigy is started, or its contents into the prodigy.json that stands there; it has the colours.

Back into kgbuild:

    prodigy db-out DATASET > annotated.jsonl
    kgbuild load annotated.jsonl
"""


class Prodigy:
    """Writes the label lists of Prodigy's recipes."""

    name = "prodigy"

    def files(self, labels: LabelSet) -> dict[str, bytes]:
        """File name -> content."""
        theme = {"custom_theme": {"labels": {name: shade for name, shade in colours(labels).items() if name in set(labels.marked())}}}
        return {
            "span-labels.txt": _lines(labels.marked()),
            "relation-labels.txt": _lines(labels.arcs()),
            "prodigy.json": (json.dumps(theme, ensure_ascii=False, indent=1) + "\n").encode(),
            "prodigy.txt": _NOTES.format(version=labels.version).encode(),
        }


TOOL = Prodigy()


def _lines(names: tuple[str, ...]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode()
