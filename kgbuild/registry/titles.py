"""Titles: words before a person's name (in Korean and Chinese behind it) that are no part of it.

A title is a run of the words below that begins with one of the first kind ("ministrul rus de Externe"), or the name of a post in the
reference data; the rest has to be a person's name by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.folding import fold
from kgbuild.registry.inflection import LANGUAGES

#: what a title may begin with, by language; in the base form, as case forms are found from it
_HEADS = {
    "en": """mr mrs ms miss dr sir lord dame prof professor gen general lt lieutenant maj major col colonel capt captain
        adm admiral marshal sgt brigadier commander president vice deputy former ex then acting prime premier minister
        chancellor secretary foreign defence defense ambassador envoy king queen prince leader chairman chairwoman
        chief head spokesman spokeswoman spokesperson comrade ayatollah senator governor director supreme""",
    "ro": """domnul doamna domnului doamnei dl dlui dna dnei dr prof gen general generalul lt col colonelul maj maior
        maiorul amiralul mareșalul locotenentul căpitanul președintele președinta vicepreședintele vicepreședinta
        premierul ministrul ministra prim viceprim primministrul cancelarul cancelara secretarul secretara ambasadorul
        ambasadoarea liderul lidera șeful șefa purtătorul purtătoarea fostul fosta actualul actuala regele regina
        prințul papa tovarășul ayatollahul senatorul guvernatorul directorul omologul conducătorul""",
    "ru": """господин госпожа г-н г-жа президент премьер премьер-министр министр глава посол генерал маршал адмирал
        полковник лидер канцлер секретарь председатель вице-президент бывший бывшая экс-президент король товарищ
        аятолла пресс-секретарь госсекретарь постпред замминистра заместитель""",
    "uk": """пан пані президент прем’єр прем’єр-міністр міністр міністерка глава голова очільник посол генерал маршал
        адмірал полковник лідер канцлер секретар віцепрезидент колишній колишня король аятола речник речниця
        держсекретар постпред заступник""",
    "ko": "",
    "fr": """m mme monsieur madame docteur général colonel amiral président présidente premier ministre chancelier
        chancelière secrétaire ambassadeur ambassadrice roi reine pape""",
    "de": """herr herrn frau dr general oberst admiral präsident präsidentin kanzler kanzlerin bundeskanzler
        bundeskanzlerin minister ministerin ministerpräsident premierminister außenminister verteidigungsminister
        außenministerin könig königin papst botschafter""",
}
#: what may follow inside a title
_INSIDE = {
    "en": """of the and for to foreign defence defense affairs state staff general prime minister secretary president chief
        leader press national security adviser advisor chairman ministry ambassador marshal supreme former vice deputy
        russian ukrainian american us british french german north south korean chinese iranian romanian polish turkish
        belarusian japanese""",
    "ro": """de al a ai ale la din externe extern apărării naționale afacerilor stat cuvânt presă ministru ministrul
        ministrului președinte președintele premier premierul lider liderul guvernului diplomației suprem major rus
        rusă ruse ucrainean ucraineană american americană britanic francez german germană nord-coreean nord-coreeană
        nordcoreean sud-coreean sud-coreeană chinez chineză iranian iraniană român română polonez turc belarus japonez
        kremlinului""",
    "ru": """и иностранных дел обороны мид минобороны россии рф украины сша кндр китая ирана белоруссии российский
        украинский американский северокорейский китайский иранский министр президент госсекретарь армии безопасности
        совета федерации страны""",
    "uk": """і та закордонних справ оборони мзс міноборони росії рф україни сша кндр китаю ірану російський український
        американський північнокорейський міністр президент армії безпеки ради країни""",
    "ko": "",
    "fr": """de la le du des et russe ukrainien américain français britannique ministre étrangères affaires défense
        république""",
    "de": "der des russische russischen ukrainische ukrainischen deutsche deutschen amerikanische französische",
}
#: Korean: behind the name
_BEHIND = """대통령 총리 외무장관 외교장관 국방장관 외무상 국방상 장관 상 국무위원장 위원장 국가주석 주석 총비서
    비서 대사 대변인 국무장관 부통령 부장 부부장 대장 장군 원수 씨 동지 서기장 사무총장 안보보좌관
    보좌관 의장 외교부장"""
_CHINESE = "总统 主席 总理 首相 外长 防长 总书记 国务卿 先生 女士 将军 大使"


def _words(table: dict[str, str]) -> dict[str, frozenset[str]]:
    return {lang: frozenset(fold(word) for word in words.split()) for lang, words in table.items()}


HEADS, INSIDE = _words(_HEADS), _words(_INSIDE)
BEHIND = frozenset(_BEHIND.split())
#: those that may be written together with the name; one syllable is too little to tell a title by
_GLUED = tuple(sorted((*(title for title in BEHIND if len(title) > 1), *_CHINESE.split()), key=lambda title: (-len(title), title)))


def unglued(word: str) -> Iterator[str]:
    """Give the name from a word that ends with a title (김정은동지는, 普京总统)."""
    for form in LANGUAGES["ko"].bases(word):
        for title in _GLUED:
            if form.endswith(title) and len(form) > len(title) + 1:
                yield form.removesuffix(title)
                break
