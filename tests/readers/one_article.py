"""One small article with a transfer, its denial, a quote, dates, links and coreference: in the native format, and in formats of others."""

from __future__ import annotations

import json
import re
from typing import Any

TEXT = "North Korea 🚀 delivered missiles to Russia in September 2023. Maria Zakharova said on 18 October 2023: “Nothing was sent.” She smiled."

#: id -> (label, what it stands on: several are mentions, further keys of the unit)
UNITS: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {
    "e1": ("State", ("North Korea",), {"links": ["wd:Q423"]}),
    "e2": ("State", ("Russia",), {"links": ["wd:Q159"]}),
    "w": ("Missile", ("missiles",), {}),
    "d1": ("Date", ("September 2023",), {"attrs": {"edtf": "2023-09"}}),
    "x": ("ArmsTransfer", ("delivered",), {"args": {"supplier": "e1", "recipient": "e2", "item": "w", "date": "d1"}}),
    "p": ("Person", ("Maria Zakharova", "She"), {"links": ["wd:Q4184336"]}),
    "d2": ("Date", ("18 October 2023",), {"attrs": {"edtf": "2023-10-18"}}),
    "q": ("Quote", ("Nothing was sent.",), {}),
    "s": ("Statement", ("said",), {"attrs": {"stance": "denies"}, "args": {"speaker": "p", "about": "x", "date": "d2", "quote": "q"}}),
}
KINDS = {"ArmsTransfer": "event", "Statement": "statement", "Date": "value", "Quote": "value"}


def span(words: str) -> tuple[int, int]:
    begin = TEXT.index(words)
    return begin, begin + len(words)


def native(name: str = "a") -> str:
    units = []
    for unit, (label, mentions, rest) in UNITS.items():
        args = [{"role": role, "target": target} for role, target in rest.get("args", {}).items()]
        spans = [{"spans": [span(words)], "text": words} for words in mentions]
        units.append(
            {"id": unit, "kind": KINDS.get(label, "entity"), "label": label, "mentions": spans, **rest, **({"args": args} if args else {})}
        )
    return json.dumps({"kgbuild": 1, "id": name, "text": TEXT, "units": units}) + "\n"


def web_annotation(source: str = "urn:kgbuild:document:a") -> str:
    items: list[dict[str, Any]] = [{"type": "Annotation", "target": source, "body": {"id": source, "type": "TextualBody", "value": TEXT}}]
    for unit, (label, mentions, rest) in UNITS.items():
        body: list[dict[str, Any]] = [{"type": "TextualBody", "purpose": "classifying", "value": label}]
        body += [{"type": "TextualBody", "purpose": "tagging", "value": f"{name}={value}"} for name, value in rest.get("attrs", {}).items()]
        body += [{"type": "SpecificResource", "purpose": "identifying", "source": link} for link in rest.get("links", ())]
        target = [{"source": source, "selector": _selector(words)} for words in mentions]
        items.append({"id": f"{source}#{unit}", "type": "Annotation", "body": body, "target": target})
        for role, other in rest.get("args", {}).items():
            link = {"type": "SpecificResource", "purpose": "linking", "source": f"{source}#{other}"}
            tag = {"type": "TextualBody", "purpose": "tagging", "value": f"role={role}"}
            items.append({"type": "Annotation", "motivation": "linking", "target": f"{source}#{unit}", "body": [link, tag]})
    return json.dumps({"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": items}, ensure_ascii=False)


def _selector(words: str) -> list[dict[str, Any]]:
    begin, end = span(words)
    return [{"type": "TextPositionSelector", "start": begin, "end": end}, {"type": "TextQuoteSelector", "exact": words}]


def nif() -> str:
    lines = [
        "@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .",
        "@prefix itsrdf: <http://www.w3.org/2005/11/its/rdf#> .",
        "@prefix kg: <https://w3id.org/kgbuild/ontology#> .",
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .",
        f"<#char=0,{len(TEXT)}> a nif:Context ; nif:isString {json.dumps(TEXT, ensure_ascii=False)} .",
    ]
    iris = {unit: [f"<#char={b},{e}>" for b, e in map(span, mentions)] for unit, (_, mentions, _) in UNITS.items()}
    for unit, (label, mentions, rest) in UNITS.items():
        for number, words in enumerate(mentions):
            said = [f"nif:anchorOf {json.dumps(words)}", f"nif:referenceContext <#char=0,{len(TEXT)}>"]
            if number:
                said.append(f"owl:sameAs {iris[unit][0]}")
            else:
                said.append(f"a kg:{label}")
                said += [f"kg:{name} {json.dumps(value)}" for name, value in rest.get("attrs", {}).items()]
                said += [f"itsrdf:taIdentRef <http://www.wikidata.org/entity/{link[3:]}>" for link in rest.get("links", ())]
                said += [f"kg:{role} {iris[other][0]}" for role, other in rest.get("args", {}).items()]
            lines.append(f"{iris[unit][number]} {' ; '.join(said)} .")
    return "\n".join(lines)


#: columns of :func:`tsv`
HEADER = """#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Event|ROLE_webanno.custom.Event:roles_webanno.custom.EventRolesLink|uima.tcas.Annotation|stance|value
#T_SP=webanno.custom.Entity|edtf|identifier|value
#T_CH=webanno.custom.CoreferenceLink|referenceType|referenceRelation


"""


def tsv() -> str:
    """Each unit has its disambiguation id; the two mentions of the speaker are a chain."""
    tokens = [(match.start(), match.end()) for match in re.finditer(r"\w+|[^\w\s]", TEXT)]
    rows = {begin: ["_"] * 8 for begin, _ in tokens}
    keys = {begin: f"1-{number}" for number, (begin, _) in enumerate(tokens, 1)}
    numbers = {unit: number for number, unit in enumerate(UNITS, 1)}
    for unit, (label, mentions, rest) in UNITS.items():
        begin, end = span(mentions[0])
        mark = f"[{numbers[unit]}]"
        args = rest.get("args", {})
        for at in (at for at in rows if begin <= at < end):
            if args:
                targets = ";".join(f"{keys[span(UNITS[other][1][0])[0]]}[{numbers[other]}]" for other in args.values())
                stance = rest.get("attrs", {}).get("stance", "*")
                rows[at][:4] = [";".join(args) + mark, targets, stance + mark, label + mark]
            else:
                link = f"http://www.wikidata.org/entity/{rest['links'][0][3:]}" if "links" in rest else "*"
                rows[at][4:7] = [rest.get("attrs", {}).get("edtf", "*") + mark, link.replace("_", "\\_") + mark, label + mark]
    lines = [HEADER + "#Text=" + TEXT]
    chain = {at: f"{n}" for n, words in enumerate(UNITS["p"][1], 1) for at in rows if span(words)[0] <= at < span(words)[1]}
    for begin, end in tokens:
        cells = rows[begin][:7] + (["*[1]", f"*->1-{chain[begin]}"] if begin in chain else ["_", "_"])
        units = [len(TEXT[:offset].encode("utf-16-le")) // 2 for offset in (begin, end)]
        lines.append("\t".join([keys[begin], f"{units[0]}-{units[1]}", TEXT[begin:end], *cells]) + "\t")
    return "\n".join(lines) + "\n"
