"""Write what is too regular to keep by hand: the posts that nearly every state has, governments and ministries, terms of office.

    data/officials/states.txt    what each state is called, and the case forms -> reference/state-posts.ttl, reference/ministries.ttl
    data/officials/tenures.txt   who held which post, in EDTF                  -> reference/tenures.ttl

Run by hand after an edit of the tables, of persons.ttl or posts.ttl: ``python data/generate_officials.py``. The same tables write the
same bytes. A post or body that posts.ttl or organizations.ttl describes in full is left to them; they may also hold further names of
those written here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kgbuild import edtf
from kgbuild.iris import DATA, PREFIXES

HERE = Path(__file__).parent
REFERENCE = HERE / "reference"
#: the placeholders of a template, in the order of the fields of states.txt; ``of`` is English and Russian "of …", Romanian the genitive
FIELDS = ("en.of", "en.adj", "ro.of", "ro.adj", "ro.from", "ru.of", "ru.adj", "uk.of", "uk.adj", "ko.in", "zh.in")


class Office(NamedTuple):
    """A kind of post or body: the end of its IRI, its class, and the templates of its names by language; the first is the label."""

    name: str
    cls: str
    names: Mapping[str, tuple[str, ...]]
    several: bool = False


OFFICES: dict[str, Office] = {
    "P": Office("president", "Post", {
        "en": ("President of {of}", "{adj} President", "{s} President"),
        "ro": ("președintele {of}", "președintele {adj}", "președinta {of}"),
        "ru": ("президент {of}", "{adj} президент"), "uk": ("президент {of}", "{adj} президент", "президентка {of}"),
        "ko": ("{in} 대통령",), "zh": ("{in}总统",),
    }),
    "K": Office("monarch", "Post", {
        "en": ("Monarch of {of}", "{adj} monarch", "King of {of}", "{adj} King", "Queen of {of}", "{adj} Queen"),
        "ro": ("monarhul {of}", "monarhul {adj}", "regele {of}", "regele {adj}", "regina {of}"),
        "ru": ("монарх {of}", "король {of}", "королева {of}"), "uk": ("монарх {of}", "король {of}", "королева {of}"),
        "ko": ("{in} 국왕",), "zh": ("{in}国王",),
    }),
    "M": Office("prime-minister", "Post", {
        "en": ("Prime Minister of {of}", "{adj} Prime Minister", "{s} Prime Minister", "{adj} Premier"),
        "ro": ("prim-ministrul {of}", "premierul {of}", "prim-ministrul {adj}", "premierul {adj}", "șeful guvernului {of}",
               "prim-ministra {of}", "șefa guvernului {of}", "premierul de la {from}"),
        "ru": ("премьер-министр {of}", "{adj} премьер-министр", "премьер {of}", "{adj} премьер", "глава правительства {of}"),
        "uk": ("прем’єр-міністр {of}", "прем’єр {of}", "{adj} прем’єр", "{adj} прем’єр-міністр", "прем’єр-міністерка {of}"),
        "ko": ("{in} 총리",), "zh": ("{in}总理",),
    }),
    "L": Office("chancellor", "Post", {
        "en": ("Chancellor of {of}", "{adj} Chancellor", "Federal Chancellor of {of}", "{s} Chancellor"),
        "ro": ("cancelarul {of}", "cancelarul {adj}", "cancelarul federal al {of}", "cancelarul federal {adj}"),
        "ru": ("канцлер {of}", "{adj} канцлер", "федеральный канцлер {of}"),
        "uk": ("канцлер {of}", "{adj} канцлер", "федеральний канцлер {of}"),
        "ko": ("{in} 총리",), "zh": ("{in}总理",),
    }),
    "F": Office("foreign-minister", "Post", {
        "en": ("Foreign Minister of {of}", "{adj} Foreign Minister", "{s} Foreign Minister", "Minister of Foreign Affairs of {of}",
               "Minister for Foreign Affairs of {of}", "{adj} Minister of Foreign Affairs"),
        "ro": ("ministrul de Externe al {of}", "ministrul {adj} de Externe", "ministrul Afacerilor Externe al {of}",
               "ministrul {adj} al Afacerilor Externe", "ministrul de Externe {adj}", "ministrul de Externe de la {from}",
               "șeful diplomației {adjs}", "șefa diplomației {adjs}", "șeful diplomației de la {from}", "ministra de Externe a {of}",
               "ministra {adja} de Externe", "ministra Afacerilor Externe a {of}", "șeful MAE {adj}"),
        "ru": ("министр иностранных дел {of}", "{adj} министр иностранных дел", "глава МИД {of}", "глава {adjgen} МИД"),
        "uk": ("міністр закордонних справ {of}", "{adj} міністр закордонних справ", "глава МЗС {of}", "очільник МЗС {of}",
               "міністерка закордонних справ {of}"),
        "ko": ("{in} 외무장관", "{in} 외교장관"), "zh": ("{in}外交部长", "{in}外长"),
    }),
    "D": Office("defence-minister", "Post", {
        "en": ("Defence Minister of {of}", "{adj} Defence Minister", "{adj} Defense Minister", "{s} Defence Minister",
               "{s} Defense Minister", "Minister of Defence of {of}", "Defense Minister of {of}", "Minister of Defense of {of}"),
        "ro": ("ministrul Apărării al {of}", "ministrul {adj} al Apărării", "ministrul Apărării {adj}", "ministrul Apărării de la {from}",
               "ministrul Apărării Naționale al {of}", "ministra Apărării a {of}", "ministra {adja} a Apărării"),
        "ru": ("министр обороны {of}", "{adj} министр обороны", "глава Минобороны {of}", "глава {adjgen} Минобороны"),
        "uk": ("міністр оборони {of}", "{adj} міністр оборони", "міністерка оборони {of}", "глава Міноборони {of}",
               "очільник Міноборони {of}"),
        "ko": ("{in} 국방장관",), "zh": ("{in}国防部长", "{in}防长"),
    }),
    "U": Office("permanent-representative-UN", "Post", {
        "en": ("Permanent Representative of {of} to the United Nations", "Permanent Representative of {of} to the UN",
               "{adj} ambassador to the United Nations", "{adj} ambassador to the UN", "{adj} UN ambassador", "{adj} envoy to the UN",
               "{adj} Permanent Representative to the United Nations", "{adj} Permanent Representative to the UN",
               "{s} ambassador to the UN", "{s} UN ambassador"),
        "ro": ("reprezentantul permanent al {of} la ONU", "ambasadorul {of} la ONU", "reprezentantul permanent al {of} la Națiunile Unite",
               "ambasadorul {adj} la ONU", "ambasadoarea {of} la ONU", "reprezentanta permanentă a {of} la ONU"),
        "ru": ("постоянный представитель {of} при ООН", "постпред {of} при ООН", "постпред {of} в ООН"),
        "uk": ("постійний представник {of} при ООН", "постпред {of} при ООН", "постпред {of} в ООН"),
    }),
    "S": Office("foreign-ministry-spokesperson", "Post", {
        "en": ("spokesperson of the Foreign Ministry of {of}", "{adj} Foreign Ministry spokesperson", "{adj} Foreign Ministry spokesman",
               "{adj} Foreign Ministry spokeswoman"),
        "ro": ("purtătorul de cuvânt al Ministerului {adj} de Externe", "purtătoarea de cuvânt a Ministerului {adj} de Externe",
               "purtătorul de cuvânt al diplomației {adjs}", "purtătorul de cuvânt al Ministerului de Externe al {of}"),
        "ru": ("официальный представитель МИД {of}",), "uk": ("речник МЗС {of}", "речниця МЗС {of}"),
        "ko": ("{in} 외무부 대변인", "{in} 외교부 대변인"), "zh": ("{in}外交部发言人",),
    }, several=True),
    "C": Office("chief-of-general-staff", "Post", {
        "en": ("Chief of the General Staff of {of}", "{adj} Chief of the General Staff", "{adj} Chief of General Staff",
               "Chief of General Staff of {of}", "{s} Chief of General Staff", "Chief of the General Staff of the {adj} Armed Forces"),
        "ro": ("șeful Statului Major General al {of}", "șeful Statului Major General {adj}", "șeful Statului Major {adj}",
               "șeful Statului Major al armatei {adjs}", "șeful Statului Major al {of}"),
        "ru": ("начальник Генштаба {of}", "начальник Генерального штаба {of}", "начальник {adjgen} Генштаба", "глава Генштаба {of}"),
        "uk": ("начальник Генштабу {of}", "начальник Генерального штабу {of}"),
        "ko": ("{in} 총참모장",), "zh": ("{in}总参谋长",),
    }),
}  # fmt: skip
#: what else a letter writes: a government, armed forces, and the ministry of a minister
BODIES = {
    "G": Office("government", "GovernmentBody", {
        "en": ("Government of {of}", "{adj} government", "{s} government"),
        "ro": ("guvernul {of}", "guvernul {adj}", "executivul {adj}", "guvernul de la {from}", "executivul de la {from}"),
        "ru": ("правительство {of}", "{adjn} правительство"), "uk": ("уряд {of}", "{adj} уряд"),
        "ko": ("{in} 정부",), "zh": ("{in}政府",),
    }),
    "A": Office("armed-forces", "ArmedForces", {
        "en": ("Armed Forces of {of}", "{adj} armed forces", "{adj} military", "{adj} army", "{adj} forces", "{adj} troops",
               "{s} armed forces", "{s} military"),
        "ro": ("forțele armate ale {of}", "forțele armate {adjs}", "armata {adja}", "armata {of}", "forțele {adjs}", "trupele {adjs}"),
        "ru": ("Вооружённые силы {of}", "ВС {of}"), "uk": ("Збройні сили {of}", "ЗС {of}"),
        "ko": ("{in}군",), "zh": ("{in}军队",),
    }),
    "F": Office("foreign-ministry", "Ministry", {
        "en": ("Ministry of Foreign Affairs of {of}", "{adj} Foreign Ministry", "{s} Foreign Ministry", "Foreign Ministry of {of}",
               "{adj} Ministry of Foreign Affairs", "{s} Ministry of Foreign Affairs"),
        "ro": ("Ministerul Afacerilor Externe al {of}", "Ministerul {adj} de Externe", "Ministerul de Externe al {of}",
               "Ministerul {adj} al Afacerilor Externe", "Ministerul de Externe {adj}", "diplomația {adja}", "MAE {adj}",
               "Ministerul de Externe de la {from}"),
        "ru": ("Министерство иностранных дел {of}", "МИД {of}", "{adj} МИД"), "uk": ("Міністерство закордонних справ {of}", "МЗС {of}"),
        "ko": ("{in} 외무부", "{in} 외교부"), "zh": ("{in}外交部",),
    }),
    "D": Office("defence-ministry", "Ministry", {
        "en": ("Ministry of Defence of {of}", "{adj} Defence Ministry", "{adj} Defense Ministry", "{s} Defence Ministry",
               "{s} Defense Ministry", "Ministry of Defense of {of}", "{adj} Ministry of Defence", "{adj} Ministry of Defense",
               "Defence Ministry of {of}", "{s} Ministry of Defence", "{s} Ministry of Defense"),
        "ro": ("Ministerul Apărării al {of}", "Ministerul {adj} al Apărării", "Ministerul Apărării Naționale al {of}",
               "Ministerul Apărării {adj}", "Ministerul Apărării de la {from}"),
        "ru": ("Министерство обороны {of}", "Минобороны {of}", "{adjn} Минобороны"),
        "uk": ("Міністерство оборони {of}", "Міноборони {of}", "{adjn} Міноборони"),
        "ko": ("{in} 국방부",), "zh": ("{in}国防部",),
    }),
}  # fmt: skip

POSTS_HEADER = """\
# Posts that nearly every state has. Written by data/generate_officials.py from data/officials/states.txt; do not edit.
# Other posts, and further names of these: posts.ttl. Licence: CC-BY-4.0.
@prefix kg: <https://w3id.org/kgbuild/ontology#> .
@prefix post: <https://w3id.org/kgbuild/id/post/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix state: <https://w3id.org/kgbuild/id/state/> .
"""
BODIES_HEADER = """\
# Governments, ministries and armed forces. Written by data/generate_officials.py from data/officials/states.txt; do not edit.
# Other bodies, and further names of these: organizations.ttl. Licence: CC-BY-4.0.
@prefix kg: <https://w3id.org/kgbuild/ontology#> .
@prefix organization: <https://w3id.org/kgbuild/id/organization/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix state: <https://w3id.org/kgbuild/id/state/> .
"""
TENURES_HEADER = """\
# Tenures: who held which post, when. Written by data/generate_officials.py from data/officials/tenures.txt; do not edit.
# kg:date is EDTF; kg:earliest and kg:latest are its bounds. Checked against Wikidata (CC0-1.0) up to 2022. Licence: CC-BY-4.0.
@prefix kg: <https://w3id.org/kgbuild/ontology#> .
@prefix person: <https://w3id.org/kgbuild/id/person/> .
@prefix post: <https://w3id.org/kgbuild/id/post/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix tenure: <https://w3id.org/kgbuild/id/tenure/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def rows(name: str) -> Iterator[str]:
    """Yield the lines of a table that are neither empty nor comments."""
    return (line for line in (HERE / "officials" / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))


def states() -> Iterator[tuple[str, dict[str, tuple[str, ...]], list[str]]]:
    """Yield each state's code, its forms by placeholder (``ro.adj``), and the letters of its offices."""
    for line in rows("states.txt"):
        code, *fields, offices = line.split("|")
        forms = {field: tuple(text.split(";")) for field, text in zip(FIELDS, fields, strict=True)}
        # masculine, feminine and plural, each with its variants: estonian;eston,estoniană;estonă,estoniene;estone
        forms["ro.adj"], forms["ro.adja"], forms["ro.adjs"] = (tuple(text.split(";")) for text in fields[3].split(","))
        # Britain’s, the Netherlands’; not the People's Republic of China's
        short = [name.removeprefix("the ") for name in forms["en.of"] if name.count(" ") < 3]
        forms["en.s"] = tuple(name + ("’" if name.endswith("s") else "’s") for name in short)
        for language, neuter in (("ru", "ое"), ("uk", "е")):
            stems = [adjective.removesuffix("ий") for adjective in forms[f"{language}.adj"]]
            forms[f"{language}.adjgen"] = tuple(stem + "ого" for stem in stems)
            forms[f"{language}.adjn"] = tuple(stem + neuter for stem in stems)
        yield code, forms, offices.split()


def names(templates: Mapping[str, tuple[str, ...]], forms: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Fill the templates in with every form of their one placeholder: names by language, each once, the label first."""
    filled: dict[str, list[str]] = {}
    for language, group in templates.items():
        written: dict[str, None] = {}
        for template in group:
            found = re.search(r"\{(\w+)\}", template)
            assert found is not None, template
            for form in forms[f"{language}.{found[1]}"]:
                written[template.replace(found[0], form)] = None
        filled[language] = list(written)
    return filled


def block(iri: str, office: Office, belongs: str, labels: Mapping[str, list[str]]) -> str:
    """Write one post or body as one Turtle subject block."""
    lines = [f"{iri} a kg:{office.cls}", f"    {belongs}"]
    if office.several:
        lines.append("    kg:heldBySeveral true")
    lines.append("    rdfs:label " + " , ".join(f'"{group[0]}"@{language}' for language, group in labels.items()))
    aliases = [wrapped([f'"{name}"@{language}' for name in group[1:]]) for language, group in labels.items() if group[1:]]
    return " ;\n".join(lines) + " ;\n    skos:altLabel\n" + " ,\n".join(aliases) + " .\n"


def wrapped(items: Iterable[str], *, width: int = 132) -> str:
    """Set a list of literals in lines of at most so many characters."""
    lines = [""]
    for item in items:
        if lines[-1] and len(lines[-1]) + len(item) + 3 > width:
            lines.append("")
        lines[-1] += (" , " if lines[-1] else "        ") + item
    return " ,\n".join(lines)


def described(*files: str) -> dict[str, dict[str, str]]:
    """Read the labels (language -> text) of the things that files describe in full: those with a class. Keys are IRIs."""
    classed: set[str] = set()
    labels: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for quad in chain.from_iterable(ox.parse(path=REFERENCE / name, format=ox.RdfFormat.TURTLE) for name in files):
        assert isinstance(quad.subject, ox.NamedNode)
        if quad.predicate.value == PREFIXES["rdf"] + "type":
            classed.add(quad.subject.value)
        elif quad.predicate.value == PREFIXES["rdfs"] + "label":
            assert isinstance(quad.object, ox.Literal)
            labels[quad.subject.value][quad.object.language or ""] = quad.object.value
    return {thing: labels[thing] for thing in classed}


def generate() -> dict[str, str]:
    """Write the three files: name -> text. Raises AssertionError, KeyError or ValueError where a table names what is not there."""
    hand = described("posts.ttl", "organizations.ttl", "persons.ttl")
    posts, bodies = {}, {}
    for code, forms, letters in states():
        for letter in letters:
            if (office := OFFICES.get(letter)) and f"{DATA}post/{code}-{office.name}" not in hand:
                local, written = f"{code}-{office.name}", names(office.names, forms)
                posts[local] = block(f"post:{local}", office, f"kg:postOf state:{code}", written)
                hand[f"{DATA}post/{local}"] = {language: group[0] for language, group in written.items()}
            if (body := BODIES.get(letter)) and f"{DATA}organization/{code.lower()}-{body.name}" not in hand:
                local = f"{code.lower()}-{body.name}"
                bodies[local] = block(f"organization:{local}", body, f"kg:organOf state:{code}", names(body.names, forms))
    files = {"state-posts.ttl": (POSTS_HEADER, posts), "ministries.ttl": (BODIES_HEADER, bodies)}
    files["tenures.ttl"] = (TENURES_HEADER, tenures(hand))
    return {file: "\n".join([header, *(text for _, text in sorted(blocks.items()))]) for file, (header, blocks) in files.items()}


def tenures(labels: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Write each term in tenures.txt: local name -> Turtle block. The name ends in the year, or the day where the year is taken."""
    terms: dict[str, str] = {}
    post = ""
    for line in rows("tenures.txt"):
        if line.startswith("["):
            post = line.strip("[]")
            continue
        person, date = line.split()
        read = edtf.parse(date)
        local = f"{person}-{post}-{date[:4]}"
        if local in terms:
            local = f"{person}-{post}-{date.partition('/')[0]}"
        dates = [f'kg:date "{date}"']
        dates += [f'kg:{key} "{day}"^^xsd:date' for key, day in (("earliest", read.earliest), ("latest", read.latest)) if day]
        holder, held = labels[f"{DATA}person/{person}"], labels[f"{DATA}post/{post}"]
        label = " , ".join(f'"{holder[language]}, {held[language]}, {date}"@{language}' for language in ("en", "ro"))
        terms[local] = "\n".join([
            f"tenure:{local} a kg:PostTenure ; kg:holder person:{person} ; kg:post post:{post} ;",
            f"    {' ; '.join(dates)} ;",
            f"    rdfs:label {label} .\n",
        ])  # fmt: skip
    return terms


if __name__ == "__main__":
    for name, text in generate().items():
        (REFERENCE / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{REFERENCE / name}: {len(text.encode()):,} bytes")
