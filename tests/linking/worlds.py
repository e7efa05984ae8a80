"""Small articles that share people, meetings and statements under several names, and what a store makes of them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from kgbuild.decisions import Decision, Decisions, write
from kgbuild.decisions.decision import decision
from kgbuild.iris import DATA, KG
from kgbuild.pipeline import LoadOptions, LoadReport, load
from kgbuild.stores import EmbeddedStore

Unit = dict[str, object]


def person(unit: str, name: str, **more: object) -> Unit:
    return {"id": unit, "kind": "entity", "label": "Person", "name": name, **more}


def event(unit: str, label: str, date: str = "", attrs: dict[str, object] | None = None, **roles: str | Sequence[str]) -> Unit:
    args = [
        {"role": role, "target": one} for role, targets in roles.items() for one in ([targets] if isinstance(targets, str) else targets)
    ]
    if date:
        args.append({"role": "date", "value": date})  # type: ignore[dict-item]
    kind = "statement" if label == "Statement" else "event"
    return {"id": unit, "kind": kind, "label": label, "args": args, **({"attrs": attrs} if attrs else {})}


def article(folder: Path, name: str, *units: Unit, lang: str = "en", text: str | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    document = {
        "kgbuild": 1,
        "id": name,
        "text": text or f"{name}.",
        "meta": {"lang": lang, "published": "2024-01-20"},
        "units": list(units),
    }
    path = folder / f"{name}.kga.jsonl"
    path.write_text(json.dumps(document, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def three_articles(folder: Path) -> list[Path]:
    """One meeting told three times, by three names of one person."""

    def told(name: str, spelled: str) -> Path:
        return article(
            folder, name, person("a", spelled), person("b", "Brun Ost"), event("m", "Meeting", "2024-01-16", participant=["a", "b"]),
            event("s", "Statement", "2024-01-17", {"stance": "praises"}, speaker="a", about="m"),
        )  # fmt: skip

    return [told("one", "Anna Ash"), told("two", "Ana Aš"), told("three", "Anne Asch")]


def same(one: str, other: str, **more: str) -> Decision:
    return decision(DATA + one, DATA + other, "same", **more)


def different(one: str, other: str, **more: str) -> Decision:
    return decision(DATA + one, DATA + other, "different", **more)


def decide(file: Path, *given: Decision) -> Path:
    file.write_text(write(Decisions(given)), encoding="utf-8")
    return file


def loaded(store: Path, paths: Iterable[Path], **options: object) -> LoadReport:
    return load(list(paths), store, LoadOptions(**options), on_problem=lambda _: None, on_progress=lambda _: None)  # type: ignore[arg-type]


def quads(store: Path) -> list[bytes]:
    """All that a store says, as sorted N-Quads."""
    output = io.BytesIO()
    with EmbeddedStore.open(store, read_only=True) as opened:
        assert opened.is_true()
        opened.dump(output)
    return sorted(output.getvalue().split(b"\n"))


def things(store: Path, cls: str) -> list[str]:
    """The things of a class, without the base."""
    with EmbeddedStore.open(store, read_only=True) as opened:
        rows = opened.select(f"SELECT DISTINCT ?t {{ ?t a <{KG}{cls}> ; <{KG}reportedIn> ?a }}")
        return sorted(row[0].value.removeprefix(DATA) for row in rows)
