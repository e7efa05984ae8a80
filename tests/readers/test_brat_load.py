"""From a brat folder to answers: what the conventions say becomes facts, and a foreign label set loses nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kgbuild import vocabulary as v
from kgbuild.iris import DATA, KG
from kgbuild.stores import EmbeddedStore

TUTORIAL = Path(__file__).parents[3] / "shared" / "samples" / "brat" / "news-tutorial"
TEXT = "Kim Jong Un met Vladimir Putin in September. Peskov denied on Monday: “There was no transfer of 12 tanks from North Korea.” He said no more."
#: type of an annotation, the words that it covers, from the first on or from the last
WORDS = {
    "T1": "Person Kim Jong Un", "T2": "Meeting met", "T3": "Person Vladimir Putin", "T4": "Date September", "T5": "Person Peskov",
    "T6": "Statement denied", "T7": "Date Monday", "T8": "Quote There was no transfer of 12 tanks from North Korea.", "T9": "ArmsTransfer transfer",
    "T10": "State North Korea", "T11": "Weapon tanks", "T12": "Person He",
}  # fmt: skip
SAID = """E1\tMeeting:T2 participant:T1 participant2:T3 date:T4
E2\tStatement:T6 speaker:T5 quote:T8 about:E3 date:T7
E3\tArmsTransfer:T9 supplier:T10 item:T11
A1\tstance E2 denies
*\tSame T5 T12
N1\tReference T3 Wikidata:Q7747\tVladimir Putin
#1\tAnnotatorNotes T4\t2023-09
#2\tAnnotatorNotes T7\t2023-09-18
#3\tAnnotatorNotes E3\tquantity=12; recipient="Russia"
#4\tAnnotatorNotes T11\tof which kind?
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, kgbuild: Callable[..., Result]) -> tuple[Path, Result]:
    """A store with one document of ours and brat's tutorial, where that is beside this checkout; and what the load said."""
    made = tmp_path_factory.mktemp("brat")
    if TUTORIAL.is_dir():
        shutil.copytree(TUTORIAL, made / "tutorial")
    lines = []
    for name, written in WORDS.items():
        kind, _, words = written.partition(" ")
        begin = TEXT.index(words)
        lines.append(f"{name}\t{kind} {begin} {begin + len(words)}\t{words}\n")
    (made / "talks.txt").write_text(TEXT, encoding="utf-8")
    (made / "talks.ann").write_text("".join(lines) + SAID, encoding="utf-8")
    (made / "talks.meta.json").write_text('{"published": "2023-09-19", "lang": "en", "publisher": "Yonhap"}', encoding="utf-8")
    (made / "annotation.conf").write_text("[entities]\nPerson\n", encoding="utf-8")
    result = kgbuild("load", "--store", made / ".store", made)
    return made / ".store", result


def objects(store: Path, subject: str, predicate: str) -> set[str]:
    with EmbeddedStore.open(store, read_only=True) as database:
        rows = database.select(
            f"SELECT ?o {{ {{ <{subject}> <{predicate}> ?o }} UNION {{ GRAPH ?g {{ <{subject}> <{predicate}> ?o }} }} }}"
        )
        return {row[0].value for row in rows}


def one_of(store: Path, cls: str) -> str:
    with EmbeddedStore.open(store, read_only=True) as database:
        ((found,),) = database.select(f"SELECT DISTINCT ?s {{ ?s a <{KG}{cls}> ; <{v.REPORTED_IN}> ?a }}")
        return str(found.value)


def test_the_conventions_become_facts(loaded: tuple[Path, Result]) -> None:
    store, result = loaded
    assert "talks.ann" not in result.output, "a problem"
    assert "date-without-value" not in result.output
    article = DATA + "article/talks"
    assert objects(store, article, KG + "publicationDate") | objects(store, article, v.P_DATE) == {"2023-09-19"}
    meeting, denial, transfer = one_of(store, "Meeting"), one_of(store, "Denial"), one_of(store, "ArmsTransfer")
    assert len(objects(store, meeting, KG + "participant")) == 2
    assert (objects(store, meeting, v.EARLIEST), objects(store, meeting, v.LATEST)) == ({"2023-09-01"}, {"2023-09-30"})
    assert objects(store, denial, v.P_QUOTE) == {"There was no transfer of 12 tanks from North Korea."}
    assert objects(store, denial, v.P_DATE) == {"2023-09-18"}
    assert objects(store, denial, KG + "about") == {transfer}
    assert objects(store, transfer, v.SUPPLIER) == {DATA + "state/PRK"}
    assert objects(store, transfer, v.RECIPIENT) == {DATA + "state/RUS"}
    (quantity,) = objects(store, transfer, KG + "quantity")
    assert objects(store, quantity, KG + "amount") == {"12"}
    (speaker,) = objects(store, denial, v.SPEAKER)
    begins = {TEXT.index("Peskov"), TEXT.index("He said")}
    places = {mention.partition("char=")[2].partition(",")[0] for mention in objects(store, speaker, v.DENOTED_BY)}
    assert places == {str(begin) for begin in begins}


def test_a_foreign_label_set_is_kept_with_its_raw_labels(loaded: tuple[Path, Result]) -> None:
    store, result = loaded
    if not TUTORIAL.is_dir():
        pytest.skip("the sample files of brat are not beside this checkout")
    assert "14 documents" in result.output
    assert "rejected" not in result.output
    assert {line.split()[2] for line in result.output.splitlines() if " skipped " in line} == {
        "ill-typed-value"
    }  # Confidence High is no number
    transfer = DATA + "article/tutorial%2F000-introduction/E1"
    assert objects(store, transfer, v.TYPE) >= {KG + "Event"}
    assert objects(store, transfer, v.RAW_LABEL) == {"Transfer-money"}
    assert objects(store, transfer, v.RAW_ROLE) == {"Giver-Arg", "Money-Arg", "Beneficiary-Arg", "Recipient-Arg"}
    assert len(objects(store, transfer, v.RELATED_TO)) == 4
