"""JPype, the bridge to Java, imported when it is first used: it is an extra, and every module must import without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def start_java(jars: list[str]) -> None:
    """Start the JVM of this process, with what serves a short life. Raises what JPype raises."""
    import jpype

    jpype.startJVM("-XX:+UseSerialGC", "-Xss8m", classpath=jars, convertStrings=True)


def java_class(name: str) -> Any:
    """A Java class by its full name. Raises TypeError where none of the jars has it."""
    import jpype

    return jpype.JClass(name)


def java_error() -> Any:
    """What every exception that Java throws is an instance of, for ``except`` and ``isinstance``."""
    import jpype

    return jpype.JException


def implementation(interface: str, **methods: Callable[..., Any]) -> Any:
    """An object that implements a Java interface with Python functions."""
    import jpype

    return jpype.JProxy(interface, dict=methods)
