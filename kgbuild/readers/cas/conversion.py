"""From a CAS to a document: what each annotation of INCEpTION's layers says in the model.

    span            a unit; label: the feature ``value``, else ``label``, else the layer's only text, else the layer's name
    slot            an argument: role: the link's ``role``, else the name of the feature
    relation        a relation from its Governor to its Dependent; labelled ``coreference``, it joins the two into one thing
    chain           one thing with many mentions
    metadata        of the document
    other features  attributes; but 0 and false are what UIMA writes where nobody filled a feature, and say nothing

Ids of units are made of layer and place, so that they stay the same when the document is exported again. Ids of feature structures, which
do not, stand in messages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from kgbuild.document import Attrs, Document, Mention, Problem, Prov, Span, Unit
from kgbuild.folding import fold
from kgbuild.readers import anchoring
from kgbuild.readers.cas.chains import chains_of, join
from kgbuild.readers.cas.header import metadata
from kgbuild.readers.cas.layers import DEPENDENT, GOVERNOR, Layers, Shape, kind_of_layer, short
from kgbuild.readers.cas.model import Cas, Ref, Structure, View
from kgbuild.readers.cas.offsets import Offsets
from kgbuild.readers.cas.problems import SEVERITIES
from kgbuild.readers.cas.project import Project
from kgbuild.readers.cas.spans import RESERVED, Reading, Slot
from kgbuild.readers.rejection import Rejected

__all__ = ["convert"]

_INITIAL, _SAME = "_InitialView", "coreference"


def convert(cas: Cas, *, id: str, where: str, prov: Prov | None = None, project: Project | None = None) -> Document:
    """Make the document of a CAS. Raises Rejected (``text-unavailable``) where no view has a text.

    ``project`` tells which features hold things of a knowledge base, and what the layers are called.
    """
    texts = [view for view in cas.views if view.text is not None]
    view = next((view for view in texts if view.name == _INITIAL), texts[0] if texts else None)
    if view is None:
        raise Rejected("text-unavailable", "the CAS holds no text (sofaString); export the document again", document=id)
    concepts, titles = (project.concepts, project.layers) if project else ((), {})
    return _Conversion(cas, view, id, where, concepts, titles).document(prov)


class _Conversion:
    """One document, while it is put together."""

    def __init__(self, cas: Cas, view: View, id: str, where: str, concepts: Collection[tuple[str, str]], titles: Mapping[str, str]) -> None:
        self._cas = cas
        self._view = view
        self._id = id
        self._where = where
        self._concepts = concepts
        self._layers = Layers(cas, titles)
        self._problems: list[Problem] = []
        self._readings: dict[int, Reading] = {}

    def document(self, prov: Prov | None) -> Document:
        text = self._view.text or ""
        shapes = self._sorted()
        self._report_rest(shapes)
        length = next((header.features.get("end") for header in shapes["header"]), None)
        self._offsets = Offsets(text, length)
        if self._offsets.recounted:
            self._report("offsets-recounted", "", "the offsets are counted in code points, not in UTF-16 as a CAS should; read so")
        for structure in shapes["span"]:
            self._reading(structure)
        relations = [found for structure in shapes["relation"] if (found := self._relation(structure)) is not None]
        links = chains_of(self._cas, shapes["chain"], shapes["chain link"], lambda code, message: self._report(code, "", message))
        chains = [found for each in links if (found := self._chain(each)) is not None]
        units = self._units(relations, chains)
        meta = metadata(self._cas, shapes["header"], shapes["metadata"], lambda code, message: self._report(code, "", message))
        problems = tuple(self._problems)
        return anchoring.verify(Document(self._id, text, meta=meta, prov=prov, units=units, problems=problems, where=self._where))

    def _report(self, code: str, unit: str, message: str) -> None:
        self._problems.append(Problem(code, SEVERITIES[code], message, self._id, unit, self._where))

    def _sorted(self) -> dict[Shape, list[Structure]]:
        """The view's structures by shape."""
        found: dict[Shape, list[Structure]] = {
            shape: [] for shape in ("span", "relation", "chain", "chain link", "link", "metadata", "header", "syntax", "inner")
        }
        structures, shape_of = self._cas.structures, self._layers.shape
        for member in dict.fromkeys(self._view.members):
            structure = structures.get(member)
            if structure is not None:
                found[shape_of(structure)].append(structure)
        return found

    def _report_rest(self, shapes: dict[Shape, list[Structure]]) -> None:
        """Say what of the CAS has no place in the document."""
        for code, message in self._cas.flaws:
            self._report(code, "", message)
        for name, count in Counter(each.type for each in shapes["syntax"]).items():
            message = f"layer {self._layers.title(name)} ({count} annotations) describes words and their grammar: it was left out"
            self._report("layer-ignored", "", message)
        for view in self._cas.views:
            if view is not self._view and (lost := sum(self._counts(view))):
                message = f"view {view.name!r} with {lost} annotations is not the document's first text: it was left out"
                self._report("view-ignored", "", message + "; export it as a document of its own")

    def _counts(self, view: View) -> Iterable[bool]:
        for member in view.members:
            if (structure := self._cas.structures.get(member)) is not None:
                yield self._layers.shape(structure) in ("span", "relation", "chain", "metadata")

    # --- spans and their features ---------------------------------------------------------------------------------------------------------

    def _reading(self, structure: Structure) -> Reading:
        """An annotation with its label and place; also of a word, where something points to it."""
        known = self._readings.get(structure.id)
        if known is None:
            labelled = self._layers.shape(structure) == "span"
            label, feature = self._layers.label(structure) if labelled else ("", None)
            kind = kind_of_layer(structure.type) if labelled else None
            known = self._readings[structure.id] = Reading(structure, label, kind, mention=self._mention(structure))
            if labelled:
                self._read(known, feature)
        return known

    def _mention(self, structure: Structure) -> Mention | None:
        begin, end = structure.features.get("begin"), structure.features.get("end")
        mention, code, wrong = self._offsets.mention(begin, end)
        if code:
            out = "" if mention else "; the mention was left out, mark it anew"
            self._report(code, "", f"{self._named(structure)} at {begin}-{end}: {wrong}{out}")
        return mention

    def _named(self, structure: Structure) -> str:
        return f"{self._layers.title(structure.type)} (id {structure.id})"

    def _read(self, reading: Reading, label: str | None, link: Structure | None = None) -> None:
        """Take the features of an annotation, or of a chain's link, but for the one that holds the label."""
        structure = link or reading.structure
        for name, value in structure.features.items():
            if name in RESERVED or name == label:
                continue
            is_concept = bool(self._concepts) and (structure.type, name) in self._concepts
            if isinstance(value, str):
                reading.say(name, value, is_concept=is_concept)
                continue
            if not value and not isinstance(value, (Ref, list)):
                continue  # 0 and false are what UIMA writes for a feature that nobody filled
            for item in self._cas.items(value):
                if not isinstance(item, Ref):
                    self._say(reading, name, item, is_concept=is_concept)
                elif (slot := self._slot(structure, name, item)) is not None:
                    reading.slots = (*reading.slots, slot)

    def _say(self, reading: Reading, name: str, item: Any, *, is_concept: bool) -> None:
        if isinstance(item, (str, int, float)):
            reading.say(name, item, is_concept=is_concept)
        elif item is not None:
            message = f"{name} of {self._named(reading.structure)} is neither text nor number nor a reference: it was left out"
            self._report("feature-left-out", "", message)

    def _slot(self, owner: Structure, feature: str, item: Ref) -> Slot | None:
        """What one link, or a plain reference, says: a role and a target, which may be a word or a relation too."""
        held, role = self._cas.follow(item), feature
        attrs: Attrs = {}
        place = f"{feature} of {self._named(owner)}"
        if held is not None and self._layers.shape(held) == "link":
            role = held.text("role") or feature
            beside = ((name, value) for name, value in held.features.items() if name not in ("role", "target"))
            attrs = {name: value for name, value in beside if isinstance(value, (str, int, float)) and not isinstance(value, Ref)}
            item = held.features.get("target", Ref(0))
            held = self._cas.follow(item)
        if held is None:
            what = f"leads to id {int(item)}, which is not there" if isinstance(item, int) and item else "is a link without a target"
            self._report("reference-dangling", "", f"{place} {what}; it was left out")
            return None
        if "begin" not in held.features or self._layers.shape(held) == "relation":
            message = f"{place} leads to a {self._named(held)}, which is no annotation of a span; it was left out"
            self._report("feature-left-out", "", message)
            return None
        return Slot(role, held, attrs)

    # --- relations and chains -------------------------------------------------------------------------------------------------------------

    def _relation(self, structure: Structure) -> Reading | None:
        label, feature = self._layers.label(structure)
        reading = Reading(structure, label, kind="relation")
        self._read(reading, feature)
        ends = []
        if fold(label) == _SAME and (reading.attrs or reading.links or reading.slots):
            message = f"the relation {self._named(structure)} joins two annotations into one thing: what else it says was left out"
            self._report("feature-left-out", "", message)
        for role, name in (("source", GOVERNOR), ("target", DEPENDENT)):
            end = self._cas.follow(structure.features.get(name))
            if end is None or "begin" not in end.features or self._layers.shape(end) == "relation":
                what = "is missing" if name not in structure.features else "is no annotation of a span"
                message = f"{name} of the relation {self._named(structure)} {what}: it was left out, draw it anew"
                self._report("relation-without-ends", "", message)
                return None
            ends.append(Slot(role, end))
        reading.slots = (*ends, *(() if fold(label) == _SAME else reading.slots))
        return reading

    def _chain(self, links: list[Structure]) -> Reading | None:
        """A chain as one reading: what its links say, in their order, with a mention for each."""
        mentions = [mention for link in links if (mention := self._mention(link)) is not None]
        if not mentions:
            return None
        reading = Reading(links[0], "", mention=mentions[0])
        reading.further = tuple(mentions[1:])
        for link in links:
            self._read(reading, None, link)
        return reading

    # --- units ----------------------------------------------------------------------------------------------------------------------------

    def _units(self, relations: list[Reading], chains: list[Reading]) -> tuple[Unit, ...]:
        """All units in the order of the text, relations and bare chains last."""
        waiting = [*self._readings.values(), *relations, *chains]
        while waiting:  # a slot may point to what is no annotation of a layer: a word, with nothing to read
            known = set(self._readings)
            targets = [self._reading(slot.target) for reading in waiting for slot in reading.slots]
            waiting = [reading for reading in targets if reading.structure.id not in known]
        taken: Counter[str] = Counter()
        spans = sorted(self._readings.values(), key=lambda reading: _order(reading, self._place(reading), (0, 0)))
        pairs = [reading.slots[:2] for reading in relations if fold(reading.label) == _SAME]
        relations = [reading for reading in relations if fold(reading.label) != _SAME]
        relations.sort(key=lambda reading: _order(reading, self._place(reading), self._place(reading, end=0)))
        for reading in (*spans, *relations, *chains):
            begin, end = self._place(reading)
            name = f"{short(reading.structure.type)}-{begin}-{end}"
            taken[name] += 1
            reading.id = name if taken[name] == 1 else f"{name}-{taken[name]}"
        units = [reading.unit(self._target) for reading in (*spans, *relations)]
        if not chains and not pairs:
            return tuple(units)
        same = [(self._target(one.target), self._target(other.target)) for one, other in pairs]
        return tuple(join(units, [reading.unit(self._target) for reading in chains], same, self._report))

    def _place(self, reading: Reading, *, end: int = 1) -> Span:
        """Where a unit stands: its first mention; a relation where its target does, or its source (``end`` 0)."""
        if reading.kind == "relation":
            reading = self._readings[reading.slots[end].target.id]
        if reading.mention is not None:
            return reading.mention.spans[0]
        begin, last = (reading.structure.features.get(name) for name in ("begin", "end"))
        return (begin, last) if type(begin) is int and type(last) is int else (0, 0)

    def _target(self, structure: Structure) -> str:
        return self._readings[structure.id].id


def _order(reading: Reading, place: Span, source: Span) -> tuple[bool, Span, Span, str, str, str]:
    """Where the text goes on, and for stacked annotations what they say; ids of structures play no part."""
    said = repr((sorted(reading.attrs.items(), key=repr) if reading.attrs else (), reading.links))
    return reading.mention is None, place, source, reading.structure.type, reading.label, said
