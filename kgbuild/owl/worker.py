"""The process that holds the Java virtual machine: ``python -m kgbuild.owl.worker JAR …`` answers requests until its input ends.

A request is one line of JSON, ``{"do": name, …}``, on standard input; its answer one line, ``{"result": …}`` or ``{"error": …}``, on
standard output. Java lives here and nowhere else: a JVM in a process makes later forks of that process hang. Whatever Java prints goes
to standard error.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import Any, TextIO


def main() -> None:
    """Start Java, say so (``{"result": {"owlapi": …}}``), answer requests. Ends at once when the input does, in mid-request too."""
    # this process's own copy of standard output; what others print to file 1 becomes standard error
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        from kgbuild.owl import java

        versions = java.start(sys.argv[1:])
    except Exception as error:  # noqa: BLE001 - the boundary of this process
        _say(answers, {"error": f"{type(error).__name__}: {error}", "java": type(error).__name__ == "JVMNotFoundException"})
        return
    from kgbuild.owl import reasoning

    tasks: dict[str, Callable[..., Any]] = {
        "open": java.open_files,
        "profile": java.profile,
        "resave": java.resave,
        "reason": reasoning.reason,
        "explain": reasoning.explain,
        "entail": reasoning.entail,
    }
    _say(answers, {"result": versions})
    requests: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    while True:
        request = json.loads(requests.get())
        try:
            answer = {"result": tasks[request.pop("do")](**request)}
        except Exception as error:  # noqa: BLE001 - the boundary of this process
            answer = {"error": java.tell(error)}
        _say(answers, answer)


def _listen(requests: queue.Queue[str]) -> None:
    for line in sys.stdin:
        requests.put(line)
    os._exit(0)  # the parent has gone; the main thread may be deep in Java


def _say(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
