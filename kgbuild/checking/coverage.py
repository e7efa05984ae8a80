"""Whether the program itself can follow the axioms: what Java's reasoners take may be more than its rules can say."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kgbuild.checking.draft import Draft
from kgbuild.checking.finding import Check, Sighting
from kgbuild.errors import OntologyError
from kgbuild.iris import compress, expand
from kgbuild.ontology.parsing import Statements
from kgbuild.rules.axioms import read

#: more axioms without rules than this are not worth naming one by one
_MOST = 25


def _uncovered(draft: Draft) -> Iterator[Sighting]:
    """Reading stops at the first axiom; so each is put aside, and the rest is read again."""
    triples = [triple for module in draft.modules.values() for triple in module.triples if not _is_term(triple)]
    for _ in range(_MOST):
        try:
            read(Statements(ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)))
        except OntologyError as error:
            where, _, says = str(error).partition(": no rules can")
            subject, _, predicate = where.partition(", ")
            term, link = expand(subject) or subject, expand(predicate) or predicate
            yield Sighting(draft.where(term, link), term if term in draft.kinds else "", f"{compress(link)}: no rules can{says}")
            rest = [t for t in triples if not (_value(t.subject) == term and t.predicate.value == link)]
            if len(rest) == len(triples):
                return
            triples = rest
        else:
            return


def _is_term(triple: ox.Triple) -> bool:
    return isinstance(triple.subject, ox.Triple) or isinstance(triple.object, ox.Triple)


def _value(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""


CHECKS = (
    Check(
        "no-rules",
        "kgbuild's own rules cover every axiom",
        "error",
        "house rule: kgbuild reason",
        "state it with axioms that rules can follow (kgbuild reason lists them), or check it with a SHACL shape",
        _uncovered,
    ),
)
