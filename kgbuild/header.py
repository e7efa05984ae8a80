"""The header of a file of SPARQL: what the file is for, in YAML, on the lines that begin with ``#+``.

    #+ summary: Meetings of one side
    #+ columns:
    #+   - {name: meeting, kind: entity, means: the meeting}
    SELECT …

Bundled queries and rules of the whole store both have one; what its keys mean is told where they are used.
"""

from __future__ import annotations

from typing import Any

import yaml

from kgbuild.errors import QueryError

__all__ = ["split"]

#: the base loader makes strings of everything: ``example: NO`` is a state, not a falsehood
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def split(data: bytes | str, file: str) -> tuple[dict[str, Any], str]:
    """Part a file into its header and its SPARQL.

    Args:
        data: the file's contents, UTF-8.
        file: its name, for messages.

    Returns:
        The header, in which every scalar is a string, empty where there is none; and the text without the header's lines and without
        blank lines around it.

    Raises:
        QueryError: not UTF-8, not YAML, or no mapping of keys; with the file, and the line as the file counts it.
    """
    try:
        source = data.decode("utf-8-sig") if isinstance(data, bytes) else data
    except UnicodeDecodeError as error:
        raise QueryError(f"{file}: not UTF-8 (byte {error.start})", hint="save the file as UTF-8") from None
    lines = source.splitlines()
    # other lines stay as empty ones, so that YAML counts lines as the file does
    written = "\n".join(line[2:].removeprefix(" ") if line.startswith("#+") else "" for line in lines)
    try:
        header = yaml.load(written, Loader=_Loader)  # noqa: S506 - the base loader makes strings, lists and mappings only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}:{mark.line + 1}" if mark else file
        raise QueryError(f"{where}: the header is not YAML: {getattr(error, 'problem', None) or error}") from None
    if header and not isinstance(header, dict):
        raise QueryError(f"{file}: the header must be key: value pairs")
    text = "\n".join(line for line in lines if not line.startswith("#+")).strip("\n") + "\n"
    return header or {}, text
