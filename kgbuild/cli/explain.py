"""``kgbuild explain``: on what a thing or a triple rests."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import click

from kgbuild.cli import options, outputs

if TYPE_CHECKING:
    from kgbuild.stores import Place

#: places on a line where the output is no terminal
_WIDTH = 100


@click.command("explain")
@click.argument("thing", metavar="THING")
@click.argument("property", required=False, metavar="[PROPERTY")
@click.argument("object_", required=False, metavar="[OBJECT]]")
@options.store_or_url
@click.option("--format", type=click.Choice(("text", "json")), default="text", show_default=True, help="For reading, or for programs.")
@click.option("--lang", default="en", show_default=True, metavar="TAG", help="The language of labels, where they have it.")
def command(*, thing: str, property: str | None, object_: str | None, store: Place, format: str, lang: str) -> int:
    """Tell on what a thing, or a triple, rests.

    THING is a name in any language, an ISO code, a CURIE (wd:Q159) or an IRI. Alone: what it is and who says so, how it was identified,
    the sentences it stands in, its statuses and problems. With PROPERTY (a name, or "a" for its classes) and OBJECT: the articles that
    say so or, where it is inferred, the axioms and triples that it follows from, down to the articles. Without OBJECT, or with "-": for
    each value of the property.

    Exit status 1: nothing says so.
    """
    from kgbuild.document import Record, decode_record
    from kgbuild.explanation import as_json, explain_facts, explain_thing, write_facts, write_thing
    from kgbuild.explanation.asking import Asking
    from kgbuild.explanation.terms import find_object, find_property
    from kgbuild.parameters import resolve
    from kgbuild.pipeline.inputs import built_ontology
    from kgbuild.stores import open_store

    width = shutil.get_terminal_size((_WIDTH, 24)).columns if sys.stdout.isatty() else _WIDTH
    with open_store(store, read_only=True) as opened:
        asking = Asking(opened.select, lang, opened.base)
        if next(opened.articles(), None) is None:
            click.echo("the store holds no article yet: kgbuild load PATH", err=True)
        subject = resolve("thing", thing, opened.select, lang=lang, base=opened.base)
        if property is None:
            ontology, rules = built_ontology(opened)

            def record_of(article: str) -> Record | None:
                record = opened.record(article)
                return None if record is None else decode_record(record)

            found = explain_thing(subject[1:-1], rules, ontology.identity, ontology.most_specific, asking, record_of=record_of)
            lines = write_thing(found, asking, width=width) if format == "text" else [_json(as_json(found, asking))]
            outputs.write(lines)
            return 0
        predicate = find_property(property, asking)
        value = "" if object_ in (None, "-") else find_object(object_ or "", subject, predicate, asking)
        _ontology, rules = built_ontology(opened)
        explained = explain_facts(subject, predicate, value, rules, asking)
        outputs.write(write_facts(explained, asking, width=width) if format == "text" else [_json(as_json(explained, asking))])
        return 0 if explained.proofs else 1


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
