"""What a reader or writer may not do, whatever the query: reach a network, take all memory, outlive its front.

On Linux: a network namespace without interfaces (``unshare``), else Landlock without TCP (ABI 4, Linux 6.7); a limit on the address space;
a signal at the front's death. Elsewhere: what the system offers of these, and the guard on SERVICE and LOAD alone.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import struct
import sys
from functools import cache
from typing import Literal

__all__ = ["Isolation", "addressed", "die_with_parent", "limit_memory", "resident", "without_network"]

Isolation = Literal["namespace", "landlock", "none"]

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_NET_TCP = 0b11  # bind and connect


def without_network() -> Isolation:
    """Take the network away from this process, for good; tells by which means, or that there is none."""
    if not sys.platform.startswith("linux"):
        return "none"
    libc = ctypes.CDLL(None, use_errno=True)
    for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET):
        if libc.unshare(flags) == 0:
            return "namespace"
    return "landlock" if _landlock(libc) else "none"


def _landlock(libc: ctypes.CDLL) -> bool:
    """Forbid TCP by Landlock; no privileges are needed. See landlock(7)."""
    attributes = struct.pack("QQ", 0, _NET_TCP)  # no file access is handled, both network rights are
    ruleset = libc.syscall(_LANDLOCK_CREATE, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        return bool(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 and libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def limit_memory(limit: int) -> None:
    """Let this process address no more than ``limit`` bytes beyond what it addresses now; 0: whatever it likes."""
    import resource  # not on Windows

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    soft = _statm(0) + limit if limit else resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_AS, (soft if most == resource.RLIM_INFINITY else min(soft, most), most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def addressed() -> int:
    """How many bytes this process addresses."""
    return _statm(0)


def resident() -> int:
    """How many bytes of this process are in memory."""
    return _statm(1)


@cache
def _opened() -> int:
    return os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)


def _statm(field: int) -> int:
    import resource

    try:
        return int(os.pread(_opened(), 200, 0).split()[field]) * resource.getpagesize()
    except OSError:  # not Linux
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def die_with_parent(parent: int) -> None:
    """End this process when its front ends, however that happens."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended before the call
            os._exit(1)


def reaches(host: str, port: int) -> bool:
    """Whether this process can open a TCP connection; for tests and for saying at the start how safe it is."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
