"""The types that the header of WebAnno TSV 3 tells of. It does not say what the values of a feature are: their look does."""

from __future__ import annotations

from kgbuild.readers.cas.layers import DEPENDENT, GOVERNOR
from kgbuild.readers.cas.tsv.header import Layer
from kgbuild.readers.cas.types import ANNOTATION, STRING, TOP, Feature, Type, Types

__all__ = ["types_of"]

_LABELS = ("value", "label", "identifier")


def types_of(layers: list[Layer], texts: set[tuple[str, str]]) -> Types:
    """Declare the types of the layers. ``texts``: (layer, feature) of the features that hold more than numbers, true and false."""
    declared: dict[str, Type] = {}

    def declare(name: str, supertype: str, *features: Feature) -> None:
        held = declared[name].features if name in declared else ()
        known = {feature.name for feature in held}
        declared[name] = Type(name, supertype, (*held, *(feature for feature in features if feature.name not in known)))

    for layer in layers:
        if layer.kind == "chain":
            link = layer.name if layer.name.endswith("Link") else f"{layer.name}Link"
            texts_of_link = (Feature("referenceType", STRING), Feature("referenceRelation", STRING))
            declare(link, ANNOTATION, *texts_of_link, Feature("next", link))
            declare(layer.name.removesuffix("Link") + "Chain", TOP, Feature("first", link))
            continue
        features = [Feature(GOVERNOR, ANNOTATION), Feature(DEPENDENT, ANNOTATION)] if layer.kind == "relation" else []
        for column in layer.columns:
            if column.kind == "feature":
                is_text = column.name in _LABELS or (layer.name, column.name) in texts
                features.append(Feature(column.name, STRING if is_text else "uima.cas.Double"))
            elif column.kind == "role":
                features.append(Feature(column.name, f"{column.hint}[]"))
                declare(column.hint, TOP, Feature("role", STRING), Feature("target", ANNOTATION))
        declare(layer.name, ANNOTATION, *features)
    return Types(declared)
