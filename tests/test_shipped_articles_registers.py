"""Arms and the registers, by the shipped articles: under which heading an item falls, and what a transfer lacks for an entry.

The items and their headings were looked up in data/reference/weapons.ttl and ontology/arms.ttl: an item's own headings are all it has,
and only an item without any takes those of its nearest class. Each transfer was checked against its article. An empty cell is a dash.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

Row = dict[str, str]
AskArticles = Callable[..., list[Row]]
ExpectRows = Callable[[list[Row], str], None]

#: Every item that an article names. HIMARS, F-16 and the like are known types; "arms" alone are each article's own and fall under no
#: heading; of Russian missiles or a ballistic missile the class is known. Ground air defence is no heading of UNROCA, ammunition none of
#: UNROCA or SIPRI. The launchers have headings of their own, which do not include one of SIPRI.
WEAPONS = """
item                                       ; unroca ; sipri               ; euml ; transfers
Iranian drones                             ; IV     ; aircraft            ; 10   ; 7
F-16                                       ; IV     ; aircraft            ; 10   ; 6
North Korean ballistic missiles            ; VII    ; missiles            ; 4    ; 3
Leopard 2                                  ; I      ; armoured-vehicles   ; 6    ; 2
North Korean artillery shells              ; –      ; –                   ; 3    ; 2
武器                                       ; –      ; –                   ; –    ; 2
ATACMS                                     ; VII    ; missiles            ; 4    ; 1
Challenger 2                               ; I      ; armoured-vehicles   ; 6    ; 1
HIMARS                                     ; III    ; artillery           ; 2    ; 1
IRIS-T SLM                                 ; –      ; air-defence-systems ; 4    ; 1
Iranian missiles                           ; VII    ; missiles            ; 4    ; 1
M1 Abrams                                  ; I      ; armoured-vehicles   ; 6    ; 1
North Korean ballistic missile launchers   ; VII    ; –                   ; 4    ; 1
North Korean infantry rockets              ; –      ; –                   ; 4    ; 1
North Korean missiles                      ; VII    ; missiles            ; 4    ; 1
North Korean munitions                     ; –      ; –                   ; 3    ; 1
SCALP-EG                                   ; VII    ; missiles            ; 4    ; 1
Storm Shadow                               ; VII    ; missiles            ; 4    ; 1
сучасні системи протиповітряної оборони    ; –      ; air-defence-systems ; 4    ; 1
arme                                       ; –      ; –                   ; –    ; 1
arme                                       ; –      ; –                   ; –    ; 1
weapons                                    ; –      ; –                   ; –    ; 1
weapons                                    ; –      ; –                   ; –    ; 1
weapons                                    ; –      ; –                   ; –    ; 1
武器                                       ; –      ; –                   ; –    ; 1
무기                                       ; –      ; –                   ; –    ; 1
Shahed-136                                 ; VII    ; missiles            ; 4    ; 0
безпілотники                               ; IV     ; aircraft            ; 10   ; 0
російські ракети                           ; VII    ; missiles            ; 4    ; 0
rachetă balistică                          ; VII    ; missiles            ; 4    ; 0
arme                                       ; –      ; –                   ; –    ; 0
arme                                       ; –      ; –                   ; –    ; 0
weapons                                    ; –      ; –                   ; –    ; 0
weapons                                    ; –      ; –                   ; –    ; 0
оружие                                     ; –      ; –                   ; –    ; 0
"""


def _codes(rows: list[Row]) -> list[Row]:
    """Rows with each heading by its number or name in its register."""
    registers = ("unroca", "sipri", "euml")
    return [row | {name: row[f"{name}@"].rpartition("/")[2].removeprefix(f"{name}-") or "–" for name in registers} for row in rows]


def test_every_item_stands_under_its_headings(ask_articles: AskArticles, expect_rows: ExpectRows) -> None:
    rows = ask_articles("weapons")
    expect_rows(_codes(rows), WEAPONS)
    counts = [int(row["transfers"]) for row in rows]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(
    ("register", "items"),
    [
        ("unroca", 17),
        ("sipri", 18),
        ("EU military list categories", 22),
        ("unroca-VII", 10),
        ("kgs:unroca-I", 3),
        ("ML3", 2),
        ("SIPRI: air defence systems", 2),
        ("UNROCA VI: warships", 0),
    ],
)
def test_items_are_found_by_register_and_heading(ask_articles: AskArticles, register: str, items: int) -> None:
    assert len(ask_articles("weapons", register=register)) == items


#: What is missing for an entry in a register that counts items by type, year and pair of states, and rests on what states report.
#: Only the HIMARS of June 2022 lack nothing: four of them, acknowledged, under heading III. "Dozens" and "several hundred" are no number.
GAPS = """
supplier       ; recipient    ; item                                     ; days                   ; reason
Iran           ; Russia       ; Iranian drones                           ; ..2022-02-23           ; no quantity | no year
Iran           ; Russia       ; Iranian drones                           ; 2022-02-24..           ; no quantity | no year | not acknowledged
Iran           ; Russia       ; Iranian drones                           ; 2022-06-01..2022-08-31 ; no quantity | not acknowledged
Iran           ; Russia       ; Iranian drones                           ; 2022-07-11..           ; no quantity | no year | not acknowledged
Germany        ; Ukraine      ; IRIS-T SLM                               ; 2022-10-01..2022-10-31 ; no quantity | not in UNROCA
North Korea    ; Wagner Group ; North Korean infantry rockets            ; 2022-11-01..2022-11-30 ; no quantity | no receiving state | not acknowledged | not in SIPRI | not in UNROCA
Iran           ; Russia       ; Iranian missiles                         ; ..2022-11-05           ; no quantity | no year | not acknowledged
United Kingdom ; Ukraine      ; Storm Shadow                             ; 2023-05-01..2023-05-31 ; no quantity
North Korea    ; Russia       ; North Korean munitions                   ; 2023-09-07..2023-10-01 ; not acknowledged | not in SIPRI | not in UNROCA
United States  ; Ukraine      ; ATACMS                                   ; 2023-10-01..2023-10-31 ; no quantity
Denmark        ; Ukraine      ; F-16                                     ; 2024-01-01..2024-01-31 ; not acknowledged
Denmark        ; Ukraine      ; F-16                                     ; 2024-01-01..2024-12-31 ; not acknowledged
Denmark        ; Ukraine      ; F-16                                     ; 2025-01-01..2025-12-31 ; not acknowledged
Denmark        ; Ukraine      ; F-16                                     ; –                      ; no year | not acknowledged
Netherlands    ; Ukraine      ; F-16                                     ; –                      ; no quantity | no year | not acknowledged
Netherlands    ; Ukraine      ; F-16                                     ; –                      ; no year | not acknowledged
United States  ; Ukraine      ; M1 Abrams                                ; –                      ; no year | not acknowledged
United Kingdom ; Ukraine      ; Challenger 2                             ; –                      ; no year | not acknowledged
Germany        ; Ukraine      ; Leopard 2                                ; –                      ; no year | not acknowledged
Poland         ; Ukraine      ; Leopard 2                                ; –                      ; no quantity | no year | not acknowledged
France         ; Ukraine      ; SCALP-EG                                 ; –                      ; no quantity | no year | not acknowledged
United States  ; Ukraine      ; сучасні системи протиповітряної оборони  ; –                      ; no quantity | no year | not acknowledged | not in UNROCA
United States  ; Ukraine      ; 武器                                     ; –                      ; no category | no quantity | no year
China          ; Russia       ; 武器                                     ; –                      ; no category | no quantity | no year | not acknowledged
China          ; Ukraine      ; 武器                                     ; –                      ; no category | no quantity | no year | not acknowledged
Iran           ; Russia       ; weapons                                  ; –                      ; no category | no quantity | no year
Iran           ; Russia       ; weapons                                  ; –                      ; no category | no quantity | no year
Iran           ; Russia       ; arme                                     ; –                      ; no category | no quantity | no year
Iran           ; Russia       ; Iranian drones                           ; –                      ; no quantity | no year
Iran           ; Russia       ; Iranian drones                           ; –                      ; no quantity | no year
Iran           ; Russia       ; Iranian drones                           ; –                      ; no quantity | no year
North Korea    ; Russia       ; North Korean artillery shells            ; –                      ; no quantity | no year | not acknowledged | not in SIPRI | not in UNROCA
North Korea    ; Russia       ; North Korean artillery shells            ; –                      ; no quantity | no year | not acknowledged | not in SIPRI | not in UNROCA
North Korea    ; Russia       ; North Korean missiles                    ; –                      ; no quantity | no year | not acknowledged
North Korea    ; Russia       ; North Korean ballistic missiles          ; –                      ; no quantity | no year | not acknowledged
North Korea    ; Russia       ; North Korean ballistic missiles          ; –                      ; no quantity | no year | not acknowledged
North Korea    ; Russia       ; North Korean ballistic missiles          ; –                      ; no quantity | no year | not acknowledged
North Korea    ; Russia       ; North Korean ballistic missile launchers ; –                      ; no quantity | no year | not acknowledged | not in SIPRI
North Korea    ; Russia       ; arme                                     ; –                      ; no category | no quantity | no year | not acknowledged
North Korea    ; Russia       ; weapons                                  ; –                      ; no category | no quantity | no year | not acknowledged
North Korea    ; Russia       ; 무기                                     ; –                      ; no category | no quantity | no year | not acknowledged
North Korea    ; Russia       ; –                                        ; –                      ; no item | no quantity | no year | not acknowledged
North Korea    ; Russia       ; –                                        ; –                      ; no item | no quantity | no year | not acknowledged
North Korea    ; Russia       ; –                                        ; –                      ; no item | no quantity | no year | not acknowledged
"""


@pytest.fixture(scope="module")
def days(ask_articles: AskArticles) -> dict[str, str]:
    """Each transfer's days, by its IRI."""
    return {
        row["transfer@"]: f"{row['earliest@']}..{row['latest@']}" if row["earliest@"] or row["latest@"] else "–"
        for row in ask_articles("transfers")
    }


def test_what_each_transfer_lacks_for_a_register(ask_articles: AskArticles, expect_rows: ExpectRows, days: dict[str, str]) -> None:
    rows = [row | {"days": days[row["transfer@"]]} for row in ask_articles("register-gap")]
    expect_rows(rows, GAPS)
    begins = [row["days"].removeprefix("..")[:10] for row in rows if row["days"] != "–"]
    assert begins == sorted(begins)
    assert all(row["days"] == "–" for row in rows[len(begins) :])


@pytest.mark.parametrize(
    ("values", "dated", "undated"),
    [({"since": "2024"}, 5, 31), ({"until": "2022-10-31"}, 6, 31), ({"since": "2023-05", "until": "2023-09"}, 4, 31)],
)
def test_gaps_are_found_by_day(ask_articles: AskArticles, days: dict[str, str], values: dict[str, str], dated: int, undated: int) -> None:
    found = [days[row["transfer@"]] for row in ask_articles("register-gap", **values)]
    assert len([one for one in found if one != "–"]) == dated
    assert found.count("–") == undated
