"""Coreference: the links of one chain are mentions of one thing; so are the two ends of a relation labelled ``coreference``.

A link that stands just where an annotation does means that annotation's unit. All units that a chain touches become one, which has the
chain's other links as further mentions; a chain that touches none is a unit without a label. Where two annotations stand on one span, a
link means the one whose label the rest of the chain has; if that does not tell either, the link is a mention only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from kgbuild.document import Arg, Attrs, Scalar, Span, Unit
from kgbuild.readers.cas.model import Cas, Structure

__all__ = ["chains_of", "join"]


def chains_of(
    cas: Cas, heads: Iterable[Structure], links: Sequence[Structure], report: Callable[[str, str], None]
) -> Iterator[list[Structure]]:
    """The links of each chain in their order; links that belong to no chain make chains of their own, from those that none leads to."""
    used: set[int] = set()
    for head in heads:
        yield _walk(cas, cas.follow(head.features.get("first")), used, report)
    free = [link for link in links if link.id not in used]
    led_to = {int(link.features["next"]) for link in free if isinstance(link.features.get("next"), int)}
    for link in sorted(free, key=lambda link: link.id in led_to):
        if link.id not in used:
            yield _walk(cas, link, used, report)


def _walk(cas: Cas, link: Structure | None, used: set[int], report: Callable[[str, str], None]) -> list[Structure]:
    found: list[Structure] = []
    while link is not None:
        if link.id in used:
            report("chain-broken", f"a chain comes back to link {link.id}, or shares it with another chain; it ends there")
            break
        used.add(link.id)
        found.append(link)
        following = link.features.get("next")
        link = cas.follow(following)
        if link is None and following is not None:
            report("chain-broken", f"the link after {found[-1].id} of a chain is not there; the chain ends there")
    return found


def join(
    units: list[Unit], chains: Iterable[Unit], pairs: Iterable[tuple[str, str]], report: Callable[[str, str, str], None]
) -> list[Unit]:
    """Let the units that a chain touches, and those of each pair of ids, be one.

    Returns the units that are left, and those of chains that touch none, with arguments led to them.
    """
    standing: dict[Span, list[Unit]] = {}
    for unit in units:
        if unit.kind != "relation":
            for mention in unit.mentions:
                standing.setdefault(mention.spans[0], []).append(unit)
    same: dict[str, str] = {}
    for one, other in pairs:
        same[_root(other, same)] = _root(one, same)
    touching: list[tuple[str, Unit]] = []
    made: list[Unit] = []
    for chain in chains:
        met = _met(chain, standing, report)
        if met:
            for unit in met[1:]:
                same[_root(unit.id, same)] = _root(met[0].id, same)
            touching.append((met[0].id, chain))
        else:
            made.append(chain)
    of: dict[str, list[Unit]] = {}
    for touched, chain in touching:
        of.setdefault(_root(touched, same), []).append(chain)
    members: dict[str, list[Unit]] = {}
    for unit in units:
        members.setdefault(_root(unit.id, same), []).append(unit)
    ids = {unit.id: group[0].id for group in members.values() if len(group) > 1 for unit in group}
    left = [_one(group, of.get(root, [])) if root in of or len(group) > 1 else group[0] for root, group in members.items()]
    return [_led(unit, ids) if ids else unit for unit in (*left, *made)]


def _root(unit: str, same: dict[str, str]) -> str:
    while same.get(unit, unit) != unit:
        unit = same[unit]
    return unit


def _met(chain: Unit, standing: dict[Span, list[Unit]], report: Callable[[str, str, str], None]) -> list[Unit]:
    """The unit that each link means, where it means one, with what has no label and stands there: the words themselves."""
    there = [standing.get(mention.spans[0], []) for mention in chain.mentions]
    found = [[unit for unit in each if unit.labels] for each in there]
    sure = [each[0] for each in found if len(each) == 1]
    labels = {label for unit in sure for label in unit.labels}
    met = list({unit.id: unit for each in there for unit in each if not unit.labels}.values())
    for mention, each in zip(chain.mentions, found, strict=True):
        means = each if len(each) < 2 else [unit for unit in each if labels.intersection(unit.labels)]
        if len(means) > 1:
            means = [unit for unit in means if unit.kind in {other.kind for other in sure}] if sure else means
        if len(means) == 1:
            met += [unit for unit in means if unit not in met]
        elif each:
            names = ", ".join(unit.id for unit in each)
            message = f"link “{mention.text}” of chain {chain.id} may mean any of {names}: it is a mention of the chain's thing only"
            report("coreference-unclear", chain.id, message + "; leave one annotation on that span, or label another link of the chain")
    return met


def _one(members: list[Unit], chains: list[Unit]) -> Unit:
    """Several units as one, with the id of the first."""
    labels = tuple(dict.fromkeys(label for unit in members for label in unit.labels))
    everything = (*members, *chains)
    mentions = {mention.spans: mention for unit in everything for mention in unit.mentions}
    args: list[Arg] = []
    for arg in (arg for unit in everything for arg in unit.args):
        if arg not in args:
            args.append(arg)
    attrs: Attrs = {}
    for unit in everything:
        for name, value in unit.attrs.items():
            attrs[name] = value if attrs.get(name, value) == value else _both(attrs[name], value)
    return Unit(
        members[0].id,
        next((unit.kind for unit in members if unit.args), members[0].kind),
        (labels[0] if len(labels) == 1 else labels) if labels else None,
        next((unit.name for unit in everything if unit.name), None),
        mentions=tuple(sorted(mentions.values(), key=lambda mention: mention.spans)),
        args=tuple(args),
        links=tuple(dict.fromkeys(link for unit in everything for link in unit.links)),
        attrs=attrs,
        prov=next((unit.prov for unit in everything if unit.prov), None),
    )


def _both(one: Scalar | list[Scalar], other: Scalar | list[Scalar]) -> list[Scalar]:
    return [*(one if isinstance(one, list) else [one]), *(other if isinstance(other, list) else [other])]


def _led(unit: Unit, ids: dict[str, str]) -> Unit:
    """A unit whose arguments point to what became of their targets."""
    if not any(arg.target in ids for arg in unit.args):
        return unit
    return replace(unit, args=tuple(replace(arg, target=ids.get(arg.target or "", arg.target)) for arg in unit.args))
