"""INCEpTION: layers and tag sets for Settings, Layers, Import, and constraints for Settings, Constraints.

Five layers stand for the five trees of labels: their feature ``value`` holds the label, with the tree as tag set. Events and statements
have the link feature ``arguments``, whose tag set are the roles; ``identifier`` links to a knowledge base; a relation between two entities
is a layer of its own. All layers stack and overlap, since a name may be a person's and an office's. The constraints list first, for each
label, its own roles and attributes, and for each pair of ends the relations that may join them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kgbuild.labelling.labelset import COREFERENCE, HAPPENINGS, Attribute, LabelSet, Root

_STRING, _ANY = "uima.cas.String", "uima.tcas.Annotation"
_TYPES = {"text": _STRING, "choice": _STRING, "integer": "uima.cas.Integer", "number": "uima.cas.Double", "flag": "uima.cas.Boolean"}
_ROOTS: tuple[Root, ...] = ("Entity", "Value", "Topic", "Event", "Statement")
_PROJECT = "kgbuild"
#: the layer of relations, and of the regions that name one thing
_RELATION = "custom.EntityRelation"


class Inception:
    """Writes layers, tag sets and constraints of an INCEpTION project."""

    name = "inception"

    def files(self, labels: LabelSet) -> dict[str, bytes]:
        """File name -> content."""
        sets = {name: tags for name, tags in _tag_sets(labels).items() if tags["tags"]}
        layers = [*(_span_layer(labels, root, sets) for root in _ROOTS), _relation_layer(labels, sets)]
        files = {"layers.json": _write(layers), "constraints.rules": "".join(f"{line}\n" for line in _constraints(labels)).encode()}
        return files | {f"tagset-{name}.json": _write(tags) for name, tags in sets.items()}


TOOL = Inception()


def _write(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _layer(root: Root) -> str:
    return f"custom.{root}"


# --- tag sets


def _tag_sets(labels: LabelSet) -> dict[str, dict[str, Any]]:
    sets = {}
    for root in _ROOTS:
        tags = {label.name: label.definition for label in labels.of(root) if label.marked}
        sets[f"{root.lower()}-labels"] = _tag_set(f"kgbuild {root.lower()} labels", tags)
    for root in HAPPENINGS:
        titles = {role.name: role.title for role in labels.roles}
        sets[f"{root.lower()}-roles"] = _tag_set(f"kgbuild {root.lower()} roles", {n: titles[n] for n in labels.role_names(root)})
    relations = {COREFERENCE: "two mentions of one thing"} | {relation.name: relation.title for relation in labels.relations}
    sets["relations"] = _tag_set("kgbuild relations", relations)
    for attribute in labels.attributes:
        if attribute.values:
            sets[attribute.name] = _tag_set(f"kgbuild {attribute.name}", dict.fromkeys(attribute.values, ""))
    return sets


def _tag_set(name: str, tags: dict[str, str]) -> dict[str, Any]:
    written = [{"tag_name": tag, "tag_description": description or None} for tag, description in tags.items()]
    return {"name": name, "description": None, "language": None, "tags": written, "create_tag": False}


# --- layers


def _span_layer(labels: LabelSet, root: Root, sets: dict[str, dict[str, Any]]) -> dict[str, Any]:
    features = [_feature("value", "Label", tag_set=sets.get(f"{root.lower()}-labels"), remember=True)]
    if root in ("Entity", "Topic"):
        features.append(_feature("identifier", "Identifier", "kb:<ANY>"))
    if root in HAPPENINGS:
        features.append(_arguments(root, sets.get(f"{root.lower()}-roles")))
    mine = set(labels.marked(root))
    for attribute in labels.attributes:
        if not attribute.owners or mine & set(attribute.owners):
            conditional = bool(attribute.values) and bool(attribute.owners) and not mine <= set(attribute.owners)
            features.append(_attribute_feature(attribute, sets, conditional=conditional))
    return _described(_layer(root), root, "span", features)


def _relation_layer(labels: LabelSet, sets: dict[str, dict[str, Any]]) -> dict[str, Any]:
    features = [_feature("value", "Relation", tag_set=sets["relations"])]
    return _described(_RELATION, "Entity relation", "relation", features, attach_type={"name": _layer("Entity")})


def _described(name: str, title: str, kind: str, features: list[dict[str, Any]], attach_type: Any = None) -> dict[str, Any]:
    return {
        "name": name,
        "features": features,
        "uiName": title,
        "type": kind,
        "description": f"{title}, written by kgbuild from its ontology",
        "enabled": True,
        "built_in": False,
        "readonly": False,
        "attach_type": attach_type,
        "attach_feature": None,
        "allow_stacking": True,
        "cross_sentence": True,
        "show_hover": True,
        "anchoring_mode": "CHARACTERS" if kind == "span" else "TOKENS",
        "overlap_mode": "ANY_OVERLAP",
        "validation_mode": "ALWAYS",
        "lock_to_token_offset": False,
        "multiple_tokens": True,
        "project_name": _PROJECT,
        "linked_list_behavior": False,
        "on_click_javascript_action": None,
        "traits": None,
    }


def _feature(name: str, title: str, kind: str = _STRING, *, tag_set: Any = None, remember: bool = False, **more: Any) -> dict[str, Any]:
    described = {
        "name": name,
        "tag_set": tag_set,
        "uiName": title,
        "type": kind,
        "enabled": True,
        "visible": True,
        "include_in_hover": False,
        "required": False,
        "remember": remember,
        "hideUnconstraintFeature": False,
        "description": None,
        "project_name": _PROJECT,
        "multi_value_mode": "NONE",
        "link_mode": "NONE",
        "link_type_name": None,
        "link_type_role_feature_name": None,
        "link_type_target_feature_name": None,
        "traits": None,
    }
    return described | more


def _arguments(root: Root, tag_set: Any) -> dict[str, Any]:
    return _feature(
        "arguments",
        "Arguments",
        _ANY,
        tag_set=tag_set,
        multi_value_mode="ARRAY",
        link_mode="WITH_ROLE",
        link_type_name=f"{_layer(root)}ArgumentsLink",
        link_type_role_feature_name="role",
        link_type_target_feature_name="target",
    )


def _attribute_feature(attribute: Attribute, sets: dict[str, dict[str, Any]], *, conditional: bool) -> dict[str, Any]:
    tag_set = sets.get(attribute.name) if attribute.values else None
    return _feature(attribute.name, attribute.title, _TYPES[attribute.kind], tag_set=tag_set, hideUnconstraintFeature=conditional)


# --- constraints


def _constraints(labels: LabelSet) -> Iterator[str]:
    yield "/* kgbuild labels: for inception, written from the ontology; write it again after a change of the ontology */"
    for root in _ROOTS:
        yield f"import {_layer(root)} as {root};"
    yield f"import {_RELATION} as EntityRelation;"
    for root in _ROOTS:
        rules = list(_rules(labels, root))
        if rules:
            yield ""
            yield f"{root} {{"
            yield from rules
            yield "}"
    yield ""
    yield "EntityRelation {"
    joined: dict[tuple[str, str], list[str]] = {}
    entities = set(labels.marked("Entity"))
    for relation in labels.relations:
        for source in sorted(entities & set(relation.sources)):
            for target in sorted(entities & set(relation.targets)):
                joined.setdefault((source, target), []).append(relation.name)
    for (source, target), names in sorted(joined.items()):
        choices = " | ".join(f'value = "{name}"' for name in (*names, COREFERENCE))
        yield f'  Governor.value = "{source}" & Dependent.value = "{target}" -> {choices};'
    yield "}"


def _rules(labels: LabelSet, root: Root) -> Iterator[str]:
    mine = set(labels.marked(root))
    for label in labels.of(root):
        if not label.marked:
            continue
        found = [f'arguments.role = "{role.name}"{" (!)" if role.cardinality in ("", "+") else ""}' for role in labels.roles_of(label.name)]
        for attribute in labels.attributes:
            if label.name in attribute.owners and not mine <= set(attribute.owners):
                found += [f'{attribute.name} = "{value}"' for value in attribute.values]
        if found:
            yield f'  value = "{label.name}" -> ' + " | ".join(found) + ";"
