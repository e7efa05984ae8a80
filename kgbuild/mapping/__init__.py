"""Say in RDF what one annotated article says.

``Mapper.map`` is a pure function of (record, ontology, registry, decisions on links): no store look-up, no clock, no random number. Equal
input gives equal lines, on every machine and in every order, which makes loading idempotent, parallel and resumable. No blank nodes.
"""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.decisions import Links
from kgbuild.document import Problem, Record, Span
from kgbuild.mapping.arguments import Filled, fill
from kgbuild.mapping.classes import classify
from kgbuild.mapping.draft import Draft
from kgbuild.mapping.events import events, is_happening
from kgbuild.mapping.header import PUBLISHER, add_publisher, annotation_activities, describe, problem_lines, published
from kgbuild.mapping.mentions import Mentions, strictest
from kgbuild.mapping.nodes import Nodes
from kgbuild.mapping.parties import Parties
from kgbuild.mapping.relations import relate
from kgbuild.mapping.statements import settle_stance, statements
from kgbuild.mapping.terms import Terms
from kgbuild.mapping.things import entities
from kgbuild.mapping.values import values
from kgbuild.ontology import Ontology
from kgbuild.registry import Registry

#: changes whenever the same record, ontology and registry would give other lines; part of what an article is built with
MAPPING_VERSION = "4"


@dataclass(frozen=True, slots=True)
class Mapped:
    """One article as RDF: lines ``s p o`` in N-Triples syntax, sorted."""

    #: the article's IRI, which is also its graph's
    iri: str
    #: in the article's graph and in the default graph
    facts: list[str]
    #: in the article's graph only: mentions, sentences, annotation, raw labels, problems
    details: list[str]
    problems: tuple[Problem, ...]
    units: int


class Mapper:
    """The mapping for one ontology, registry and set of decisions. Picklable; remembers answers of the ontology, never of documents."""

    def __init__(self, ontology: Ontology, registry: Registry, *, base: str = iris.DATA, links: Links | None = None) -> None:
        self.ontology = ontology
        self.registry = registry
        self._base = base
        self._links = links or Links()
        self._terms = Terms(ontology, registry, base, self._links)

    def __reduce__(self) -> tuple[object, ...]:
        return _mapper, (self.ontology, self.registry, self._base, self._links)

    def map(self, record: Record) -> Mapped:
        """Say what an article says, by all who annotated it. Raises nothing: what does not fit is a Problem of the result."""
        article = iris.article(record[0].id, base=self._base)
        facts: set[str] = set()
        details: set[str] = set()
        problems: list[tuple[Problem, str | None]] = []
        units = 0
        annotation = None if len(record) == 1 else 0
        ways: dict[Span, str] = {}
        prepared = []
        for document in record:
            own = article if len(record) == 1 else f"{article}/{iris.segment(document.annotator)}"
            prepared.append(_identify(Draft(document, article=article, own=own, terms=self._terms), ways))
        for draft, filled, nodes in prepared:
            document = draft.document
            written = _say(draft, filled, nodes, annotation, ways)
            annotation = None if annotation is None else annotation + written
            facts |= draft.facts
            details |= draft.details
            # what a reader found concerns the thing of its unit, which only the mapping knows
            for problem, thing in draft.problems:
                known = thing is None and problem.unit in draft.classes
                problems.append((problem, nodes.of(problem.unit) if known else thing))
            units += len(document.units)
        lines, count = problem_lines(article, problems)
        facts.add(count)
        return Mapped(article, sorted(facts), sorted(details | lines), tuple(problem for problem, _thing in problems), units)


def _mapper(ontology: Ontology, registry: Registry, base: str, links: Links) -> Mapper:
    return Mapper(ontology, registry, base=base, links=links)


def _identify(draft: Draft, ways: dict[Span, str]) -> tuple[Draft, dict[str, Filled], Nodes]:
    """Find the class of each unit, the arguments of each event and statement, and the node of each entity."""
    classify(draft)
    add_publisher(draft)
    filled = {unit.id: fill(draft, unit) for unit in list(draft.units.values()) if is_happening(draft, unit)}
    for unit_id, arguments in filled.items():
        if draft.terms.is_a(draft.classes[unit_id], v.STATEMENT):
            settle_stance(draft, draft.units[unit_id], arguments)
    nodes = Nodes(draft, filled)
    for unit_id in draft.classes:
        if unit_id not in filled:
            nodes.of(unit_id)
    strictest(draft.units.values(), nodes.how, ways)
    return draft, filled, nodes


def _say(draft: Draft, filled: dict[str, Filled], nodes: Nodes, first_annotation: int | None, ways: dict[Span, str]) -> int:
    """Fill a draft; return how many annotation activities it took."""
    attributions = annotation_activities(draft, first_annotation)
    mentions = Mentions(draft, attributions, nodes.how, ways)
    parties = Parties(draft, published(draft.document))
    parties.states.update(nodes.of(unit_id) for unit_id, cls in draft.classes.items() if draft.terms.is_a(cls, v.STATE))
    describe(draft, nodes.of(PUBLISHER) if PUBLISHER in draft.units else None)
    relate(draft, nodes, parties, mentions)
    entities(draft, nodes, mentions)
    values(draft, nodes, mentions)
    events(draft, nodes, filled, parties, mentions)
    statements(draft, nodes, filled, parties, mentions)
    return len(attributions)
