"""Imports, and the catalogue by which Protégé finds the imported files beside the opened one."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

from kgbuild.checking.draft import OWL, Draft
from kgbuild.checking.finding import Check, Place, Sighting

CATALOG = "catalog-v001.xml"
_IMPORTS = OWL + "imports"
_SPACE = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}"


def _entries(draft: Draft) -> list[tuple[str, str]]:
    """Name and file of each entry; empty for a catalogue that is not there or broken."""
    try:
        root = ElementTree.fromstring(draft.around.catalog or b"")
    except ElementTree.ParseError:
        return []
    return [(entry.get("name") or "", entry.get("uri") or "") for entry in root.iter(f"{_SPACE}uri")]


def _line(draft: Draft, text: str) -> Place:
    """The catalogue's line that holds a text."""
    at = (draft.around.catalog or b"").find(text.encode())
    return Place(CATALOG, (draft.around.catalog or b"").count(b"\n", 0, at) + 1 if at >= 0 else 0)


def _known(draft: Draft) -> dict[str, str]:
    """Ontology IRI -> file, of modules and of what stands beside them."""
    return {module.iri: name for name, module in reversed({**draft.modules, **draft.beside}.items()) if module.iri}


def _missing(draft: Draft) -> Iterator[Sighting]:
    if draft.around.catalog is None and any(module.imports for module in draft.modules.values()):
        yield Sighting(Place(CATALOG), "", "there is no catalogue, and files import each other")


def _broken(draft: Draft) -> Iterator[Sighting]:
    try:
        ElementTree.fromstring(draft.around.catalog or b"<none/>")
    except ElementTree.ParseError as error:
        yield Sighting(Place(CATALOG, error.position[0]), "", f"is not XML: {error}")


def _unlisted(draft: Draft) -> Iterator[Sighting]:
    listed = {name for name, _ in _entries(draft)}
    if not listed:
        return
    for name, module in draft.modules.items():
        if module.iri and module.iri not in listed:
            yield Sighting(Place(CATALOG), module.iri, f"is not in the catalogue: its file is {name}")


def _wrong(draft: Draft) -> Iterator[Sighting]:
    known = _known(draft)
    seen: set[str] = set()
    for name, uri in _entries(draft):
        module = {**draft.modules, **draft.beside}.get(uri)
        place = _line(draft, f'name="{name}"')
        if name in seen:
            yield Sighting(place, name, "stands twice in the catalogue")
        seen.add(name)
        if module is None:
            meant = f"; the file with that IRI is {known[name]}" if name in known else ""
            yield Sighting(place, name, f"leads to “{uri}”, which is not there{meant}")
        elif module.iri != name and not module.flaws:
            yield Sighting(place, name, f"leads to {uri}, whose ontology IRI is {module.iri or 'not given'}")


def _outside(draft: Draft) -> Iterator[Sighting]:
    known = _known(draft)
    homes = tuple({module.iri.rpartition("/")[0] + "/" for module in draft.modules.values() if module.iri})
    for name, module in draft.modules.items():
        for imported in module.imports:
            if imported not in known and not imported.startswith(homes):
                yield Sighting(draft.where(module.iri, _IMPORTS, imported, file=name), module.iri, f"imports <{imported}>")


def _unknown(draft: Draft) -> Iterator[Sighting]:
    known = _known(draft)
    broken = any(module.flaws and not module.iri for module in draft.modules.values())
    homes = tuple({module.iri.rpartition("/")[0] + "/" for module in draft.modules.values() if module.iri})
    for name, module in draft.modules.items():
        for imported in module.imports:
            if imported not in known and imported.startswith(homes) and not broken:
                yield Sighting(
                    draft.where(module.iri, _IMPORTS, imported, file=name), module.iri, f"imports <{imported}>, which is no file here"
                )


def _beside(draft: Draft) -> Iterator[Sighting]:
    beside = {module.iri: name for name, module in draft.beside.items() if module.iri}
    for name, module in draft.modules.items():
        for imported in module.imports:
            if imported in beside:
                place = draft.where(module.iri, _IMPORTS, imported, file=name)
                yield Sighting(place, module.iri, f"imports {beside[imported]}, which stands beside the ontology and is no part of it")


def _circles(draft: Draft) -> Iterator[Sighting]:
    direct = imports(draft)
    for name, module in draft.modules.items():
        for imported in sorted(direct[name]):
            if name in reached(direct, imported):
                place = draft.where(module.iri, _IMPORTS, draft.modules[imported].iri, file=name)
                circle = "itself" if imported == name else f"{imported}, which imports {name}, directly or through others"
                yield Sighting(place, module.iri, f"imports {circle}")


def _unreached(draft: Draft) -> Iterator[Sighting]:
    direct = imports(draft)
    roots = [name for name, found in direct.items() if len(reached(direct, name)) == max(len(reached(direct, n)) for n in direct)]
    if len(draft.modules) < 2 or not direct[roots[0]]:
        return
    inside = reached(direct, roots[0])
    for name, module in draft.modules.items():
        if name not in inside and module.iri:
            yield Sighting(draft.where(module.iri, file=name), module.iri, f"is not imported by {roots[0]}, directly or through others")


def imports(draft: Draft) -> dict[str, set[str]]:
    """File -> the files that it imports."""
    files = {module.iri: name for name, module in reversed(draft.modules.items()) if module.iri}
    return {name: {files[iri] for iri in module.imports if iri in files} for name, module in draft.modules.items()}


def reached(direct: dict[str, set[str]], start: str) -> set[str]:
    """A file and all that it imports, directly or through others."""
    found = {start}
    waiting = [start]
    while waiting:
        new = direct[waiting.pop()] - found
        found |= new
        waiting.extend(new)
    return found


CHECKS = (
    Check(
        "catalog-missing",
        "There is a catalogue",
        "error",
        "Protégé",
        "copy the shipped catalog-v001.xml beside the files",
        _missing,
    ),
    Check("catalog-broken", "The catalogue is XML", "error", "Protégé", "correct it, or copy it from the shipped ontology", _broken),
    Check("catalog-unlisted", "The catalogue lists every file", "error", "FIBO, ODK", 'add <uri name="IRI" uri="FILE"/> for it', _unlisted),
    Check("catalog-wrong", "Each entry leads from an ontology IRI to its file", "error", "FIBO, ODK", "correct name or uri", _wrong),
    Check(
        "import-external",
        "No vocabulary of others is imported",
        "error",
        "house rule: PROV-O, ORG, OA, SEM, OWL-Time are outside OWL 2 DL as published",
        "declare the few terms that are used, and drop the import",
        _outside,
    ),
    Check(
        "import-unknown",
        "Every import is a file of the folder",
        "error",
        "OWL API",
        "correct the IRI, or add the file and list it",
        _unknown,
    ),
    Check("import-beside", "Shapes and alignments are not imported", "error", "house rule", "drop the import", _beside),
    Check(
        "import-cycle",
        "Imports run in one direction",
        "error",
        "house rule; OOPS! P06",
        "move the shared terms to the lower file",
        _circles,
    ),
    Check("import-missing", "The root imports every file", "warning", "ODK", "import it there, or Protégé does not show it", _unreached),
)
