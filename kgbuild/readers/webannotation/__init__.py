'''W3C Web Annotation (JSON-LD): one annotation, an array, an AnnotationPage or an AnnotationCollection with its pages embedded.

What any tool may write is read by the Web Annotation Data Model (W3C Recommendation, 23 February 2017). The annotations of one
target source are one document; its text is the ``value`` of a TextualBody whose ``id`` is that source, or of the source itself where it is
written out, or the file of the same name with the ending ``.txt``.

**The shape that carries the whole model**, which ``convert --to webannotation`` writes and this reader reads back, is one AnnotationPage for
a document. ``DOC`` stands for ``urn:kgbuild:document:`` and the document's id, percent-encoded (all but letters, digits and ``-._~``);
the annotation of a unit has the IRI ``DOC#`` and the unit's id, percent-encoded in the same way::

    {"@context": ["http://www.w3.org/ns/anno.jsonld", {"kga": "urn:kgbuild:annotation:", "wd": "http://www.wikidata.org/entity/"}],
     "id": DOC + "#&page", "type": "AnnotationPage", "items": [
       {"id": DOC + "#&document", "type": "Annotation", "motivation": "describing",          the document: first, and always there
        "creator": {"type": "Person", "name": "mp"}, "generator": {"type": "Software", "name": "INCEpTION 36"},    Document.prov
        "created": "2024-03-12T10:00:00Z", "kga:status": "curated", "kga:confidence": 0.9, "kga:file": "…", "kga:ref": "…",
        "body": [{"id": DOC, "type": "TextualBody", "format": "text/plain", "language": "ro", "value": "the whole text"},
                 {"type": "TextualBody", "purpose": "commenting", "value": "Prov.note"}],
        "target": DOC, "kga:sha256": "…", "kga:meta": {"title": "…", "published": "2024-03-12", "any": ["value"]}},
       {"id": DOC + "#x1", "type": "Annotation", "motivation": "classifying", "kga:kind": "event", "kga:name": "Unit.name",
        creator, generator, created, kga:status … and a commenting body as above: Unit.prov
        "body": [{"type": "TextualBody", "purpose": "classifying", "value": "ArmsTransfer"},          one for each label
                 {"type": "TextualBody", "purpose": "tagging", "value": "tense=future"},              one for each attribute
                 {"type": "SpecificResource", "purpose": "identifying", "source": "wd:Q159"}],        one for each link, as it is written
        "target": [{"type": "SpecificResource", "source": DOC, "selector": [
                      {"type": "TextPositionSelector", "start": 67, "end": 72},                       code points, half-open
                      {"type": "TextQuoteSelector", "exact": "livra", "prefix": "România va ", "suffix": " un sistem"}],
                    "kga:id": "Mention.id", "kga:head": [67, 72], creator, generator … : Mention.prov}]},
       {"id": DOC + "#x1&arg=0", "type": "Annotation", "motivation": "linking", "target": DOC + "#x1",    one for each argument, in order
        "body": [{"type": "SpecificResource", "purpose": "linking", "source": DOC + "#e2"},           or an outer IRI or CURIE
                 {"type": "TextualBody", "purpose": "tagging", "value": "role=supplier"},             the first ``role=``: Arg.role
                 {"type": "TextualBody", "purpose": "tagging", "value": "certainty=possible"}]},      the others: Arg.attrs
       {"id": DOC + "#x1&arg=1", "type": "Annotation", "motivation": "linking", "target": DOC + "#x1",    a literal argument
        "body": [{"type": "TextualBody", "purpose": "describing", "value": "3"},
                 {"type": "TextualBody", "purpose": "tagging", "value": "role=quantity"}]}]}

- ``target``: one SpecificResource for each mention (an array where there are several: coreference); a mention of several parts is
  ``{"type": "List", "items": [one SpecificResource for each part]}``, with the ``kga:`` keys and the provenance on the List.
  A mention that is known by its text only has the TextQuoteSelector alone; a unit without mentions has the target ``DOC``.
- A scalar in a tag, or as a literal argument, is written as JSON where it is a number, true or false, or an array of several values
  (``"quantity=3"``, ``"sector=[\\"air\\", \\"land\\"]"``); a string stands bare (``"stance=denies"``), but is written as a JSON string where it
  would be read as something else (``"code=\\"3\\""``): it begins with ``"`` or ``[``, or is a JSON number, ``true`` or ``false``.
  An attribute's name that is empty, begins with ``"`` or has a ``=`` is written as a JSON string too.
- Every ``kga:`` key is left out where there is nothing to say. A relation unit is written as any other (``"kga:kind": "relation"``), with
  its ends as arguments.
'''
