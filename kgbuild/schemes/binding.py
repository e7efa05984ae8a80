"""A scheme held against an ontology: every term that it names must be one that annotations can bear."""

from __future__ import annotations

import difflib

from kgbuild import iris, literals
from kgbuild.errors import SchemeError
from kgbuild.ontology import Ontology
from kgbuild.schemes.rules import IGNORED, THINGS, Rule
from kgbuild.schemes.scheme import Scheme


def check_terms(scheme: Scheme, ontology: Ontology) -> None:
    """Raise SchemeError, with file and line, at the first term, class of a context or of a condition that the ontology does not have."""
    for rule in scheme.rules:
        if rule.term != IGNORED:
            _check_term(scheme, ontology, rule)
        for glob in (rule.context, *(glob for condition in rule.when for glob in condition.alternatives)):
            iri = iris.expand(glob.pattern) if glob.is_literal else None
            if iri is not None and iri.startswith(iris.KG) and iri not in ontology.classes:
                raise _unknown(scheme, rule, glob.pattern, "class", list(ontology.classes))


def split_attribute(term: str) -> tuple[str, str]:
    """The property and the value of an attribute's term, ``kg:certainty=low``; an empty value: the annotator's stays.

    >>> split_attribute("kg:certainty=low"), split_attribute("kg:certainty")
    (('kg:certainty', 'low'), ('kg:certainty', ''))
    """
    prop, _, value = term.partition("=")
    return prop, value


def accepts(ontology: Ontology, prop: str, value: str | int | float | bool) -> bool:
    """Claim that a property may have a value: a concept of its scheme, or a literal of its datatype."""
    if not ontology.is_datatype_property(prop):
        return ontology.find_concept(str(value), prop) is not None
    datatype = ontology.datatype(prop)
    if datatype is None or datatype == literals.XSD + "string":
        return True
    try:
        literals.typed(value, datatype)
    except ValueError:
        return False
    return True


def _check_term(scheme: Scheme, ontology: Ontology, rule: Rule) -> None:
    if rule.kind in THINGS:
        iri = iris.expand(rule.term)
        if iri is None or ontology.find_class(rule.term) != iri:
            raise _unknown(scheme, rule, rule.term, "class that annotators can use", list(ontology.classes))
        return
    prop, value = split_attribute(rule.term) if rule.kind == "attr" else (rule.term, "")
    iri = iris.expand(prop)
    if iri is None or iri not in ontology.properties:
        raise _unknown(scheme, rule, prop, "property", list(ontology.properties))
    if value and not accepts(ontology, iri, value):
        raise SchemeError(f"{scheme.path}:{rule.line}: {prop} takes no value “{value}”", hint=f"see `kgbuild info ontology {prop}`")


def _unknown(scheme: Scheme, rule: Rule, written: str, what: str, known: list[str]) -> SchemeError:
    near = difflib.get_close_matches(written, [iris.compress(iri) for iri in known], n=1)
    meant = f"; did you mean “{near[0]}”?" if near else ""
    hint = "write it as a CURIE, such as kg:Meeting; `kgbuild info ontology` lists what there is; “-” leaves a label out on purpose"
    return SchemeError(f"{scheme.path}:{rule.line}: “{written}” is no {what} of the ontology{meant}", hint=hint)
