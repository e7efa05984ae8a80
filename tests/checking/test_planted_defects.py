"""Defects planted one by one in the shipped ontology: each is found, at its file and line, and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from kgbuild.checking import TABLE

from ..conftest import sampled  # noqa: TID252 - the tests are no installed package

if TYPE_CHECKING:
    from tests.checking.conftest import Sound


class Planted(NamedTuple):
    """An edit of one file (old text to new; nothing to what is put at the end), the checks that see it, and the text whose line they name.

    An ellipsis allows consequences that other checks see. Without ``at``, the line is that of the first character that changed. ``file`` is where the finding is, if not in the edited file.
    """

    ids: str
    name: str
    old: str
    new: str
    at: str = ""
    file: str = ""


AGENT, ARMS, EVENT, PLACE, SCHEME, STATEMENT = (f"{name}.ttl" for name in "agent arms event place scheme statement".split())
ROOT = "kgbuild.ttl"


def cls(
    name: str, body: str = "rdfs:subClassOf kg:Meeting", *, label: str = "", ro: str = "", module: str = "event", more: str = ""
) -> str:
    """A class with all that the house wants of one."""
    english, romanian = label or name.lower(), ro or f"{name.lower()} ro"
    return (
        f'\nkg:{name} a owl:Class ;\n    {body} ;\n    rdfs:label "{english}"@en , "{romanian}"@ro ;\n'
        f'    skos:definition "A happening of the kind {name}1."@en , "Un eveniment de felul {name}2."@ro ;\n{more}'
        f"    rdfs:isDefinedBy <https://w3id.org/kgbuild/ontology/{module}> .\n"
    )


def prop(
    name: str, body: str = "rdfs:subPropertyOf kg:participant", *, kind: str = "owl:ObjectProperty", module: str = "event", more: str = ""
) -> str:
    return (
        f'\nkg:{name} a {kind} ;\n    {body} ;\n    rdfs:label "{name.lower()}"@en , "{name.lower()} ro"@ro ;\n'
        f'    skos:definition "A relation of the kind {name}1."@en , "O relație de felul {name}2."@ro ;\n{more}'
        f"    rdfs:isDefinedBy <https://w3id.org/kgbuild/ontology/{module}> .\n"
    )


def concept(name: str, scheme: str = "medium", kind: str = "kg:Medium", *, more: str = "") -> str:
    return (
        f'\nkgs:{name} a owl:NamedIndividual , {kind} ;\n    skos:inScheme kgs:{scheme} ;\n    rdfs:label "{name}"@en , "{name} ro"@ro ;\n'
        f'    skos:prefLabel "{name}"@en , "{name} ro"@ro ;\n'
        f'    skos:definition "A medium of the kind {name}1."@en , "Un canal de felul {name}2."@ro ;\n{more}'
        "    rdfs:isDefinedBy <https://w3id.org/kgbuild/ontology/scheme> .\n"
    )


DEFECTS = {
    # --- what cannot be read
    "a semicolon is missing": Planted("syntax", AGENT, 'rdfs:label "embassy"@en , "ambasadă"@ro ;', 'rdfs:label "embassy"@en , "ambasadă"@ro', at="skos:definition\n        \"A diplomatic mission that is led"),
    "a dot is missing": Planted("syntax", EVENT, "", "\nkg:Summit a owl:Class\n\nkg:Meeting kg:ploverType \"CONSULT\" .\n", at="kg:Meeting kg:plover"),
    "a quote is missing": Planted("syntax …", EVENT, 'kg:annotationLabel "PHONE_CALL" ;', 'kg:annotationLabel "PHONE_CALL ;', at='"PHONE_CALL ;'),
    "a prefix is missing": Planted("syntax", EVENT, "", '\nkg:Meeting foo:bar "x" .\n'),
    "a bracket is not closed": Planted("syntax", EVENT, "", "\nkg:Meeting rdfs:seeAlso [ a owl:Class .\n"),
    "a broken escape": Planted("syntax", PLACE, '"located in"@en', '"located \\in"@en'),
    "an IRI is relative": Planted("relative-iri", EVENT, "", "\nkg:Meeting rdfs:seeAlso <Summit> .\n"),
    "kg: stands for another namespace": Planted("prefix …", PLACE, "<https://w3id.org/kgbuild/ontology#> .", "<https://w3id.org/kgbuild/ontologies#> ."),
    "a blank node has a name": Planted("named-blank-node", EVENT, "", "\nkg:Meeting rdfs:seeAlso _:x .\n"),
    "a triple term": Planted("triple-term", EVENT, "", "\nkg:Meeting rdfs:seeAlso <<( kg:Meeting a owl:Class )>> .\n"),
    "the layout is another": Planted("not-canonical", EVENT, 'rdfs:label "meeting"@en , "întâlnire"@ro ;', 'rdfs:label "întâlnire"@ro , "meeting"@en ;'),
    # --- headers
    "the header is missing": Planted("header-missing …", PLACE, "a owl:Ontology ;", "rdfs:seeAlso kg:Place ;", at="@prefix"),
    "a second header": Planted("header-doubled", PLACE, "", "\n<https://w3id.org/kgbuild/ontology/places> a owl:Ontology .\n"),
    "two files have one ontology IRI": Planted("ontology-iri-shared …", PLACE, "<https://w3id.org/kgbuild/ontology/place> a", "<https://w3id.org/kgbuild/ontology/agent> a"),
    "the title is missing": Planted("header-incomplete", PLACE, "dct:title", "dct:source", at="<https://w3id.org/kgbuild/ontology/place> a"),
    "the licence is missing": Planted("header-incomplete", PLACE, "    dct:license <https://creativecommons.org/licenses/by/4.0/> ;\n", "", at="<https://w3id.org/kgbuild/ontology/place> a"),
    "the licence is a text": Planted("licence", PLACE, "<https://creativecommons.org/licenses/by/4.0/>", '"CC BY 4.0"'),
    "creator, creation date and citation are missing": Planted("header-incomplete", PLACE, "dct:creator", "dct:source", at="<https://w3id.org/kgbuild/ontology/place> a"),
    "the version IRI is the ontology IRI": Planted("version-iri", PLACE, "owl:versionIRI <https://w3id.org/kgbuild/ontology/place/VERSION>", "owl:versionIRI <https://w3id.org/kgbuild/ontology/place>"),
    "the version IRI is missing": Planted("version-iri", PLACE, "    owl:versionIRI <https://w3id.org/kgbuild/ontology/place/VERSION> ;\n", "", at="<https://w3id.org/kgbuild/ontology/place> a"),
    "one file is of another version": Planted("version-info version-iri", PLACE, 'owl:versionInfo "VERSION"', 'owl:versionInfo "9.9.9"', at="owl:versionI"),
    "the namespace of the terms is not told": Planted("namespace-hint", PLACE, 'vann:preferredNamespacePrefix "kg"', 'dct:source "kg"', at="<https://w3id.org/kgbuild/ontology/place> a"),
    # --- imports
    "a vocabulary of others is imported": Planted("import-external", PLACE, "owl:imports", "owl:imports <http://www.w3.org/ns/prov-o#> ,", at="owl:imports"),
    "an import leads nowhere": Planted("import-unknown", PLACE, "owl:imports", "owl:imports <https://w3id.org/kgbuild/ontology/plases> ,", at="owl:imports"),
    "imports run in a circle": Planted("import-cycle", SCHEME, 'owl:versionInfo "VERSION" ;', 'owl:versionInfo "VERSION" ;\n    owl:imports <https://w3id.org/kgbuild/ontology/scheme> ;', at="owl:imports"),
    "a term of a file that is not imported": Planted("not-imported", SCHEME, "", "\nkgs:medium-radio rdfs:seeAlso kg:Meeting ; kg:topic kg:Meeting .\n", at="kgs:medium-radio rdfs:seeAlso"),
    # --- terms
    "a class is misspelled": Planted("undeclared", EVENT, "rdfs:subClassOf kg:ContactEvent ;\n    rdfs:label \"meeting\"", "rdfs:subClassOf kg:ContactEvnt ;\n    rdfs:label \"meeting\""),
    "a property is misspelled": Planted("undeclared", AGENT, "owl:onProperty kg:holdsPost", "owl:onProperty kg:holdPost"),
    "a concept is misspelled": Planted("undeclared stance-class", STATEMENT, "owl:hasValue kgs:stance-denies", "owl:hasValue kgs:stance-denys", at="owl:equivalentClass [ DENIAL"),
    "an annotation property is misspelled": Planted("undeclared", EVENT, 'kg:annotationLabel "PHONE_CALL"', 'kg:anotationLabel "PHONE_CALL"'),
    "a foreign annotation property is misspelled": Planted("undeclared", EVENT, 'skos:altLabel "telephone call"', 'skos:altLable "telephone call"'),
    "a word of RDFS is misspelled": Planted("unknown-word …", EVENT, "", "\nkg:Meeting rdfs:subclassOf kg:ContactEvent .\n"),
    "a word of OWL is misspelled": Planted("unknown-word undeclared no-rules", EVENT, "", "\nkg:meets a owl:ObjektProperty .\n"),
    "an axiom on a foreign term": Planted("foreign-axiom", SCHEME, "", "\nskos:notation rdfs:range rdfs:Literal .\n"),
    "a term is described in two files": Planted("declared-twice", EVENT, "", "\nkg:Embassy a owl:Class ;\n    rdfs:subClassOf kg:DiplomaticMission .\n"),
    "a term is annotated in another file": Planted("annotated-elsewhere", EVENT, "", '\nkg:Embassy kg:annotationLabel "EMB" .\n'),
    "isDefinedBy is missing": Planted("defined-by", EVENT, "", cls("Summit").replace(" ;\n    rdfs:isDefinedBy <https://w3id.org/kgbuild/ontology/event>", ""), at="kg:Summit a"),
    "isDefinedBy names another file": Planted("defined-by", EVENT, "", cls("Summit", module="agent"), at="rdfs:isDefinedBy <https://w3id.org/kgbuild/ontology/agent>"),
    "class and thing": Planted("punning", EVENT, "kg:PhoneCall a owl:Class ;", "kg:PhoneCall a owl:Class , owl:NamedIndividual ;"),
    "relation and attribute": Planted("punning", AGENT, "kg:owns a owl:ObjectProperty ;", "kg:owns a owl:ObjectProperty , owl:DatatypeProperty ;"),
    "class and relation": Planted("punning …", AGENT, "kg:owns a owl:ObjectProperty ;", "kg:owns a owl:ObjectProperty , owl:Class ;"),
    # --- labels
    "the Romanian label is missing": Planted("label-missing", AGENT, 'rdfs:label "embassy"@en , "ambasadă"@ro ;', 'rdfs:label "embassy"@en ;'),
    "the English label is missing": Planted("label-missing", AGENT, 'rdfs:label "embassy"@en , "ambasadă"@ro ;', 'rdfs:label "ambasadă"@ro ;'),
    "a concept has no preferred label": Planted("label-missing label-missing", SCHEME, 'skos:prefLabel "radio"@en , "radio"@ro ;', 'skos:altLabel "radio"@en , "radio"@ro ;', at="kgs:medium-radio a"),
    "two labels in a language": Planted("label-doubled", AGENT, 'rdfs:label "embassy"@en ,', 'rdfs:label "embassy"@en , "high embassy"@en ,'),
    "a label without a language": Planted("label-untagged", AGENT, 'rdfs:label "embassy"@en ,', 'rdfs:label "embassy"@en , "embassy" ,'),
    "two terms share a label": Planted("label-shared annotation-clash", AGENT, 'rdfs:label "embassy"@en ,', 'rdfs:label "consulate"@en ,', file="EITHER"),
    "the labels of a concept differ": Planted("label-unlike", SCHEME, 'skos:prefLabel "radio"@en', 'skos:prefLabel "wireless"@en'),
    "a cedilla": Planted("cedilla", AGENT, '"forțe armate"@ro', '"forţe armate"@ro'),
    "a blank at the end": Planted("blanks", AGENT, '"embassy"@en', '"embassy "@en'),
    "a doubled blank": Planted("blanks", AGENT, "A diplomatic mission that is led", "A diplomatic mission  that is led"),
    "a non-breaking blank": Planted("blanks", AGENT, "A diplomatic mission that is led", "A diplomatic\u00a0mission that is led"),
    "a zero-width character": Planted("odd-character", AGENT, '"embassy"@en', '"emb\u200bassy"@en'),
    "read in the wrong encoding": Planted("mojibake", AGENT, '"ambasadă"@ro', '"ambasadÄƒ"@ro'),
    "letter and accent apart": Planted("nfc", AGENT, '"ambasadă"@ro', '"ambasada\u0306"@ro'),
    # --- definitions
    "the Romanian definition is missing": Planted("definition-missing", AGENT, ',\n        "O misiune diplomatică care este condusă de un ambasador și primită de un stat."@ro ;', " ;", at='skos:definition\n        "A diplomatic mission that is led'),
    "two definitions in a language": Planted("definition-doubled", AGENT, 'kg:annotationLabel "EMBASSY" ;', 'kg:annotationLabel "EMBASSY" ;\n    skos:definition "A building that flies the flag of another state."@en ;', at="skos:definition \"A building"),
    "a definition is no sentence": Planted("definition-form", AGENT, "A diplomatic mission that is led by an ambassador and received by a state.", "led by an ambassador"),
    "a definition is circular": Planted("definition-circular", AGENT, "A diplomatic mission that is led by an ambassador", "An embassy that is led by an ambassador"),
    "two terms share a definition": Planted("definition-shared", AGENT, "An organization that fights without being part of the armed forces of a state.", "A diplomatic mission that is led by an ambassador and received by a state.", at="A diplomatic mission that is led", file="EMBASSY"),
    "the definition is not translated": Planted("definition-untranslated definition-form", AGENT, '"O misiune diplomatică care este condusă de un ambasador și primită de un stat."@ro', '"A diplomatic mission that is led by an ambassador and received by a state."@ro'),
    "a comment instead of a definition": Planted("definition-comment", AGENT, 'kg:annotationLabel "EMBASSY" ;', 'kg:annotationLabel "EMBASSY" ;\n    rdfs:comment "It flies a flag."@en ;', at="rdfs:comment"),
    # --- names
    "a class in lower case": Planted("class-name", EVENT, "", cls("summitMeeting"), at="kg:summitMeeting a"),
    "a property in upper case": Planted("property-name", EVENT, "", prop("Chair"), at="kg:Chair a"),
    "a concept without its scheme's name": Planted("concept-name all-different", SCHEME, "", concept("postcard-x"), at="kgs:postcard-x a"),
    "a dot in a name": Planted("dot-in-name class-name", EVENT, "", cls("Summit.Meeting"), at="kg:Summit.Meeting a"),
    "an endless name": Planted("iri-length", EVENT, "", cls("S" + "u" * 240), at="kg:Suuu"),
    "a property that says is": Planted("property-is", EVENT, "", prop("isA"), at="kg:isA a"),
    "a class that is two": Planted("class-and", EVENT, "", cls("Summit", label="summit and dinner"), at='rdfs:label "summit and'),
    # --- words of annotators
    "two classes have one annotation label": Planted("annotation-clash", AGENT, 'kg:annotationLabel "EMBASSY"', 'kg:annotationLabel "EMBASSY" , "CONSULATE"', file="EITHER"),
    "two classes have one other label": Planted("annotation-clash", AGENT, 'skos:altLabel "Botschaft"@de', 'skos:altLabel "consulate general"@en , "Botschaft"@de', file="EITHER"),
    "an annotation label hides a class": Planted("annotation-hides", AGENT, 'kg:annotationLabel "EMBASSY"', 'kg:annotationLabel "EMBASSY" , "permanent_mission"'),
    "two stances have one annotation label": Planted("annotation-clash", SCHEME, 'kg:annotationLabel "denies" ;\n    kg:factuality', 'kg:annotationLabel "denies" , "rejects" ;\n    kg:factuality', file="EITHER"),
    "two roles that a statement may have share an annotation label": Planted("annotation-clash", STATEMENT, 'skos:altLabel "said by"@en', 'skos:altLabel "addressed to"@en , "said by"@en', file="EITHER"),
    "two roles of one class have one annotation label": Planted("annotation-hides", STATEMENT, 'kg:annotationLabel "communicator"', 'kg:annotationLabel "addressee" , "communicator"'),
    "an annotation label without a letter": Planted("annotation-empty", AGENT, 'kg:annotationLabel "EMBASSY"', 'kg:annotationLabel "--" , "EMBASSY"'),
    # --- identity
    "identity on an undeclared property": Planted("identity-undeclared undeclared", EVENT, "kg:identifiedBy kg:date , kg:host , kg:visitor", "kg:identifiedBy kg:date , kg:host , kg:visiter"),
    "identity on an annotation property": Planted("identity-undeclared", EVENT, "kg:identifiedBy kg:date , kg:host , kg:visitor", "kg:identifiedBy kg:date , kg:host , kg:cameoCode"),
    "identity on a property of other things": Planted("identity-domain", EVENT, "kg:identifiedBy kg:date , kg:host , kg:visitor", "kg:identifiedBy kg:date , kg:host , kg:owns"),
    "identity on a property": Planted("identity-owner", AGENT, "kg:owns a owl:ObjectProperty ;", "kg:owns a owl:ObjectProperty ;\n    kg:identifiedBy kg:name ;", at="kg:identifiedBy kg:name ;\n    rdfs:domain"),
    "two rules of identity": Planted("identity-conflict", EVENT, "", cls("Summit", "rdfs:subClassOf kg:Meeting , kg:Visit"), at="kg:Summit a"),
    "a key that is not functional": Planted("key-not-functional", AGENT, "kg:Embassy a owl:Class ;", "kg:Embassy a owl:Class ;\n    owl:hasKey ( kg:accreditedTo ) ;", at="owl:hasKey"),
    # --- order
    "a class is below itself": Planted("class-cycle", EVENT, 'kg:ContactEvent a owl:Class ;\n    rdfs:subClassOf kg:Event ;', 'kg:ContactEvent a owl:Class ;\n    rdfs:subClassOf kg:Event , kg:Meeting ;', file="EITHER"),
    "a property is below itself": Planted("property-cycle", STATEMENT, "kg:tracesTo a owl:ObjectProperty , owl:TransitiveProperty ;", "kg:tracesTo a owl:ObjectProperty , owl:TransitiveProperty ;\n    rdfs:subPropertyOf kg:conveys ;", at="rdfs:subPropertyOf kg:conveys", file="EITHER"),
    "a parent that is above another": Planted("class-redundant", EVENT, 'rdfs:subClassOf kg:ContactEvent ;\n    rdfs:label "meeting"', 'rdfs:subClassOf kg:ContactEvent , kg:Event ;\n    rdfs:label "meeting"'),
    "a chain of one step": Planted("chain-short", AGENT, "kg:owns a owl:ObjectProperty ;", "kg:owns a owl:ObjectProperty ;\n    owl:propertyChainAxiom ( kg:holdsPost ) ;", at="owl:propertyChainAxiom ( kg:holdsPost )"),
    "a class that is joined to none": Planted("isolated root-not-disjoint unused", EVENT, "", cls("Zorb", "skos:scopeNoteX \"\"").replace('    skos:scopeNoteX "" ;\n', ""), at="kg:Zorb a"),
    "a root that excludes no other": Planted("root-not-disjoint unused", EVENT, "", cls("Zorb", "owl:disjointUnionOf ( kg:Meeting kg:Visit )"), at="kg:Zorb a"),
    "a thing of no class": Planted("thing-untyped", SCHEME, "kgs:medium-radio a owl:NamedIndividual , kg:Medium ;", "kgs:medium-radio a owl:NamedIndividual ;"),
    # --- properties
    "a property without a range": Planted("domain-range unused", EVENT, "", prop("chairs", "rdfs:domain kg:Meeting"), at="kg:chairs a"),
    "a property without a domain": Planted("domain-range unused", EVENT, "", prop("chairs", "rdfs:range kg:Agent"), at="kg:chairs a"),
    "two domains": Planted("domain-several", AGENT, "kg:owns a owl:ObjectProperty ;\n    rdfs:domain kg:Agent ;", "kg:owns a owl:ObjectProperty ;\n    rdfs:domain kg:Agent , kg:Post ;"),
    "a relation to a datatype": Planted("range-kind unused", EVENT, "", prop("chairs", "rdfs:domain kg:Meeting ;\n    rdfs:range xsd:string"), at="rdfs:range xsd:string ;\n    rdfs:label \"chairs"),
    "an attribute to a class": Planted("range-kind unused", EVENT, "", prop("chairs", "rdfs:domain kg:Meeting ;\n    rdfs:range kg:Agent", kind="owl:DatatypeProperty"), at="rdfs:range kg:Agent ;\n    rdfs:label \"chairs"),
    "two inverses": Planted("inverse-several", AGENT, "kg:owns a owl:ObjectProperty ;", "kg:owns a owl:ObjectProperty ;\n    owl:inverseOf kg:memberOf ;", at="owl:inverseOf kg:memberOf"),
    "an inverse in the wrong direction": Planted("inverse-direction", AGENT, "owl:inverseOf kg:owns ;\n    rdfs:domain kg:Entity ;\n    rdfs:range kg:Agent ;", "owl:inverseOf kg:owns ;\n    rdfs:domain kg:Post ;\n    rdfs:range kg:Post ;", at="owl:inverseOf kg:owns"),
    "its own inverse": Planted("inverse-self inverse-several", AGENT, "owl:inverseOf kg:owns", "owl:inverseOf kg:ownedBy , kg:owns"),
    "a datatype that OWL 2 lacks": Planted("datatype", ARMS, "rdfs:domain kg:TargetTally ;\n    rdfs:range xsd:integer", "rdfs:domain kg:TargetTally ;\n    rdfs:range xsd:gYear"),
    "a datatype that a store rewrites": Planted("datatype", ARMS, "rdfs:domain kg:TargetTally ;\n    rdfs:range xsd:integer", "rdfs:domain kg:TargetTally ;\n    rdfs:range xsd:nonNegativeInteger"),
    "a date in the header": Planted("value-datatype", PLACE, 'dct:created "2026-11-23T00:00:00"^^xsd:dateTime', 'dct:created "2026-11-23"^^xsd:date'),
    # --- deprecated terms
    "a deprecated term without a successor": Planted("deprecated-unreplaced", EVENT, 'kg:annotationLabel "PHONE_CALL" ;', 'kg:annotationLabel "PHONE_CALL" ;\n    owl:deprecated true ;', at="owl:deprecated"),
    "a deprecated term in use": Planted("deprecated-used undeclared", EVENT, 'kg:annotationLabel "CONTACT" ;', 'kg:annotationLabel "CONTACT" ;\n    owl:deprecated true ;\n    dct:isReplacedBy kg:Event ;', file="EITHER"),
    # --- schemes and stances
    "a concept of no scheme": Planted("concept-scheme", SCHEME, "kgs:medium-radio a owl:NamedIndividual , kg:Medium ;\n    skos:inScheme kgs:medium ;", "kgs:medium-radio a owl:NamedIndividual , kg:Medium ;", at="kgs:medium-radio a"),
    "a concept of two schemes": Planted("concept-scheme …", SCHEME, "kgs:medium-radio a owl:NamedIndividual , kg:Medium ;\n    skos:inScheme kgs:medium ;", "kgs:medium-radio a owl:NamedIndividual , kg:Medium ;\n    skos:inScheme kgs:medium , kgs:euml ;", file="EITHER"),
    "a scheme without concepts": Planted("scheme-empty", SCHEME, "", concept("crops", "x", "skos:ConceptScheme").replace("    skos:inScheme kgs:x ;\n", ""), at="kgs:crops a"),
    "a code without its notation": Planted("notation", SCHEME, '    skos:notation "I" ;\n', "", at="kgs:unroca-I a"),
    "a notation of two codes": Planted("notation", SCHEME, 'skos:notation "I" ;', 'skos:notation "II" ;', file="EITHER"),
    "a concept that may be another": Planted("all-different", SCHEME, "", concept("medium-xyz"), at="kgs:medium-xyz a"),
    "a stance without a polarity": Planted("stance", SCHEME, "    kg:polarity kgs:polarity-denies ;\n    kg:stanceClass kg:Denial ;\n", "    kg:stanceClass kg:Denial ;\n", at="kgs:stance-denies a"),
    "a stance without a class": Planted("stance", SCHEME, "    kg:stanceClass kg:Denial ;\n", "", at="kgs:stance-denies a"),
    "a stance class of another stance": Planted("stance-class", STATEMENT, "owl:hasValue kgs:stance-denies", "owl:hasValue kgs:stance-rejects", at="owl:equivalentClass [ DENIAL"),
    # --- use
    "a class that nothing uses": Planted("unused", EVENT, "", cls("Zorb", "rdfs:subClassOf kg:Event"), at="kg:Zorb a"),
    "an axiom without rules": Planted("no-rules", EVENT, "kg:PhoneCall a owl:Class ;", "kg:PhoneCall a owl:Class ;\n    owl:equivalentClass [ a owl:Class ; owl:complementOf kg:Meeting ] ;", at="owl:equivalentClass"),
}  # fmt: skip


def _line(text: str, planted: Planted, version: str) -> int:
    """The line on which a finding is expected."""
    planted = planted._replace(old=planted.old.replace("VERSION", version), new=planted.new.replace("VERSION", version))
    marker, _, _ = planted.at.partition(" DENIAL")
    if "DENIAL" in planted.at:
        return text[: text.index(marker, text.index("\nkg:Denial a "))].count("\n") + 1
    if marker:
        return text[: text.index(marker)].count("\n") + 1
    pairs = zip(planted.old, planted.new, strict=False)
    same = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(planted.old), len(planted.new)))
    start = text.index(planted.new) + (same if planted.old else len(planted.new) - len(planted.new.lstrip()))
    return text[:start].count("\n") + 1


@pytest.mark.parametrize("defect", sampled(DEFECTS, 12))
def test_a_planted_defect_is_found_at_its_line(sound: Sound, defect: str) -> None:
    planted = DEFECTS[defect]
    files = sound.edited((planted.name, planted.old, planted.new))
    found = sound.found(files)
    expected = set(planted.ids.split()) - {"…"}
    told = "\n".join(f"{finding.place} {finding.check.id} {finding.term} {finding.says}" for finding in found)
    seen = {finding.check.id for finding in found}
    assert expected <= seen, told
    assert "…" in planted.ids or seen <= expected | {"not-canonical"}, told
    places = {(finding.check.id, finding.place.file, finding.place.line) for finding in found}
    if planted.file:  # which of several terms is named first is no matter
        assert {check for check, _, line in places if line} >= expected, told
    else:
        at = planted.name, _line(files[planted.name].decode(), planted, sound.version)
        assert any((check, *at) in places for check in expected), f"{at}\n{told}"


def test_there_are_enough_defects() -> None:
    planted = {check for defect in DEFECTS.values() for check in defect.ids.split()} - {"…"}
    assert len(DEFECTS) >= 60
    assert planted <= set(TABLE)
