"""The forms in which a network is written, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kgbuild.networks.building import Network
from kgbuild.networks.graphml import graphml
from kgbuild.networks.mermaid import mermaid

#: format -> writer of a network, a piece at a time
WRITERS: dict[str, Callable[[Network], Iterator[str]]] = {"graphml": graphml, "mermaid": mermaid}
