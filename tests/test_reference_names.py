"""The shipped reference data finds what news names, and says who held which post and who speaks for whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.iris import DATA, KG
from kgbuild.ontology import Ontology
from kgbuild.registry import Registry

CHECKOUT = Path(__file__).parents[1]


def turtle(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.ttl"))}


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology.parse(turtle(CHECKOUT / "ontology"))


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.parse(turtle(CHECKOUT / "data" / "reference"))


@pytest.mark.parametrize(
    ("name", "cls", "lang", "thing"),
    [
        ("Rusia", "State", "ro", "state/RUS"),
        ("Moscova", "State", "ro", "state/RUS"),
        ("Moscova", "Settlement", "ro", "place/moscow"),
        ("Republicii Populare Democrate Coreea", "State", "ro", "state/PRK"),
        ("Phenianului", "State", "ro", "state/PRK"),
        ("RPDC", "State", "ro", "state/PRK"),
        ("DPRK", "State", "en", "state/PRK"),
        ("КНДР", "State", "ru", "state/PRK"),
        ("북한", "State", "ko", "state/PRK"),
        ("조선민주주의인민공화국", "State", "ko", "state/PRK"),
        ("کره شمالی", "State", "fa", "state/PRK"),
        ("朝鲜", "State", "zh", "state/PRK"),
        ("Pohjois-Korea", "State", "fi", "state/PRK"),
        ("SUA", "State", "ro", "state/USA"),
        ("U.S.", "State", "en", "state/USA"),
        ("Olanda", "State", "ro", "state/NLD"),
        ("Groenlanda", "Territory", "ro", "territory/GRL"),
        ("Kosovo", "State", "en", "state/XKX"),
        ("СССР", "State", "ru", "state/SUN"),
        ("Ministrul rus de Externe", "Post", "ro", "post/RUS-foreign-minister"),
        ("ministrul de Externe al Rusiei", "Post", "ro", "post/RUS-foreign-minister"),
        ("Russian foreign minister", "Post", "en", "post/RUS-foreign-minister"),
        ("ministrul nord-coreean de Externe", "Post", "ro", "post/PRK-foreign-minister"),
        ("ministrul de Externe al Coreei de Nord", "Post", "ro", "post/PRK-foreign-minister"),
        ("liderul Coreei de Nord", "Post", "ro", "post/PRK-leader"),
        ("국무위원장", "Post", "ko", "post/PRK-leader"),
        ("Kremlin spokesman", "Post", "en", "post/RUS-presidential-press-secretary"),
        ("Serghei Lavrov", "Person", "ro", "person/sergey-lavrov"),
        ("Сергей Лавров", "Person", "ru", "person/sergey-lavrov"),
        ("Choe Son-hui", "Person", "en", "person/choe-son-hui"),
        ("최선희", "Person", "ko", "person/choe-son-hui"),
        ("Volodymyr Zelenskyy", "Person", "en", "person/volodymyr-zelensky"),
        ("Ambasadei Rusiei în România", "Embassy", "ro", "mission/RUS-ROU"),
        ("Ambasada Rusiei la București", "DiplomaticMission", "ro", "mission/RUS-ROU"),
        ("Russian Embassy in Romania", "Organization", "en", "mission/RUS-ROU"),
        ("Kremlinul", "GovernmentBody", "ro", "organization/kremlin"),
        ("Kremlinul", "Facility", "ro", "place/moscow-kremlin"),
        ("forțele rusești", "ArmedForces", "ro", "organization/rus-armed-forces"),
        ("Națiunilor Unite", "InternationalOrganization", "ro", "organization/united-nations"),
        ("agenția KCNA", "MediaOutlet", "ro", "outlet/kcna"),
        ("Vostochny Cosmodrome", "Cosmodrome", "ro", "place/vostochny-cosmodrome"),
        ("regiunea Amur", "Territory", "ro", "place/amur-oblast"),
        ("sisteme HIMARS", "Weapon", "ro", "weapon/himars"),
        ("Shahed", "Weapon", "en", "weapon/shahed-136"),
        ("Герань-2", "LoiteringMunition", "ru", "weapon/shahed-136"),
        ("obuze de 152 mm", "Munition", "ro", "weapon/152-mm-shell"),
        ("obuzele de 152 mm", "ArtilleryShell", "ro", "weapon/152-mm-shell"),
        ("tancurile T-80", "BattleTank", "ro", "weapon/t-80"),
        ("rachetelor Oreșnik", "Missile", "ro", "weapon/oreshnik"),
        ("ракеты «Циркон»", "Missile", "ru", "weapon/zircon"),
        ("K9 자주포", "ArtillerySystem", "ko", "weapon/k9-thunder"),
        ("drone navale Magura V5", "Warship", "ro", "weapon/magura-v5"),
        ("mine antipersonal", "Munition", "ro", "weapon/anti-personnel-mine"),
        ("Puști AK-47", "SmallArm", "ro", "weapon/kalashnikov"),
        ("OTSC", "InternationalOrganization", "ro", "organization/csto"),
        ("Organizația de Cooperare de la Shanghai", "Organization", "ro", "organization/shanghai-cooperation-organisation"),
        ("ШОС", "InternationalOrganization", "ru", "organization/shanghai-cooperation-organisation"),
        ("Formatul București 9", "Coalition", "ro", "organization/bucharest-nine"),
        ("Ambasada Germaniei la Kiev", "Embassy", "ro", "mission/DEU-UKR"),
        ("Посольство Польши в Белоруссии", "Embassy", "ru", "mission/POL-BLR"),
        ("주한 미국 대사관", "Embassy", "ko", "mission/USA-KOR"),
        ("Permanent Mission of Ukraine to the OSCE", "DiplomaticMission", "en", "mission/UKR-OSCE"),
        ("Reprezentanța permanentă a României la NATO", "DiplomaticMission", "ro", "mission/ROU-NATO"),
        ("Cernăuți", "Settlement", "ro", "place/chernivtsi"),
        ("Krivoi Rog", "Settlement", "ro", "place/kryvyi-rih"),
        ("baza de la Deveselu", "MilitaryBase", "ro", "place/deveselu-missile-defence-base"),
        ("풍계리 핵실험장", "Facility", "ko", "place/punggye-ri-nuclear-test-site"),
        ("Marea Mediterană", "Place", "ro", "place/mediterranean-sea"),
        ("Fâșia Gaza", "Territory", "ro", "place/gaza-strip"),
        ("Adevărul", "MediaOutlet", "ro", "outlet/adevarul"),
        ("postul Antena 3", "MediaOutlet", "ro", "outlet/antena-3"),
        ("조선일보", "MediaOutlet", "ko", "outlet/chosun-ilbo"),
        ("人民日报", "MediaOutlet", "zh", "outlet/peoples-daily"),
        ("Суспільне", "MediaOutlet", "uk", "outlet/suspilne"),
    ],
)
def test_what_news_names_is_found(registry: Registry, ontology: Ontology, name: str, cls: str, lang: str, thing: str) -> None:
    assert registry.find(name, cls=KG + cls, lang=lang, ontology=ontology) == (DATA + thing,)


@pytest.mark.parametrize(
    ("name", "cls", "lang"),
    [("Coreea", "State", "ro"), ("Congo", "State", "en"), ("Moscova", "Entity", "ro")],
)
def test_what_may_mean_two_things_gives_both(registry: Registry, ontology: Ontology, name: str, cls: str, lang: str) -> None:
    assert len(registry.find(name, cls=KG + cls, lang=lang, ontology=ontology)) == 2


@pytest.mark.parametrize("name", ["Russian", "rusesc", "rusă", "arme", "weapons", "Occidentul", "președintele"])
def test_adjectives_and_general_words_name_nothing(registry: Registry, ontology: Ontology, name: str) -> None:
    assert registry.find(name, cls=KG + "Entity", lang="ro", ontology=ontology) == ()


@pytest.mark.parametrize(
    ("person", "post", "day", "state"),
    [
        ("sergey-lavrov", "RUS-foreign-minister", "2024-01-16", "RUS"),
        ("choe-son-hui", "PRK-foreign-minister", "2024-01-16", "PRK"),
        ("kim-jong-un", "PRK-leader", "2023-09-13", "PRK"),
        ("sergei-shoigu", "RUS-defence-minister", "2023-07-26", "RUS"),
        ("hossein-amir-abdollahian", "IRN-foreign-minister", "2022-11-05", "IRN"),
        ("oleksii-reznikov", "UKR-defence-minister", "2022-10-11", "UKR"),
        ("jens-stoltenberg", "NATO-secretary-general", "2022-06-01", None),
    ],
)
def test_who_held_which_post_that_day(registry: Registry, person: str, post: str, day: str, state: str | None) -> None:
    held = [term for term in registry.tenures(f"{DATA}person/{person}") if (term.earliest or "") <= day <= (term.latest or "9999")]
    assert [(term.post, term.state) for term in held] == [(f"{DATA}post/{post}", f"{DATA}state/{state}" if state else None)]


def test_only_state_media_speak_for_a_state(registry: Registry) -> None:
    speaking = {name: registry.states_of(f"{DATA}outlet/{name}") for name in ("tass", "kcna", "irna", "reuters", "bbc", "yonhap")}
    assert speaking == {
        "tass": (DATA + "state/RUS",),
        "kcna": (DATA + "state/PRK",),
        "irna": (DATA + "state/IRN",),
        "reuters": (),
        "bbc": (),
        "yonhap": (),
    }
