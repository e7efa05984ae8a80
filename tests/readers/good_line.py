"""One line of the native format that uses every field: what tests change."""

from __future__ import annotations

import hashlib
from typing import Any

TEXT = "Rusia a lovit o bază. 😀 Kim a tăcut."
LINE: dict[str, Any] = {
    "kgbuild": 1,
    "id": "a-1",
    "text": TEXT,
    "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
    "meta": {"uri": "https://example.org/a", "title": "T", "author": ["A", "B"], "published": "2024-01-17", "lang": "ro", "page": 3},
    "prov": {
        "annotator": "mp",
        "tool": "T 1",
        "created": "2024",
        "confidence": 0.5,
        "status": "curated",
        "file": "f",
        "ref": "1",
        "note": "n",
    },
    "units": [
        {
            "id": "e1",
            "kind": "entity",
            "label": ["State", "Agent"],
            "name": "Rusia",
            "mentions": [
                {"spans": [[0, 5]], "text": "Rusia", "head": [0, 5], "id": "m1", "prov": {"annotator": "x"}},
                {"spans": [[0, 5], [24, 27]], "text": "Rusia Kim"},
                {"text": "Moscova"},
            ],
            "links": ["wd:Q159"],
            "attrs": {"certain": True, "rank": 1.5, "also": ["a", 2, False]},
            "prov": {"confidence": 1},
        },
        {
            "id": "x1",
            "kind": "event",
            "label": "Strike",
            "args": [{"role": "attacker", "target": "e1", "attrs": {"head": "e1"}}, {"role": "count", "value": 2}],
        },
        {"id": "r1", "kind": "relation", "label": "owns", "args": [{"role": "source", "target": "e1"}, {"role": "target", "value": "x"}]},
    ],
}
