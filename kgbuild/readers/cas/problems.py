"""What may be wrong with a CAS, or has no place in a document: the codes of problems (see :mod:`kgbuild.readers`), with severities."""

from __future__ import annotations

from kgbuild.document import Severity

__all__ = ["SEVERITIES"]

_CODES: tuple[tuple[str, Severity], ...] = (
    ("type-system-missing", "kept"),
    ("feature-undeclared", "kept"),
    ("offsets-recounted", "kept"),
    ("span-widened", "kept"),
    ("coreference-unclear", "kept"),
    ("text-rebuilt", "kept"),
    ("columns-uneven", "kept"),
    ("id-reused", "kept"),
    ("span-repaired", "kept"),
    ("span-mismatch", "skipped"),
    ("row-unread", "skipped"),
    ("span-outside", "skipped"),
    ("span-invalid", "skipped"),
    ("structure-invalid", "skipped"),
    ("reference-dangling", "skipped"),
    ("feature-left-out", "skipped"),
    ("relation-without-ends", "skipped"),
    ("chain-broken", "skipped"),
    ("layer-ignored", "skipped"),
    ("view-ignored", "skipped"),
)

#: code -> severity
SEVERITIES: dict[str, Severity] = dict(_CODES)
