"""A task of Label Studio as documents: one for each person who annotated it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kgbuild.document import Document, Problem, Prov, Severity
from kgbuild.readers.anchoring import verify
from kgbuild.readers.labelstudio.minimal import is_minimal, whole
from kgbuild.readers.labelstudio.regions import Report, units_of
from kgbuild.readers.labelstudio.texts import lay_out
from kgbuild.readers.metadata import id_in, metadata
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.scalars import confidence, word

__all__ = ["documents"]

_TOOL = "Label Studio"


class Annotation(NamedTuple):
    """One person's or one model's work on a task."""

    prov: Prov
    results: list[Any]


def documents(task: dict[str, Any], below: str, number: int, where: str) -> Iterator[Document | Problem]:
    """Yield a task's documents, verified. ``below`` and ``number`` name it where it has no id: file and place in it. Raises Rejected."""
    if is_minimal(task):
        task = whole(task)
    elif "task" in task and "result" in task:  # as storages hold it: an annotation with its task inside
        inner = task["task"]
        task = {**inner, "annotations": [task]} if isinstance(inner, dict) else task
    data = task.get("data")
    if not isinstance(data, dict):
        raise Rejected("annotation-invalid", "the object is no task of Label Studio: it has no data; export the project as JSON")
    name = _id(task, data) or f"{below}/{word(task.get('id')) or number}"
    problems: list[Problem] = []

    def report(code: str, severity: Severity, unit: str, message: str) -> None:
        problem = Problem(code, severity, message, name, unit, where)
        if problem not in problems[-3:]:
            problems.append(problem)

    annotations = list(_annotations(task, report))
    if not annotations:
        if not problems:
            report("not-annotated", "skipped", "", "nobody annotated the task, and no model: it was left out")
        yield from problems
        return
    for one in _repeated(annotations, report):
        annotations.remove(one)
    yield from problems
    layout = lay_out(data, (result for one in annotations for result in one.results if isinstance(result, dict)))
    said, faults = metadata(data, leave=("id", *layout.keys))
    if layout.text is None and not any(_marks_text(one.results) for one in annotations):
        raise Rejected("no-text", layout.remarks[0][2], document=name)
    for one in annotations:
        problems.clear()
        for code, severity, message in layout.remarks:
            report(code, severity, "", message)
        for fault in faults:
            report("metadata-invalid", "skipped", "", f"{fault}; left out, correct it in the task's data")
        answered: dict[str, Any] = {}
        units = units_of(one.results, layout, report, answered)
        meta = {**_answers(answered, said, report), **said}
        yield verify(Document(name, layout.text, meta=meta, prov=one.prov, units=units, problems=tuple(problems), where=where))


def _answers(answered: Mapping[str, Any], said: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """What an annotator answered about the text as a whole, as metadata; the data of the task hold before an answer that says otherwise."""
    meta, faults = metadata(answered)
    for fault in faults:
        report("metadata-invalid", "skipped", "", f"{fault}; left out, correct the answer")
    for name, value in meta.items():
        if said.get(name, value) != value:
            message = (
                f"{name}: the answer {value!r:.80} is not what the task's data say, {said[name]!r:.80}; left out, correct one of the two"
            )
            report("metadata-invalid", "skipped", "", message)
    return meta


def _id(task: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    """The id that the task's data give; else project and number of the task; empty where there is neither."""
    given = word(data.get("id")) or id_in(data)
    if given:
        return given
    project, number = word(task.get("project")), word(task.get("id"))
    if isinstance(task.get("project"), dict):
        project = word(task["project"].get("id"))
    return f"labelstudio/{project}/{number}" if project and number else ""


def _annotations(task: Mapping[str, Any], report: Report) -> Iterator[Annotation]:
    """What people did; where nobody did anything, what models did. Drafts are nobody's answer yet."""
    given = task.get("annotations") or task.get("completions") or []
    found = False
    for one in given if isinstance(given, list) else []:
        if not isinstance(one, dict) or not isinstance(one.get("result"), list):
            report("result-invalid", "skipped", "", "an annotation of the task has no results; left out")
            continue
        number = word(one.get("id"))
        who = _person(one.get("completed_by")) or _person(one.get("created_username")) or ""
        if one.get("was_cancelled") or one.get("skipped"):
            report("annotation-cancelled", "skipped", "", f"annotation {number} by {who or 'somebody'} was cancelled (skipped); left out")
            continue
        if _is_refused(one):
            report("annotation-refused", "skipped", "", f"annotation {number} by {who or 'somebody'} was rejected in review; left out")
            continue
        found = True
        created = one.get("created_at")
        status = "curated" if one.get("ground_truth") is True or _is_accepted(one) else "manual"
        made = created if isinstance(created, str) else None
        yield Annotation(Prov(who or None, _TOOL, made, status=status, ref=number or None), one["result"])  # type: ignore[arg-type]
    if found:
        return
    predictions = task.get("predictions")
    for one in predictions if isinstance(predictions, list) else []:
        if isinstance(one, dict) and isinstance(one.get("result"), list):
            created, model = one.get("created_at"), word(one.get("model_version"))
            made = created if isinstance(created, str) else None
            ref = word(one.get("id")) or None
            yield Annotation(Prov(model or None, _TOOL, made, confidence(one.get("score")), "auto", ref=ref), one["result"])


def _repeated(annotations: list[Annotation], report: Report) -> Iterable[Annotation]:
    """Of one person's several annotations of a task the curated one holds, else the last: the others."""
    best: dict[str | None, Annotation] = {}
    others = []
    for one in annotations:
        held = best.get(one.prov.annotator)
        if held is None:
            best[one.prov.annotator] = one
            continue
        curated, before = one.prov.status == "curated", held.prov.status == "curated"
        kept, left = (one, held) if curated >= before else (held, one)
        best[one.prov.annotator] = kept
        others.append(left)
        who = one.prov.annotator or "somebody without a name"
        message = f"{who} annotated the task more than once: annotation {kept.prov.ref} is read, annotation {left.prov.ref} was left out"
        report("annotation-repeated", "skipped", "", message)
    return others


def _person(given: Any) -> str:
    """A person as an export names one: a number, a name, or an object with the address."""
    if isinstance(given, dict):
        names = [word(given.get("first_name")), word(given.get("last_name"))]
        return word(given.get("email")) or word(given.get("username")) or " ".join(filter(None, names)) or word(given.get("id"))
    return word(given).partition(",")[0]


def _reviews(annotation: Mapping[str, Any]) -> list[bool]:
    reviews = annotation.get("reviews")
    given = [one.get("accepted") for one in reviews if isinstance(one, dict)] if isinstance(reviews, list) else []
    return [one for one in given if isinstance(one, bool)]


def _is_refused(annotation: Mapping[str, Any]) -> bool:
    return annotation.get("last_action") == "rejected" or _reviews(annotation)[-1:] == [False]


def _is_accepted(annotation: Mapping[str, Any]) -> bool:
    return annotation.get("last_action") == "accepted" or _reviews(annotation)[-1:] == [True]


def _marks_text(results: list[Any]) -> bool:
    return any(isinstance(one, dict) and one.get("type") in ("labels", "hypertextlabels", "paragraphlabels") for one in results)
