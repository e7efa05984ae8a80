"""The door to Java: the OWL API and HermiT, in a process of their own.

    with start() as jvm:
        report = jvm.logic(files)          # OWL 2 DL, consistency, unsatisfiable classes, and why, in words

Java starts in 0.4 s; one that is started can be asked many times. Needs the extra ``owl`` (JPype1) and a Java runtime, else every
function here raises MissingExtra.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kgbuild.owl.jvm import Jvm, start
from kgbuild.owl.reports import Entailments, LogicReport, Module, Opened, Violation

__all__ = ["Entailments", "Jvm", "LogicReport", "Module", "Opened", "Violation", "logic", "start"]


def logic(files: Mapping[str, bytes], jars: Path | None = None) -> LogicReport:
    """Start Java, check the logic of an ontology, and end Java; see :meth:`Jvm.logic`."""
    with start(jars) as jvm:
        return jvm.logic(files)
