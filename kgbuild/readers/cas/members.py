"""CASes among other files: in a folder, an archive, or an archive in an archive; with the type systems that stand beside them.

``held``: name -> how to read it, of all files that stand together.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath

from kgbuild.readers import archives
from kgbuild.readers.cas import notation_json, notation_xmi, tsv, typesystem
from kgbuild.readers.cas.model import Cas
from kgbuild.readers.cas.types import Types
from kgbuild.readers.rejection import Rejected

__all__ = ["Held", "cas_of", "xmi_of"]

Held = Mapping[str, Callable[[], bytes]]


def cas_of(name: str, held: Held, *, inner: bool = False) -> Cas:
    """Read the CAS in the file ``name``: JSON, XMI, WebAnno TSV, or a ZIP archive with one of the first two. Raises Rejected."""
    match PurePosixPath(name).suffix.lower():
        case ".xmi":
            return xmi_of(name, held)
        case ".tsv":
            return tsv.parse(held[name]())
        case ".zip" if not inner:
            with archives.opened(io.BytesIO(held[name]())) as members:
                return _only({member.name: member.read for member in members})
        case _:
            return notation_json.parse(held[name]())


def xmi_of(name: str, held: Held) -> Cas:
    """Read the CAS in an XMI file, whatever its name ends with. Raises Rejected."""
    return notation_xmi.parse(held[name](), _types(name, held))


def _only(held: Held) -> Cas:
    documents = [name for name in held if name.lower().endswith((".xmi", ".json"))]
    if len(documents) != 1:
        raise Rejected("archive-broken", f"the archive holds {len(documents)} CASes (.xmi or .json) where one is expected; export it again")
    return cas_of(documents[0], held, inner=True)


def _types(document: str, held: Held) -> Types | None:
    """The type system beside an XMI file. Raises Rejected, which names it, where it cannot be read."""
    name = _system(PurePosixPath(document), held)
    if name is None:
        return None
    try:
        return typesystem.parse(held[name]())
    except Rejected as why:
        line = f":{why.line}" if why.line else ""
        raise Rejected(why.code, f"its type system {name}{line}: {why}") from why


def _system(document: PurePosixPath, names: Iterable[str]) -> str | None:
    """Which file is the type system of an XMI file: one named after both, else TypeSystem.xml, else the only one called so in part."""
    beside = {
        PurePosixPath(name).name.lower(): name
        for name in sorted(names)
        if name.lower().endswith(".xml") and PurePosixPath(name).parent == document.parent
    }
    stem = document.stem.lower()
    for called in (*(f"{stem}{between}typesystem.xml" for between in "-._"), "typesystem.xml"):
        if called in beside:
            return beside[called]
    called_so = [name for lower, name in beside.items() if "typesystem" in lower]
    return called_so[0] if len(called_so) == 1 else None
