"""Words for the kind of a thing before its name: ziarul Kommersant, газете «Известия», the city of Kharkiv, racheta Kinjal.

Such a run of words begins with one that says the kind ("ziarul", "racheta") and may go on with others ("de știri", "hipersonică"). What
follows must be the name of a thing of that kind by itself: "ziarul Moscova" is no city. Words in the base form, as case forms are found
from it. Besides, the legal form behind the name of a company (Inc., GmbH) is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.folding import fold
from kgbuild.iris import KG
from kgbuild.registry.inflection import LANGUAGES

_MEDIA = "MediaOutlet"
_CITY = "Settlement"
_BASE = "MilitaryBase"
_MISSILE = "Missile Rocket"
_DRONE = "UncrewedAircraft LoiteringMunition"
_SYSTEM = "AirDefenceSystem RocketArtillery ArtillerySystem"
_JET, _TANK, _SHIP = "CombatAircraft", "BattleTank", "Warship"
#: language -> classes of what follows -> words for the kind
_HEADS = {
    "en": {
        _MEDIA: "newspaper daily weekly magazine agency broadcaster channel outlet tabloid website",
        _CITY: "city town",
        "Company": "company",
        _MISSILE: "missile missiles rocket rockets",
        _DRONE: "drone drones uav uavs",
        _TANK: "tank tanks",
    },
    "ro": {
        _MEDIA: """ziarul cotidianul săptămânalul revista agenția publicația postul televiziunea canalul tabloidul jurnalul site-ul
            portalul""",
        _CITY: "orașul municipiul localitatea capitala",
        "Company": "compania firma",
        _BASE: "baza",
        _MISSILE: "racheta rachete rachetele",
        _DRONE: "drona drone dronele",
        _SYSTEM: "sistemul sisteme sistemele obuzierul obuziere obuzierele",
        _TANK: "tancul tancuri tancurile",
        _JET: "avionul avioane avioanele bombardierul",
        "Helicopter": "elicopterul elicoptere elicopterele",
        _SHIP: "nava fregata crucișătorul distrugătorul",
    },
    "ru": {
        _MEDIA: "газета агентство информагентство телеканал канал журнал издание портал еженедельник",
        _CITY: "город",
        "Company": "компания корпорация",
        _BASE: "база авиабаза",
        _MISSILE: "ракета ракеты ракет",
        _DRONE: "дрон дроны беспилотник беспилотники",
        _SYSTEM: "комплекс комплексы система системы систем зрк зрс рсзо",
        _TANK: "танк танки",
        _JET: "истребитель истребители бомбардировщик бомбардировщики самолёт самолёты",
        "Helicopter": "вертолёт вертолёты",
        _SHIP: "крейсер фрегат корабль",
    },
    "uk": {
        _MEDIA: "газета агентство агенція агенство інформагентство телеканал канал журнал видання портал тижневик",
        _CITY: "місто",
        "Company": "компанія корпорація",
        _BASE: "база авіабаза",
        _MISSILE: "ракета ракети ракет",
        _DRONE: "дрон дрони безпілотник безпілотники",
        _SYSTEM: "комплекс комплекси система системи систем зрк рсзв",
        _TANK: "танк танки",
        _JET: "винищувач винищувачі бомбардувальник літак літаки",
        "Helicopter": "гелікоптер гелікоптери вертоліт",
        _SHIP: "крейсер фрегат корабель",
    },
    "fr": {
        _MEDIA: "journal quotidien hebdomadaire magazine agence chaîne",
        _CITY: "ville",
        _MISSILE: "missile missiles",
        _TANK: "char chars",
    },
    "de": {_MEDIA: "zeitung tageszeitung wochenzeitung magazin nachrichtenagentur agentur sender", _CITY: "stadt", _TANK: "panzer"},
}  # fmt: skip
#: what may follow before the name
_INSIDE = {
    "en": "of news press agency daily newspaper cruise ballistic hypersonic battle main attack",
    "ro": """de știri presă televiziune radio aeriană aeriene militară militare balistică balistice hipersonică hipersonice croazieră tip
        tipul antiaeriană antiaeriene antiaerian rachete luptă vânătoare iraniană iraniene rusă rusești ruse""",
    "ru": """информационное новостей крылатая крылатые баллистическая баллистические гиперзвуковая гиперзвуковые типа ударный ударные
        военная зенитная зенитный ракетный ракетная ракетные оперативно-тактический оперативно-тактические""",
    "uk": """інформаційне інформаційна новин крилата крилаті балістична балістичні гіперзвукова гіперзвукові типу ударний ударні
        військова зенітний зенітна ракетний ракетна ракетні""",
    "fr": "de du d presse",
    "de": "",
}
#: legal forms of companies
_LEGAL = frozenset(("inc", "ltd", "llc", "corp", "corporation", "plc", "ag", "gmbh", "sa", "srl", "nv", "oao", "пао", "оао", "ооо"))
_COMPANY = frozenset((KG + "Company", KG + _MEDIA))

HEADS: dict[str, dict[str, frozenset[str]]] = {}
for _lang, _table in _HEADS.items():
    HEADS[_lang] = {}
    for _classes, _words in _table.items():
        for _word in _words.split():
            HEADS[_lang][fold(_word)] = frozenset(KG + name for name in _classes.split())
INSIDE = {lang: frozenset(fold(word) for word in words.split()) for lang, words in _INSIDE.items()}


def rests(words: list[str], rules: tuple[str, ...]) -> Iterator[tuple[str, frozenset[str]]]:
    """Give what may be the name behind words for its kind, the longest first, with the classes (IRIs) of which it must be."""
    for rule in rules:
        heads = HEADS.get(rule)
        if heads is None:
            continue
        begun = 1 if len(words) > 2 and fold(words[0]) in LANGUAGES[rule].leading else 0
        classes = next((heads[form] for form in LANGUAGES[rule].bases(words[begun]) if form in heads), None)
        if classes is None:
            continue
        for cut in range(begun + 1, len(words)):
            yield " ".join(words[cut:]), classes
            if INSIDE[rule].isdisjoint(LANGUAGES[rule].bases(words[cut])):
                break
    if len(words) > 1 and fold(words[-1]) in _LEGAL:
        yield " ".join(words[:-1]).rstrip(","), _COMPANY
