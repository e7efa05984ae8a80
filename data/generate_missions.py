"""Write ``data/reference/missions.ttl``: embassies and permanent missions, with the names that news in six languages gives them.

Run by hand after an edit: ``python data/generate_missions.py``. A mission's names are made of its sender's and its receiver's: "Embassy of
Russia in Romania", "Ambasada rusă la București". So the tables below hold what is said of one state, once, in the cases that are needed,
and which pairs of states keep an embassy. An embassy counts if it worked for some years between 2014 and 2024 (Russia's in Kyiv did).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STATES = """
# code | English, the first as after "of" and "in" | adjective | capital || Romanian genitive | after "în" | adjective (feminine) | capital
#      || Russian genitive | with its preposition, in || Ukrainian genitive | with its preposition, in || Korean ; short | Chinese
BLR | Belarus ; the Republic of Belarus | Belarusian | Minsk || Belarusului ; Republicii Belarus | Belarus | belarusă | Minsk
 || Белоруссии ; Республики Беларусь ; Беларуси | в Белоруссии ; в Беларуси || Білорусі | у Білорусі || 벨라루스 | 白俄罗斯
CHN | China ; the People's Republic of China | Chinese | Beijing || Chinei ; Republicii Populare Chineze | China | chineză | Beijing
 || Китая ; КНР | в Китае ; в КНР || Китаю ; КНР | у Китаї || 중국 ; 중 | 中国
DEU | Germany ; the Federal Republic of Germany | German | Berlin || Germaniei ; Republicii Federale Germania | Germania | germană | Berlin
 || Германии ; ФРГ | в Германии ; в ФРГ || Німеччини ; ФРН | у Німеччині || 독일 ; 독 | 德国
DNK | Denmark | Danish | Copenhagen || Danemarcei | Danemarca | daneză | Copenhaga || Дании | в Дании || Данії | у Данії || 덴마크 | 丹麦
FRA | France | French | Paris || Franței | Franța | franceză | Paris || Франции | во Франции || Франції | у Франції || 프랑스 ; 프 | 法国
GBR | the United Kingdom ; the UK ; Britain ; Great Britain | British | London || Marii Britanii ; Regatului Unit | Marea Britanie
 | britanică | Londra || Великобритании | в Великобритании || Великої Британії ; Великобританії | у Великій Британії || 영국 ; 영 | 英国
IRN | Iran ; the Islamic Republic of Iran | Iranian | Tehran || Iranului ; Republicii Islamice Iran | Iran | iraniană | Teheran
 || Ирана ; Исламской Республики Иран | в Иране || Ірану | в Ірані || 이란 | 伊朗
JPN | Japan | Japanese | Tokyo || Japoniei | Japonia | japoneză | Tokyo || Японии | в Японии || Японії | в Японії || 일본 ; 일 | 日本
KOR | South Korea ; the Republic of Korea | South Korean | Seoul || Coreei de Sud ; Republicii Coreea | Coreea de Sud | sud-coreeană | Seul
 || Республики Корея ; Южной Кореи | в Республике Корея ; в Южной Корее || Південної Кореї ; Республіки Корея | у Південній Кореї
 || 한국 ; 한 | 韩国
MDA | Moldova ; the Republic of Moldova | Moldovan | Chisinau ; Chișinău || Republicii Moldova ; Moldovei | Republica Moldova ; Moldova
 | moldovenească | Chișinău || Молдавии ; Молдовы | в Молдавии ; в Молдове || Молдови | у Молдові || 몰도바 | 摩尔多瓦
NLD | the Netherlands | Dutch | The Hague || Olandei ; Țărilor de Jos | Olanda ; Țările de Jos | olandeză | Haga
 || Нидерландов | в Нидерландах || Нідерландів | у Нідерландах || 네덜란드 | 荷兰
POL | Poland ; the Republic of Poland | Polish | Warsaw || Poloniei ; Republicii Polone | Polonia | poloneză | Varșovia
 || Польши | в Польше || Польщі | у Польщі || 폴란드 | 波兰
PRK | North Korea ; the DPRK | North Korean | Pyongyang
 || Coreei de Nord ; RPDC ; Republicii Populare Democrate Coreea ; RPD Coreeană ; RPD Coreene | Coreea de Nord ; RPDC
 | nord-coreeană | Phenian
 || КНДР ; Северной Кореи | в КНДР ; в Северной Корее || Північної Кореї ; КНДР | у Північній Кореї ; у КНДР || 북한 | 朝鲜
PRT | Portugal | Portuguese | Lisbon || Portugaliei | Portugalia | portugheză | Lisabona || Португалии | в Португалии
 || Португалії | у Португалії || 포르투갈 | 葡萄牙
ROU | Romania | Romanian | Bucharest || României | România | română | București || Румынии | в Румынии || Румунії | у Румунії
 || 루마니아 | 罗马尼亚
RUS | Russia ; the Russian Federation | Russian | Moscow || Rusiei ; Federației Ruse | Rusia ; Federația Rusă | rusă | Moscova
 || России ; Российской Федерации ; РФ | в России || Росії ; РФ ; Російської Федерації | в Росії || 러시아 ; 러 | 俄罗斯
TUR | Turkey ; Türkiye | Turkish | Ankara || Turciei | Turcia | turcă | Ankara || Турции | в Турции || Туреччини | у Туреччині
 || 튀르키예 | 土耳其
UKR | Ukraine | Ukrainian | Kyiv || Ucrainei | Ucraina | ucraineană | Kiev || Украины | на Украине ; в Украине || України | в Україні
 || 우크라이나 | 乌克兰
USA | the United States ; the USA ; the US ; the United States of America | US | Washington
 || SUA ; Statelor Unite ; Statelor Unite ale Americii | SUA ; Statele Unite | americană | Washington || США | в США || США | у США
 || 미국 ; 미 | 美国
VNM | Vietnam ; the Socialist Republic of Vietnam ; Viet Nam | Vietnamese | Hanoi || Vietnamului ; Republicii Socialiste Vietnam | Vietnam
 | vietnameză | Hanoi || Вьетнама | во Вьетнаме || В’єтнаму | у В’єтнамі || 베트남 | 越南
"""
#: receiver -> who has an embassy there; all of the states above have one in each other but for what is left out here
EMBASSIES = """
BLR: CHN DEU FRA GBR IRN JPN KOR MDA POL ROU RUS TUR UKR USA VNM
CHN: BLR DEU DNK FRA GBR IRN JPN KOR MDA NLD POL PRK PRT ROU RUS TUR UKR USA VNM
DEU: BLR CHN DNK FRA GBR IRN JPN KOR MDA NLD POL PRK PRT ROU RUS TUR UKR USA VNM
DNK: CHN DEU FRA GBR IRN JPN KOR NLD POL PRT ROU RUS TUR UKR USA VNM
FRA: BLR CHN DEU DNK GBR IRN JPN KOR MDA NLD POL PRT ROU RUS TUR UKR USA VNM
GBR: BLR CHN DEU DNK FRA IRN JPN KOR MDA NLD POL PRK PRT ROU RUS TUR UKR USA VNM
IRN: BLR CHN DEU DNK FRA GBR JPN KOR NLD POL PRK PRT ROU RUS TUR UKR VNM
JPN: BLR CHN DEU DNK FRA GBR IRN KOR MDA NLD POL PRT ROU RUS TUR UKR USA VNM
KOR: BLR CHN DEU DNK FRA GBR IRN JPN NLD POL PRT ROU RUS TUR UKR USA VNM
MDA: BLR CHN DEU FRA GBR JPN POL ROU RUS TUR UKR USA
NLD: BLR CHN DEU DNK FRA GBR IRN JPN KOR MDA POL PRT ROU RUS TUR UKR USA VNM
POL: BLR CHN DEU DNK FRA GBR IRN JPN KOR MDA NLD PRK PRT ROU RUS TUR UKR USA VNM
PRK: CHN DEU GBR IRN POL ROU RUS VNM
PRT: CHN DEU DNK FRA GBR IRN JPN KOR MDA NLD POL ROU RUS TUR UKR USA
ROU: BLR CHN DEU DNK FRA GBR IRN JPN KOR MDA NLD POL PRK PRT RUS TUR UKR USA VNM
RUS: BLR CHN DEU DNK FRA GBR IRN JPN KOR MDA NLD POL PRK PRT ROU TUR UKR USA VNM
TUR: BLR CHN DEU DNK FRA GBR IRN JPN KOR MDA NLD POL PRT ROU RUS UKR USA VNM
UKR: BLR CHN DEU DNK FRA GBR IRN JPN KOR MDA NLD POL PRT ROU RUS TUR USA VNM
USA: BLR CHN DEU DNK FRA GBR JPN KOR MDA NLD POL PRT ROU RUS TUR UKR VNM
VNM: BLR CHN DEU DNK FRA GBR IRN JPN KOR NLD POL PRK ROU RUS TUR UKR USA
"""
#: organization -> who has a mission there
MISSIONS = """
UN: BLR CHN DEU DNK FRA GBR IRN JPN KOR MDA NLD POL PRK PRT ROU RUS TUR UKR USA VNM
EU: BLR CHN DEU DNK FRA GBR JPN KOR MDA NLD POL PRT ROU RUS TUR UKR USA VNM
NATO: DEU DNK FRA GBR NLD POL PRT ROU RUS TUR UKR USA
OSCE: BLR DEU DNK FRA GBR MDA NLD POL PRT ROU RUS TUR UKR USA
"""
#: organization -> IRI's name; what a mission to it is called, and whither: English, Romanian, Russian, Ukrainian; "to it" in Chinese
ORGANIZATIONS = """
UN | united-nations | Mission | the United Nations ; the UN | Misiunea permanentă | la ONU ; la Națiunile Unite
 | при ООН | при ООН | 常驻联合国代表团
EU | european-union | Mission ; Representation | the European Union ; the EU | Reprezentanța permanentă ; Misiunea permanentă
 | la Uniunea Europeană ; la UE ; pe lângă Uniunea Europeană ; pe lângă UE | при ЕС ; при Европейском союзе
 | при ЄС ; при Європейському Союзі | 驻欧盟使团
NATO | nato | Mission ; Representation ; Delegation | NATO | Reprezentanța permanentă ; Misiunea permanentă ; Delegația permanentă
 | la NATO ; pe lângă NATO | при НАТО | при НАТО | 驻北约使团
OSCE | osce | Mission | the OSCE ; the Organization for Security and Co-operation in Europe | Misiunea permanentă ; Reprezentanța permanentă
 | la OSCE ; pe lângă OSCE | при ОБСЕ | при ОБСЄ | 常驻欧安组织代表团
"""

HEADER = """\
# Diplomatic missions: whose they are (kg:organOf) and to whom they are accredited. Written by data/generate_missions.py; do not edit.
# Between the states that news of arms and of the war in Ukraine names most, as far as they kept an embassy for some years in 2014–2024.
# Licence: CC-BY-4.0.
@prefix kg: <https://w3id.org/kgbuild/ontology#> .
@prefix mission: <https://w3id.org/kgbuild/id/mission/> .
@prefix organization: <https://w3id.org/kgbuild/id/organization/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix state: <https://w3id.org/kgbuild/id/state/> .
"""
#: in this order they are written
LANGUAGES = ("en", "ro", "ru", "uk", "ko", "zh")
#: the longest line of aliases
WIDTH = 140


@dataclass(frozen=True)
class State:
    """One state's names as the names of its missions need them; of each the first is the one that labels use."""

    english: list[str]
    adjective: str
    capitals: list[str]
    genitives: list[str]
    inside: list[str]
    feminine: str
    capital: str
    russian: list[str]
    russian_in: list[str]
    ukrainian: list[str]
    ukrainian_in: list[str]
    korean: list[str]
    chinese: str


#: language -> names, the label first
Names = dict[str, list[str]]


def rows(text: str) -> Iterator[list[list[str]]]:
    """Read a table: rows begin at a line's first column, fields are parted by ``|`` (or ``||``, for the eye), alternatives by ``;``."""
    lines = [line for line in text.strip().splitlines() if not line.startswith("#") and not line.startswith("  ")]
    for row in re.split(r"\n(?! )", "\n".join(lines)):
        yield [[value.strip() for value in field.split(";")] for field in re.split(r"\|+", row.replace("\n", " "))]


def states() -> dict[str, State]:
    """Read the table of states."""
    found = {}
    for (code,), english, (adjective,), capitals, genitives, inside, (feminine,), (capital,), *rest in rows(STATES):
        russian, russian_in, ukrainian, ukrainian_in, korean, (chinese,) = rest
        found[code] = State(
            english,
            adjective,
            capitals,
            genitives,
            inside,
            feminine,
            capital,
            russian,
            russian_in,
            ukrainian,
            ukrainian_in,
            korean,
            chinese,
        )
    return found


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Read ``RECEIVER: SENDER SENDER`` into (sender, receiver)."""
    for line in text.strip().splitlines():
        receiver, _, senders = line.partition(":")
        assert receiver not in senders.split(), receiver
        yield from ((sender, receiver) for sender in senders.split())


def embassy(sender: State, receiver: State) -> Names:
    """Name an embassy."""
    place, owner = receiver.english[0], sender.english[0]
    english = [f"Embassy of {name} in {place}" for name in sender.english]
    english += [f"{sender.adjective} Embassy in {place}"]
    for capital in receiver.capitals:
        english += [f"{sender.adjective} embassy in {capital}", f"Embassy of {owner} in {capital}"]
    english += [f"{owner.removeprefix('the ')}'s embassy in {place}"]
    romanian = [f"Ambasada {name} în {inside}" for inside in receiver.inside for name in sender.genitives]
    romanian += [f"Ambasada {sender.genitives[0]} la {receiver.capital}", f"Ambasada {sender.feminine} la {receiver.capital}"]
    romanian += [f"Ambasada {sender.feminine} în {inside}" for inside in receiver.inside]
    romanian += [f"Ambasadei {sender.genitives[0]} în {inside}" for inside in receiver.inside]
    korean = [f"{receiver.korean[0]} 주재 {sender.korean[0]} 대사관", *(f"주{name} {sender.korean[0]} 대사관" for name in receiver.korean)]
    return {
        "en": english,
        "ro": romanian,
        "ru": [f"Посольство {name} {inside}" for inside in receiver.russian_in for name in sender.russian],
        "uk": [f"Посольство {name} {inside}" for inside in receiver.ukrainian_in for name in sender.ukrainian],
        "ko": korean,
        "zh": [f"{sender.chinese}驻{receiver.chinese}大使馆"],
    }


def permanent(sender: State, organization: list[list[str]]) -> Names:
    """Name a permanent mission to an organization, a row of its table."""
    nouns, targets, nume, whither, russian, ukrainian, (chinese,) = organization
    english = [f"Permanent {noun} of {name} to {target}" for noun in nouns for target in targets for name in sender.english]
    english += [f"{sender.adjective} mission to {target}" for target in targets]
    english += [f"{sender.adjective} Permanent {noun} to {target}" for noun in nouns for target in targets[:1]]
    romanian = [f"{noun} a {name} {target}" for noun in nume for target in whither for name in sender.genitives]
    romanian += [f"{noun.split()[0]} {name} {whither[0]}" for noun in nume for name in sender.genitives]
    return {
        "en": english,
        "ro": romanian,
        "ru": [
            *(f"Постоянное представительство {name} {target}" for target in russian for name in sender.russian),
            *(f"постпредство {name} {target}" for target in russian for name in sender.russian),
        ],
        "uk": [f"Постійне представництво {name} {target}" for target in ukrainian for name in sender.ukrainian],
        "zh": [f"{sender.chinese}{chinese}"],
    }


def literal(text: str, tag: str) -> str:
    """Write a Turtle literal with a language tag."""
    return f'"{text}"@{tag}'


def wrapped(names: list[str], tag: str) -> str:
    """Write aliases in one language, as many on a line as it takes."""
    lines = [" " * 8]
    for name in names:
        joined = f"{lines[-1]} , {literal(name, tag)}" if lines[-1].strip() else lines[-1] + literal(name, tag)
        if lines[-1].strip() and len(joined) > WIDTH - 2:
            lines.append(" " * 8 + literal(name, tag))
        else:
            lines[-1] = joined
    return " ,\n".join(lines)


def block(mission: str, kind: str, receiver: str, names: Names) -> str:
    """Write one mission as one Turtle subject block."""
    distinct = {tag: list(dict.fromkeys(names[tag])) for tag in LANGUAGES if tag in names}
    aliases = [wrapped(group[1:], tag) for tag, group in distinct.items() if group[1:]]
    lines = [
        f"mission:{mission} a kg:{kind}",
        f"    kg:organOf state:{mission.partition('-')[0]}",
        f"    kg:accreditedTo {receiver}",
        "    rdfs:label " + " , ".join(literal(group[0], tag) for tag, group in distinct.items()),
        "    skos:altLabel\n" + " ,\n".join(aliases),
    ]
    return " ;\n".join(lines) + " .\n"


def generate() -> str:
    """Write the whole file's text. Raises AssertionError or ValueError where the tables above are not what they should be."""
    known = states()
    organizations = {code: (iri, fields) for (code,), (iri,), *fields in rows(ORGANIZATIONS)}
    blocks = {}
    for sender, receiver in pairs(EMBASSIES):
        names = embassy(known[sender], known[receiver])
        blocks[f"{sender}-{receiver}"] = block(f"{sender}-{receiver}", "Embassy", f"state:{receiver}", names)
    for sender, receiver in pairs(MISSIONS):
        iri, fields = organizations[receiver]
        names = permanent(known[sender], fields)
        blocks[f"{sender}-{receiver}"] = block(f"{sender}-{receiver}", "PermanentMission", f"organization:{iri}", names)
    return "\n".join([HEADER, *(blocks[mission] for mission in sorted(blocks))])


if __name__ == "__main__":
    target = Path(__file__).parent / "reference" / "missions.ttl"
    target.write_text(generate(), encoding="utf-8", newline="\n")
    print(f"{target}: {target.stat().st_size:,} bytes")
