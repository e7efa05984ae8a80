"""Cases: the facts that bear on the status of one supply relation with its transfers, or of one other event."""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild import vocabulary as v
from kgbuild.ontology import Ontology

_OF_EVENTS = {
    v.TYPE, v.PART_OF_SUPPLY, v.STANDS_FOR, v.SUPPLIER, v.RECIPIENT, v.ITEM, v.ITEM_CLASS, v.COVERS_CLASS, v.EARLIEST, v.LATEST,
    v.PARTY_STATE, v.ATTACKER, v.ATTACKER_STATE,
}  # fmt: skip
#: who says something, and when: of a statement that is interpreted, this is all that counts
OF_VOICES = frozenset({v.SPEAKS_FOR, v.SPEAKER, v.EARLIEST, v.LATEST, v.AFTER_DEPTH})
_OF_STATEMENTS = {v.STANCE, v.ABOUT, v.READS_AS, v.INTERPRETS}
#: the predicates that a case is made of
RELEVANT = OF_VOICES | _OF_EVENTS | _OF_STATEMENTS

#: subject -> predicate -> values
Facts = dict[str, dict[str, set[str]]]


def read(lines: Iterable[str]) -> Facts:
    """Sort lines by subject and predicate; IRIs bare, literals as they are written."""
    facts: Facts = {}
    for line in lines:
        subject, predicate, term = line.split(" ", 2)
        predicate = predicate[1:-1]
        if predicate in RELEVANT:
            value = term[1:-1] if term[0] == "<" else term
            facts.setdefault(subject[1:-1], {}).setdefault(predicate, set()).add(value)
    return facts


def cases(lines: Iterable[str], ontology: Ontology) -> dict[str, list[str]]:
    """Sort one article's facts by the case that they bear on: supply relation or event -> lines.

    With an interpretation goes who uttered what it interprets, and when, as this article says it.
    """
    facts = read(lines)
    sorted_lines: dict[str, list[str]] = {}
    for subject, said in facts.items():
        keys: set[str] = set()
        if v.STANCE in said or v.ABOUT in said:
            for topic in said.get(v.ABOUT, ()):
                if topic in facts:
                    keys |= facts[topic].get(v.PART_OF_SUPPLY) or {topic}
                else:
                    keys.add(topic)
        elif v.PART_OF_SUPPLY in said:
            keys = said[v.PART_OF_SUPPLY]
        elif any(cls == v.ARMS_SUPPLY or ontology.is_a(cls, v.EVENT) for cls in said.get(v.TYPE, ())):
            keys = {subject}
        for key in keys:
            written = sorted_lines.setdefault(key, [])
            _write(written, subject, said)
            for interpreted in said.get(v.INTERPRETS, ()):
                voice = {predicate: values for predicate, values in facts.get(interpreted, {}).items() if predicate in OF_VOICES}
                _write(written, interpreted, voice)
    return sorted_lines


def _write(written: list[str], subject: str, said: dict[str, set[str]]) -> None:
    for predicate, values in said.items():
        for value in values:
            term = value if value.startswith('"') else f"<{value}>"
            written.append(f"<{subject}> <{predicate}> {term}")
