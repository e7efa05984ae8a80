"""The article itself: its metadata, who annotated it, and what could not be taken as it stood."""

from __future__ import annotations

import hashlib

from kgbuild import edtf, iris, literals
from kgbuild import vocabulary as v
from kgbuild.document import Document, Problem, Prov, Unit
from kgbuild.folding import fold
from kgbuild.mapping.draft import Draft
from kgbuild.mapping.mentions import attribution

_MEDIA_OUTLET = iris.KG + "MediaOutlet"
_TITLE_LENGTH = 120
#: id of the unit that stands for the article's publisher; no annotator can use it, since it begins with a blank
PUBLISHER = " publisher"


def published(document: Document) -> tuple[str | None, str | None]:
    """The bounds of the day of publication; open where it is not given or not a date."""
    try:
        date = edtf.parse(str(document.meta["published"])[:10])
    except (KeyError, ValueError):
        return None, None
    return date.earliest, date.latest


def add_publisher(draft: Draft) -> None:
    """Let the publisher of the metadata be a unit like any other, so that it is resolved like any other."""
    name = draft.document.meta.get("publisher")
    if isinstance(name, str) and name.strip():
        draft.units[PUBLISHER] = Unit(PUBLISHER, "entity", name=name.strip())
        draft.classes[PUBLISHER] = _MEDIA_OUTLET


def describe(draft: Draft, publisher: str | None) -> None:
    """Say what the article is: title, language, date, outlet, address, text."""
    document, article = draft.document, draft.article
    meta = document.meta
    title = " ".join(str(meta.get("title") or "").split()) or document.id
    if len(title) > _TITLE_LENGTH * 4:
        title = title[: _TITLE_LENGTH * 4].rstrip() + "…"
    draft.link(article, v.TYPE, v.ARTICLE)
    draft.fact(article, v.DOCUMENT_ID, literals.string(document.id))
    draft.fact(article, v.LABEL, literals.string(title, draft.language))
    draft.fact(article, v.TITLE, literals.string(title, draft.language))
    for key in sorted({fold(document.id), fold(title)} - {""}):
        draft.fact(article, v.NAME_KEY, literals.string(key))
    if document.language and not draft.language:
        message = f"language “{document.language}” is no language tag (such as ro, en-GB): texts are kept without one"
        draft.report("ill-typed-value", "skipped", "", message)
    if draft.language:
        draft.fact(article, v.LANGUAGE, literals.string(draft.language))
    if isinstance(meta.get("published"), str):
        draft.fact(article, v.P_DATE, literals.string(meta["published"]))
        say_bounds(draft, article, published(document))
    if publisher is not None:
        draft.link(article, v.PUBLISHED_BY, publisher)
    if isinstance(meta.get("uri"), str):
        try:
            draft.fact(article, v.URL, literals.typed(meta["uri"], literals.XSD + "anyURI"))
        except ValueError as error:
            draft.report("ill-typed-value", "skipped", "", f"uri of the document: {error}; left out")
    digest = document.sha256 or (hashlib.sha256(document.text.encode()).hexdigest() if document.text is not None else None)
    if digest:
        draft.fact(article, v.CONTENT_HASH, literals.string(digest))
    authors = meta.get("author") or ()
    for author in [authors] if isinstance(authors, str) else authors:
        draft.fact(article, iris.PREFIXES["dct"] + "creator", literals.string(str(author)))
    if isinstance(meta.get("note"), str):
        draft.detail(article, v.NOTE, literals.string(meta["note"]))


def say_bounds(draft: Draft, thing: str, bounds: tuple[str | None, str | None]) -> None:
    """Say the two bounds of a thing's date, each only where it is not open."""
    if bounds[0] is not None:
        draft.fact(thing, v.EARLIEST, literals.day(bounds[0]))
    if bounds[1] is not None:
        draft.fact(thing, v.LATEST, literals.day(bounds[1]))


def annotation_activities(draft: Draft, first: int | None) -> dict[Prov, str]:
    """Write the annotation activities of the document, numbered from ``first``.

    ``None``: the article has one annotator, whose activity becomes the article's default, so that mentions need not name it.
    Returns the activities that mentions must name, by attribution.
    """
    document = draft.document
    default = attribution(None, document.prov)
    others = {
        attribution(prov, document.prov)
        for unit in draft.units.values()
        for prov in (unit.prov, *(mention.prov for mention in unit.mentions))
        if prov is not None
    } - {default}
    ordered = [default, *sorted(others, key=lambda prov: (prov.annotator or "", prov.tool or "", prov.status or ""))]
    named: dict[Prov, str] = {}
    for number, prov in enumerate(ordered, start=first or 0):
        iri = f"{draft.article}#annotation={number}"
        draft.detail(iri, v.TYPE, f"<{v.ANNOTATION}>")
        draft.detail(iri, v.USED, f"<{draft.article}>")
        if prov.tool:
            draft.detail(iri, v.TOOL, literals.string(prov.tool))
        if prov.status:
            draft.detail(iri, v.ANNOTATION_STATUS, literals.string(prov.status))
        if prov.annotator:
            agent = f"{draft.terms.base}annotator/{draft.terms.segment(prov.annotator)}"
            draft.detail(iri, v.ASSOCIATED_WITH, f"<{agent}>")
            draft.link(agent, v.TYPE, v.AGENT_PROV)
            draft.fact(agent, v.LABEL, literals.string(prov.annotator))
        named[prov] = iri
    if first is None:
        draft.detail(draft.article, v.DEFAULT_ANNOTATION, f"<{named.pop(default)}>")
    return named


def problem_lines(article: str, problems: list[tuple[Problem, str | None]]) -> tuple[set[str], str]:
    """Write the problems of an article, in a stable order, as details; and their number, as a fact."""
    details = set()
    ordered = sorted({(p.code, p.severity, p.unit, p.message, thing or "") for p, thing in problems})
    for number, (code, severity, unit, message, thing) in enumerate(ordered):
        iri = f"<{article}#problem={number}>"
        details.add(f"{iri} <{v.TYPE}> <{v.PROBLEM}>")
        details.add(f"{iri} <{v.PROBLEM_CODE}> {literals.string(code)}")
        details.add(f"{iri} <{v.SEVERITY}> {literals.string(severity)}")
        details.add(f"{iri} <{v.MESSAGE}> {literals.string(message)}")
        if unit.strip():
            details.add(f"{iri} <{v.UNIT_ID}> {literals.string(unit)}")
        if thing:
            details.add(f"{iri} <{v.CONCERNS}> <{thing}>")
    return details, f"<{article}> <{v.PROBLEM_COUNT}> {literals.integer(len(ordered))}"
