"""Generate annotated articles that are like real ones in what costs time: how many units, how often which state is named.

States and officials follow Zipf's law, each article holds 30 to 80 units, and events recur across articles, so that things are shared
as they are in a corpus. The same seed gives the same files.

    python benchmarks/generate.py --articles 2000 --seed 7 --out FOLDER [--per-file 200]
"""

from __future__ import annotations

import argparse
import json
import random
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

#: English name, ISO code, capital, Wikidata id
STATES = [
    ("Russia", "RUS", "Moscow", "Q159"), ("Ukraine", "UKR", "Kyiv", "Q212"), ("North Korea", "PRK", "Pyongyang", "Q423"),
    ("United States", "USA", "Washington", "Q30"), ("Iran", "IRN", "Tehran", "Q794"), ("China", "CHN", "Beijing", "Q148"),
    ("Germany", "DEU", "Berlin", "Q183"), ("Poland", "POL", "Warsaw", "Q36"), ("France", "FRA", "Paris", "Q142"),
    ("United Kingdom", "GBR", "London", "Q145"), ("Romania", "ROU", "Bucharest", "Q218"), ("South Korea", "KOR", "Seoul", "Q884"),
    ("Japan", "JPN", "Tokyo", "Q17"), ("Turkey", "TUR", "Ankara", "Q43"), ("Belarus", "BLR", "Minsk", "Q184"),
    ("Israel", "ISR", "Jerusalem", "Q801"), ("Syria", "SYR", "Damascus", "Q858"), ("Egypt", "EGY", "Cairo", "Q79"),
    ("India", "IND", "New Delhi", "Q668"), ("Pakistan", "PAK", "Islamabad", "Q843"), ("Netherlands", "NLD", "Amsterdam", "Q55"),
    ("Denmark", "DNK", "Copenhagen", "Q35"), ("Sweden", "SWE", "Stockholm", "Q34"), ("Finland", "FIN", "Helsinki", "Q33"),
    ("Italy", "ITA", "Rome", "Q38"), ("Spain", "ESP", "Madrid", "Q29"), ("Greece", "GRC", "Athens", "Q41"),
    ("Czechia", "CZE", "Prague", "Q213"), ("Slovakia", "SVK", "Bratislava", "Q214"), ("Hungary", "HUN", "Budapest", "Q28"),
    ("Bulgaria", "BGR", "Sofia", "Q219"), ("Serbia", "SRB", "Belgrade", "Q403"), ("Moldova", "MDA", "Chișinău", "Q217"),
    ("Georgia", "GEO", "Tbilisi", "Q230"), ("Armenia", "ARM", "Yerevan", "Q399"), ("Azerbaijan", "AZE", "Baku", "Q227"),
    ("Kazakhstan", "KAZ", "Astana", "Q232"), ("Uzbekistan", "UZB", "Tashkent", "Q265"), ("Mongolia", "MNG", "Ulaanbaatar", "Q711"),
    ("Vietnam", "VNM", "Hanoi", "Q881"),
]  # fmt: skip
SYLLABLES = "an bel cor dan el fen gor hal im jor kal lem mar nor ol pet rin sor tal ur vel wen yar zol".split()
ITEMS = [
    ("ballistic missiles", "BallisticMissile"), ("artillery shells", "ArtilleryShell"), ("attack drones", "LoiteringMunition"),
    ("battle tanks", "BattleTank"), ("air defence systems", "AirDefenceSystem"), ("weapons", "Weapon"), ("rockets", "Rocket"),
]  # fmt: skip
STANCES = ["denies", "acknowledges", "asserts", "condemns", "alleges", "claims", "evades", "rejects", "praises", "pledges"]
CUES = ["denied", "admitted", "said", "condemned", "alleged", "claimed", "did not answer on", "rejected", "welcomed", "promised"]
TARGETS = ["radar-station", "fuel-depot", "ammunition-depot", "command-post", "airfield"]


class Zipf:
    """Draws positions 0 … n-1 with probability proportional to 1/(rank + 1)."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(n)))

    def draw(self, rng: random.Random) -> int:
        return rng.choices(range(self.n), cum_weights=self.weights)[0]


class Article:
    """A text that grows with its annotation, so that every span is exact."""

    def __init__(self, world: World, rng: random.Random, number: int) -> None:
        self.world, self.rng = world, rng
        self.id = f"generated-{number:07d}"
        self.day = world.start + timedelta(days=rng.randrange(900))
        self.text = ""
        self.units: dict[str, dict[str, object]] = {}

    def write(self, *parts: str | tuple[str, str]) -> None:
        """Write a sentence of plain words and (words, unit id) mentions."""
        for part in parts:
            words, unit = (part, None) if isinstance(part, str) else part
            begin = len(self.text)
            self.text += words
            if unit is not None:
                mention = {"spans": [[begin, begin + len(words)]], "text": words}
                self.units[unit].setdefault("mentions", []).append(mention)  # type: ignore[attr-defined]
        self.text += ". "

    def unit(self, unit_id: str, kind: str, label: str, **fields: object) -> str:
        if unit_id not in self.units:
            self.units[unit_id] = {"id": unit_id, "kind": kind, "label": label, **fields}
        return unit_id

    def state(self, number: int) -> tuple[str, str]:
        name, code, _city, link = STATES[number]
        return name, self.unit(code.lower(), "entity", "State", name=name, links=[f"wd:{link}"])

    def city(self, number: int) -> tuple[str, str]:
        _name, code, city, _link = STATES[number]
        return city, self.unit(f"city-{code.lower()}", "entity", "Settlement", name=city)

    def official(self, number: int) -> tuple[str, str]:
        name, state, post = self.world.officials[number]
        unit = self.unit(f"p{number}", "entity", "Person", name=name)
        if f"h{number}" not in self.units:
            office = self.unit(f"o{number}", "entity", "Post", name=f"{post} of {STATES[state][0]}")
            of = self.state(state)[1]
            for relation, label, source, target in (("h", "holdsPost", unit, office), ("f", "postOf", office, of)):
                args = [{"role": "source", "target": source}, {"role": "target", "target": target}]
                self.unit(f"{relation}{number}", "relation", label, args=args)
        return name, unit

    def date(self, day: date) -> tuple[str, str]:
        return f"{day:%d %B %Y}".lstrip("0"), self.unit(f"d{day:%y%m%d}", "value", "Date", attrs={"edtf": day.isoformat()})

    def happening(self, unit_id: str, kind: str, label: str, cue: str, args: list[tuple[str, str]], **attrs: object) -> tuple[str, str]:
        fields: dict[str, object] = {"args": [{"role": role, "target": target} for role, target in args]}
        if attrs:
            fields["attrs"] = attrs
        return cue, self.unit(unit_id, kind, label, **fields)


class World:
    """What the articles share: officials and events, some far more talked about than others."""

    def __init__(self, rng: random.Random) -> None:
        self.start = date(2022, 1, 1)
        self.states, posts = Zipf(len(STATES)), ["foreign minister", "defence minister", "president", "ambassador", "spokesperson"]
        self.officials = [
            (self._name(rng), self.states.draw(rng) if n > 80 else n % len(STATES), posts[n % len(posts)]) for n in range(600)
        ]
        self.people = Zipf(len(self.officials))

    @staticmethod
    def _name(rng: random.Random) -> str:
        return " ".join("".join(rng.choices(SYLLABLES, k=rng.choice((2, 3)))).capitalize() for _ in range(2))


def _meeting(a: Article, n: int) -> None:
    rng, world = a.rng, a.world
    one, other = world.people.draw(rng), world.people.draw(rng)
    if one == other:
        return
    day = world.start + timedelta(days=7 * ((one * 31 + other * 17 + rng.randrange(3)) % 150))
    p, q, city, when = a.official(one), a.official(other), a.city(world.states.draw(rng)), a.date(day)
    meet = a.happening(
        f"m{n}", "event", "Meeting", "met", [("participant", p[1]), ("participant", q[1]), ("place", city[1]), ("date", when[1])]
    )
    a.write(p, " ", meet, " ", q, " in ", city, " on ", when)
    topic = a.happening(f"c{n}", "event", "Cooperation", "close cooperation", [("participant", a.state(world.officials[one][1])[1])])
    say = a.happening(
        f"s{n}", "statement", "Statement", "praised", [("speaker", p[1]), ("about", topic[1]), ("madeDuring", meet[1])], stance="praises"
    )
    a.write(p, " ", say, " ", topic, " with ", a.state(world.officials[other][1]))


def _transfer(a: Article, n: int) -> None:
    rng, world = a.rng, a.world
    supplier, recipient = world.states.draw(rng), world.states.draw(rng)
    if supplier == recipient:
        return
    words, label = rng.choice(ITEMS)
    s, r, item = a.state(supplier), a.state(recipient), (words, a.unit(f"i{n}", "entity", label, name=words))
    args = [("supplier", s[1]), ("recipient", r[1]), ("item", item[1])]
    if rng.random() < 0.4:
        args.append(("date", a.date(a.day - timedelta(days=rng.randrange(200)))[1]))
    transfer = a.happening(f"x{n}", "event", "ArmsTransfer", "delivered", args)
    source = a.state(world.states.draw(rng))
    claim = a.happening(
        f"a{n}",
        "statement",
        "Statement",
        "reported",
        [("speaker", source[1]), ("about", transfer[1])],
        stance=rng.choice(["alleges", "asserts"]),
    )
    a.write(s, " ", transfer, " ", item, " to ", r, ", ", source, " ", claim, f" in {a.day:%B %Y}")
    which = rng.randrange(len(STANCES))
    speaker = rng.choice([s, r, a.official(world.people.draw(rng))])
    answer = a.happening(
        f"b{n}", "statement", "Statement", CUES[which],
        [("speaker", speaker[1]), ("about", transfer[1]), ("respondsTo", claim[1]), ("after", claim[1]), ("date", a.date(a.day)[1])],
        stance=STANCES[which],
    )  # fmt: skip
    a.write(speaker, " ", answer, " the report on ", a.date(a.day))


def _strike(a: Article, n: int) -> None:
    rng, world = a.rng, a.world
    attacker, target = a.state(world.states.draw(rng)), a.state(world.states.draw(rng))
    kind, count = rng.choice(TARGETS), rng.randrange(1, 40)
    tally = f"{count} {kind.replace('-', ' ')}s", a.unit(f"t{n}", "value", "TargetTally", attrs={"targetType": kind, "count": count})
    when = a.date(a.day)
    strike = a.happening(
        f"k{n}", "event", "Strike", "struck", [("attacker", attacker[1]), ("target", target[1]), ("tally", tally[1]), ("date", when[1])]
    )
    claim = a.happening(f"q{n}", "statement", "Statement", "claimed", [("speaker", attacker[1]), ("about", strike[1])], stance="claims")
    a.write(attacker, " ", claim, " that its forces ", strike, " ", tally, " in ", target, " on ", when)


def article(world: World, seed: int, number: int) -> dict[str, object]:
    """One annotated article of 30 to 80 units."""
    rng = random.Random(f"{seed}:{number}")
    a = Article(world, rng, number)
    wanted, n = rng.randrange(30, 72), 0
    while len(a.units) < wanted:
        rng.choices([_meeting, _transfer, _strike], weights=[4, 5, 2])[0](a, n)
        n += 1
    head = f"{STATES[world.states.draw(rng)][0]} and others: report {number}"
    return {
        "kgbuild": 1,
        "id": a.id,
        "text": a.text.rstrip(),
        "meta": {"title": head, "lang": "en", "published": a.day.isoformat(), "publisher": f"Outlet {world.states.draw(rng)}"},
        "prov": {"annotator": "generator", "status": "auto"},
        "units": list(a.units.values()),
    }


def write(folder: Path, articles: int, seed: int, per_file: int) -> None:
    """Write the articles into files of ``per_file`` each."""
    folder.mkdir(parents=True, exist_ok=True)
    world = World(random.Random(seed))
    for first in range(0, articles, per_file):
        lines = (json.dumps(article(world, seed, n), ensure_ascii=False) for n in range(first, min(first + per_file, articles)))
        (folder / f"generated-{first:07d}.kga.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--per-file", type=int, default=200)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    write(options.out, options.articles, options.seed, options.per_file)
