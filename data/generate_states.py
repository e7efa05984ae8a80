"""Write ``data/reference/states.ttl``: the states and territories of the world, with their names in every language of the CLDR.

Run by hand after an upgrade of Babel or pycountry: ``python data/generate_states.py``. The same versions write the same bytes.
Names: Unicode CLDR through Babel (one label per language and script); official names: Debian's iso-codes through pycountry, with its
translations. Who is a state: the UN's members and observer states, and the partly recognised; other ISO 3166-1 entries are territories.
Wikidata identifiers are given only where they are certain. Names that people use beside these are kept by hand in ``state-aliases.ttl``.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pycountry
from babel import Locale
from babel.localedata import locale_identifiers

UN_MEMBERS = """
AFG:Q889 AGO:Q916 ALB:Q222 AND:Q228 ARE:Q878 ARG:Q414 ARM:Q399 ATG:Q781 AUS:Q408 AUT:Q40 AZE:Q227 BDI:Q967 BEL:Q31 BEN:Q962 BFA:Q965
BGD:Q902 BGR:Q219 BHR:Q398 BHS:Q778 BIH:Q225 BLR:Q184 BLZ:Q242 BOL:Q750 BRA:Q155 BRB:Q244 BRN:Q921 BTN:Q917 BWA:Q963 CAF:Q929 CAN:Q16
CHE:Q39 CHL:Q298 CHN:Q148 CIV:Q1008 CMR:Q1009 COD:Q974 COG:Q971 COL:Q739 COM:Q970 CPV:Q1011 CRI:Q800 CUB:Q241 CYP:Q229 CZE:Q213 DEU:Q183
DJI:Q977 DMA:Q784 DNK:Q35 DOM:Q786 DZA:Q262 ECU:Q736 EGY:Q79 ERI:Q986 ESP:Q29 EST:Q191 ETH:Q115 FIN:Q33 FJI:Q712 FRA:Q142 FSM:Q702
GAB:Q1000 GBR:Q145 GEO:Q230 GHA:Q117 GIN:Q1006 GMB:Q1005 GNB:Q1007 GNQ:Q983 GRC:Q41 GRD:Q769 GTM:Q774 GUY:Q734 HND:Q783 HRV:Q224 HTI:Q790
HUN:Q28 IDN:Q252 IND:Q668 IRL:Q27 IRN:Q794 IRQ:Q796 ISL:Q189 ISR:Q801 ITA:Q38 JAM:Q766 JOR:Q810 JPN:Q17 KAZ:Q232 KEN:Q114 KGZ:Q813
KHM:Q424 KIR:Q710 KNA:Q763 KOR:Q884 KWT:Q817 LAO:Q819 LBN:Q822 LBR:Q1014 LBY:Q1016 LCA:Q760 LIE:Q347 LKA:Q854 LSO:Q1013 LTU:Q37 LUX:Q32
LVA:Q211 MAR:Q1028 MCO:Q235 MDA:Q217 MDG:Q1019 MDV:Q826 MEX:Q96 MHL:Q709 MKD:Q221 MLI:Q912 MLT:Q233 MMR:Q836 MNE:Q236 MNG:Q711 MOZ:Q1029
MRT:Q1025 MUS:Q1027 MWI:Q1020 MYS:Q833 NAM:Q1030 NER:Q1032 NGA:Q1033 NIC:Q811 NLD:Q55 NOR:Q20 NPL:Q837 NRU:Q697 NZL:Q664 OMN:Q842 PAK:Q843
PAN:Q804 PER:Q419 PHL:Q928 PLW:Q695 PNG:Q691 POL:Q36 PRK:Q423 PRT:Q45 PRY:Q733 QAT:Q846 ROU:Q218 RUS:Q159 RWA:Q1037 SAU:Q851 SDN:Q1049
SEN:Q1041 SGP:Q334 SLB:Q685 SLE:Q1044 SLV:Q792 SMR:Q238 SOM:Q1045 SRB:Q403 SSD:Q958 STP:Q1039 SUR:Q730 SVK:Q214 SVN:Q215 SWE:Q34 SWZ:Q1050
SYC:Q1042 SYR:Q858 TCD:Q657 TGO:Q945 THA:Q869 TJK:Q863 TKM:Q874 TLS:Q574 TON:Q678 TTO:Q754 TUN:Q948 TUR:Q43 TUV:Q672 TZA:Q924 UGA:Q1036
UKR:Q212 URY:Q77 USA:Q30 UZB:Q265 VCT:Q757 VEN:Q717 VNM:Q881 VUT:Q686 WSM:Q683 YEM:Q805 ZAF:Q258 ZMB:Q953 ZWE:Q954
"""
#: observer states of the UN; then states that some states recognise, and the two in free association that many have relations with
OTHER_STATES = "PSE:Q219060 VAT:Q237 COK:Q26988 ESH:Q40362 NIU:Q34020 TWN:Q865 XKX:Q1246"
TERRITORIES = """
ABW:Q21203 AIA:Q25228 ALA:Q5689 ASM:Q16641 ATA:Q51 BMU:Q23635 BVT:Q23408 CUW:Q25279 CYM:Q5785 FLK:Q9648 FRO:Q4628 GGY:Q25230 GIB:Q1410
GLP:Q17012 GRL:Q223 GUF:Q3769 GUM:Q16635 HKG:Q8646 IMN:Q9676 JEY:Q785 MAC:Q14773 MNP:Q16644 MTQ:Q17054 MYT:Q17063 NCL:Q33788 PRI:Q1183
PYF:Q30971 REU:Q17070 TCA:Q18221 VGB:Q25305 VIR:Q11703
"""
#: languages whose official names are taken from iso-codes: Babel's tag -> gettext's
OFFICIAL = {"ar": "ar", "de": "de", "es": "es", "fa": "fa", "fr": "fr", "it": "it", "ja": "ja", "ko": "ko", "nl": "nl", "pl": "pl"}
OFFICIAL |= {"pt": "pt", "ro": "ro", "ru": "ru", "tr": "tr", "uk": "uk", "zh": "zh_CN"}

HEADER = """\
# States and territories of the world. Written by data/generate_states.py; do not edit (see state-aliases.ttl for names kept by hand).
# Names: Unicode CLDR through Babel {babel}. Licence: Unicode-3.0 (Copyright 1991-present Unicode, Inc.; https://www.unicode.org/license.txt).
# Codes and official names: Debian iso-codes through pycountry {pycountry}. Licence: LGPL-2.1-or-later.
# Wikidata identifiers: Wikidata, CC0-1.0.
@prefix kg: <https://w3id.org/kgbuild/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix state: <https://w3id.org/kgbuild/id/state/> .
@prefix territory: <https://w3id.org/kgbuild/id/territory/> .
@prefix wd: <http://www.wikidata.org/entity/> .
"""


def pairs(text: str) -> dict[str, str]:
    """Read ``AFG:Q889 AGO:Q916`` into a mapping from alpha-3 to Wikidata id."""
    return dict(item.split(":") for item in text.split())


def locales() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (language tag, territory names by alpha-2) for each language and script of the CLDR, sorted; bare languages first."""
    for identifier in sorted(locale_identifiers()):
        locale = Locale.parse(identifier)
        if not locale.territory and not locale.variant:
            yield identifier.replace("_", "-"), dict(locale.territories)


def labels_of(alpha2: str, names: dict[str, dict[str, str]]) -> dict[str, str]:
    """Take a country's name in each language; a script's name only where it differs from its language's own."""
    labels = {tag: " ".join(territories.get(alpha2, "").split()) for tag, territories in names.items()}
    return {
        tag: name for tag, name in labels.items() if name not in ("", alpha2) and ("-" not in tag or labels.get(tag.split("-")[0]) != name)
    }


def aliases_of(country: Any, labels: dict[str, str]) -> dict[str, list[str]]:
    """Take the official names, in English and as iso-codes translates them; not the inverted ones ("Iran, Islamic Republic of")."""
    english = [getattr(country, key, "") for key in ("name", "official_name", "common_name")]
    english = [name for name in english if name and "," not in name]
    aliases = {"en": english}
    for tag, code in OFFICIAL.items():
        translate = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[code], fallback=True).gettext
        aliases[tag] = [translated for name in english if (translated := translate(name)) != name and not set(",،、") & set(translated)]
    return {tag: sorted({name for name in names if name != labels.get(tag)}) for tag, names in aliases.items()}


def unshared(aliases: dict[str, dict[str, list[str]]], labels: dict[str, dict[str, str]]) -> None:
    """Leave out, in place, each alias that two countries would share: all such are slips in the translations (alpha-3 -> tag -> names).

    The same goes for one that differs from the label in capitals only.
    """
    owners: dict[tuple[str, str], set[str]] = {}
    for code in aliases:
        for tag, name in [*labels[code].items(), *((tag, name) for tag, group in aliases[code].items() for name in group)]:
            owners.setdefault((tag, name.casefold()), set()).add(code)
    for code, groups in aliases.items():
        for tag, group in groups.items():
            label = labels[code].get(tag, "").casefold()
            group[:] = [name for name in group if len(owners[tag, name.casefold()]) == 1 and name.casefold() != label]


def literal(text: str, tag: str) -> str:
    """Write a Turtle literal with a language tag."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + f'"@{tag}'


def block(country: Any, kind: str, wikidata: str | None, labels: dict[str, str], groups: dict[str, list[str]]) -> str:
    """Write one country as one Turtle subject block."""
    aliases = [literal(name, tag) for tag, group in sorted(groups.items()) for name in group]
    lines = [f'{kind.lower()}:{country.alpha_3} a kg:{kind} ; kg:isoAlpha2 "{country.alpha_2}" ; kg:isoAlpha3 "{country.alpha_3}"']
    if getattr(country, "numeric", None):
        lines[0] += f' ; kg:isoNumeric "{country.numeric}"'
    if wikidata:
        lines.append(f"    skos:exactMatch wd:{wikidata}")
    lines.append("    rdfs:label " + " , ".join(literal(name, tag) for tag, name in sorted(labels.items())))
    if aliases:
        lines.append("    skos:altLabel " + " , ".join(aliases))
    return " ;\n".join(lines) + " .\n"


def generate() -> str:
    """Write the whole file's text. Raises AssertionError where the tables above do not fit the UN or ISO 3166-1."""
    members, others, territories = pairs(UN_MEMBERS), pairs(OTHER_STATES), pairs(TERRITORIES)
    assert len(members) == 193, len(members)
    states = members | others
    countries: dict[str, Any] = {country.alpha_3: country for country in pycountry.countries}
    # Kosovo has no ISO code: XK and XKX are the ones in use, out of the codes that ISO leaves to users
    countries["XKX"] = type("Country", (), {"alpha_2": "XK", "alpha_3": "XKX", "name": "Kosovo", "official_name": "Republic of Kosovo"})
    assert set(states) | set(territories) <= set(countries), (set(states) | set(territories)) - set(countries)
    names = dict(locales())
    labels = {code: labels_of(country.alpha_2, names) for code, country in countries.items()}
    aliases = {code: aliases_of(country, labels[code]) for code, country in countries.items()}
    unshared(aliases, labels)
    kinds = {code: "State" if code in states else "Territory" for code in countries}
    links = states | territories
    header = HEADER.format(babel=version("babel"), pycountry=version("pycountry"))
    blocks = (block(countries[code], kinds[code], links.get(code), labels[code], aliases[code]) for code in sorted(countries))
    return "\n".join([header, *blocks])


if __name__ == "__main__":
    target = Path(__file__).parent / "reference" / "states.ttl"
    target.write_text(generate(), encoding="utf-8", newline="\n")
    print(f"{target}: {target.stat().st_size:,} bytes")
