"""Write ``data/reference/memberships.ttl``: which states, and which organizations, belong to which organization or bloc.

Run by hand after an edit: ``python data/generate_memberships.py``. It is kept here by organization, as treaties and member lists are, and
written by member, as Turtle wants it. The table says what held on 31 December 2024: ``kg:memberOf`` has no dates. So Finland and Sweden are
in NATO, the United Kingdom is not in the EU, Russia is out of the Council of Europe, Belarus is in the SCO, and Burkina Faso, Mali and
Niger, which had announced to leave it, are still in ECOWAS. A query over earlier years must say so, or ask for dates elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

#: name in the data, how many members it has, their ISO alpha-3 codes; names of organizations where these are members
MEMBERS = """
african-union 55: AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI DZA EGY ERI ESH ETH GAB GHA GIN GMB GNB GNQ KEN LBR LBY LSO MAR MDG
 MLI MOZ MRT MUS MWI NAM NER NGA RWA SDN SEN SLE SOM SSD STP SWZ SYC TCD TGO TUN TZA UGA ZAF ZMB ZWE
alliance-of-sahel-states 3: BFA MLI NER
arab-league 22: ARE BHR COM DJI DZA EGY IRQ JOR KWT LBN LBY MAR MRT OMN PSE QAT SAU SDN SOM SYR TUN YEM
asean 10: BRN IDN KHM LAO MMR MYS PHL SGP THA VNM
aukus 3: AUS GBR USA
# Saudi Arabia was invited and has neither accepted nor declined
brics 9: ARE BRA CHN EGY ETH IND IRN RUS ZAF
bucharest-nine 9: BGR CZE EST HUN LTU LVA POL ROU SVK
commonwealth-of-independent-states 9: ARM AZE BLR KAZ KGZ MDA RUS TJK UZB
council-of-europe 46: ALB AND ARM AUT AZE BEL BGR BIH CHE CYP CZE DEU DNK ESP EST FIN FRA GBR GEO GRC HRV HUN IRL ISL ITA LIE LTU LUX LVA
 MCO MDA MKD MLT MNE NLD NOR POL PRT ROU SMR SRB SVK SVN SWE TUR UKR
csto 6: ARM BLR KAZ KGZ RUS TJK
ecowas 15: BEN BFA CIV CPV GHA GIN GMB GNB LBR MLI NER NGA SEN SLE TGO
eurasian-economic-union 5: ARM BLR KAZ KGZ RUS
european-union 27: AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK SVN SWE
five-eyes 5: AUS CAN GBR NZL USA
g20 21: ARG AUS BRA CAN CHN DEU FRA GBR IDN IND ITA JPN KOR MEX RUS SAU TUR USA ZAF african-union european-union
g7 7: CAN DEU FRA GBR ITA JPN USA
gulf-cooperation-council 6: ARE BHR KWT OMN QAT SAU
joint-expeditionary-force 10: DNK EST FIN GBR ISL LTU LVA NLD NOR SWE
mtcr 35: ARG AUS AUT BEL BGR BRA CAN CHE CZE DEU DNK ESP FIN FRA GBR GRC HUN IND IRL ISL ITA JPN KOR LUX NLD NOR NZL POL PRT RUS SWE TUR
 UKR USA ZAF
multilateral-sanctions-monitoring-team 11: AUS CAN DEU FRA GBR ITA JPN KOR NLD NZL USA
nato 32: ALB BEL BGR CAN CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN ISL ITA LTU LUX LVA MKD MNE NLD NOR POL PRT ROU SVK SVN SWE TUR USA
opec 12: ARE COG DZA GAB GNQ IRN IRQ KWT LBY NGA SAU VEN
organization-of-turkic-states 5: AZE KAZ KGZ TUR UZB
osce 57: ALB AND ARM AUT AZE BEL BGR BIH BLR CAN CHE CYP CZE DEU DNK ESP EST FIN FRA GBR GEO GRC HRV HUN IRL ISL ITA KAZ KGZ LIE LTU LUX
 LVA MCO MDA MKD MLT MNE MNG NLD NOR POL PRT ROU RUS SMR SRB SVK SVN SWE TJK TKM TUR UKR USA UZB VAT
quad 4: AUS IND JPN USA
shanghai-cooperation-organisation 10: BLR CHN IND IRN KAZ KGZ PAK RUS TJK UZB
three-seas-initiative 13: AUT BGR CZE EST GRC HRV HUN LTU LVA POL ROU SVK SVN
un-security-council-permanent-members 5: CHN FRA GBR RUS USA
visegrad-group 4: CZE HUN POL SVK
wassenaar-arrangement 42: ARG AUS AUT BEL BGR CAN CHE CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN IND IRL ITA JPN KOR LTU LUX LVA MEX MLT
 NLD NOR NZL POL PRT ROU RUS SVK SVN SWE TUR UKR USA ZAF
weimar-triangle 3: DEU FRA POL
"""

HEADER = """\
# Who belongs to which organization or bloc on 31 December 2024. Written by data/generate_memberships.py; do not edit.
# kg:memberOf has no dates: Finland (2023) and Sweden (2024) are in NATO here, whenever the article was written.
# The United Nations are left out: their members are the states with an ISO code but the observers and the partly recognised.
# Source: the organizations' own lists of members. Licence: CC-BY-4.0.
@prefix kg: <https://w3id.org/kgbuild/ontology#> .
@prefix organization: <https://w3id.org/kgbuild/id/organization/> .
@prefix state: <https://w3id.org/kgbuild/id/state/> .
"""


def generate() -> str:
    """Write the whole file's text. Raises AssertionError where a list has not the length that it should have."""
    blocs: defaultdict[str, list[str]] = defaultdict(list)
    rows = "\n".join(line for line in MEMBERS.strip().splitlines() if not line.startswith("#"))
    for row in re.split(r"\n(?! )", rows):
        head, _, tail = row.partition(":")
        bloc, count = head.split()
        members = tail.split()
        assert len(members) == len(set(members)) == int(count), (bloc, len(members), len(set(members)))
        for member in members:
            blocs[f"state:{member}" if member.isupper() else f"organization:{member}"].append(bloc)
    lines = [f"{member} kg:memberOf {' , '.join(f'organization:{bloc}' for bloc in sorted(blocs[member]))} ." for member in sorted(blocs)]
    return HEADER + "\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    target = Path(__file__).parent / "reference" / "memberships.ttl"
    target.write_text(generate(), encoding="utf-8", newline="\n")
    print(f"{target}: {target.stat().st_size:,} bytes")
