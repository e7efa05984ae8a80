"""UIMA CAS JSON 0.4: one object with types, feature structures and views, of which any may be missing.

Source: the format's specification (uimaj-io-jsoncas) and what its implementations write. The first character of a key says what it holds:
``%`` a keyword, ``@`` a reference to a ``%ID``, ``#`` a number that JSON cannot write (NaN), ``^`` an anchor, else a plain value.
"""

from __future__ import annotations

from typing import Any

from kgbuild.readers import objects
from kgbuild.readers.cas.model import Cas, Flaw, Ref, Structure, View
from kgbuild.readers.cas.types import TOP, Feature, Type, Types
from kgbuild.readers.lines import BOM
from kgbuild.readers.rejection import Rejected

__all__ = ["parse"]

_MARKS = frozenset("%@#^")
_SOFA = "uima.cas.Sofa"


def parse(data: bytes) -> Cas:
    """Read a CAS. Raises Rejected where it is no JSON, or not built as a CAS is; what is wrong with one structure is a flaw."""
    loaded = objects.loads(data.removeprefix(BOM))
    if not isinstance(loaded, dict):
        raise Rejected("annotation-invalid", "a CAS is one JSON object with %TYPES, %FEATURE_STRUCTURES and %VIEWS; export it again")
    cas = Cas(_types(_section(loaded, "%TYPES", dict)))
    written = loaded.get("%FEATURE_STRUCTURES") or []
    if isinstance(written, dict):  # drafts of the format: id -> structure
        written = [{"%ID": int(key), **each} for key, each in written.items() if key.isdecimal() and isinstance(each, dict)]
    if not isinstance(written, list):
        raise Rejected("annotation-invalid", "%FEATURE_STRUCTURES is no list; export the document again")
    # a Sofa is known by its id among Sofas: some tools give the same to something else
    sofas: dict[int, dict[str, Any]] = {}
    for index, each in enumerate(written):
        if isinstance(each, dict) and each.get("%TYPE") == _SOFA and type(each.get("%ID")) is int:
            sofas.setdefault(each["%ID"], each)
        else:
            _add(cas, each, index)
    _views(cas, _section(loaded, "%VIEWS", dict), sofas)
    return cas


def _section(loaded: dict[str, Any], name: str, kind: type) -> Any:
    section = loaded.get(name) or kind()
    if not isinstance(section, kind):
        raise Rejected("annotation-invalid", f"{name} is no object {{...}}; export the document again")
    return section


def _types(section: dict[str, Any]) -> Types:
    declared: dict[str, Type] = {}
    for name, written in section.items():
        if not isinstance(written, dict):
            raise Rejected("annotation-invalid", f"the type {name!r} in %TYPES is no object {{...}}; export the document again")
        features = tuple(
            Feature(feature, content["%RANGE"], shared=True)
            for feature, content in written.items()
            if not feature.startswith("%") and isinstance(content, dict) and isinstance(content.get("%RANGE"), str)
        )
        supertype = written.get("%SUPER_TYPE")
        declared[name] = Type(name, supertype if isinstance(supertype, str) else TOP, features)
    return Types(declared)


def _add(cas: Cas, written: Any, index: int) -> None:
    """Add one structure, or say why it is none."""
    if not isinstance(written, dict) or type(written.get("%ID")) is not int or not isinstance(written.get("%TYPE"), str):
        message = f"%FEATURE_STRUCTURES[{index}] has no %ID (a whole number) and %TYPE; it was left out"
        cas.flaws.append(Flaw("structure-invalid", message))
        return
    own, type_name = written["%ID"], written["%TYPE"]
    if own in cas.structures:
        message = f"%FEATURE_STRUCTURES[{index}] has the %ID {own} of an earlier one; the later was left out"
        cas.flaws.append(Flaw("structure-invalid", message))
        return
    features: dict[str, Any] = {}
    for key, value in written.items():
        mark = key[:1]
        if mark not in _MARKS:
            if value is not None:
                features[key] = value
        elif mark == "%" or value is None:
            continue
        elif mark == "@":
            found = _reference(value)
            if found is None:
                message = f"{key} of %FEATURE_STRUCTURES[{index}] (%ID {own}) is no %ID of a structure; it was left out"
                cas.flaws.append(Flaw("structure-invalid", message))
            else:
                features[key[1:]] = found
        else:
            features[key[1:]] = value
    if "%ELEMENTS" in written:
        elements = written["%ELEMENTS"] or []
        if type_name == "uima.cas.FSArray" or (type_name[-2:] == "[]" and cas.types.form(type_name) == "references"):
            listed = elements if isinstance(elements, list) else [elements]
            elements = [Ref(one) for one in listed if type(one) is int]
            if len(elements) != sum(one is not None for one in listed):
                message = f"%ELEMENTS of %FEATURE_STRUCTURES[{index}] (%ID {own}) holds what is no %ID of a structure; that was left out"
                cas.flaws.append(Flaw("structure-invalid", message))
        features["elements"] = elements
    cas.structures[own] = Structure(own, type_name, features)


def _reference(value: Any) -> Ref | list[Ref] | None:
    if type(value) is int:
        return Ref(value)
    if isinstance(value, list) and all(type(one) is int for one in value):
        return [Ref(one) for one in value]
    return None


def _views(cas: Cas, section: dict[str, Any], sofas: dict[int, dict[str, Any]]) -> None:
    by_name = {sofa.get("sofaID"): own for own, sofa in sofas.items() if isinstance(sofa.get("sofaID"), str)}
    indexed: set[int] = set()
    for name, written in section.items():
        held = written if isinstance(written, dict) else {}
        sofa = held.get("%SOFA")
        if type(sofa) is not int or sofa not in sofas:
            sofa = by_name.get(name, 0)
        members = held.get("%MEMBERS")
        listed = [one for one in members if type(one) is int] if isinstance(members, list) else _of(cas, sofa)
        if lost := [one for one in listed if one not in cas.structures and one not in sofas]:
            message = f"view {name!r} lists %ID {lost[0]} among {len(lost)} that no structure has; they were left out"
            cas.flaws.append(Flaw("reference-dangling", message))
        indexed.add(sofa)
        cas.views.append(View(name, sofa, _text(sofas.get(sofa)), tuple(listed)))
    for own, held in sofas.items():
        if own not in indexed:
            cas.views.append(View(str(held.get("sofaID")), own, _text(held), tuple(_of(cas, own))))


def _text(sofa: dict[str, Any] | None) -> str | None:
    text = sofa.get("sofaString") if sofa else None
    return text if isinstance(text, str) else None


def _of(cas: Cas, sofa: int) -> list[int]:
    """The structures that say themselves which text they are on, where the view does not list them."""
    return [each.id for each in cas.structures.values() if each.features.get("sofa") == sofa]
