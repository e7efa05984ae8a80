"""What a push came to."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class PushReport:
    """What a push came to. Of a dry run: what it would send and remove."""

    #: graphs' IRIs; ``sent`` and ``removed`` hold articles and the store's own
    sent: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    #: the same, counted for articles only
    articles_sent: int = 0
    articles_removed: int = 0
    articles_unchanged: int = 0
    #: lines that were sent to be added, and to be taken out; those of the default graph and of ``records`` too
    added: int = 0
    taken: int = 0
    #: graphs that a reader saw either as before or as they are now; and those that were written in several steps
    atomic: int = 0
    stepwise: int = 0
    #: an empty place has become a store
    is_first: bool = False
    is_dry: bool = False
    #: an earlier push, or another writer, was broken off there
    continued: bool = False
    #: lines that were read back and compared
    verified: int = 0
    #: graph -> what is there that was not sent, or the other way round; the next push sends it again
    wrong: dict[str, str] = field(default_factory=dict)
    #: literals that the store keeps in another form: what was sent, what came back (the first few), and how many
    rewritten: list[tuple[str, str]] = field(default_factory=list)
    rewritten_count: int = 0
    #: graphs that are none of kgbuild's, and stayed here
    left_out: list[str] = field(default_factory=list)
    seconds: float = 0.0
    store: str = ""

    def count(self, part: PushReport) -> None:
        """Add what a part of the work has come to."""
        self.added += part.added
        self.taken += part.taken
        self.atomic += part.atomic
        self.verified += part.verified
        self.wrong |= part.wrong
        self.rewritten_count += part.rewritten_count
        self.rewritten += part.rewritten[: max(0, 3 - len(self.rewritten))]
