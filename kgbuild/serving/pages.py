"""Pages for people: the first page, the rows of a stored query, a thing. Every value is escaped; the pages load nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

import jinja2
import pyoxigraph as ox
from markupsafe import Markup

from kgbuild.iris import KG, KGS, PREFIXES
from kgbuild.query import Query
from kgbuild.result import Cell, Passage, Result
from kgbuild.serving.things import INCOMING, About

__all__ = ["POLICY", "SITE", "home", "rows", "thing"]

#: what a page may load (Content-Security-Policy); the editor writes styles of its own
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
#: files that pages load -> media type
SITE = {
    "icon.svg": "image/svg+xml",
    "style.css": "text/css",
    "home.js": "text/javascript",
    "yasgui.min.css": "text/css",
    "yasgui.min.js": "text/javascript",
    "LICENSE-yasgui.txt": "text/plain",
}
#: values of one property that a page shows; names, of which there may be some in a hundred languages; sentences
_VALUES, _LABELS, _SENTENCES = 40, 8, 10
_NAME_KEY = KG + "nameKey"
_HTTP = ("http://", "https://")


@dataclass(frozen=True)
class Shown:
    """A term as a page shows it: its text, where it leads, its language; ``foreign``: away from this server."""

    text: str
    address: str = ""
    lang: str = ""
    foreign: bool = False


@dataclass(frozen=True)
class Group:
    """A property with its values; ``more``: how many are not shown."""

    text: str
    address: str
    terms: tuple[Shown, ...]
    more: int = 0


def home(queries: Iterable[Query], counts: Mapping[str, int], lang: str) -> bytes:
    """The first page."""
    return _render("home.html", lang, queries=list(queries), counts=list(counts.items()), prefixes=json.dumps(PREFIXES))


def rows(query: Query, result: Result, values: Mapping[str, str], total: int, *, base: str, lang: str) -> bytes:
    """The rows of a stored query, or its passages."""
    shown = [[_cell(cell, base) for cell in row] for row in result.rows] if result.passages is None else []
    given = {**values, **({"lang": lang} if lang != "en" else {})}
    search = f"?{urlencode(given)}" if given else ""
    about = {"query": query, "columns": result.columns, "rows": shown, "passages": result.passages, "values": values, "total": total}
    return _render("rows.html", lang, search=search, **about)


def thing(found: About, passages: tuple[Passage, ...], *, base: str, lang: str, page: int) -> bytes:
    """What is said of a thing, with the sentences that say it."""
    rest = found.iri.removeprefix(base)
    endings = {"text/turtle": "ttl", "application/n-triples": "nt", "application/rdf+xml": "rdf", "application/ld+json": "jsonld"}
    documents = [(kind, f"/data/{rest}.{ending}") for kind, ending in endings.items()] if rest != found.iri else []
    return _render(
        "thing.html",
        lang,
        iri=found.iri,
        label=found.labels.get(found.iri, found.iri),
        documents=documents,
        outgoing=_grouped(((quad.predicate, quad.object) for quad in found.outgoing), found, base, lang),
        incoming=_grouped(((quad.predicate, quad.subject) for quad in found.incoming), found, base, lang),
        incoming_count=found.incoming_count,
        page=page,
        pages=-(-found.incoming_count // INCOMING),
        passages=passages[:_SENTENCES],
        more_passages=len(passages) if len(passages) > _SENTENCES else 0,
    )


def _grouped(pairs: Iterable[tuple[Any, Any]], found: About, base: str, lang: str) -> list[Group]:
    """Values by property; those in the language wanted first, and no more than a page can show."""
    groups: dict[str, list[Shown]] = {}
    for predicate, term in pairs:
        if predicate.value == _NAME_KEY:
            continue  # for looking up, not for reading
        groups.setdefault(predicate.value, []).append(_shown(term, found.labels, base))
    made = []
    for iri, terms in groups.items():
        ordered = sorted(terms, key=lambda one: (one.lang not in (lang, ""), one.lang, one.text))
        name = found.labels.get(iri, iri.rpartition("#")[2].rpartition("/")[2])
        most = _LABELS if ordered[-1].lang not in (lang, "") else _VALUES
        made.append(Group(name, _address(iri, base), tuple(ordered[:most]), max(0, len(ordered) - most)))
    return sorted(made, key=lambda group: (not any(term.address for term in group.terms), group.more > 0, group.text))


def _cell(cell: Cell, base: str) -> list[Shown]:
    labels = cell.labels or ("",) * len(cell.terms)
    return [
        Shown(label or term.value, _address(term.value, base) if isinstance(term, ox.NamedNode) else "")
        for term, label in zip(cell.terms, labels, strict=True)
    ]


def _shown(term: Any, labels: Mapping[str, str], base: str) -> Shown:
    if isinstance(term, ox.NamedNode):
        address = _address(term.value, base)
        return Shown(labels.get(term.value, term.value), address, foreign=address.startswith(_HTTP))
    if isinstance(term, ox.Literal):
        return Shown(term.value, lang=term.language or "")
    return Shown(str(term))


def _address(iri: str, base: str) -> str:
    """Where an IRI leads: a page of this server for what is ours, else the IRI itself if a browser may open it, else nowhere."""
    if iri.startswith(base) and "#" not in iri:
        return "/page/" + iri.removeprefix(base)
    for namespace in (KG, KGS):
        if iri.startswith(namespace):
            return "/ontology#" + iri.removeprefix(namespace)
    return iri if iri.startswith(_HTTP) else ""


def _sentence(passage: Passage) -> Markup:
    """A sentence with its span marked, and where it stands."""
    text = Markup.escape(passage.sentence or passage.text)
    if passage.begin is not None and passage.end is not None:
        begin, end = passage.begin, passage.end
        parts = (passage.sentence[:begin], passage.sentence[begin:end], passage.sentence[end:])
        text = Markup("{}<mark>{}</mark>{}").format(*parts)
    who = ", ".join(filter(None, (passage.outlet, passage.published)))
    return Markup("<blockquote>{}<footer>{}{}</footer></blockquote>\n").format(text, passage.title, f" ({who})" if who else "")


def _render(name: str, lang: str, **values: Any) -> bytes:
    return _environment().get_template(name).render(lang=lang, sentence=_sentence, **values).encode()


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: (files("kgbuild.serving") / "site" / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
