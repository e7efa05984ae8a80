"""What a tool's configuration is written by."""

from __future__ import annotations

from typing import Protocol

from kgbuild.labelling.labelset import LabelSet


class Tool(Protocol):
    """Writes the configuration of one annotation tool."""

    @property
    def name(self) -> str:
        """The tool's name, as in ``labels --for``."""

    def files(self, labels: LabelSet) -> dict[str, bytes]:
        """File name -> content: what the tool imports, in the order in which one imports it. Equal label sets give equal bytes."""
