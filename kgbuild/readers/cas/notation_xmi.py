"""XMI: a CAS as XML, one element a feature structure; what its attributes mean stands in a type system beside it.

An attribute that holds ``12`` may be text, a number, or a reference: the type system tells. For features that none declares, references are
told by what is known of UIMA's and DKPro's types, and by what they lead to: a list of ids of links (structures that have a target and no
place of their own in the text). All else stays text. Source: the XMI serialization of UIMA 3 (uimaj-core, XmiCasSerializer).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from kgbuild.readers import trees
from kgbuild.readers.cas.model import Cas, Flaw, Ref, Structure, View
from kgbuild.readers.cas.types import Form, Types
from kgbuild.readers.rejection import Rejected

__all__ = ["parse"]

_ROOT, _ID = "{http://www.omg.org/XMI}XMI", "{http://www.omg.org/XMI}id"
_SOFA, _VIEW, _NULL = "uima.cas.Sofa", "uima.cas.View", "uima.cas.NULL"
_VERSION_1_1 = re.compile(rb"""\A(?:\xef\xbb\xbf)?(<\?xml\s+version\s*=\s*["']1\.)1(?=["'])""")
_CONTROL = re.compile(rb"&#(?:0*([1-9]|[12][0-9]|3[01])|x0*(1?[0-9a-fA-F]));")
#: where control characters stand while XML 1.1 is read as XML 1.0, which has none
_STAND_IN, _STAND_IN_BYTES = 0xF0000, b"\xf3\xb0\x80"
#: features that point to one structure, of types that INCEpTION and DKPro Core make
_POINTERS = frozenset({"Governor", "Dependent", "target", "first", "next", "pos", "lemma", "morph", "parent", "head", "tail"})
_IDS = re.compile(r"\d{1,18}(?: +\d{1,18})*")
_TEXT: tuple[Form, bool] = ("text", False)
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}


def parse(data: bytes, types: Types | None) -> Cas:
    """Read a CAS with its types, or without. Raises Rejected where it is no XMI; what is wrong with one structure is a flaw."""
    root = _tree(data)
    if root.tag != _ROOT:
        raise Rejected("broken-xml", "the XML is no XMI: its outermost element is not xmi:XMI; export the document again")
    cas = Cas(types or Types())
    if types is None:
        message = "there is no type system beside the XMI: numbers are read as text, and references where they are plain"
        cas.flaws.append(Flaw("type-system-missing", message + "; put TypeSystem.xml of the export into the same folder"))
    decoding = _Decoding(cas, dict(_identified(cas, root)), reports=types is not None)
    for own, element in decoding.elements.items():
        cas.structures[own] = decoding.structure(own, element)
    _views(cas, root)
    return cas


def _tree(data: bytes) -> Element:
    """Parse XML 1.0, or XML 1.1, where control characters may be written as references."""
    declared = _VERSION_1_1.match(data)
    if declared is None:
        return trees.parse(data)
    if _STAND_IN_BYTES in data:
        raise Rejected("broken-xml", "the file is XML 1.1 and holds characters of a private plane; export the document as XML 1.0")
    data = declared[1] + b"0" + data[declared.end() :]
    root = trees.parse(_CONTROL.sub(_stand_in, data))
    back = {_STAND_IN + code: chr(code) for code in range(32)}
    for element in root.iter():
        element.text = element.text and element.text.translate(back)
        for name, value in element.items():
            element.set(name, value.translate(back))
    return root


def _stand_in(match: re.Match[bytes]) -> bytes:
    code = int(match[1]) if match[1] else int(match[2], 16)
    return match[0] if code in (0, 9, 10, 13) else chr(_STAND_IN + code).encode()


def _identified(cas: Cas, root: Element) -> Iterator[tuple[int, Element]]:
    seen: set[int] = set()
    for element in root:
        name = _type(element.tag)
        if name in (_NULL, _VIEW, _SOFA):
            continue
        written = element.get(_ID, "")
        if not written.isascii() or not written.isdecimal() or len(written) > 18:
            cas.flaws.append(Flaw("structure-invalid", f"a {name} has no xmi:id that is a whole number; it was left out"))
        elif int(written) in seen:
            cas.flaws.append(Flaw("structure-invalid", f"a {name} has the xmi:id {written} of an earlier one; the later was left out"))
        else:
            seen.add(int(written))
            yield int(written), element


@lru_cache(maxsize=1024)
def _type(tag: str) -> str:
    """``{http:///webanno/custom.ecore}Span`` is ``webanno.custom.Span``."""
    namespace, _, name = tag.removeprefix("{").rpartition("}")
    package = namespace.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
    return name if package in ("", "uima.noNamespace") else f"{package}.{name}"


class _Decoding:
    """Turns elements into structures; remembers the forms of each type's features."""

    def __init__(self, cas: Cas, elements: Mapping[int, Element], *, reports: bool) -> None:
        self.elements = elements
        self._cas = cas
        self._reports = reports
        self._forms: dict[str, tuple[str, dict[str, tuple[Form, bool]]]] = {}
        self._links = {own for own, element in elements.items() if element.get("target", "").isdecimal() and "begin" not in element.attrib}

    def structure(self, id: int, element: Element) -> Structure:
        known = self._forms.get(element.tag)
        if known is None:
            known = self._forms[element.tag] = self._learn(element.tag)
        name, forms = known
        features: dict[str, Any] = {}
        for feature, written in element.items():
            if feature == _ID:
                continue
            form = forms.get(feature)
            if form == _TEXT:
                features[feature] = written
            elif form is None:
                features[feature] = self._guess(feature, written)
                if self._reports:
                    self._undeclared(name, feature)
            elif (value := self._value(*form, written)) is not None:
                features[feature] = value
        for child in element:  # texts in an array stand in elements of their own
            held = features.setdefault(child.tag, [])
            if isinstance(held, list):
                held.append(child.text or "")
        return Structure(id, name, features)

    def _learn(self, tag: str) -> tuple[str, dict[str, tuple[Form, bool]]]:
        name, types = _type(tag), self._cas.types
        forms: dict[str, tuple[Form, bool]] = {
            feature.name: (types.form(feature.range), feature.shared) for feature in types.features(name).values()
        }
        if self._reports and not types.knows(name):
            message = f"type {name} is not in the type system: its features are read as text; put the export's own TypeSystem.xml beside it"
            self._cas.flaws.append(Flaw("feature-undeclared", message))
        return name, forms

    def _undeclared(self, name: str, feature: str) -> None:
        if self._cas.types.knows(name):
            message = f"feature {feature} of {name} is not in the type system: it is read as text, unless it leads to links"
            flaw = Flaw("feature-undeclared", message + "; put the export's own TypeSystem.xml beside it")
            if flaw not in self._cas.flaws:
                self._cas.flaws.append(flaw)

    def _value(self, form: Form, shared: bool, written: str) -> Any:
        match form:
            case "text":
                return written
            case "reference":
                return _reference(written)
            case "integer":
                return _integer(written)
            case "decimal":
                return _decimal(written)
            case "truth":
                return _TRUTHS.get(written, written)
        if shared:
            return _reference(written)
        match form:
            case "references":
                return [found for one in written.split() if isinstance(found := _reference(one), Ref)]
            case "integers":
                return [_integer(one) for one in written.split()]
            case "decimals":
                return [_decimal(one) for one in written.split()]
            case "truths":
                return [_TRUTHS.get(one, one) for one in written.split()]
            case "bytes":
                return written
            case _:
                return [written] if written else []

    def _guess(self, feature: str, written: str) -> Any:
        """The value of a feature that no type system declares."""
        if feature in ("begin", "end"):
            return _integer(written)
        if feature == "sofa":
            return Ref(written) if _IDS.fullmatch(written) else written
        if not _IDS.fullmatch(written):
            return written
        ids = [int(one) for one in written.split()]
        if feature in _POINTERS and len(ids) == 1 and ids[0] in self.elements:
            return Ref(ids[0])
        return [Ref(one) for one in ids] if self._links.issuperset(ids) else written


def _reference(written: str) -> Ref | str | None:
    """A reference; the id 0 is null; what is no id stays as it is written."""
    if written.isascii() and written.isdecimal() and len(written) <= 18:
        return Ref(written) if int(written) else None
    return written


def _integer(written: str) -> int | str:
    if len(written) < 19 and written.isascii() and written.isdecimal():
        return int(written)
    return int(written) if re.fullmatch(r"[+-]?[0-9]{1,19}", written) else written


def _decimal(written: str) -> float | str:
    """A number; NaN and the infinities, which are none in JSON, stay text."""
    try:
        number = float(written)
    except ValueError:
        return written
    return number if math.isfinite(number) else written


def _views(cas: Cas, root: Element) -> None:
    members: dict[int, tuple[int, ...]] = {}
    for element in root:
        if _type(element.tag) == _VIEW:
            sofa = _reference(element.get("sofa", "0"))
            listed = [int(found) for one in element.get("members", "").split() if isinstance(found := _reference(one), Ref)]
            if lost := [one for one in listed if one not in cas.structures]:
                message = f"the view of Sofa {sofa or 'none'} lists xmi:id {lost[0]} among {len(lost)} that no structure has"
                cas.flaws.append(Flaw("reference-dangling", f"{message}; they were left out"))
            members[sofa if isinstance(sofa, Ref) else 0] = tuple(listed)
    for element in root:  # a Sofa is known by its id among Sofas: some tools give the same to something else
        if _type(element.tag) == _SOFA and isinstance(sofa := _reference(element.get(_ID, "")), Ref):
            listed_here = members.pop(sofa, None)
            if listed_here is None:
                listed_here = tuple(other.id for other in cas.structures.values() if other.features.get("sofa") == sofa)
            cas.views.append(View(element.get("sofaID", ""), sofa, element.get("sofaString"), listed_here))
    cas.views.extend(View("", 0, None, listed) for listed in members.values())
