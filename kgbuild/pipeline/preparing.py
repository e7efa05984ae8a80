"""What is done to a document between reader and mapping: foreign labels become terms, dates get their values.

Both go into the record, so that a rebuild needs neither the scheme's table nor dateparser, and gives the same graph.
"""

from __future__ import annotations

import difflib
from pathlib import Path

from kgbuild.dating import Dates
from kgbuild.document import Document
from kgbuild.errors import SchemeError
from kgbuild.ontology import Ontology
from kgbuild.resources import bundled, read_bundled
from kgbuild.schemes import Applied, Scheme, parse_scheme

_SUFFIX = ".tsv"


class Prepare:
    """Applies a scheme, if there is one, then reads dates. Picklable. Raises SchemeError where the scheme does not fit the ontology.

    ``keep_text``: whether messages may show words of the text.
    """

    def __init__(self, ontology: Ontology, scheme: Scheme | None = None, *, keep_text: bool = True) -> None:
        self._applied = Applied(scheme, ontology) if scheme is not None else None
        self._dates = Dates(ontology, keep_text=keep_text)

    def __call__(self, document: Document) -> Document:
        """The document as it is mapped and recorded."""
        return self._dates(document if self._applied is None else self._applied(document))


def shipped_schemes() -> dict[str, Scheme]:
    """The schemes that ship with kgbuild, by name."""
    files = read_bundled("schemes", _SUFFIX)
    return {name.removesuffix(_SUFFIX): parse_scheme(data, str(bundled("schemes") / name)) for name, data in files.items()}


def find_scheme(named: str) -> Scheme:
    """The shipped scheme of a name, else the one in a file. Raises SchemeError where there is neither, or the file cannot be read."""
    shipped = read_bundled("schemes", _SUFFIX)
    if (data := shipped.get(named + _SUFFIX)) is not None:
        return parse_scheme(data, str(bundled("schemes") / (named + _SUFFIX)))
    path = Path(named)
    names = [name.removesuffix(_SUFFIX) for name in shipped]
    hint = f"name a table, or one of {', '.join(names)}"
    if not path.exists():
        near = difflib.get_close_matches(named.casefold(), names, n=1)
        meant = f"; did you mean “{near[0]}”?" if near else ""
        is_path = named.casefold().endswith(_SUFFIX) or len(path.parts) > 1
        raise SchemeError(f"{named}: there is no such file" if is_path else f"there is no scheme “{named}”{meant}", hint=hint)
    try:
        with path.open("rb") as file:
            return parse_scheme(file.read(1_000_001), named)
    except OSError as error:
        raise SchemeError(f"{named}: cannot be read: {error.strerror or error}", hint=hint) from error
