"""Wrong data that an annotator can write: each case spoils one thing of a clean article, and names the rule that must catch it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kgbuild.pipeline import LoadOptions, ValidateOptions, load, validate
from kgbuild.validation import Finding, Summary

from .wrong import changed, document, relation, unit  # noqa: TID252 - the tests are no installed package

pytestmark = pytest.mark.long  # all are loaded and validated before the first is looked at

STANCE = {"attrs": {"stance": "claims"}}

#: what is wrong -> (rule, severity, the article)
WRONG: dict[str, tuple[str, str, dict[str, Any]]] = {
    # page 7, D5
    "a weapon speaks": ("SpeakerIsAgent", "violation", document("01", changed("den", ("speaker", "wpn"), drop=("speaker",)))),
    "a state is a person": ("StateIsNothingElse", "violation", document("02", unit("rus", "entity", "PER", name="Russia", links=["wd:Q159"]))),
    "a transfer to itself": ("TransferIsToAnother", "violation", document("03", changed("xfr", ("recipient", "prk")))),
    "a meeting of one": ("MeetingHasTwoSides", "violation", document("04", changed("mtg", ("participant", "rus"), drop=("participant",)))),
    "a post held before birth": (
        "TenureAfterBirth", "violation",
        document("05", changed("per", attrs={"birthDate": "1999-05-01"}), relation("r1", "holdsPost", "per", "pst", **{"from": "1998", "until": "2001"})),
    ),
    "two stances": ("StatementHasOneStance", "violation", document("06", changed("den", attrs={"stance": ["denies", "evades"]}))),
    "attribution in a circle": ("NothingRunsInCircle", "violation", document("07", changed("tha", ("conveys", "rep")))),
    "a transfer without supplier": ("TransferHasSupplier", "violation", document("08", changed("xfr", drop=("supplier",)))),
    "a speaker that nobody knows": ("SpeakerIsAgent", "violation", document("09", changed("den", ("speaker", "wd:Q99999999"), drop=("speaker",)))),
    "an embassy of two states": ("BodyOfOneState", "violation", document("10", relation("rx", "organOf", "emb", "prk"))),
    "a negative count": ("CountIsWholeNumber", "violation", document("11", changed("tly", attrs={"targetType": "radar-station", "count": -2}))),
    "a place takes part": ("ParticipantIsAgent", "violation", document("12", changed("mtg", ("participant", "plc")))),
    "spouse of oneself": ("NothingIsRelatedToItself", "violation", document("13", relation("rx", "spouseOf", "per", "per"))),
    "a statement about a date": ("AboutIsStatable", "violation", document("14", changed("den", ("about", "d1")))),
    # agents
    "a body holds a post": ("PostHolderIsPerson", "violation", document("20", relation("rx", "holdsPost", "org", "pst"))),
    "a ministry is held like a post": ("PostHeldIsPost", "violation", document("21", relation("rx", "holdsPost", "per", "org"))),
    "a person is a post of somebody": ("PostOfIsOfPost", "violation", document("22", relation("rx", "postOf", "per", "rus"))),
    "a post of a place": ("PostBelongsToAgent", "violation", document("23", relation("r2", "postOf", "pst", "plc"))),
    "a post of nobody": ("PostHasBody", "warning", document("24", without=("r2",))),
    "a post of two states": ("PostOfOne", "violation", document("25", relation("rx", "postOf", "pst", "prk"))),
    "a person is an organ": ("OrganIsOrganization", "violation", document("26", relation("rx", "organOf", "per", "rus"))),
    "an organ of a post": ("OrganOfAgent", "violation", document("27", relation("rx", "organOf", "org", "pst"))),
    "an unknown embassy of nobody": ("MissionHasSender", "warning", document("28", changed("emb", name="Embassy of Utopia", words="Embassy of Utopia"))),
    "an unknown embassy to nobody": ("MissionHasReceiver", "warning", document("29", changed("emb", name="Embassy of Utopia", words="Embassy of Utopia"))),
    "an embassy in its own state": ("MissionIsAbroad", "violation", document("30", relation("rx", "accreditedTo", "emb", "rus"))),
    "a person is accredited": ("AccreditedIsMission", "violation", document("31", relation("rx", "accreditedTo", "per", "rus"))),
    "accredited to a town": ("AccreditedToReceiver", "violation", document("32", relation("rx", "accreditedTo", "emb", "plc"))),
    "a weapon is a member": ("MemberIsAgent", "violation", document("33", relation("rx", "memberOf", "wpn", "org"))),
    "a member of a town": ("MemberOfAgent", "violation", document("34", relation("rx", "memberOf", "per", "plc"))),
    "an institute is a spouse": ("SpouseIsPerson", "violation", document("35", relation("rx", "spouseOf", "org", "per"))),
    "married to a state": ("SpouseOfPerson", "violation", document("36", relation("rx", "spouseOf", "per", "rus"))),
    "a town owns a blog": ("OwnerIsAgent", "violation", document("37", relation("rx", "owns", "plc", "blg"))),
    "a meeting is owned": ("OwnedIsEntity", "violation", document("38", relation("rx", "owns", "per", "mtg"))),
    "an organ of itself": ("NothingRunsInCircle", "violation", document("39", relation("rx", "organOf", "org", "org"))),
    "a birth date in words": ("BirthIsDate", "violation", document("40", changed("per", attrs={"birthDate": "in the fifties"}))),
    "a person of one word": ("NameOfLatinPersonHasTwoWords", "info", document("41", changed("per", name="Example", words="Example"))),
    # places
    "a meeting in an institute": ("PlaceOfEventIsPlace", "violation", document("50", changed("mtg", ("place", "org")))),
    "a town in an institute": ("LocatedInPlace", "violation", document("51", relation("rx", "locatedIn", "plc", "org"))),
    "a meeting lies somewhere": ("LocatedIsEntity", "violation", document("52", relation("rx", "locatedIn", "mtg", "plc"))),
    "a code in small letters": ("Alpha3IsCode", "violation", document("53", unit("utp", "entity", "STATE", name="Utopia", attrs={"isoAlpha3": "utp"}))),
    "a code too long": ("Alpha2IsCode", "violation", document("54", unit("utp", "entity", "STATE", name="Utopia", attrs={"isoAlpha2": "UTP"}))),
    "a numeric code of letters": ("NumericIsCode", "violation", document("55", unit("utp", "entity", "STATE", name="Utopia", attrs={"isoNumeric": "U12"}))),
    # documents
    "no date": ("ArticleHasDate", "warning", document("60", meta={"published": None})),
    "no publisher": ("ArticleHasPublisher", "info", document("61", meta={"publisher": ""})),
    "no language": ("ArticleHasLanguage", "warning", document("62", meta={"lang": None})),
    "no title": ("ArticleHasTitle", "warning", document("63", meta={"title": ""})),
    "an address without scheme": ("UrlIsWebAddress", "violation", document("64", meta={"uri": "www.example.org/a"})),
    "a language by name": ("LanguageIsTag", "violation", document("65", changed("blg", attrs={"language": "Romanian language"}))),
    "a meeting has an author": ("AuthoredIsDocument", "violation", document("66", relation("rx", "author", "mtg", "per"))),
    "a weapon is an author": ("AuthorIsAgent", "violation", document("67", relation("rx", "author", "doc", "wpn"))),
    "a state is published": ("PublishedIsDocument", "violation", document("68", relation("rx", "publishedBy", "rus", "blg"))),
    "published by a town": ("PublisherIsAgent", "violation", document("69", relation("rx", "publishedBy", "doc", "plc"))),
    "an embassy attaches": ("AttachingIsDocument", "violation", document("70", relation("rx", "attaches", "emb", "doc"))),
    "a blog is attached": ("AttachedIsDocument", "violation", document("71", relation("rx", "attaches", "doc", "blg"))),
    # events
    "a weapon visits": ("VisitorIsAgent", "violation", document("80", changed("vis", ("visitor", "wpn")))),
    "a town is host": ("HostIsAgent", "violation", document("81", changed("vis", ("host", "plc")))),
    "a visit to oneself": ("VisitorIsNotHost", "violation", document("82", changed("vis", ("host", "prk")))),
    "a visit of nobody": ("VisitHasVisitor", "warning", document("83", changed("vis", drop=("visitor",)))),
    "support for oneself": ("SupportIsForAnother", "violation", document("84", unit("sup", "event", "SUPPORT", ("supporter", "prk"), ("beneficiary", "prk")))),
    "support by nobody": ("SupportHasSupporter", "warning", document("85", unit("sup", "event", "SUPPORT", ("beneficiary", "prk")))),
    "support for nobody": ("SupportHasBeneficiary", "warning", document("86", unit("sup", "event", "SUPPORT", ("supporter", "prk")))),
    "a weapon supports": ("SupporterIsAgent", "violation", document("87", unit("sup", "event", "SUPPORT", ("supporter", "wpn"), ("beneficiary", "prk")))),
    "support for a weapon": ("BeneficiaryIsAgent", "violation", document("8a", unit("sup", "event", "SUPPORT", ("supporter", "rus"), ("beneficiary", "wpn")))),
    "sanctions by a town": ("SanctionerIsAgent", "violation", document("8b", unit("san", "event", "SANCTION", ("sanctioner", "plc"), ("sanctioned", "rus")))),
    "sanctions on oneself": ("SanctionsHitAnother", "violation", document("88", unit("san", "event", "SANCTION", ("sanctioner", "rus"), ("sanctioned", "rus")))),
    "sanctions on nobody": ("SanctionsHitSomebody", "warning", document("89", unit("san", "event", "SANCTION", ("sanctioner", "rus")))),
    "a town is sanctioned": ("SanctionedIsAgent", "violation", document("90", unit("san", "event", "SANCTION", ("sanctioner", "rus"), ("sanctioned", "plc")))),
    "a call with one side": ("CallHasTwoSides", "violation", document("91", unit("cal", "event", "PHONE_CALL", ("participant", "rus")))),
    "an agreement of one": ("AgreementHasTwoSides", "warning", document("92", unit("agr", "event", "AGREEMENT", ("participant", "rus")))),
    "part of a person": ("PartIsOfEvent", "violation", document("93", changed("mtg", ("subEventOf", "per")))),
    "part of itself": ("NothingRunsInCircle", "violation", document("94", changed("mtg", ("subEventOf", "vis")), changed("vis", ("subEventOf", "mtg")))),
    "a part outside its whole": ("PartIsWithinWhole", "violation", document("95", changed("mtg", ("subEventOf", "vis")))),
    "a date is the topic": ("TopicIsTopic", "violation", document("96", changed("mtg", ("topic", "d1")))),
    "a town is the forum": ("ForumIsAgentOrEvent", "violation", document("97", changed("mtg", ("forum", "plc")))),
    "a quote is a quantity": ("QuantityIsQuantity", "violation", document("98", changed("xfr", ("quantity", "q1")))),
    "less than nothing": ("AmountIsNumber", "violation", document("99", unit("qty", "value", "QUANTITY", attrs={"amount": -3, "unit": "pieces"}), changed("xfr", ("quantity", "qty")))),
    "an amount of what": ("AmountHasUnit", "info", document("9a", unit("qty", "value", "QUANTITY", attrs={"amount": 3}), changed("xfr", ("quantity", "qty")))),
    "a town acts": ("ActorIsAgent", "violation", document("9b", unit("dis", "event", "DISINFORMATION", ("actor", "plc")))),
    # arms
    "a town supplies": ("SupplierIsAgent", "violation", document("a0", changed("xfr", ("supplier", "plc"), drop=("supplier",)))),
    "a weapon receives": ("RecipientIsAgent", "violation", document("a1", changed("xfr", ("recipient", "wpn"), drop=("recipient",)))),
    "a state is the item": ("ItemIsMilitary", "violation", document("a2", changed("xfr", ("item", "rus")))),
    "a transfer to nobody": ("TransferHasRecipient", "warning", document("a3", changed("xfr", drop=("recipient",)))),
    "a transfer of nothing": ("TransferHasItem", "info", document("a4", changed("xfr", drop=("item",)))),
    "a weapon attacks": ("AttackerIsAgent", "violation", document("a5", changed("stk", ("attacker", "wpn"), drop=("attacker",)))),
    "an attack on oneself": ("AttackIsOnAnother", "violation", document("a6", changed("stk", ("target", "rus")))),
    "a meeting is the target": ("TargetIsThing", "violation", document("a7", changed("stk", ("target", "mtg")))),
    "a strike by nobody": ("StrikeHasAttacker", "info", document("a8", changed("stk", drop=("attacker",)))),
    "a quote is the tally": ("TallyIsTally", "violation", document("a9", changed("stk", ("tally", "q1")))),
    "a tally of what": ("TallyHasType", "violation", document("aa", changed("tly", attrs={"count": 2}))),
    "a tally of how many": ("TallyHasCount", "violation", document("ab", changed("tly", attrs={"targetType": "radar-station"}))),
    "a tally of two counts": ("TallyHasCount", "violation", document("ac", changed("tly", attrs={"targetType": "radar-station", "count": [2, 3]}))),
    "an unknown type of target": ("TargetTypeIsKnown", "warning", document("ad", changed("tly", attrs={"targetType": "castle", "count": 2}))),
    "a tally of no strike": ("TallyBelongsToStrike", "warning", document("ae", changed("stk", drop=("tally",)))),
    "in no areas": ("AreasIsWholeNumber", "violation", document("af", changed("tly", attrs={"targetType": "radar-station", "count": 2, "areas": 0}))),
    "through a meeting": ("ViaIsThing", "violation", document("ag", changed("xfr", ("via", "mtg")))),
    # statements
    "no stance": ("StatementHasStance", "violation", document("b0", changed("den", attrs={}))),
    "an unknown stance": ("StanceIsKnown", "violation", document("b1", changed("den", attrs={"stance": "mumbles"}))),
    "on behalf of a town": ("OnBehalfOfAgent", "violation", document("b2", changed("den", ("onBehalfOf", "plc")))),
    "said to a weapon": ("AddresseeIsAgent", "violation", document("b3", changed("den", ("addressee", "wpn")))),
    "a transfer is accused": ("AccusedIsAgent", "violation", document("b4", changed("den", ("accused", "xfr")))),
    "a statement about nothing": ("StatementSaysSomething", "warning", document("b5", changed("den", drop=("about",)))),
    "an accusation of nobody": ("AccusationNamesAccused", "info", document("b6", changed("den", attrs={"stance": "accuses"}))),
    "an interpretation of nothing": ("InterpretationInterprets", "violation", document("b7", changed("int", drop=("interprets",)))),
    "an interpretation as nothing": ("InterpretationHasReading", "violation", document("b8", changed("int", attrs={"stance": "interprets"}))),
    "a denial reads": ("ReadingIsOfInterpretation", "violation", document("b9", changed("den", attrs={"stance": "denies", "readsAs": "acknowledges"}))),
    "a denial interprets": ("InterpretingIsInterpretation", "warning", document("ba", changed("den", ("interprets", "tha")))),
    "a transfer is interpreted": ("InterpretedIsStatement", "violation", document("bb", changed("int", ("interprets", "xfr")))),
    "an unknown reading": ("ReadingIsStance", "violation", document("bc", changed("int", attrs={"stance": "interprets", "readsAs": "mumbles"}))),
    "a transfer is conveyed": ("ConveyedIsStatement", "violation", document("bd", changed("rep", ("conveys", "xfr")))),
    "a meeting is answered": ("AnsweredIsStatement", "violation", document("be", changed("den", ("respondsTo", "mtg")))),
    "after a meeting": ("EarlierIsStatement", "violation", document("bf", changed("tha", ("after", "mtg")))),
    "after itself": ("NothingRunsInCircle", "violation", document("bg", changed("den", ("after", "den")))),
    "during a person": ("MadeDuringEvent", "violation", document("bh", changed("tha", ("madeDuring", "per")))),
    "expressed in a blog": ("ExpressedInDocument", "violation", document("bi", changed("rep", ("expressedIn", "blg")))),
    "an unknown medium": ("MediumIsKnown", "warning", document("bj", changed("rep", args=[*changed("rep")["args"], {"role": "medium", "value": "carrier pigeon"}]))),
    "a quote without words": ("QuotationHasText", "violation", document("bk", changed("q1", words=""))),
    "an empty quote": ("QuoteHasWords", "violation", document("bl", changed("tha", args=[{"role": "speaker", "target": "per"}, {"role": "about", "target": "xfr"}, {"role": "quote", "value": " "}]))),
    "a state talks to itself": ("SpeakerIsNotAddressee", "warning", document("bm", changed("den", ("addressee", "rus")))),
    "a state accuses itself": ("SpeakerIsNotAccused", "warning", document("bn", changed("den", ("accused", "rus")))),
    "said after publication": (
        "StatementBeforePublication", "violation",
        document("bo", changed("d1", attrs={"edtf": "2024-02-20"}), changed("tha", ("date", "d1"))),
    ),
    "after, but dated before": ("LaterStatementIsLater", "violation", document("bp", changed("den", ("date", "d1"), drop=("date",)), changed("tha", ("date", "d2")))),
    "a statement about itself": ("NothingIsRelatedToItself", "violation", document("bq", changed("den", ("about", "den")))),
    # what is left of the annotator's words
    "an unknown class": ("LabelIsKnown", "info", document("c0", changed("wpn", label="SPACESHIP"))),
    "an unknown role": ("RoleIsKnown", "info", document("c1", changed("mtg", ("interpreter", "per")))),
    "an unknown attribute": ("AttributeIsKnown", "info", document("c2", changed("mtg", attrs={"mood": "cordial"}))),
    "related to nobody knows what": ("RelatedIsKnown", "warning", document("c3", changed("mtg", ("interpreter", "wd:Q99999999")))),
    "a meeting not in the text": ("HappeningIsInText", "warning", document("c4", changed("mtg", words=""))),
    "a thing without name": ("ThingHasLabel", "warning", document("c5", unit("nil", "entity", "Weapon", words=""), changed("xfr", ("item", "nil")))),
    "an annotation by nobody": ("AnnotationHasAnnotator", "info", document("c6") | {"prov": {"tool": "a machine"}}),
}  # fmt: skip

Found = Callable[[str], list[Finding]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wrong")
    source = folder / "wrong.kga.jsonl"
    documents = [document("clean"), *(case[2] for case in WRONG.values())]
    source.write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
    report = load([source], folder / "store", LoadOptions(), on_problem=lambda _problem: None, on_progress=lambda _n: None)
    assert report.added == len(documents)
    return folder / "store"


@pytest.fixture(scope="module")
def found(store: Path) -> Found:
    """The findings on one article."""
    chosen = ValidateOptions(articles=("clean", *(case[2]["id"] for case in WRONG.values())))
    groups = validate(store, chosen, Summary(), on_progress=lambda _n: None)
    by_article = dict(zip(chosen.articles, groups, strict=True))
    return lambda document_id: by_article[document_id]


def test_a_clean_article_breaks_no_rule(found: Found) -> None:
    assert found("clean") == []


@pytest.mark.parametrize("case", WRONG)
def test_wrong_annotations_are_caught_by_the_rule_made_for_them(case: str, found: Found) -> None:
    rule, severity, wrong = WRONG[case]
    caught = {(finding.rule.partition("#")[2], finding.severity) for finding in found(wrong["id"])}
    assert (rule, severity) in caught, caught


def test_a_finding_names_the_thing_the_value_and_the_sentence(found: Found) -> None:
    (finding,) = (one for one in found("01") if one.rule.endswith("SpeakerIsAgent"))
    assert finding.title == "Article 01"
    assert finding.label == "Example-9 missile: denied"
    assert finding.path.endswith("#speaker")
    assert finding.value_label == "Example-9 missile"
    assert finding.sentence == "So denied."
    assert finding.message("en").startswith("A speaker is an agent")
    assert finding.message("ro").startswith("Un vorbitor este un agent")
    assert finding.message("xx") == finding.message("en")


def test_a_fault_of_a_chain_is_laid_to_its_links_not_to_the_article(found: Found) -> None:
    labels = {one.label for one in found("07") if one.rule.endswith("NothingRunsInCircle")}
    assert labels == {"John Q. Example: thanked", "Embassy of Russia in Romania: posted"}
