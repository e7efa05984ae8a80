"""CASes made by hand: a text, annotations on its words, slots, relations, chains and metadata; written as CAS JSON."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

_ANNOTATION, _BASE, _TOP = "uima.tcas.Annotation", "uima.cas.AnnotationBase", "uima.cas.TOP"
_RANGES = {bool: "uima.cas.Boolean", int: "uima.cas.Integer", float: "uima.cas.Double", str: "uima.cas.String"}


class Making:
    """A CAS on one text; methods return the ids of what they add."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.types: dict[str, dict[str, Any]] = {}
        self.structures: list[dict[str, Any]] = [self._sofa(text)]
        self.members: list[int] = []

    @staticmethod
    def _sofa(text: str) -> dict[str, Any]:
        return {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text", "sofaString": text}

    def type(self, name: str, supertype: str, /, **features: str) -> None:
        declared = self.types.setdefault(name, {"%NAME": name, "%SUPER_TYPE": supertype})
        declared.update({feature: {"%NAME": feature, "%RANGE": held} for feature, held in features.items()})

    def add(self, name: str, supertype: str, /, *, index: bool = True, **features: Any) -> int:
        """Add a structure; a feature that begins with @ points to the id that is its value."""
        own = len(self.structures) + 1
        ranges = {
            feature: _RANGES[type(value)] for feature, value in features.items() if not feature.startswith("@") and type(value) in _RANGES
        }
        self.type(name, supertype, **{feature: held for feature, held in ranges.items() if feature not in ("begin", "end")})
        self.structures.append({"%ID": own, "%TYPE": name, **features})
        if index:
            self.members.append(own)
        return own

    def place(self, words: str, nth: int = 0) -> tuple[int, int]:
        """Where words stand for the nth time, in UTF-16 code units."""
        begin = -1
        for _ in range(nth + 1):
            begin = self.text.index(words, begin + 1)
        first = len(self.text[:begin].encode("utf-16-le")) // 2
        return first, first + len(words.encode("utf-16-le")) // 2

    def span(self, layer: str, words: str, nth: int = 0, /, **features: Any) -> int:
        begin, end = self.place(words, nth)
        return self.add(layer, _ANNOTATION, **{"@sofa": 1}, begin=begin, end=end, **features)

    def slots(self, owner: int, feature: str, *links: tuple[str | None, int]) -> None:
        """Fill a link feature of an annotation: (role, id of what fills it)."""
        host = self.structures[owner - 1]
        name = f"{host['%TYPE']}{feature.capitalize()}Link"
        self.type(name, _TOP, role="uima.cas.String", target=_ANNOTATION)
        self.type(host["%TYPE"], _ANNOTATION, **{feature: f"{name}[]"})
        made = [self.add(name, _TOP, index=False, **({"role": role} if role else {}), **{"@target": target}) for role, target in links]
        self.structures.append({"%ID": len(self.structures) + 1, "%TYPE": f"{name}[]", "%ELEMENTS": made})
        host[f"@{feature}"] = len(self.structures)

    def relation(self, layer: str, source: int, target: int, **features: Any) -> int:
        self.type(layer, _ANNOTATION, Governor=_ANNOTATION, Dependent=_ANNOTATION)
        end = self.structures[target - 1]
        at = {"begin": end["begin"], "end": end["end"], "@sofa": 1, "@Governor": source, "@Dependent": target}
        return self.add(layer, _ANNOTATION, **at, **features)

    def chain(self, *words: tuple[str, int]) -> None:
        """A chain of coreference on words that stand in the text for the nth time."""
        package = "de.tudarmstadt.ukp.dkpro.core.api.coref.type."
        self.type(f"{package}CoreferenceLink", _ANNOTATION, next=f"{package}CoreferenceLink", referenceType="uima.cas.String")
        self.type(f"{package}CoreferenceChain", _BASE, first=f"{package}CoreferenceLink")
        links = [self.span(f"{package}CoreferenceLink", *each) for each in words]
        for one, following in itertools.pairwise(links):
            self.structures[one - 1]["@next"] = following
        self.add(f"{package}CoreferenceChain", _BASE, **{"@sofa": 1, "@first": links[0]})

    def metadata(self, layer: str, /, **features: Any) -> int:
        return self.add(layer, _BASE, **{"@sofa": 1}, **features)

    def cas(self) -> dict[str, Any]:
        return {
            "%TYPES": self.types,
            "%FEATURE_STRUCTURES": self.structures,
            "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": self.members}},
        }

    def write(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self.cas(), ensure_ascii=False))
        return path


def denial() -> Making:
    """An article in which a minister denies that her state armed another: with all that INCEpTION's layers can say."""
    text = (
        "😀 Coreea de Nord a livrat rachete Rusiei în septembrie 2023, scrie presa.\r\n"
        "Choe Son Hui a negat marți livrarea: „Nu am trimis nimic”. Ea a vorbit la Phenian, spune agenția KCNA."
    )
    made = Making(text)
    entity, value, event, statement = "custom.Entity", "custom.Value", "custom.Event", "custom.Statement"
    north = made.span(entity, "Coreea de Nord", value="State", identifier="http://www.wikidata.org/entity/Q423")
    russia = made.span(entity, "Rusiei", value="State", identifier="https://www.wikidata.org/wiki/Q159")
    missiles = made.span(entity, "rachete", value="Missile")
    minister = made.span(entity, "Choe Son Hui", value="Person", identifier="http://www.wikidata.org/entity/Q23760571")
    month = made.span(value, "septembrie 2023", value="Date", edtf="2023-09")
    day = made.span(value, "marți", value="Date", edtf="2023-09-19")
    quote = made.span(value, "Nu am trimis nimic", value="Quote")
    transfer = made.span(event, "a livrat", value="ArmsTransfer")
    made.slots(transfer, "arguments", ("supplier", north), ("recipient", russia), ("item", missiles), ("date", month))
    denies = made.span(statement, "a negat", value="Statement", stance="denies", confidence=0.75)
    filled = (("speaker", minister), ("onBehalfOf", north), ("about", transfer), ("date", day), ("quote", quote))
    made.slots(denies, "arguments", *filled)
    made.chain(("Choe Son Hui", 0), ("Ea", 0))
    again = made.span(event, "livrarea", value="ArmsTransfer")
    made.relation("custom.EntityRelation", transfer, again, value="coreference")
    made.metadata(
        "custom.Article", title="Phenianul neagă", publisher="KCNA", published="2023-09-20", lang="ro", uri="https://example.org/a"
    )
    return made
