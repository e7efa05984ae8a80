"""What the types of a CAS are in INCEpTION: layers of spans, relations and chains, metadata of the document, links, and the rest.

The shape decides, as INCEpTION's own layers have it: a relation has ``Governor`` and ``Dependent``, a chain ``first``, its links ``next``,
a slot's link ``target`` and no place in the text, metadata no place either. What describes words and syntax is no layer of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Literal

from kgbuild.document import Kind
from kgbuild.readers.cas.model import Cas, Ref, Structure
from kgbuild.readers.cas.types import ANNOTATION, Feature, Types

__all__ = ["DEPENDENT", "GOVERNOR", "Layers", "Shape", "kind_of_layer", "label_feature", "short"]

Shape = Literal["span", "relation", "chain", "chain link", "link", "metadata", "header", "syntax", "inner"]

GOVERNOR, DEPENDENT = "Governor", "Dependent"

#: features that say something else than what a thing is, even where they are a layer's only text
_NO_LABELS = frozenset({"stance", "readsAs", "edtf", "note", "name", "medium", "id"})
_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
#: of words, sentences and their grammar: nothing of an article's content
_INNER = ("uima.cas.", "uima.tcas.", f"{_DKPRO}segmentation.type.", "de.tudarmstadt.ukp.clarin.webanno.api.type.")
_INNER_TYPES = frozenset({f"{_DKPRO}metadata.type.TagsetDescription", f"{_DKPRO}metadata.type.TagDescription"})
_SYNTAX = (*(f"{_DKPRO}{package}.type." for package in ("lexmorph", "syntax", "structure", "phonetics")), "org.dkpro.core.api.xml.type.")
_DEFINITION = "de.tudarmstadt.ukp.clarin.webanno.api.type.LayerDefinition"
_KINDS: dict[str, Kind] = {"entity": "entity", "value": "value", "topic": "topic", "event": "event", "statement": "statement"}
#: packages of layers that people make in INCEpTION
_OWN = ("custom.", "webanno.custom.")
#: DocumentMetaData is below it, where types are declared
_HEADER, _HEADER_TYPE = "uima.tcas.DocumentAnnotation", f"{_DKPRO}metadata.type.DocumentMetaData"


@lru_cache(maxsize=1024)
def short(name: str) -> str:
    """A type's name without its package.

    >>> short("webanno.custom.ArmsTransfer")
    'ArmsTransfer'
    """
    return name.rpartition(".")[2]


@lru_cache(maxsize=1024)
def kind_of_layer(name: str) -> Kind | None:
    """The kind of unit that a layer's name tells: those of the five layers that kgbuild writes for INCEpTION.

    >>> kind_of_layer("custom.Event"), kind_of_layer("webanno.custom.Weapons")
    ('event', None)
    """
    return _KINDS.get(short(name).casefold())


class Layers:
    """The shapes of the structures of one CAS, and which feature of a layer is its label.

    ``titles``: type -> what INCEpTION's users know the layer as; the CAS may tell more of them.
    """

    def __init__(self, cas: Cas, titles: Mapping[str, str]) -> None:
        self._cas = cas
        said = ((each.text("name"), each.text("uiName")) for each in cas.structures.values() if each.type == _DEFINITION)
        self._titles = {**titles, **dict(said)}
        self._shapes: dict[str, Shape | None] = {}
        self._labels: dict[str, str | None] = {}

    @cached_property
    def _chained(self) -> set[int]:
        """Ids that the heads and links of chains lead to."""
        values = (each.features.get(name) for each in self._cas.structures.values() for name in ("first", "next"))
        return {int(value) for value in values if isinstance(value, Ref)}

    def title(self, name: str) -> str:
        """What a layer is called in messages."""
        return self._titles.get(name) or short(name)

    def shape(self, structure: Structure) -> Shape:
        """What a structure is; of a type that is not declared, by its own features."""
        name = structure.type
        if name not in self._shapes:
            self._shapes[name] = self._declared(name)
        return self._shapes[name] or self._own(structure)

    def _declared(self, name: str) -> Shape | None:
        types = self._cas.types
        line = types.line(name)
        if _HEADER in line or name == _HEADER_TYPE:
            return "header"
        if name in _INNER_TYPES or (name.startswith(_INNER) and name != ANNOTATION):
            return "inner"
        if short(name) in ("Token", "Sentence") and not name.startswith(_OWN):
            return "inner"
        if any(each.startswith(_SYNTAX) for each in line):
            return "syntax"
        if name not in types.declared:
            return None
        features = types.features(name)
        if types.is_a(name, ANNOTATION):
            if GOVERNOR in features and DEPENDENT in features:
                return "relation"
            return "chain link" if _points(types, features, "next") and name.endswith("Link") else "span"
        if _points(types, features, "first") and name.endswith("Chain"):
            return "chain"
        return "link" if _points(types, features, "target") else "metadata"

    def _own(self, structure: Structure) -> Shape:
        features = structure.features
        if isinstance(features.get(GOVERNOR), Ref) or isinstance(features.get(DEPENDENT), Ref):
            return "relation"
        if "begin" in features or "end" in features:
            is_link = structure.id in self._chained or isinstance(features.get("next"), Ref) or "referenceType" in features
            return "chain link" if is_link else "span"
        if isinstance(features.get("first"), Ref):
            return "chain"
        return "link" if isinstance(features.get("target"), Ref) else "metadata"

    def label(self, structure: Structure) -> tuple[str, str | None]:
        """The annotator's label of a span or relation, and the feature that holds it; without a value, the layer's short name."""
        name = structure.type
        if name not in self._labels:
            features = self._cas.types.features(name) if name in self._cas.types.declared else {}
            texts = [each.name for each in features.values() if self._cas.types.form(each.range) == "text"]
            self._labels[name] = label_feature(texts)
        feature = self._labels[name]
        if name not in self._cas.types.declared:
            feature = label_feature([each for each, value in structure.features.items() if isinstance(value, str)])
        return (structure.text(feature) if feature else "") or ("" if name == ANNOTATION else short(name)), feature


def label_feature(texts: list[str]) -> str | None:
    """Which of a layer's text features is the label: ``value``, else ``label``, else the only one beside ``identifier``.

    >>> label_feature(["identifier", "value"]), label_feature(["kind", "identifier"]), label_feature(["kind", "source"])
    ('value', 'kind', None)
    """
    for name in ("value", "label"):
        if name in texts:
            return name
    rest = [name for name in texts if name != "identifier"]
    return rest[0] if len(rest) == 1 and rest[0] not in _NO_LABELS else None


def _points(types: Types, features: dict[str, Feature], name: str) -> bool:
    return name in features and types.form(features[name].range) == "reference"
