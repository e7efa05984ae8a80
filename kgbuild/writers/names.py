"""Names of files made from ids of documents: safe on every file system, and never the same for two ids.

An id that is a safe name is kept. Any other is made readable and gets a hash of itself, so that ids which differ in case, in a character
that some file system refuses, or beyond its limit of length, still have names of their own.
"""

from __future__ import annotations

import re
from hashlib import blake2b

_SAFE = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
#: names that Windows keeps for devices, whatever their ending
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
_UNSAFE = re.compile(r"[^a-z0-9_-]+")


def file_name(id: str) -> str:
    """The name, without an ending, of a document's files.

    >>> file_name("agerpres-2024-03-12"), file_name("știri/1"), file_name("CON")
    ('agerpres-2024-03-12', 'tiri-1~1fc9469f3820', 'con~d3c71573a545')
    """
    if _SAFE.fullmatch(id) and not _DEVICES.fullmatch(id) and not id.endswith("."):
        return id
    readable = _UNSAFE.sub("-", id.lower())[:60].strip("-") or "document"
    return f"{readable}~{blake2b(id.encode('utf-8', 'surrogatepass'), digest_size=6).hexdigest()}"
