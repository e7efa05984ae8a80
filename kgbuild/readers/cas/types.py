"""The types of a CAS: a hierarchy with single inheritance, and the features that each type declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["ANNOTATION", "STRING", "Feature", "Form", "Type", "Types"]

TOP, BASE, ANNOTATION, STRING = "uima.cas.TOP", "uima.cas.AnnotationBase", "uima.tcas.Annotation", "uima.cas.String"

#: what a feature's value is: a scalar, a reference, or an array or list of one of them
Form = Literal["text", "integer", "decimal", "truth", "reference", "texts", "integers", "decimals", "truths", "bytes", "references"]

_SCALARS: dict[str, Form] = {
    "uima.cas.String": "text",
    "uima.cas.Boolean": "truth",
    **dict.fromkeys(("uima.cas.Byte", "uima.cas.Short", "uima.cas.Integer", "uima.cas.Long"), "integer"),
    **dict.fromkeys(("uima.cas.Float", "uima.cas.Double"), "decimal"),
}
_ARRAYS: dict[str, Form] = {
    "uima.cas.StringArray": "texts",
    "uima.cas.StringList": "texts",
    "uima.cas.BooleanArray": "truths",
    "uima.cas.ByteArray": "bytes",
    **dict.fromkeys(("uima.cas.ShortArray", "uima.cas.IntegerArray", "uima.cas.LongArray", "uima.cas.IntegerList"), "integers"),
    **dict.fromkeys(("uima.cas.FloatArray", "uima.cas.DoubleArray", "uima.cas.FloatList"), "decimals"),
    **dict.fromkeys(("uima.cas.FSArray", "uima.cas.FSList"), "references"),
}


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature as its type declares it; ``shared``: an array that is a structure of its own, to which several features may point."""

    name: str
    range: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Type:
    """A type, by its full name, with the features that it adds to those of its supertype."""

    name: str
    supertype: str = TOP
    features: tuple[Feature, ...] = ()


_PREDEFINED = (
    Type(BASE, TOP, (Feature("sofa", "uima.cas.Sofa"),)),
    Type(ANNOTATION, BASE, (Feature("begin", "uima.cas.Integer"), Feature("end", "uima.cas.Integer"))),
    Type("uima.tcas.DocumentAnnotation", ANNOTATION, (Feature("language", STRING),)),
    *(Type(name, TOP, (Feature("elements", name),)) for name in _ARRAYS if name.endswith("Array")),
    *(
        Type(f"uima.cas.NonEmpty{kind}List", f"uima.cas.{kind}List", (Feature("head", head), Feature("tail", f"uima.cas.{kind}List", True)))
        for kind, head in (("FS", TOP), ("Integer", "uima.cas.Integer"), ("Float", "uima.cas.Float"), ("String", STRING))
    ),
)


@dataclass(slots=True)
class Types:
    """The types that a CAS declares, with UIMA's own. Answers are remembered, since a document asks the same a thousand times."""

    declared: Mapping[str, Type] = field(default_factory=dict)
    _known: dict[str, Type] = field(init=False)
    _lines: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)
    _features: dict[str, dict[str, Feature]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._known = {**{one.name: one for one in _PREDEFINED}, **self.declared}

    def knows(self, name: str) -> bool:
        """Whether a type is declared, or UIMA's own."""
        return name in self._known or name.startswith("uima.cas.") or self.is_array(name)

    def line(self, name: str) -> tuple[str, ...]:
        """A type and all its supertypes, nearest first."""
        known = self._lines.get(name)
        if known is None:
            ancestors = [name]
            while (last := self._known.get(ancestors[-1])) is not None and last.supertype not in ancestors:
                ancestors.append(last.supertype)
            known = self._lines[name] = tuple(ancestors)
        return known

    def is_a(self, name: str, ancestor: str) -> bool:
        """Claim that a type is another, or below it."""
        return ancestor in self.line(name)

    def features(self, name: str) -> dict[str, Feature]:
        """The features of a type by name, inherited ones first."""
        known = self._features.get(name)
        if known is None:
            types = [self._known[each] for each in reversed(self.line(name)) if each in self._known]
            known = self._features[name] = {feature.name: feature for one in types for feature in one.features}
        return known

    def is_array(self, name: str) -> bool:
        """Claim that a type is an array: ``uima.cas.StringArray``, ``webanno.custom.LinkType[]``."""
        return name.endswith("[]") or (name in _ARRAYS and name.endswith("Array"))

    def form(self, range: str) -> Form:
        """What the values of a feature with this range are."""
        if range in _SCALARS:
            return _SCALARS[range]
        if range in _ARRAYS:
            return _ARRAYS[range]
        if range.endswith("[]"):
            return _ARRAYS.get(f"{range[:-2]}Array", "references")
        # a string with a list of allowed values is a type below String
        return "text" if self.is_a(range, STRING) else "reference"
