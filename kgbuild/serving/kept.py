"""Answers that are kept, to be given again to who asks the same of the same checkpoint.

A checkpoint never changes, so that the answer of a query is the same each time; what the clock, chance or another server has a part in is
not kept, nor what is large. All are forgotten when the checkpoint is another.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass

from kgbuild.serving.jobs import PIECE, Head, Query, Reading

__all__ = ["Kept", "KeptAnswer", "is_repeatable"]

#: bytes that keeping an answer takes beside its text and its question, about
_OWN = 1 << 10
#: what a query holds whose answer may be another the next time: these words, as tokens of their own or behind a number, and escapes
_WORDS = ("service", "now", "rand", "uuid", "bnode", "\\u")
_CHANGING = re.compile(r"(?<![^\W\d])(?:service|now|rand|(?:str)?uuid|bnode)(?!\w)|\\u")


def is_repeatable(job: Reading) -> bool:
    """Whether the same job has the same answer as long as the checkpoint is the same; of a query, seen by its words alone."""
    if not isinstance(job, Query):
        return True
    text = job.text.lower()
    return not (any(word in text for word in _WORDS) and _CHANGING.search(text))  # most hold none, which is seen 7 times faster so


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A whole answer, and what stands for its question in the log."""

    head: Head
    body: bytes
    hash: str


class Kept:
    """Answers of one checkpoint by their encoded jobs, those asked for last, at most so many bytes of them; 0: none."""

    def __init__(self, size: int) -> None:
        self.size = size
        #: how many were given again: for /metrics
        self.given = 0
        self.bytes = 0
        self._generation = ""
        self._answers: OrderedDict[bytes, KeptAnswer] = OrderedDict()

    def get(self, job: bytes, generation: str) -> KeptAnswer | None:
        """The answer of a job, if it is there."""
        if generation != self._generation:
            self._answers.clear()
            self._generation, self.bytes = generation, 0
        found = self._answers.get(job)
        if found is not None:
            self._answers.move_to_end(job)
            self.given += 1
        return found

    def put(self, job: bytes, generation: str, answer: KeptAnswer) -> None:
        """Keep an answer that the checkpoint of that generation gave; those not asked for longest make room for it."""
        cost = len(job) + len(answer.body) + _OWN
        if generation != self._generation or job in self._answers or cost > min(2 * PIECE, self.size):
            return
        self._answers[job] = answer
        self.bytes += cost
        while self.bytes > self.size:
            oldest, dropped = self._answers.popitem(last=False)
            self.bytes -= len(oldest) + len(dropped.body) + _OWN
