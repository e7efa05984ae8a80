"""A thing explained: what it is and who says so, how it was identified, where it stands, and how far it is vouched for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kgbuild import vocabulary as v
from kgbuild.explanation.asking import TYPE, Asking, text_of
from kgbuild.explanation.evidence import Sentence, sentences
from kgbuild.explanation.identity import IdentityOf, identified
from kgbuild.explanation.proofs import Proof, Prover, Rule
from kgbuild.explanation.statuses import Status, statuses
from kgbuild.explanation.units import RecordOf, units_of
from kgbuild.iris import segment

#: the most specific of some classes (IRIs)
Lowest = Callable[[Iterable[str]], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Said:
    """A problem or a raw label: the article, a code, and the words."""

    article: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing and all that is told of it; IRIs without brackets but in ``types`` and ``statuses``."""

    iri: str
    types: tuple[Proof, ...]
    identity: tuple[str, ...]
    same: tuple[str, ...]
    articles: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    statuses: tuple[Status, ...]
    problems: tuple[Said, ...]
    raw: tuple[Said, ...]
    #: for each article the own IRIs of the annotator's units that became the thing; none for the article's own thing
    units: dict[str, tuple[str, ...]] = field(default_factory=dict)


def explain_thing(
    thing: str, rules: Iterable[Rule], identity: IdentityOf, lowest: Lowest, asking: Asking, *, record_of: RecordOf = lambda _article: None
) -> Thing:
    """Explain a thing (IRI). ``lowest`` sorts out the most specific of some classes; a class that rules infer has its proof.

    ``record_of`` gives the records of articles, from which the annotator's units are told.
    """
    types = [cls for (cls,) in asking.rows(f"<{thing}> a ?class", "class")]
    prover = Prover(asking, rules)
    proofs = tuple(prover.prove((f"<{thing}>", TYPE, cls)) for cls in types)
    stated = [proof.fact[2][1:-1] for proof in proofs if proof.graphs]
    specific = lowest(stated)
    order = {cls: place for place, cls in enumerate((*specific, *sorted(set(stated) - set(specific))))}
    places = tuple(sentences([thing], asking))
    articles = {graph[1:-1] for (graph,) in asking.rows(f"<{thing}> kg:reportedIn ?a", "a")} | {place.article for place in places}
    asking.learn(f"<{iri}>" for iri in articles)
    return Thing(
        thing,
        tuple(sorted(proofs, key=lambda proof: (order.get(proof.fact[2][1:-1], len(order)), proof.steps, proof.fact))),
        tuple(identified(thing, order, places, identity, asking)),
        tuple(link[1:-1] for (link,) in asking.rows(f"<{thing}> skos:exactMatch|owl:sameAs ?other", "other")),
        tuple(sorted(articles)),
        places,
        statuses(thing, asking),
        _problems(thing, asking),
        tuple(_said(f"VALUES ?code {{ <{v.RAW_LABEL}> <{v.RAW_ROLE}> <{v.RAW_ATTRIBUTE}> }} <{thing}> ?code ?text", asking)),
        units_of(thing, sorted(articles), record_of, asking),
    )


def _problems(thing: str, asking: Asking) -> tuple[Said, ...]:
    """The problems that concern a thing; of an article's own thing also those that name its unit."""
    pattern = "?p kg:problemCode ?code ; kg:message ?text"
    found = _said(f"?p kg:concerns <{thing}> . {pattern}", asking)
    article = thing.rpartition("/")[0]
    rows = asking.rows(f"GRAPH <{article}> {{ {pattern} ; kg:unitId ?unit }}", "code", "text", "unit") if article.startswith("http") else []
    found += [Said(article, text_of(code), text_of(text)) for code, text, unit in rows if f"{article}/{segment(text_of(unit))}" == thing]
    return tuple(dict.fromkeys(found))


def _said(pattern: str, asking: Asking) -> list[Said]:
    rows = asking.rows(f"GRAPH ?article {{ {pattern} }}", "article", "code", "text")
    return [Said(article[1:-1], text_of(code).rpartition("#")[2], text_of(text)) for article, code, text in rows]
