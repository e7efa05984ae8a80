"""Explanations for programs: plain dictionaries, ready for JSON."""

from __future__ import annotations

from typing import Any

from kgbuild.explanation.asking import TYPE, Asking, Fact, text_of
from kgbuild.explanation.evidence import Sentence
from kgbuild.explanation.facts import Explained
from kgbuild.explanation.proofs import Proof
from kgbuild.explanation.statuses import Status
from kgbuild.explanation.things import Said, Thing


def as_json(explained: Explained | Thing, asking: Asking) -> dict[str, Any]:
    """An explanation as nested dictionaries: IRIs whole, labels beside them, spans half-open in code points of their sentence."""
    return _thing(explained, asking) if isinstance(explained, Thing) else _facts(explained, asking)


def _thing(thing: Thing, asking: Asking) -> dict[str, Any]:
    return {
        "thing": thing.iri,
        "label": asking.name(thing.iri),
        "sameAs": list(thing.same),
        "types": [_proof(proof, asking, {}) for proof in thing.types],
        "identified": list(thing.identity),
        "articles": list(thing.articles),
        "sentences": [_sentence(sentence) for sentence in thing.sentences],
        "units": {article: list(units) for article, units in thing.units.items()},
        "statuses": [_status(status, asking) for status in thing.statuses],
        "problems": [_said(said) for said in thing.problems],
        "rawLabels": [_said(said) for said in thing.raw],
    }


def _status(status: Status, asking: Asking) -> dict[str, Any]:
    return {
        "policy": text_of(status.policy),
        "status": text_of(status.status),
        "statusLabel": asking.say(status.status),
        "basis": [
            {"statement": text_of(statement), "label": asking.say(statement), "sentences": list(map(_sentence, places))}
            for statement, places in status.basis
        ],
        "leftOut": status.more,
    }


def _facts(explained: Explained, asking: Asking) -> dict[str, Any]:
    asked = {"subject": explained.subject, "property": explained.property, "object": explained.object}
    return {
        **{name: text_of(term) for name, term in asked.items() if term},
        "stated": bool(explained.proofs),
        "proofs": [_proof(proof, asking, explained.evidence or {}) for proof in explained.proofs],
        "near": [_triple(fact, asking) for fact in explained.near],
        "statuses": {text_of(thing): [_status(one, asking) for one in found] for thing, found in (explained.statuses or {}).items()},
        "leftOut": explained.more,
    }


def _triple(fact: Fact, asking: Asking) -> dict[str, str]:
    subject, predicate, object_ = fact
    return {
        "subject": text_of(subject),
        "subjectLabel": asking.say(subject),
        "property": text_of(predicate),
        "propertyLabel": "a" if predicate == TYPE else asking.say(predicate),
        "object": text_of(object_),
        "objectLabel": asking.say(object_),
    }


def _proof(proof: Proof, asking: Asking, evidence: dict[tuple[Fact, str], tuple[Sentence, ...]]) -> dict[str, Any]:
    made: dict[str, Any] = _triple(proof.fact, asking)
    if proof.rule:
        return made | {
            "inferredBy": proof.rule,
            "axiom": proof.axiom,
            "from": [_proof(premise, asking, evidence) for premise in proof.premises],
        }
    sentences = {graph: [_sentence(s) for s in evidence.get((proof.fact, graph), ())] for graph in proof.graphs}
    return made | {"statedIn": [{"graph": graph, "sentences": found} for graph, found in sentences.items()]}


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "article": sentence.article,
        "sentence": sentence.text,
        "spans": [list(span) for span in sentence.spans],
        "words": list(sentence.words),
        **({"recognised": [{"words": words, "by": how} for words, how in sentence.how]} if sentence.how else {}),
    }


def _said(said: Said) -> dict[str, str]:
    return {"article": said.article, "code": said.code, "text": said.text}
