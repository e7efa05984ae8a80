"""What a format cannot hold of a document, collected while it is written: one problem for each unit and thing that is lost."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.document import Arg, Document, Mention, Problem, Prov, Severity, Unit


class Losses:
    """Problems of one document, in the order in which they were met, each once."""

    def __init__(self, document: Document, format: str) -> None:
        self._document = document
        self._format = format
        self._problems: dict[Problem, None] = {}

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._problems)

    def lose(self, unit: str, what: str) -> None:
        """Note what has no place in the format and is left out."""
        self._note("not-in-format", "skipped", unit, f"{what}: {self._format} has no place for it; left out")

    def change(self, unit: str, what: str) -> None:
        """Note what is written in another form than it had."""
        self._note("changed-in-format", "kept", unit, f"{what}: {self._format} cannot hold it as it is")

    def reject(self, why: str) -> None:
        """Note that nothing of the document can be written."""
        self._note("document-not-in-format", "rejected", "", f"{why}; {self._format} cannot hold the document")

    def lose_prov(self, unit: str, prov: Prov | None, kept: frozenset[str] = frozenset()) -> None:
        """Note the provenance that is lost; ``file`` and ``ref`` tell of the file that is left behind, and are no loss."""
        for field in ("annotator", "tool", "created", "confidence", "status", "note"):
            value = getattr(prov, field) if prov is not None else None
            if value is not None and field not in kept:
                self.lose(unit, f"{field} of its own, {value!r}")

    def lose_details(self, unit: Unit, mention: Mention) -> None:
        """Note the details of a mention that only the native format holds; its id is each tool's own, and no loss."""
        if mention.head is not None:
            self.lose(unit.id, f"head {mention.head[0]}-{mention.head[1]} of a mention")
        self.lose_prov(unit.id, mention.prov)

    def lose_arg_attrs(self, unit: Unit, arg: Arg) -> None:
        """Note attributes of an argument."""
        for name in arg.attrs:
            self.lose(unit.id, f"attribute {name!r} of the argument {arg.role!r}")

    def _note(self, code: str, severity: Severity, unit: str, message: str) -> None:
        self._problems[Problem(code, severity, message, self._document.id, unit, self._document.where)] = None
