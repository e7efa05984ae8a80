"""JSON values out of bytes, strictly: what could be read in two ways, or in none, is refused in words.

Beyond what JSON itself asks: no object has a key twice, no NaN or Infinity, no half surrogate pair, no integer of more than 4,300 digits.
"""

from __future__ import annotations

import json
from typing import Any

from kgbuild.readers.rejection import Rejected

__all__ = ["loads"]


def loads(data: bytes | str) -> Any:
    """Decode JSON to plain values. Raises Rejected (``broken-json``, ``duplicate-key``, ``annotation-invalid``, ``not-utf8``)."""
    try:
        # json.loads would guess another encoding for bytes, and let half surrogate pairs pass
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        loaded = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
        if "\\u" in text:
            json.dumps(loaded, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        near = " ".join(error.doc[max(0, error.pos - 20) : error.pos + 20].split())
        where = f"line {error.lineno}, " if error.lineno > 1 else ""
        what = f"{error.msg[:1].lower()}{error.msg[1:]} at {where}character {error.colno}"
        raise Rejected("broken-json", f"not JSON: {what}, near “{near}”") from error
    except UnicodeDecodeError as error:
        byte = f"byte 0x{error.object[error.start]:02x} at position {error.start + 1}"
        raise Rejected("not-utf8", f"not UTF-8: {byte}; save the file as UTF-8") from error
    except UnicodeEncodeError as error:
        raise Rejected("broken-json", "half a surrogate pair (\\ud800 to \\udfff) in a text; it stands for no character") from error
    except RecursionError as error:
        raise Rejected("broken-json", "the JSON is nested too deeply") from error
    except ValueError as error:  # Python reads no integers of more than 4,300 digits
        raise Rejected("annotation-invalid", "a number is too large") from error
    return loaded


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise Rejected("duplicate-key", f"the key {repeated!r} stands twice in one object; which one holds is not clear, remove one")
    return members


def _constant(name: str) -> Any:
    raise Rejected("broken-json", f"not JSON: {name} is no number there; leave the field out")
