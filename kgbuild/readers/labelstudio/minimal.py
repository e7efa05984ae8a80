"""JSON-MIN, Label Studio's short export, as tasks of the whole one.

An object is one annotation: the fields of the task's data, and for each control what it was answered, in one list by the control's name:
regions as ``{"start": …, "end": …, "text": …, "labels": […]}``, answers for the whole text as themselves. There are no ids of regions and
no relations. Answers per region are joined to the region of the same offsets. A choice for the whole text looks like a field of the data:
it is taken as metadata.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["is_minimal", "whole"]

_OWN = ("id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", "agreement")
_POSITIONS = ("start", "end", "startOffset", "endOffset", "globalOffsets")


def is_minimal(task: Mapping[str, Any]) -> bool:
    """Whether an object is one of JSON-MIN."""
    return "annotation_id" in task and ("annotator" in task or "lead_time" in task) and "data" not in task


def whole(task: Mapping[str, Any]) -> dict[str, Any]:
    """The object as a task with one annotation."""
    data: dict[str, Any] = {}
    results: list[dict[str, Any]] = []
    by_offsets: dict[str, list[dict[str, Any]]] = {}
    answers: list[tuple[str, dict[str, Any]]] = []
    for name, given in task.items():
        if name in _OWN:
            continue
        if not (isinstance(given, list) and given and all(isinstance(one, dict) and _is_result(one) for one in given)):
            data[name] = given
            continue
        for value in given:
            kind = next((key for key in value if key.endswith("labels")), None)
            if kind is None or not any(key in value for key in _POSITIONS):
                answers.append((name, value))
                continue
            result = {"id": f"r{len(results) + 1}", "from_name": name, "type": kind, "value": value}
            results.append(result)
            by_offsets.setdefault(_offsets(value), []).append(result)
    for name, value in answers:
        # of several regions on one passage, the first that this control was not yet answered for
        same = by_offsets.get(_offsets(value), [])
        region = next((one for one in same if name not in one.setdefault("answered", [])), same[-1] if same else None)
        if region is not None:
            region["answered"].append(name)
        named = region["id"] if region else f"a{len(results) + 1}"
        results.append({"id": named, "from_name": name, "type": _type(value), "value": value})
    annotation = {
        "id": task.get("annotation_id"),
        "completed_by": task.get("annotator"),
        "created_at": task.get("created_at"),
        "updated_at": task.get("updated_at"),
        "result": results,
    }
    return {"id": task.get("id"), "data": data, "annotations": [annotation]}


def _is_result(value: dict[str, Any]) -> bool:
    return any(key.endswith("labels") or key in ("choices", "taxonomy", "rating", "number", "datetime") for key in value) or (
        "text" in value and any(key in value for key in _POSITIONS)
    )


def _offsets(value: Mapping[str, Any]) -> str:
    return repr([value.get(key) for key in _POSITIONS])


def _type(value: Mapping[str, Any]) -> str:
    return next((key for key in ("choices", "taxonomy", "rating", "number", "datetime") if key in value), "textarea")
