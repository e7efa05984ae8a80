"""Passages: the sentences that ``evidence`` found, with the place of the span in each and the article that it stands in."""

from __future__ import annotations

from kgbuild.iris import KG
from kgbuild.labels import labels
from kgbuild.result import Ask, Passage, Result

_BATCH = 1000
_ARTICLES = """\
PREFIX kg: <{kg}>
SELECT DISTINCT ?article ?outlet ?date WHERE {{
  VALUES ?article {{ {articles} }}
  OPTIONAL {{ ?article kg:publishedBy ?outlet }}
  OPTIONAL {{ ?article kg:date ?date }}
}}
"""
_SENTENCES = """\
PREFIX kg: <{kg}>
SELECT DISTINCT ?mention ?begin WHERE {{
  VALUES ?mention {{ {mentions} }}
  GRAPH ?article {{ ?mention kg:inSentence ?sentence . ?sentence kg:begin ?begin }}
}}
"""


def passages(result: Result, ask: Ask, lang: str = "en") -> tuple[Passage, ...]:
    """Make a passage for each row of ``evidence``: columns article, sentence, text, begin, end, annotator, annotationStatus."""
    places = [column.name for column in result.columns]
    rows = [dict(zip(places, row, strict=True)) for row in result.rows]
    articles = sorted({row["article"].value for row in rows})
    outlets: dict[str, str] = {}
    dates: dict[str, str] = {}
    for start in range(0, len(articles), _BATCH):
        iris = " ".join(f"<{iri}>" for iri in articles[start : start + _BATCH])
        for found in ask(_ARTICLES.format(kg=KG, articles=iris)):
            article = found["article"].value
            if found["outlet"]:
                outlets[article] = min(found["outlet"].value, outlets.get(article, found["outlet"].value))
            if found["date"]:
                dates[article] = min(found["date"].value, dates.get(article, found["date"].value))
    named = labels(outlets.values(), ask, lang)
    # a mention's IRI is made of its article and its span (RFC 5147)
    mentions = [f"{row['article'].value}#char={row['begin'].value},{row['end'].value}" for row in rows]
    begins: dict[str, int] = {}
    for start in range(0, len(mentions), _BATCH):
        iris = " ".join(f"<{iri}>" for iri in sorted(set(mentions[start : start + _BATCH])))
        for found in ask(_SENTENCES.format(kg=KG, mentions=iris)):
            begins[found["mention"].value] = int(found["begin"].value)
    made = []
    for row, mention in zip(rows, mentions, strict=True):
        text = row["text"].value
        sentence = row["sentence"].value or text
        begin = int(row["begin"].value) - begins[mention] if mention in begins else sentence.find(text)
        end = begin + (int(row["end"].value) - int(row["begin"].value) if mention in begins else len(text))
        inside = 0 <= begin < end <= len(sentence)
        made.append(
            Passage(
                sentence=sentence,
                text=text,
                begin=begin if inside else None,
                end=end if inside else None,
                title=row["article"].label or row["article"].value,
                outlet=named.get(outlets.get(row["article"].value, ""), ""),
                published=dates.get(row["article"].value, ""),
                annotator=row["annotator"].value,
                annotation_status=row["annotationStatus"].value,
            )
        )
    return tuple(made)
