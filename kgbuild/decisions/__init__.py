"""Decisions that people take on identity: two things are the same, are different, or it is not known.

They are kept beside the data, in one Turtle file under version control, and never change a record: what they change is what mapping makes
of it. :class:`Decisions` is the whole file as a value; :class:`Links` is what mapping asks of it.
"""

from __future__ import annotations

from kgbuild.decisions.decision import DIFFERENT, SAME, UNSURE, VERDICTS, Decision
from kgbuild.decisions.decisions import Decisions
from kgbuild.decisions.links import Links, changed
from kgbuild.decisions.reading import from_lines, parse
from kgbuild.decisions.writing import lines, write

__all__ = ["DIFFERENT", "SAME", "UNSURE", "VERDICTS", "Decision", "Decisions", "Links", "changed", "from_lines", "lines", "parse", "write"]
