"""Decisions filled in a spreadsheet: the CSV file of ``kgbuild link``, read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from kgbuild.decisions import VERDICTS, Decision
from kgbuild.decisions.decision import decision
from kgbuild.errors import DecisionError, QueryError
from kgbuild.pipeline.identifying import identify, name_of, refuse_unlike
from kgbuild.pipeline.inputs import built_ontology
from kgbuild.stores import EmbeddedStore

_COLUMNS = ("one", "other", "decision")


def read_sheet(path: Path, store: Path, *, date: str = "", lang: str = "en") -> list[Decision]:
    """Read the rows in which a decision is filled in; separators may be commas, semicolons or tabs, as spreadsheets like.

    Raises DecisionError with ``file:line`` where a column is missing, a decision is none, or a thing is not in the store.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DecisionError(f"{path}: not UTF-8: {error.reason}", hint="save it as CSV UTF-8") from None
    except OSError as error:
        raise DecisionError(f"{path}: {error.strerror or error}", hint="name a CSV file written by kgbuild link --format csv") from error
    found: list[Decision] = []
    with EmbeddedStore.open(store, read_only=True) as opened:
        ontology, _rules = built_ontology(opened)
        for where, row in _rows(path, text):
            verdict = row["decision"].strip().lower()
            if not verdict:
                continue
            if verdict not in VERDICTS:
                raise DecisionError(f"{where}: “{row['decision']}” is no decision", hint=f"write {', '.join(VERDICTS)}, or leave it empty")
            try:
                one, other = (identify(opened, row[side], lang=lang) for side in ("one", "other"))
                refuse_unlike(opened, ontology, one, other, verdict)
            except (QueryError, DecisionError) as error:
                raise DecisionError(f"{where}: {error}", hint=error.hint) from error
            comment = f"{name_of(opened, one, lang)} — {name_of(opened, other, lang)}"
            note = (row.get("note") or "").strip()
            found.append(decision(one, other, verdict, note=note, date=date, where=where, comments=(comment,)))
    return found


def _rows(path: Path, text: str) -> Iterator[tuple[str, dict[str, str]]]:
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restval="")
    if missing := [name for name in _COLUMNS if name not in (reader.fieldnames or ())]:
        raise DecisionError(
            f"{path}:1: no column “{missing[0]}”", hint="the first line names the columns, as kgbuild link --format csv writes it"
        )
    try:
        for row in reader:
            yield f"{path}:{reader.line_num}", row
    except csv.Error as error:
        raise DecisionError(f"{path}:{reader.line_num}: {error}", hint="save it as CSV again") from None
