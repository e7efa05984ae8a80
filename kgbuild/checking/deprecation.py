"""Terms on their way out: kept so that old data still means something, said to be replaced, and used no more."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.checking.draft import DCT, OWL, Draft, plain
from kgbuild.checking.finding import Check, Place, Sighting
from kgbuild.iris import compress

_DEPRECATED, _REPLACED = OWL + "deprecated", DCT + "isReplacedBy"


def _unreplaced(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        if draft.is_deprecated(term) and not draft.said.values(term, _REPLACED):
            yield Sighting(draft.where(term, _DEPRECATED), term, "is deprecated, and nothing says what replaces it")


def _used(draft: Draft) -> Iterator[Sighting]:
    old = {term for term in draft.terms if draft.is_deprecated(term)}
    for name, module in draft.modules.items() if old else ():
        seen: set[tuple[str, str]] = set()
        for subject, predicate, value in plain(module):
            for term in sorted({predicate, value if isinstance(value, str) else ""} & old):
                if subject == term or subject in old or (subject, term) in seen or predicate == _REPLACED:
                    continue
                seen.add((subject, term))
                inside = "" if subject.startswith("_:") else subject
                place = (
                    Place(name, module.lines.mention(term, inside))
                    if module.lines.mention(term, inside)
                    else draft.mention(term, file=name)
                )
                yield Sighting(place, term, f"is deprecated, and still used{f' on {compress(inside)}' if inside else ' in an expression'}")


def _circular(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        for other in draft.said.iris(term, _REPLACED):
            if other == term or draft.is_deprecated(other):
                what = "itself" if other == term else f"{compress(other)}, which is deprecated too"
                yield Sighting(draft.where(term, _REPLACED, other), term, f"is replaced by {what}")


CHECKS = (
    Check(
        "deprecated-unreplaced", "A deprecated term says what replaces it", "warning", "ROBOT; FIBO", "add dct:isReplacedBy", _unreplaced
    ),
    Check("deprecated-used", "No deprecated term is used", "warning", "ROBOT; FIBO", "use what replaces it", _used),
    Check("deprecated-circle", "What replaces a term is in use", "warning", "house rule", "name a term that is not deprecated", _circular),
)
