"""Explanations for reading: plain lines of a given width, sentences with the words marked «so»."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kgbuild.explanation.asking import GRAPHS, Asking
from kgbuild.explanation.evidence import Sentence, articles_named
from kgbuild.explanation.facts import Explained
from kgbuild.explanation.proofs import Proof
from kgbuild.explanation.statuses import Status
from kgbuild.explanation.things import Said, Thing
from kgbuild.iris import compress
from kgbuild.table import clean, wrap

#: articles and sentences of each that are shown for a thing; ``query evidence`` has them all
_ARTICLES, _SENTENCES = 8, 3
_STEP = 2
_BRACKETS = (("«", "»"), ("[", "]"), ("⟦", "⟧"))


class _Page:
    """Wraps and indents."""

    def __init__(self, width: int) -> None:
        self._width = width

    def lines(self, text: str, depth: int, first: str = "") -> Iterator[str]:
        """Write a text at a depth of indentation; what follows its first line stands behind ``first`` (a dash, a name)."""
        margin = " " * (_STEP * depth)
        for number, line in enumerate(wrap(clean(text), max(self._width - len(margin) - len(first), 24))):
            yield f"{margin}{first if number == 0 else ' ' * len(first)}{line}".rstrip() + "\n"


def marked(sentence: Sentence) -> str:
    """The sentence with marks around the words; brackets that the sentence itself has none of."""
    opening, closing = next((pair for pair in _BRACKETS if not set(pair) & set(sentence.text)), _BRACKETS[-1])
    said, done = "", 0
    for begin, end in sentence.spans:
        said += f"{sentence.text[done:begin]}{opening}{sentence.text[begin:end]}{closing}"
        done = end
    return said + sentence.text[done:]


def write_thing(thing: Thing, asking: Asking, *, width: int = 100) -> Iterator[str]:
    """Write what is known of a thing, a line at a time."""
    page = _Page(width)
    asking.learn(proof.fact[2] for proof in thing.types)
    name = asking.name(thing.iri)
    yield from page.lines(name, 0)
    yield from page.lines(" = ".join(compress(iri, base=asking.base) for iri in (thing.iri, *thing.same)), 1)
    yield "\nIs a\n"
    widest = max((len(asking.say(proof.fact[2])) for proof in thing.types), default=0)
    for proof in thing.types:
        yield from page.lines(_type_source(proof, asking), 1, f"{asking.say(proof.fact[2]):<{widest}}  ")
    if not thing.types:
        yield "  nothing that the graph says\n"
    yield "\nIdentified\n"
    for text in thing.identity:
        yield from page.lines(text, 1)
    yield from _places(thing, page, asking)
    for number, status in enumerate(thing.statuses):
        if number == 0:
            yield "\nStatus\n"
        yield from _status(status, 1, page, asking)
    yield from _said("Kept in the annotator's words", thing.raw, page, asking)
    yield from _said("Problems", thing.problems, page, asking)


def _status(status: Status, depth: int, page: _Page, asking: Asking) -> Iterator[str]:
    count = len(status.basis) + status.more
    grounds = f", on {_counted(count, 'statement')}" if count else ", on no statement of anyone"
    yield from page.lines(f"{asking.say(status.status)} (policy {asking.say(status.policy)}){grounds}", depth)
    for statement, places in status.basis:
        yield from page.lines(f"{asking.say(statement)}  ({compress(statement[1:-1], base=asking.base)})", depth + 1, "– ")
        for place in places:
            yield from page.lines(marked(place) if place.text else "(the store holds no text)", depth + 2)
    if status.more:
        yield from page.lines(f"and {status.more} more", depth + 1)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _type_source(proof: Proof, asking: Asking) -> str:
    if proof.graphs:
        articles = [graph for graph in proof.graphs if not asking.own_graph(graph)]
        own = [GRAPHS.get(asking.own_graph(graph), asking.own_graph(graph)) for graph in proof.graphs if asking.own_graph(graph)]
        counted = [_counted(len(articles), "article")] if articles else []
        return f"said by {' and '.join([*own, *counted])}"
    return f"inferred: {proof.axiom}" if proof.rule else "inferred"


def _places(thing: Thing, page: _Page, asking: Asking) -> Iterator[str]:
    named = articles_named(thing.articles, asking)
    yield f"\nStands in {_counted(len(named), 'article')}\n"
    for article in list(named)[:_ARTICLES]:
        yield from page.lines(named[article], 1)
        places = [place for place in thing.sentences if place.article == article]
        for place in places[:_SENTENCES]:
            yield from page.lines(marked(place) if place.text else "(the store holds no text)", 2)
            for how in dict.fromkeys(how for _words, how in place.how):
                words = ", ".join(f"“{clean(words)}”" for words, way in place.how if way == how)
                yield from page.lines(f"{words} recognised {asking.name(how) if how.startswith('http') else how}", 2, "– ")
        if len(places) > _SENTENCES:
            yield from page.lines(f"and in {_counted(len(places) - _SENTENCES, 'sentence')} more", 2)
        if not places:
            yield from page.lines("no words of the text are marked as this: it stands there through others", 2)
        for unit in thing.units.get(article, ()):
            command = f"kgbuild link decide {compress(unit, base=asking.base)} {compress(thing.iri, base=asking.base)} different"
            yield from page.lines(f"is it another one here? {command}", 2)
    if len(named) > _ARTICLES:
        yield from page.lines(f"and in {_counted(len(named) - _ARTICLES, 'article')} more", 1)
    if named:
        yield from page.lines(f"all of them: kgbuild query evidence --param thing={compress(thing.iri, base=asking.base)}", 1)


def _said(title: str, said: Iterable[Said], page: _Page, asking: Asking) -> Iterator[str]:
    for number, one in enumerate(said):
        if number == 0:
            yield f"\n{title}\n"
        yield from page.lines(f"{one.code}: {one.text}  ({compress(one.article, base=asking.base)})", 1)


def write_facts(explained: Explained, asking: Asking, *, width: int = 100) -> Iterator[str]:
    """Write the proofs of triples as trees: what is stated with its sentences, what is inferred with what it is inferred from."""
    page = _Page(width)
    graphs = {graph for proof in explained.proofs for leaf in proof.leaves() for graph in leaf.graphs if not asking.own_graph(graph)}
    articles = articles_named(graphs, asking)
    for number, proof in enumerate(explained.proofs):
        if number:
            yield "\n"
        yield from _tree(proof, 0, explained, articles, page, asking)
    if explained.more:
        yield f"\nand {explained.more} more: name the object, or ask with kgbuild query\n"
    if explained.proofs:
        return
    asked = asking.say(explained.object) if explained.object else "anything"
    yield from page.lines(f"not stated: {asking.say(explained.subject)} — {asking.say(explained.property)} → {asked}", 0)
    if explained.near:
        yield "what the graph holds instead:\n"
    for fact in explained.near:
        yield from page.lines(asking.say_fact(fact), 1)


def _tree(proof: Proof, depth: int, explained: Explained, articles: dict[str, str], page: _Page, asking: Asking) -> Iterator[str]:
    yield from page.lines(asking.say_fact(proof.fact), depth)
    if proof.rule:
        yield from page.lines(proof.axiom, depth + 1, "inferred: ")
        for premise in proof.premises:
            yield from _tree(premise, depth + 2, explained, articles, page, asking)
        return
    if not proof.graphs:
        yield from page.lines(_unknown(proof), depth + 1)
    for graph in (graph for graph in proof.graphs if asking.own_graph(graph)):
        name = asking.own_graph(graph)
        verb = "worked out by" if name == "derived" else "said by"
        yield from page.lines(f"{verb} {GRAPHS.get(name, name)}", depth + 1)
        for status in (explained.statuses or {}).get(proof.fact[0], ()) if name == "derived" else ():
            yield from _status(status, depth + 2, page, asking)
    for graph in (graph for graph in articles if graph in proof.graphs):
        computed = proof.fact[1] in explained.computed
        yield from page.lines(articles[graph], depth + 1, "worked out from: " if computed else "said in: ")
        for sentence in (explained.evidence or {}).get((proof.fact, graph), ()):
            yield from page.lines(marked(sentence) if sentence.text else "(the store holds no text)", depth + 2)


def _unknown(proof: Proof) -> str:
    if "subClassOf" in proof.fact[1] or "subPropertyOf" in proof.fact[1]:
        return "inferred from the order of classes and properties"
    return "inferred, for a reason too long to search or gone since: kgbuild reason brings the graph up to date"


__all__ = ["marked", "write_facts", "write_thing"]
