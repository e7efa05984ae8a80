"""What ``1-3`` or ``1-3.1[2]`` points to: the annotation on that token, or the one with that disambiguation id."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from kgbuild.readers.cas.model import Ref, Structure
from kgbuild.readers.cas.types import ANNOTATION

__all__ = ["TOKEN", "References"]

TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
_KEY = re.compile(r"\d+-\d+(?:\.\d+)?")


class _Pointer(NamedTuple):
    owner: Structure
    feature: str
    hint: str
    key: str
    number: str
    line: int


class References:
    """Remembers what stands where, and what points to it; followed when every row was read, since a row may point to a later one."""

    def __init__(self, new: Callable[[str, dict[str, Any]], Structure], report: Callable[[str, str], None]) -> None:
        self._new = new
        self._report = report
        self._places: dict[str, tuple[int, int]] = {}
        self._standing: dict[str, list[Structure]] = {}
        self._numbered: dict[str, list[Structure]] = {}
        self._tokens: dict[str, Structure] = {}
        self._pointers: list[_Pointer] = []

    def place(self, key: str, begin: int | None, end: int | None) -> None:
        """Remember where a row stands."""
        if begin is not None and end is not None:
            self._places.setdefault(key, (begin, end))

    def stand(self, key: str, structure: Structure, number: str = "") -> None:
        """Remember that an annotation stands in a row, and its disambiguation id."""
        self._standing.setdefault(key, []).append(structure)
        if number:
            self._numbered.setdefault(number, []).append(structure)

    def point(self, owner: Structure, feature: str, hint: str, key: str, number: str, line: int) -> None:
        """Note that a feature points to an annotation of the type ``hint``; ``0`` and no number mean the only one there."""
        self._pointers.append(_Pointer(owner, feature, hint, key, "" if number == "0" else number, line))

    def resolve(self) -> None:
        """Let every pointer lead to its annotation; report those that lead nowhere."""
        for pointer in self._pointers:
            target = self._target(pointer)
            if target is not None:
                pointer.owner.features[pointer.feature] = Ref(target.id)
            else:
                shown = f"{pointer.key}[{pointer.number}]" if pointer.number else pointer.key
                message = f"line {pointer.line}: “{shown:.40}” is no annotation of {pointer.hint.rpartition('.')[2]}"
                self._report("reference-dangling", message + "; correct it, or export the document again")

    def _target(self, pointer: _Pointer) -> Structure | None:
        if not _KEY.fullmatch(pointer.key):
            return None
        standing = self._standing.get(pointer.key, [])
        if pointer.number:
            numbered = self._numbered.get(pointer.number, [])
            # an id that is used twice means the annotation that stands there
            some = [one for one in numbered if any(one is other for other in standing)] or numbered
        else:
            some = standing
        if pointer.hint != ANNOTATION:
            some = [one for one in some if one.type == pointer.hint]
        if some:
            return some[0]
        return self._token(pointer.key) if pointer.hint in (TOKEN, ANNOTATION) and not pointer.number else None

    def _token(self, key: str) -> Structure | None:
        if key not in self._tokens and (place := self._places.get(key)) is not None:
            self._tokens[key] = self._new(TOKEN, {"begin": place[0], "end": place[1]})
        return self._tokens.get(key)
