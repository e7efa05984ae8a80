"""Opens a store wherever it is: in a folder of this machine, or at an address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from kgbuild.iris import DATA
from kgbuild.stores import folder
from kgbuild.stores.beginnings import Beginning
from kgbuild.stores.embedded import EmbeddedStore
from kgbuild.stores.places import Address, Place
from kgbuild.stores.writing import Store


def open_store(where: Place | None, *, create: bool = False, read_only: bool = False, base: str | None = None) -> Store:
    """Open the store in a folder or at an address; None: a new one in memory. See ``EmbeddedStore.open`` and ``RemoteStore.open``."""
    if isinstance(where, Address):
        from kgbuild.stores.remote.store import RemoteStore

        return RemoteStore.open(where, create=create, read_only=read_only, base=base)
    return EmbeddedStore.open(where, create=create, read_only=read_only, base=base)


def build_store(
    where: Place,
    chunks: Iterable[bytes],
    *,
    base: str = DATA,
    beginning: Beginning | None = None,
    finish: Callable[[EmbeddedStore], None] | None = None,
) -> Store:
    """Create a store from N-Quads and open it. See ``EmbeddedStore.build`` and ``RemoteStore.build``."""

    def build(path: Path) -> EmbeddedStore:
        return EmbeddedStore.build(path, chunks, base=base, beginning=beginning, finish=finish)

    if isinstance(where, Address):
        from kgbuild.stores.remote.store import RemoteStore

        return RemoteStore.build(where, build, base)
    return build(where)


def store_exists(where: Place) -> bool:
    """Claim that there is a store at that place. Raises StoreError if something else is, StoreUnavailable if it cannot be reached."""
    if isinstance(where, Address):
        from kgbuild.stores.remote.store import RemoteStore

        return RemoteStore.exists(where)
    return folder.check(where, create=True)
