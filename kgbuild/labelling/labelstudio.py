"""Label Studio: one labelling configuration in XML, for the project's Labeling Interface, Code.

One ``Labels`` holds all labels, so that one filter finds them; attributes are controls ``perRegion``, shown for the regions that may have
them. Label Studio joins regions only two by two, so a role is a relation from an event's region to its filler's, and ``coreference`` joins
two regions that name one thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from kgbuild.labelling.colours import colours
from kgbuild.labelling.labelset import Attribute, LabelSet
from kgbuild.writers.labelstudio import ARGUMENTS, LABEL, LINK, TEXT


class LabelStudio:
    """Writes a Label Studio project's labelling configuration."""

    name = "labelstudio"

    def files(self, labels: LabelSet) -> dict[str, bytes]:
        """File name -> content."""
        return {"labelstudio.xml": "".join(f"{line}\n" for line in _lines(labels)).encode()}


TOOL = LabelStudio()


def _lines(labels: LabelSet) -> Iterator[str]:
    yield "<View>"
    yield "  <!-- kgbuild labels: for labelstudio, written from the ontology; write it again after a change of the ontology -->"
    yield "  <Style>.htx-text{ white-space: pre-wrap; }</Style>"
    yield f'  <Filter name="filter" toName="{LABEL}" minlength="0"/>'
    yield f'  <Labels name="{LABEL}" toName="{TEXT}" showInline="true">'
    shades = colours(labels)
    for label in labels.labels:
        if label.marked:
            yield "    " + _tag("Label", value=label.name, background=shades[label.name], hint=label.definition)
    yield "  </Labels>"
    yield f'  <Text name="{TEXT}" value="$text" granularity="symbol"/>'
    yield "  <Relations>"
    for name in labels.arcs():
        yield "    " + _tag("Relation", value=name)
    yield "  </Relations>"
    for attribute in labels.attributes:
        yield from _control(attribute)
    yield from _area(LINK, "item in a knowledge base, such as wd:Q218", ())
    yield from _area(ARGUMENTS, "a role whose filler is not in the text, such as medium=facebook", ())
    yield "</View>"


def _control(attribute: Attribute) -> Iterator[str]:
    if attribute.kind == "text":
        yield from _area(attribute.name, attribute.title, attribute.owners)
        return
    yield "  " + _open("View", **_shown(attribute.owners))
    yield "    " + _tag("Header", value=attribute.title, size="6")
    common = {"name": attribute.name, "toName": TEXT, "perRegion": "true"}
    if attribute.kind in ("integer", "number"):
        yield "    " + _tag("Number", **common, step="1" if attribute.kind == "integer" else "any")
    else:
        several = attribute.several and attribute.kind == "choice"
        yield "    " + _open("Choices", **common, choice="multiple" if several else "single-radio", showInline="true")
        for value in attribute.values or ("true", "false"):
            yield "      " + _tag("Choice", value=value)
        yield "    </Choices>"
    yield "  </View>"


def _area(name: str, title: str, owners: tuple[str, ...]) -> Iterator[str]:
    yield "  " + _open("View", **_shown(owners))
    yield "    " + _tag("Header", value=title, size="6")
    yield "    " + _tag("TextArea", name=name, toName=TEXT, perRegion="true", editable="true", rows="1")
    yield "  </View>"


def _shown(owners: tuple[str, ...]) -> dict[str, str]:
    """When a control is shown: a region is selected, one with one of some labels where not all may have it."""
    of_labels = {"whenTagName": LABEL, "whenLabelValue": ",".join(owners)} if owners else {}
    return {"visibleWhen": "region-selected", **of_labels}


def _open(element: str, **attributes: str) -> str:
    return _tag(element, **attributes).removesuffix("/>") + ">"


def _tag(element: str, **attributes: str) -> str:
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items() if value)
    return f"<{element}{written}/>"
