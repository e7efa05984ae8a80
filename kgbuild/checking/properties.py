"""Domains, ranges and inverses of properties, and the datatypes that reasoners and stores keep as they are."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.checking.draft import ANNOTATION, CLASS, DATATYPE, OBJECT, OWL, RDF, RDFS, SKOS, XSD, Draft, plain
from kgbuild.checking.finding import Check, Place, Sighting
from kgbuild.iris import compress
from kgbuild.ontology.parsing import Text

_DOMAIN, _RANGE, _INVERSE = RDFS + "domain", RDFS + "range", OWL + "inverseOf"
#: datatypes of OWL 2 that a store keeps apart and HermiT takes
_SAFE = frozenset(
    [XSD + name for name in ("string", "integer", "decimal", "boolean", "anyURI", "dateTime", "double")]
    + [RDF + "PlainLiteral", RDF + "langString", RDFS + "Literal"]
)
_OWL2 = _SAFE | {
    XSD + name
    for name in (
        "float dateTimeStamp byte short int long unsignedByte unsignedShort unsignedInt unsignedLong positiveInteger nonNegativeInteger "
        "negativeInteger nonPositiveInteger hexBinary base64Binary language normalizedString token NMTOKEN Name NCName"
    ).split()
}
_OWL2 |= {RDF + "XMLLiteral", OWL + "real", OWL + "rational"}
#: where OWL counts: cardinalities are xsd:nonNegativeInteger by the specification
_CARDINALITIES = tuple(OWL + name for name in (
    "cardinality", "minCardinality", "maxCardinality", "qualifiedCardinality", "minQualifiedCardinality", "maxQualifiedCardinality",
))  # fmt: skip


def _open(draft: Draft) -> Iterator[Sighting]:
    for prop in draft.own(OBJECT, DATATYPE):
        explained = bool(draft.said.values(prop, SKOS + "scopeNote"))
        for what, found in (("domain", _inherited(draft, prop, _DOMAIN)), ("range", _inherited(draft, prop, _RANGE))):
            if not found and not explained:
                yield Sighting(draft.where(prop), prop, f"has no {what}, and no skos:scopeNote that says why")


def _inherited(draft: Draft, prop: str, predicate: str) -> bool:
    return any(draft.said.nodes(above, predicate) for above in draft.property_order.of(prop))


def _several(draft: Draft) -> Iterator[Sighting]:
    for prop in draft.own(OBJECT, DATATYPE, ANNOTATION):
        for what, predicate in (("domains", _DOMAIN), ("ranges", _RANGE)):
            found = draft.said.nodes(prop, predicate)
            if len(found) > 1:
                names = " and ".join("an expression" if node.startswith("_:") else compress(node) for node in found)
                place = max(draft.where(prop, predicate, node) for node in found)
                yield Sighting(place, prop, f"has {len(found)} {what}, {names}: a thing must then be of all of them")


def _range_kind(draft: Draft) -> Iterator[Sighting]:
    for prop in draft.own(OBJECT):
        for node in draft.ranges(prop):
            if node.startswith(XSD) or node in (RDFS + "Literal", RDF + "PlainLiteral", RDF + "langString"):
                yield Sighting(draft.where(prop, _RANGE, node), prop, f"is a relation, and has the datatype {compress(node)} as range")
    for prop in draft.own(DATATYPE):
        for node in draft.ranges(prop) if OBJECT not in draft.kinds[prop] else ():
            if CLASS in draft.kinds.get(node, ()):
                yield Sighting(draft.where(prop, _RANGE, node), prop, f"is an attribute, and has the class {compress(node)} as range")


def _pairs(draft: Draft) -> dict[str, list[str]]:
    """Property -> its named inverses, whichever of the two says so."""
    found: dict[str, list[str]] = {}
    for prop in sorted(draft.kinds):
        for other in draft.said.iris(prop, _INVERSE):
            for one, two in ((prop, other), (other, prop)):
                if two not in found.setdefault(one, []):
                    found[one].append(two)
    return found


def _inverses(draft: Draft) -> Iterator[Sighting]:
    for prop, others in sorted(_pairs(draft).items()):
        if len(others) > 1 and draft.is_own(prop):
            names = " and ".join(sorted(map(compress, others)))
            yield Sighting(draft.where(prop, _INVERSE, others[0]), prop, f"has {len(others)} inverses, {names}")


def _direction(draft: Draft) -> Iterator[Sighting]:
    for prop in draft.own(OBJECT):
        for other in draft.said.iris(prop, _INVERSE):
            crossed = ((draft.domains(prop), draft.ranges(other)), (draft.ranges(prop), draft.domains(other)))
            wrong = next(((mine, theirs) for mine, theirs in crossed if mine and theirs and not draft.has_common_thing(mine, theirs)), None)
            if wrong:
                mine, theirs = ("/".join(map(compress, names)) for names in wrong)
                says = f"is the inverse of {compress(other)}, but {mine} on one side is {theirs} on the other"
                yield Sighting(draft.where(prop, _INVERSE, other), prop, says)


def _self_inverse(draft: Draft) -> Iterator[Sighting]:
    for prop in draft.own(OBJECT):
        if prop in draft.said.iris(prop, _INVERSE):
            yield Sighting(draft.where(prop, _INVERSE, prop), prop, "is its own inverse")


def _datatypes(draft: Draft) -> Iterator[Sighting]:
    own = {term for term, kinds in draft.kinds.items() if RDFS + "Datatype" in kinds}
    for prop in draft.own(DATATYPE):
        for node in draft.said.iris(prop, _RANGE):
            if node.startswith((XSD, RDF, RDFS, OWL)) and node not in _OWL2:
                yield Sighting(draft.where(prop, _RANGE, node), prop, f"has the range {compress(node)}, which is no datatype of OWL 2")
            elif node in _OWL2 - _SAFE - own:
                yield Sighting(
                    draft.where(prop, _RANGE, node), prop, f"has the range {compress(node)}, which a store does not keep as it is"
                )


def _values(draft: Draft) -> Iterator[Sighting]:
    for name, module in draft.modules.items():
        for subject, predicate, value in plain(module):
            if not isinstance(value, Text) or value.datatype in _SAFE or predicate in _CARDINALITIES:
                continue
            says = f"{compress(predicate)} has “{value.value}” as {compress(value.datatype)}"
            nameless = subject.startswith("_:")
            place = draft.mention(value.datatype, file=name) if nameless else draft.where(subject, predicate, value.value, file=name)
            yield Sighting(place if place.file else Place(name), "" if nameless else subject, says)


CHECKS = (
    Check(
        "domain-range",
        "A property has a domain and a range, or a note that says why not",
        "warning",
        "OOPS! P11; house rule",
        "add rdfs:domain and rdfs:range, or a skos:scopeNote",
        _open,
    ),
    Check("domain-several", "A property has one domain and one range", "error", "OOPS! P19", "join them with owl:unionOf", _several),
    Check(
        "range-kind",
        "Relations lead to classes, attributes to datatypes",
        "error",
        "OWL 2 DL",
        "correct the range or the kind",
        _range_kind,
    ),
    Check("inverse-several", "A property has one inverse", "warning", "FIBO", "keep one", _inverses),
    Check("inverse-direction", "Inverses join the same classes", "error", "OOPS! P05", "swap domain and range, or drop it", _direction),
    Check("inverse-self", "No property is its own inverse", "warning", "OOPS! P26", "make it an owl:SymmetricProperty", _self_inverse),
    Check(
        "datatype",
        "Ranges are datatypes that reasoners take and stores keep",
        "error",
        "OWL 2; HermiT; pyoxigraph",
        "use xsd:string, xsd:integer, xsd:decimal, xsd:boolean, xsd:dateTime or xsd:anyURI",
        _datatypes,
    ),
    Check(
        "value-datatype",
        "Values are of datatypes that all tools take",
        "error",
        "OWL 2; Protégé #1343: xsd:date breaks it",
        "write dates as xsd:dateTime, the rest as plain texts or xsd:integer",
        _values,
    ),
)
