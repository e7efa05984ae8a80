"""Explanations: on what a thing or a triple of the graph rests, down to the sentences of articles.

Everything is read from the store by queries; the rules of inference come from outside, since what an axiom entails is not told here.
"""

from __future__ import annotations

from kgbuild.explanation.facts import Explained, explain_facts
from kgbuild.explanation.forms import as_json
from kgbuild.explanation.proofs import Proof, Rule
from kgbuild.explanation.things import Thing, explain_thing
from kgbuild.explanation.writing import write_facts, write_thing

__all__ = ["Explained", "Proof", "Rule", "Thing", "as_json", "explain_facts", "explain_thing", "write_facts", "write_thing"]
