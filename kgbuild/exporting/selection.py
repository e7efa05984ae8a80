"""Which lines go into a document about some articles: what they say, and what must be said of the things that they name.

Lines are ``s p o`` in N-Triples syntax, without the dot.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kgbuild import vocabulary as v
from kgbuild.iris import PREFIXES

_TYPE = f"<{v.TYPE}>"
_LABELS = (f"<{v.LABEL}>", f"<{PREFIXES['skos']}altLabel>")
_LANGUAGE = re.compile(f'[^ ]+ <{re.escape(v.LANGUAGE)}> "([A-Za-z]+)')
_TAG = re.compile(r'"@([A-Za-z]+)[A-Za-z0-9-]*$')
#: an index for look-up, and counts of the loader: of no use outside a store
_LEFT_OUT = tuple(f" <{iri}> " for iri in (v.NAME_KEY, v.PROBLEM_COUNT))
#: these languages every document has
_LANGUAGES = ("en", "ro")


@dataclass(frozen=True)
class Selection:
    """Lines, each once, sorted; and those of their subjects that the reference data knows, which no two names stand for."""

    lines: list[str]
    reference_things: list[str]


def select(articles: Iterable[Iterable[str]], reference: Iterable[str], derived: Iterable[str]) -> Selection:
    """The facts of articles, the reference things that they lead to, and what policies conclude of them.

    A reference thing brings its own lines and so the things that those name, and a person all tenures: who spoke for whom is then
    answered. A conclusion is left without its reasons that lie in other articles. Things without a class are left out.
    """
    facts = {line for lines in articles for line in lines}
    languages = {*_LANGUAGES, *(match[1].lower() for line in facts if (match := _LANGUAGE.match(line)))}
    known = _by_subject(reference)
    by_holder = defaultdict(list)
    for subject, lines in known.items():
        for line in lines:
            if f" <{v.HOLDER}> " in line:
                by_holder[_object(line)].append(subject)
    chosen: set[str] = set()
    waiting = {term for line in facts for term in (line.partition(" ")[0], _object(line))}
    while waiting:
        thing = waiting.pop()
        if thing in chosen:
            continue
        chosen.add(thing)
        own = known.get(thing, ())
        facts.update(own)
        waiting.update(_object(line) for line in own)
        waiting.update(by_holder.get(thing, ()))
    for lines in _by_subject(derived).values():
        about = [line for line in lines if line.partition(" ")[0] in chosen or (f" <{v.ASSESSES}> " in line and _object(line) in chosen)]
        if about:
            facts.update(line for line in lines if f" <{v.BASIS}> " not in line or _object(line) in chosen)
    typed = {line.partition(" ")[0] for line in facts if line.split(" ", 2)[1] == _TYPE}
    lines = sorted(line for line in facts if line.partition(" ")[0] in typed and _is_kept(line, languages))
    return Selection(lines, sorted(known.keys() & typed))


def _is_kept(line: str, languages: set[str]) -> bool:
    if any(predicate in line for predicate in _LEFT_OUT):
        return False
    tag = _TAG.search(line)
    return tag is None or line.split(" ", 2)[1] not in _LABELS or tag[1].lower() in languages


def _by_subject(lines: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        found[line.partition(" ")[0]].append(line)
    return found


def _object(line: str) -> str:
    return line.split(" ", 2)[2]
