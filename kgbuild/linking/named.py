"""People, organizations and places: read from the store, given keys to be looked for by, compared by name and company."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kgbuild import vocabulary as v
from kgbuild.iris import KG, PREFIXES
from kgbuild.linking.likeness import is_acronym, joined_likeness, name_likeness
from kgbuild.linking.records import Named
from kgbuild.linking.sources import Name, Source
from kgbuild.linking.spelling import romanised, skeleton
from kgbuild.registry.transliteration import keys as sounds

_NAMES = (v.LABEL, PREFIXES["skos"] + "altLabel")
#: what leads from a thing to whom it belongs to
_BELONGING = tuple(
    KG + name for name in ("organOf", "postOf", "holdsPost", "represents", "locatedIn", "accreditedTo", "memberOf", "ownedBy")
)
#: events of one thing that are looked at for its company; names of one that are compared
_EVENTS, _NAMES_MOST = 30, 40
#: of what more articles tell than so many, it says little that one of them tells of another thing too
_ARTICLES = 200
#: what a reader of the explanation should not be told as a reason
_PERSON, _ORGANIZATION = "person", "organization"


def things(source: Source, kind: str, classes: frozenset[str]) -> Iterator[Named]:
    """Read the things of a kind: those that an article speaks of, and those of the reference data."""
    for iri in source.of_classes(classes):
        made = _named(source, iri, kind)
        if made is not None:
            yield made


def _named(source: Source, iri: str, kind: str) -> Named | None:
    names = sorted({(text, tag.lower()) for predicate in _NAMES for text, tag in source.texts(iri, predicate)})[:_NAMES_MOST]
    articles = list(islice(source.objects(iri, v.REPORTED_IN), _ARTICLES + 1))
    reference = source.is_reference(iri)
    if not names or not (articles or reference):
        return None
    states: set[str] = set()
    owners = [owner for predicate in _BELONGING for owner in source.objects(iri, predicate)]
    for owner in owners:
        states |= source.states_behind(owner)
    spellings = sorted({words for text, _tag in names if (words := tuple(romanised(text).split()))})
    company = source.company(iri, _EVENTS)
    heard = {key for text, tag in names if len(text.split()) > 1 for key in sounds(text, tag)} if kind == _PERSON else set()
    known_from = tuple(sorted(articles)) if len(articles) <= _ARTICLES else ()
    keys = tuple(sorted(_keys(spellings, heard, kind)))
    return Named(
        iri, kind, source.lowest(source.objects(iri, v.TYPE)), tuple(names), tuple(spellings), tuple(sorted(heard)), tuple(sorted(states)),
        tuple(sorted(company | set(owners))), known_from, *((keys, ()) if reference else ((), keys)),
    )  # fmt: skip


def _keys(spellings: list[tuple[str, ...]], heard: set[str], kind: str) -> set[str]:
    keys = {f"1s|{kind}|{sound}" for sound in heard}
    for words in spellings:
        keys |= {f"1n|{kind}|{skeleton(word)[:4]}|{word[0]}" for word in words if len(word) > 3}
        keys.add(f"1j|{kind}|{skeleton(''.join(words))[:8]}")
        if kind == _ORGANIZATION or kind == "outlet":
            keys.add(f"1a|{kind}|{words[0] if len(words) == 1 else ''.join(word[0] for word in words)}")
    return keys


def compare(one: Named, other: Named, source: Source, name: Name, least: float) -> tuple[float, str] | None:
    """Score two things of one kind: (score, why), or None where they cannot be one, or the score is less than ``least``."""
    if not source.may_be_one(one.classes, other.classes):
        return None
    score, reasons = _by_name(one, other)
    if score < 0.4:
        return None
    found = _beside_names(one, other, score, reasons, name)
    return found if found[0] >= least else None


def _by_name(one: Named, other: Named) -> tuple[float, list[str]]:
    """How alike the best pair of names is."""
    if heard := set(one.sounds) & set(other.sounds):
        called, known_as = _spelled(one, min(heard)), _spelled(other, min(heard))
        same = called == known_as
        return 0.86, [f"both are called “{called}”" if same else f"their names sound the same: “{called}”, “{known_as}”"]
    best, reason = 0.0, ""
    for mine in one.spellings:
        for yours in other.spellings:
            if mine == yours:
                worth, said = 0.84 if len(mine) > 1 else 0.7, f"their names are the same in Latin letters: “{' '.join(mine)}”"
            elif one.kind in (_ORGANIZATION, "outlet") and (is_acronym(mine, yours) or is_acronym(yours, mine)):
                short, long = sorted((mine, yours), key=len)
                worth, said = 0.66, f"“{' '.join(short)}” may be short for “{' '.join(long)}”"
            else:
                worth, said = _spelling(mine, yours)
            if worth > best:
                best, reason = worth, said
    return best, [reason]


def _spelling(mine: tuple[str, ...], yours: tuple[str, ...]) -> tuple[float, str]:
    least, mean, without = name_likeness(mine, yours)
    said = f"their names are alike: “{' '.join(mine)}”, “{' '.join(yours)}”"
    if without == 0:
        joined = joined_likeness(mine, yours)
        worth = 0.78 * (0.6 * least + 0.4 * mean) + 0.04 * joined
        if least < 0.2 and len(mine) > 1:
            worth *= 0.7
        return worth, said
    if "".join(mine) == "".join(yours):
        return 0.82, said
    shorter = min(len(mine), len(yours))
    if shorter == 1:
        return (0.52 * least, f"one name is part of the other: “{' '.join(mine)}”, “{' '.join(yours)}”")
    return 0.72 * (0.7 * least + 0.3 * mean) - 0.03 * without, f"one name is part of the other: “{' '.join(mine)}”, “{' '.join(yours)}”"


def _spelled(thing: Named, sound: str) -> str:
    return next((text for text, tag in thing.names if len(text.split()) > 1 and sound in sounds(text, tag)), thing.names[0][0])


def _beside_names(one: Named, other: Named, score: float, reasons: list[str], name: Name) -> tuple[float, str]:
    against: list[str] = []
    if one.states and other.states:
        if shared := set(one.states) & set(other.states):
            score += 0.06
            reasons.append(f"both belong to {name(min(shared))}")
        else:
            score -= 0.12
            against.append(f"they belong to {name(one.states[0])} and {name(other.states[0])}")
    if shared := set(one.company) & set(other.company):
        score += min(0.03 * len(shared), 0.06)
        reasons.append(f"both are met with {name(min(shared))}" + (f" and {len(shared) - 1} more" if len(shared) > 1 else ""))
    if other.iri in one.company:
        score -= 0.3
        against.append("they take part in one event, or one belongs to the other")
    elif set(one.articles) & set(other.articles):
        score -= 0.1
        against.append("one article names both")
    return score, "; ".join([*reasons, *(f"but {reason}" for reason in against)])
