"""The part of the check that needs Java: OWL 2 DL, consistency, classes that nothing can be of, and how the OWL API opens each file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kgbuild.checking.draft import LABEL, Draft
from kgbuild.checking.finding import Check, Finding, Place, Sighting
from kgbuild.iris import compress, expand
from kgbuild.owl import LogicReport, logic

_QUOTED = re.compile("“([^”]+)”")


def _asked(draft: Draft) -> Iterator[Sighting]:
    """These findings come from Java, all at once: see :func:`look`."""
    yield from ()


OPENS = Check("opens", "The OWL API reads every file whole", "error", "Protégé: the OWL API", "correct what is not read", _asked)
PROFILE = Check(
    "owl-dl",
    "Each file, and all together, is in OWL 2 DL",
    "error",
    "ROBOT validate-profile",
    "a type is missing, one term is two kinds of thing, or a property made of chains is counted, disjoint or irreflexive",
    _asked,
)
CONSISTENT = Check(
    "inconsistent", "The ontology has a model", "error", "ROBOT reason; HermiT", "drop or weaken one of the sentences", _asked
)
SATISFIABLE = Check(
    "unsatisfiable",
    "Every class can have a thing",
    "error",
    "ROBOT reason; HermiT",
    "drop or weaken one of the sentences: together they leave the class empty",
    _asked,
)
REFUSED = Check("reasoner", "A reasoner takes the ontology", "error", "HermiT", "drop what it names", _asked)
LOGIC_CHECKS = (OPENS, PROFILE, CONSISTENT, SATISFIABLE, REFUSED)


def unfit(draft: Draft) -> str:
    """Why the logic of these files cannot be looked at; empty where it can."""
    broken = [name for name, module in draft.modules.items() if module.flaws or module.is_xml]
    return f"first {', '.join(broken)} must be readable" if broken else ""


def look(draft: Draft) -> tuple[list[Finding], str]:
    """Ask Java: the findings, and a line that says who answered.

    Raises:
        MissingExtra: JPype1 or a Java runtime is missing.
        WorkerDied: Java does not start, or dies.
    """
    report = logic({name: module.data for name, module in draft.modules.items()})
    said = f"logic: {report.reasoner}, OWL API {report.opened.owlapi}, {report.seconds:.1f} s"
    return list(findings(draft, report)), said


def findings(draft: Draft, report: LogicReport) -> Iterator[Finding]:
    """Say what a report of Java means for an editor."""
    for module in report.opened.modules:
        if not module.is_rdf:
            yield Finding(OPENS, Place(module.name), "", f"is taken as {module.format}, not as Turtle")
        # owlready2's old OWL API leaves owl:distinctMembers aside, and takes all the rest
        if module.unparsed_triples and not report.opened.owlapi.startswith("3."):
            yield Finding(OPENS, Place(module.name), "", f"{module.unparsed_triples} of its triples are part of no axiom")
    terms = {text.value: term for term in draft.terms for text in draft.texts(term, LABEL, "en")}
    for violation in report.violations:
        place, term = _named(draft, violation.module, f"{violation.axiom} {violation.message}", terms)
        axiom = f"\nin: {violation.axiom}" if violation.axiom else ""
        yield Finding(PROFILE, place, term, f"{violation.message}{axiom}")
    if report.refused:
        yield Finding(REFUSED, Place(), "", report.refused)
    elif not report.consistent:
        yield Finding(CONSISTENT, Place(), "", f"nothing can be so, since{_reasons(report, '')}")
    for cls in report.unsatisfiable:
        yield Finding(SATISFIABLE, draft.where(cls), compress(cls), f"has no possible thing, since{_reasons(report, cls)}")


def _reasons(report: LogicReport, key: str) -> str:
    """The sentences of the first minimal set, one a line; of a class without one, that it follows from others."""
    sets = report.explanations.get(key, ())
    if not sets:
        return " of others above"
    alternative = f"\n(there are {len(sets)} such sets of sentences)" if len(sets) > 1 else ""
    return ":\n" + sets[0] + alternative


def _named(draft: Draft, module: str, words: str, terms: Mapping[str, str]) -> tuple[Place, str]:
    """The place and CURIE of the first term of the ontology that a message names by label or CURIE; else the file."""
    file = module if module in draft.modules else ""
    for name in [*_QUOTED.findall(words), *re.findall(r"\bkgs?:[\w-]+", words)]:
        term = terms.get(name) or expand(name)
        if term and (term in draft.kinds or draft.mention(term).line):
            return draft.mention(term, file=file) if file and draft.mention(term, file=file).line else draft.where(term), compress(term)
    return Place(file), ""
