"""The terms that the code itself gives a meaning to, as IRIs.

Everything else of the ontology (classes, roles, attributes, labels, identity, polarity) is read from the ontology's files; a term
stands here only because some rule of the model names it.
"""

from __future__ import annotations

from kgbuild.iris import KG, PREFIXES

TYPE = PREFIXES["rdf"] + "type"
SUBJECT = PREFIXES["rdf"] + "subject"
PREDICATE = PREFIXES["rdf"] + "predicate"
OBJECT = PREFIXES["rdf"] + "object"
REIFIED = PREFIXES["rdf"] + "Statement"
LABEL = PREFIXES["rdfs"] + "label"
EXACT_MATCH = PREFIXES["skos"] + "exactMatch"
DENOTED_BY = PREFIXES["gaf"] + "denotedBy"
ASSOCIATED_WITH = PREFIXES["prov"] + "wasAssociatedWith"
USED = PREFIXES["prov"] + "used"
GENERATED_BY = PREFIXES["prov"] + "wasGeneratedBy"
STARTED = PREFIXES["prov"] + "startedAtTime"
AGENT_PROV = PREFIXES["prov"] + "Agent"
SOFTWARE_AGENT = PREFIXES["prov"] + "SoftwareAgent"

# roots of the annotation model's kinds
ENTITY, EVENT, STATEMENT, VALUE, TOPIC = (KG + name for name in ("Entity", "Event", "Statement", "Value", "Topic"))
RELATED_TO = KG + "relatedTo"

# classes that rules name
AGENT, STATE, PERSON, ORGANIZATION, ARTICLE, DOCUMENT = (
    KG + name for name in ("Agent", "State", "Person", "Organization", "Article", "Document")
)
DATE, QUOTE, TARGET_TALLY, QUANTITY_VALUE = (KG + name for name in ("Date", "Quote", "TargetTally", "Quantity"))
ARMS_TRANSFER, ARMS_SUPPLY, ACKNOWLEDGED_SUPPLY, SUPPORT_PROVISION, COOPERATION = (
    KG + name for name in ("ArmsTransfer", "ArmsSupply", "AcknowledgedSupply", "SupportProvision", "Cooperation")
)
POST_CLASS, PLACE = KG + "Post", KG + "Place"
INTERPRETATION, POST_TENURE, STATUS_ASSESSMENT = (KG + name for name in ("Interpretation", "PostTenure", "StatusAssessment"))
MENTION, SENTENCE, ANNOTATION, LOAD_RUN, PROBLEM = (KG + name for name in ("Mention", "Sentence", "Annotation", "LoadRun", "Problem"))

# properties that rules name
NAME, NAME_KEY, IDENTIFIED_BY, REPORTED_IN = (KG + name for name in ("name", "nameKey", "identifiedBy", "reportedIn"))
P_DATE, EARLIEST, LATEST, EDTF, DATE_VALUE = (KG + name for name in ("date", "earliest", "latest", "edtf", "dateValue"))
P_QUOTE, QUOTATION, MEDIUM, STANCE, READS_AS = (KG + name for name in ("quote", "quotation", "medium", "stance", "readsAs"))
SUPPLIER, RECIPIENT, ITEM, VIA, FORUM, PARTICIPANT = (
    KG + name for name in ("supplier", "recipient", "item", "via", "forum", "participant")
)
SUPPORTER, BENEFICIARY, TALLY, P_QUANTITY = (KG + name for name in ("supporter", "beneficiary", "tally", "quantity"))
TARGET_TYPE, COUNT, AREAS, AMOUNT, UNIT = (KG + name for name in ("targetType", "count", "areas", "amount", "unit"))
SUB_EVENT_OF = KG + "subEventOf"
SPEAKER, ON_BEHALF_OF, ABOUT, MADE_DURING, AFTER, INTERPRETS = (
    KG + name for name in ("speaker", "onBehalfOf", "about", "madeDuring", "after", "interprets")
)
SPEAKS_FOR, AFTER_DEPTH, FIGURE, PARTY_STATE, PART_OF_SUPPLY, STANDS_FOR = (
    KG + name for name in ("speaksFor", "afterDepth", "figure", "partyState", "partOfSupply", "standsFor")
)
HOLDS_POST, POST_OF, ORGAN_OF, PUBLISHED_BY = (KG + name for name in ("holdsPost", "postOf", "organOf", "publishedBy"))
HOLDER, POST, HELD_FROM, HELD_UNTIL = (KG + name for name in ("holder", "post", "heldFrom", "heldUntil"))
RAW_LABEL, RAW_ROLE, RAW_ATTRIBUTE, NOTE, CONFIDENCE = (KG + name for name in ("rawLabel", "rawRole", "rawAttribute", "note", "confidence"))
BEGIN, END, ANCHOR_TEXT, IN_SENTENCE, SENTENCE_TEXT = (KG + name for name in ("begin", "end", "anchorText", "inSentence", "sentenceText"))
DEFAULT_ANNOTATION, TOOL, ANNOTATION_STATUS = (KG + name for name in ("defaultAnnotation", "tool", "annotationStatus"))
DOCUMENT_ID, TITLE, LANGUAGE, URL, CONTENT_HASH, PROBLEM_COUNT = (
    KG + name for name in ("documentId", "title", "language", "url", "contentHash", "problemCount")
)
PROBLEM_CODE, SEVERITY, MESSAGE, UNIT_ID, CONCERNS = (KG + name for name in ("problemCode", "severity", "message", "unitId", "concerns"))
ASSESSES, POLICY, STATUS, BASIS, VERSION = (KG + name for name in ("assesses", "policy", "status", "basis", "version"))
MILITARY_EVENT, ATTACKER, ATTACKER_STATE, TARGET = (KG + name for name in ("MilitaryEvent", "attacker", "attackerState", "target"))
ITEM_CLASS, COVERS_CLASS = (KG + name for name in ("itemClass", "coversClass"))
RESOLVED_BY = KG + "resolvedBy"

#: attributes of units and arguments that hold what an annotator called them, where a scheme gave them a term
RAW_LABEL_ATTRIBUTE, RAW_ROLE_ATTRIBUTE = "kg:rawLabel", "kg:rawRole"

# the ways in which words become a thing (kg:Resolution)
BY_LINK, BY_ALIAS, BY_FOLDED, BY_POST, BY_DECISION, BY_NEW = (
    f"{PREFIXES['kgs']}resolution-{way}" for way in ("link", "alias", "folded", "post", "decision", "new")
)
