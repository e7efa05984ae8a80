"""Proposals of pairs that may be one thing: people, organizations, places and events that the store holds apart.

Things are read one at a time and put into blocks on disk by what two descriptions of one thing are likely to share; only within a block
are pairs compared. A proposal has a score and says in words what speaks for it and against it; a person decides.
"""

from __future__ import annotations

from kgbuild.linking.proposal import Proposal, Proposals
from kgbuild.linking.proposing import KINDS, propose

__all__ = ["KINDS", "Proposal", "Proposals", "propose"]
