"""brat: ``annotation.conf``, ``visual.conf`` and ``tools.conf`` for the folder that holds the documents.

Entities, values and topics are brat's entities, events and statements its events; tabs are the class tree, ``!`` stands before a label
that only orders those below it. brat knows no inheritance of arguments or of types, so each event lists its own roles, and each role the
labels that may fill it, through macros, which hold in one section only. An attribute with free text has no place in brat: it is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kgbuild.labelling.colours import colours
from kgbuild.labelling.labelset import HAPPENINGS, Attribute, Label, LabelSet, Role, Root

#: what a type, a role or a value may look like
_NAME = re.compile(r"[A-Za-z0-9_-]+")
#: labels that stand for a whole class of brat's own
_ANY, _ENTITY, _EVENT = "<ANY>", "<ENTITY>", "<EVENT>"
_THINGS: tuple[Root, ...] = ("Entity", "Value", "Topic")
#: name of a knowledge base in N lines -> where an item of it is found
_BASES = {
    "Wikidata": ("https://www.wikidata.org", "https://www.wikidata.org/wiki/%s"),
    "Wikipedia": ("https://en.wikipedia.org", "https://en.wikipedia.org/?curid=%s"),
    "GeoNames": ("https://www.geonames.org", "https://www.geonames.org/%s"),
}


class Brat:
    """Writes brat's configuration."""

    name = "brat"

    def files(self, labels: LabelSet) -> dict[str, bytes]:
        """File name -> content."""
        confs = {"annotation.conf": _annotation(labels), "visual.conf": _visual(labels), "tools.conf": _tools()}
        return {name: "".join(f"{line}\n" for line in lines).encode() for name, lines in confs.items()}


TOOL = Brat()


def _annotation(labels: LabelSet) -> Iterator[str]:
    yield "# kgbuild labels --for brat: written from the ontology; write it again after a change of the ontology"
    yield "# free text has no attribute in brat: write it as a note on the annotation, such as edtf=2024-01, or name=value"
    yield ""
    yield "[entities]"
    for label, depth in _tree(labels, *_THINGS):
        yield "\t" * depth + _mark(label)
    yield ""
    yield "[relations]"
    macros = _Macros(labels)
    lines = []
    for relation in labels.relations:
        flags = [flag for flag, holds in (("symmetric", relation.symmetric), ("transitive", relation.transitive)) if holds]
        kind = [f"<REL-TYPE>:{'-'.join(flags)}"] if flags else []
        ends = [f"Arg1:{macros.of(relation.sources)}", f"Arg2:{macros.of(relation.targets)}", *kind]
        lines.append(f"{relation.name}\t{', '.join(ends)}")
    # the same thing named again: the equivalence that brat writes as * lines
    lines += [f"Coreference\tArg1:{end}, Arg2:{end}, <REL-TYPE>:symmetric-transitive" for end in (_ENTITY, _EVENT)]
    # without this brat flags every two marks on one stretch of text, such as a person and the post in “foreign minister Lavrov”
    lines.append(f"<OVERLAP>\tArg1:{_ANY}, Arg2:{_ANY}, <OVL-TYPE>:{_ANY}")
    yield from macros.definitions()
    yield from lines
    yield ""
    yield "[events]"
    macros = _Macros(labels)
    lines = []
    for label, depth in _tree(labels, *HAPPENINGS):
        roles = ", ".join(_role(role, macros) for role in labels.roles_of(label.name) if _NAME.fullmatch(role.name))
        lines.append("\t" * depth + _mark(label) + (f"\t{roles}" if roles else ""))
    yield from macros.definitions()
    yield from lines
    yield ""
    yield "[attributes]"
    macros = _Macros(labels)
    lines = [line for attribute in labels.attributes if (line := _attribute(attribute, macros))]
    yield from macros.definitions()
    yield from lines


def _tree(labels: LabelSet, *roots: Root) -> Iterator[tuple[Label, int]]:
    """Labels with their depth, each parent before its children."""
    depths: dict[str, int] = {}
    for label in labels.labels:
        if label.root in roots and _NAME.fullmatch(label.name):
            depths[label.name] = depths[label.parent] + 1 if label.parent in depths else 0
            yield label, depths[label.name]


def _mark(label: Label) -> str:
    return label.name if label.marked else f"!{label.name}"


def _role(role: Role, macros: _Macros) -> str:
    # what ends in a digit may not be repeated: brat numbers repetitions
    cardinality = "?" if role.name[-1].isdigit() and role.cardinality in ("*", "+") else role.cardinality
    return f"{role.name}{cardinality}:{macros.of(role.fillers)}"


def _attribute(attribute: Attribute, macros: _Macros) -> str | None:
    values = [value for value in attribute.values if _NAME.fullmatch(value)]
    if attribute.kind not in ("choice", "flag") or not _NAME.fullmatch(attribute.name):
        return None
    choice = f", Value:{'|'.join(values)}" if attribute.kind == "choice" else ""
    return f"{attribute.name}\tArg:{macros.of(attribute.owners)}{choice}"


class _Macros:
    """Names for the sets of labels of one section: a set that is a whole branch has the name of its top."""

    def __init__(self, labels: LabelSet) -> None:
        self._labels = labels
        self._names: dict[str, str] = {}
        known = {label.name for label in labels.labels if label.marked and _NAME.fullmatch(label.name)}
        self._known = known
        self._wholes = {
            frozenset(known & set(labels.marked(*_THINGS))): _ENTITY,
            frozenset(known & set(labels.marked(*HAPPENINGS))): _EVENT,
            frozenset(known): _ANY,
        }

    def of(self, names: Iterable[str]) -> str:
        """What stands for some labels: one of brat's own names, the label alone, or a macro. None stand for all."""
        chosen = [name for name in names if name in self._known]
        whole = self._wholes.get(frozenset(chosen)) if chosen else _ANY
        if whole or len(chosen) == 1:
            return whole or chosen[0]
        written = "|".join(chosen)
        if written not in self._names:
            self._names[written] = f"<{self._name(chosen)}>"
        return self._names[written]

    def definitions(self) -> Iterator[str]:
        """The lines that define the macros in use."""
        for written, name in self._names.items():
            yield f"{name}={written}"

    def _name(self, chosen: list[str]) -> str:
        """Letters and hyphens, as macros must have: the labels of the set that have no other of it above them."""
        parents = {label.name: label.parent for label in self._labels.labels}
        inside = set(chosen)
        tops = [name for name in chosen if not _is_below(name, inside, parents)]
        letters = "-or-".join(re.sub("[^A-Za-z_-]", "", top) for top in tops[:4]) + ("-or-other" if len(tops) > 4 else "")
        name = f"any-{letters}"
        while f"<{name}>" in self._names.values():
            name += "_"
        return name


def _is_below(name: str, inside: set[str], parents: dict[str, str | None]) -> bool:
    above = parents[name]
    while above is not None:
        if above in inside:
            return True
        above = parents[above]
    return False


def _visual(labels: LabelSet) -> Iterator[str]:
    yield "[labels]"
    # the form in the files, then what is shown, the longest first
    names = {label.name: label.title for label in labels.labels}
    names |= {role.name: role.title for role in labels.roles}
    names |= {relation.name: relation.title for relation in labels.relations}
    names |= {attribute.name: attribute.title for attribute in labels.attributes if attribute.kind in ("choice", "flag")}
    for name, title in names.items():
        if _NAME.fullmatch(name):
            shown = " ".join(title.replace("|", "/").split())
            yield f"{name} | {shown}" if shown else name
    yield ""
    yield "[drawing]"
    yield "SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken"
    yield "ARC_DEFAULT\tcolor:black, arrowHead:triangle-5"
    yield "ATTRIBUTE_DEFAULT\tglyph:*"
    for name, colour in colours(labels).items():
        if _NAME.fullmatch(name):
            yield f"{name}\tbgColor:{colour}"


def _tools() -> Iterator[str]:
    yield "[options]"
    yield "Tokens\ttokenizer:whitespace"
    yield "Sentences\tsplitter:newline"
    yield "Validation\tvalidate:all"
    yield "Annotation-log\tlogfile:<NONE>"
    yield ""
    yield "[normalization]"
    for name, (url, base) in _BASES.items():
        yield f"{name}\tDB:<NONE>, <URL>:{url}, <URLBASE>:{base}"
