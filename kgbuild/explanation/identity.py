"""How it was decided which node a thing is: told by what its IRI was made of and by what the store holds of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kgbuild import vocabulary as v
from kgbuild.explanation.asking import Asking, text_of
from kgbuild.explanation.decisions import decided
from kgbuild.explanation.evidence import Sentence
from kgbuild.folding import fold
from kgbuild.iris import compress

#: class IRI -> the class that carries the rule of identity and its properties, if there is one
IdentityOf = Callable[[str], tuple[str, tuple[str, ...]] | None]


def identified(thing: str, classes: Iterable[str], places: Iterable[Sentence], identity: IdentityOf, asking: Asking) -> list[str]:
    """Say in sentences how a thing (IRI) was identified.

    Args:
        thing: an IRI without brackets.
        classes: its classes, most specific first, without brackets.
        places: the sentences that name it.
        identity: the rules of identity.
        asking: the store.
    """
    return [*_computed(thing, classes, places, identity, asking), *decided(thing, asking)]


def _computed(thing: str, classes: Iterable[str], places: Iterable[Sentence], identity: IdentityOf, asking: Asking) -> list[str]:
    own = thing.removeprefix(asking.base) if thing.startswith(asking.base) else ""
    kind, _, rest = own.partition("/")
    if _in_graph(thing, "reference", asking):
        return ["It is a thing of the reference data.", *_recognised(thing, places, asking)]
    if _in_graph(thing, "ontology", asking):
        return [f"It is a term of the ontology: kgbuild info ontology {compress(thing)} tells what it means."]
    if kind == "name":
        carrier, _, key = rest.partition("/")
        return [f"By its name: every {carrier} whose name folds to “{key}” is this one (the ontology says so: kg:identifiedBy kg:name)."]
    if kind == "link":
        return [f"By the annotator's link to {rest.replace('%3A', ':')}: whatever is linked to that is this one."]
    if kind == "supply":
        return ["By its two states: all transfers of arms from the one to the other are part of this relation. kgbuild works it out."]
    if kind == "tenure":
        return ["By its holder, its post and its dates as written."]
    if kind == "status":
        return ["By what it assesses and by which policy. kgbuild works it out."]
    if kind in ("event", "statement", "tally"):
        return _by_key(thing, classes, identity, asking)
    if kind == "article" and "/" in rest:
        return _own(thing, rest, classes, identity, asking)
    if kind == "article":
        return ["By its document id." if "#" not in rest else "By its place in the article."]
    return ["By its IRI alone: the graph does not tell how it was made."]


def _in_graph(thing: str, name: str, asking: Asking) -> bool:
    return bool(asking.rows(f"GRAPH <{asking.base}graph/{name}> {{ <{thing}> ?p ?o }} BIND(1 AS ?yes)", "yes", limit=1))


def _recognised(thing: str, places: Iterable[Sentence], asking: Asking) -> list[str]:
    """For each spelling in the texts, by which name it is known, if by any."""
    named = {text_of(word) for (word,) in asking.rows(f"<{thing}> rdfs:label|skos:altLabel ?word", "word")}
    folded = {fold(name) for name in named}
    # a sentence may name other things too, but only this one was asked for
    spelled = sorted({words for sentence in places for words in sentence.words})
    ways: dict[str, list[str]] = {}
    for words in spelled:
        plain = " ".join(words.split())
        how = "exactly one of its names" if plain in named else "one of its names when folded" if fold(plain) in folded else ""
        ways.setdefault(how or "not one of its names (a link, another form of a name, a post: told with each sentence)", []).append(
            f"“{plain}”"
        )
    return [f"Words in the texts that are {how}: {', '.join(words)}." for how, words in sorted(ways.items())]


def _by_key(thing: str, classes: Iterable[str], identity: IdentityOf, asking: Asking) -> list[str]:
    rule = next((found for cls in classes if (found := identity(cls))), None)
    if rule is None:
        return ["By a key that the ontology no longer has."]
    carrier, properties = rule
    asking.learn([f"<{carrier}>", *(f"<{prop}>" for prop in properties)])
    key = " and ".join(f"“{asking.name(prop)}”" for prop in properties)
    rule_said = f"By its key: any two of the kind “{asking.name(carrier)}” with the same values for {key} are one"
    return [f"{rule_said} ({compress(carrier)} kg:identifiedBy)."] + [
        f"{asking.name(prop)}: {_values(thing, prop, asking)}" for prop in properties
    ]


def _values(thing: str, prop: str, asking: Asking) -> str:
    values = [value for (value,) in asking.rows(f"<{thing}> <{prop}> ?o", "o")]
    asking.learn(values)
    return ", ".join(sorted(asking.say(value) for value in values)) or "(worked out from other things of its article)"


def _own(thing: str, rest: str, classes: Iterable[str], identity: IdentityOf, asking: Asking) -> list[str]:
    said = [f"It is its article's own: nothing outside {rest.partition('/')[0]} can meet it."]
    rule = next((found for cls in classes if (found := identity(cls))), None)
    if rule is None:
        return [*said, "The ontology has no rule by which things of its kind could meet (kg:identifiedBy)."]
    missing = [prop for prop in rule[1] if not asking.rows(f"<{thing}> <{prop}> ?o", "o", limit=1)]
    if rule[1] == (v.NAME,):
        return [*said, "The article gives no name for it that would identify it."]
    if missing:
        listed = " and ".join(f"“{asking.name(prop)}”" for prop in missing)
        return [*said, f"To meet the same thing of another article it would need {listed} ({compress(rule[0])} kg:identifiedBy)."]
    return said
