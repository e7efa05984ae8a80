"""What is not answered, and why: an HTTP status, a sentence, and what to do."""

from __future__ import annotations

__all__ = ["Refused"]


class Refused(Exception):
    """A request that is not answered. ``status`` is of HTTP; headers such as Allow or Retry-After go with it."""

    def __init__(self, status: int, message: str, *, hint: str = "", headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.hint = hint
        self.headers = headers or {}
