"""Which dates of a document get a value, from where, and what is said of it."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from kgbuild.dating import Dates
from kgbuild.document import Arg, Document, Mention, Problem, Prov, Unit
from kgbuild.mapping import Mapper
from kgbuild.ontology import Ontology
from kgbuild.registry import Registry

RO = {"lang": "ro-RO", "published": "2024-01-17T09:00:00+02:00"}


def a_date(*texts: str, note: str | None = None, **fields: Any) -> Unit:
    prov = Prov(note=note) if note is not None else None
    return Unit(
        **{"id": "v", "kind": "value", "label": "Date", "mentions": tuple(Mention(text=text) for text in texts), "prov": prov, **fields}
    )


def dated(ontology: Ontology, unit: Unit, meta: dict[str, Any] | None = None, **options: Any) -> tuple[Any, tuple[Problem, ...]]:
    """The value that the unit has afterwards, and the problems told."""
    document = Dates(ontology, **options)(Document("d", meta=RO if meta is None else meta, units=(unit,)))
    return document.units[0].attrs.get("edtf"), document.problems


# --- which units


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        pytest.param(a_date("luni"), "2024-01-15", id="by its label"),
        pytest.param(a_date("luni", label="dată"), "2024-01-15", id="by a label in another language"),
        pytest.param(a_date("luni", label=("noun", "DATE")), "2024-01-15", id="by one of its labels"),
        pytest.param(a_date("luni", label="kg:Date"), "2024-01-15", id="by a CURIE"),
        pytest.param(a_date("luni", kind="entity"), "2024-01-15", id="whatever its kind is, since tools know spans alone"),
        pytest.param(a_date(name="16 ianuarie"), "2024-01-16", id="by its name"),
    ],
)
def test_a_unit_labelled_as_a_date_gets_a_value(ontology: Ontology, unit: Unit, value: str) -> None:
    found, (problem,) = dated(ontology, unit)
    assert (found, problem.code, problem.severity, problem.unit) == (value, "date-read-from-text", "kept", "v")


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param(a_date("luni", attrs={"edtf": "2024-01-08"}), id="it has one"),
        pytest.param(a_date("luni", attrs={"EDTF": "nonsense"}), id="it has one, wrong, which the mapping tells"),
        pytest.param(a_date("luni", attrs={"kg:edtf": "2024"}), id="it has one, by a CURIE"),
        pytest.param(a_date("luni", label="Quote"), id="another value"),
        pytest.param(a_date("luni", label=None), id="no label"),
        pytest.param(a_date("luni", kind="relation"), id="a relation"),
        pytest.param(a_date("luni", prov=Prov(status="rejected")), id="rejected by a curator"),
    ],
)
def test_other_units_stay_as_they_are(ontology: Ontology, unit: Unit) -> None:
    document = Document("d", meta=RO, units=(unit,))
    assert Dates(ontology)(document) is document


# --- the annotator's note


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param(a_date("luni", note=" 2023-09/2023-10~ "), id="on the unit"),
        pytest.param(a_date(mentions=(Mention(text="luni", prov=Prov(note="2023-09/2023-10~")),)), id="on a mention"),
        pytest.param(a_date("luni", attrs={"note": ["see above", "2023-09/2023-10~"]}), id="as an attribute"),
        pytest.param(a_date("luni", attrs={"notă": "2023-09/2023-10~"}), id="as an attribute in Romanian"),
        pytest.param(a_date(note="2023-09/2023-10~"), id="on a date without words"),
    ],
)
def test_a_note_that_is_a_date_is_the_value_and_no_finding(ontology: Ontology, unit: Unit) -> None:
    assert dated(ontology, unit) == ("2023-09/2023-10~", ())


def test_another_note_is_no_value(ontology: Ontology) -> None:
    value, (problem,) = dated(ontology, a_date("luni", note="which Monday?"))
    assert (value, problem.code) == ("2024-01-15", "date-read-from-text")


# --- the words


def test_the_message_says_words_value_and_day_of_publication(ontology: Ontology) -> None:
    _value, (problem,) = dated(ontology, a_date("luni"))
    assert "“luni” of unit “v” has no EDTF value: read as 2024-01-15, seen from 2024-01-17" in problem.message
    assert "note its EDTF value" in problem.message
    _value, (problem,) = dated(ontology, a_date("16  ianuarie\n2024"))
    assert "“16 ianuarie 2024” of unit “v” has no EDTF value: read as 2024-01-16;" in problem.message


@pytest.mark.parametrize(
    ("texts", "value"),
    [
        (("În aceeași zi", "16 ianuarie 2024"), "2024-01-16"),
        (("ianuarie", "16 ianuarie", "2024"), "2024-01-16"),
        (("septembrie 2023", "toamna 2023"), "2023-09"),
        (("15 ianuarie", "16 ianuarie"), None),
        (("până la 15 ianuarie", "luni"), "2024-01-15"),
    ],
)
def test_of_several_mentions_the_narrowest_counts_and_none_against_another(
    ontology: Ontology, texts: tuple[str, ...], value: str | None
) -> None:
    found, (problem,) = dated(ontology, a_date(*texts))
    assert (found, problem.code) == (value, "date-read-from-text" if value else "date-unread")
    assert value is not None or "2024-01-15 and 2024-01-16" in problem.message


@pytest.mark.parametrize(
    ("unit", "meta", "why"),
    [
        (a_date("luni"), {"lang": "ro"}, "it counts from the day of publication, which the article does not give"),
        (a_date("16 ianuarie"), {"lang": "ro", "published": "ianuarie 2024"}, "it counts from the day of publication"),
        (a_date("16 ianuarie 2024"), {"published": "2024-01-17"}, "the article's language is not given"),
        (a_date("03/04/2024"), RO, "which is the day and which the month?"),
        (a_date("a doua zi"), RO, "its words are no date that is read"),
        (a_date("luni, 16 ianuarie"), RO, "the weekday fits no near year"),
        (a_date("1월 16일"), {"lang": "ko"}, "it has no year, and the article no day of publication"),
        (a_date(), RO, "it has no words"),
        (a_date("  "), RO, "it has no words"),
        (a_date("luni " * 100), RO, "its words are no date that is read"),
    ],
)
def test_what_is_not_read_is_told_with_why_and_what_to_do(ontology: Ontology, unit: Unit, meta: dict[str, Any], why: str) -> None:
    value, (problem,) = dated(ontology, unit, meta)
    assert (value, problem.code, problem.severity, problem.unit) == (None, "date-unread", "kept", "v")
    assert why in problem.message
    assert "note its EDTF value on it in the annotation tool" in problem.message
    assert len(problem.message) < 400


def test_words_are_not_told_where_the_text_may_not_be_kept(ontology: Ontology) -> None:
    for words in ("luni", "a doua zi"):
        _value, (problem,) = dated(ontology, a_date(words), keep_text=False)
        assert words not in problem.message


def test_problems_of_the_reader_stay_in_front(ontology: Ontology) -> None:
    first = Problem("span-repaired", "kept", "x")
    document = Dates(ontology)(Document("d", meta=RO, units=(a_date("luni"),), problems=(first,)))
    assert [problem.code for problem in document.problems] == ["span-repaired", "date-read-from-text"]
    assert Dates(ontology)(document) is document


def test_dates_cross_processes(ontology: Ontology) -> None:
    document = Document("d", meta=RO, units=(a_date("luni"),))
    assert pickle.loads(pickle.dumps(Dates(ontology)))(document) == Dates(ontology)(document)


# --- in the graph


def met(*dates: Unit) -> Document:
    args = (Arg("participant", target="wd:Q159"), *(Arg("date", target=date.id) for date in dates))
    return Document("d", meta=RO, units=(Unit("m", "event", label="Meeting", args=args), *dates))


def test_a_date_that_was_read_bounds_its_event(ontology: Ontology, registry: Registry) -> None:
    mapped = Mapper(ontology, registry).map((Dates(ontology)(met(a_date("luni"))),))
    assert any('ontology#earliest> "2024-01-15"' in fact and "/x" not in fact for fact in mapped.facts)
    assert [problem.code for problem in mapped.problems] == ["date-read-from-text"]


def test_a_date_that_was_not_read_is_one_finding(ontology: Ontology, registry: Registry) -> None:
    document = met(a_date("a doua zi"), a_date("", id="w", label="Quantity"))
    mapped = Mapper(ontology, registry).map((Dates(ontology)(document),))
    assert sorted((problem.code, problem.unit) for problem in mapped.problems) == [("date-unread", "v"), ("date-without-value", "w")]
