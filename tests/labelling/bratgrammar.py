"""brat's grammar of configuration files, strictly: what brat warns of or falls back from is refused here.

Source: brat's manual, "Annotation configuration", and its server's reader of these files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

RESERVED = {"ANY", "ENTITY", "RELATION", "EVENT", "NONE", "EMPTY", "REL-TYPE", "URL", "URLBASE", "UNICODE", "GLYPH-POS", "DEFAULT", "NORM"}
RESERVED |= {"OVERLAP", "OVL-TYPE", "INHERIT", "LABEL", "DB"}
_NAME = re.compile(r"[a-zA-Z0-9_-]+")


class Refused(ValueError):
    """A line that brat would not take."""


@dataclass
class Node:
    names: list[str]
    depth: int
    unused: bool
    #: key -> (least, most or None, values)
    args: dict[str, tuple[int, int | None, list[str]]] = field(default_factory=dict)
    special: dict[str, str] = field(default_factory=dict)
    parent: Node | None = None


def parse(content: str) -> dict[str, list[Node]]:
    """Section -> its nodes in order."""
    sections: dict[str, list[Node]] = {}
    current, macros, stack = "", {}, list[Node]()
    for number, line in enumerate(content.split("\n"), 1):
        if (header := re.fullmatch(r"\s*\[(.*)\]\s*", line)) is not None:
            current, macros, stack = header[1], {}, []
            sections.setdefault(current, [])
        elif line.strip() and not line.lstrip().startswith("#") and not re.fullmatch(r"\s*-+\s*", line):
            try:
                if (macro := re.fullmatch(r"<([a-zA-Z_-]+)>=\s*(.*?)\s*", line)) is not None:
                    if macro[1] in RESERVED or f"<{macro[1]}>" in macros:
                        raise Refused(f"<{macro[1]}> is taken")
                    macros[f"<{macro[1]}>"] = macro[2]
                else:
                    sections[current].append(_node(line, current, macros, stack))
            except (Refused, KeyError) as error:
                raise Refused(f"line {number}: {error}: {line!r}") from error
    return sections


def _node(line: str, section: str, macros: dict[str, str], stack: list[Node]) -> Node:
    for name, value in macros.items():
        line = line.replace(name, value)
    for name in re.findall(r"<(.*?)>", line):
        if name not in RESERVED:
            raise Refused(f"<{name}> is not defined")
    # labels for display may hold blanks; elsewhere a blank ends the name
    split = re.fullmatch(r"(\s*)([^\t]+)(?:\t(.*))?" if section == "labels" else r"(\s*)(\S+)(?:\s+(.*))?", line)
    assert split is not None
    indent, names, rest = split.groups()
    terms = [term.strip() for term in names.split("|")]
    if not all(terms):
        raise Refused("an empty name")
    unused = terms[0].startswith("!")
    terms[0] = terms[0].removeprefix("!")
    if not _NAME.fullmatch(terms[0]) and terms[0] not in ("<OVERLAP>", "ENTITY-NESTING"):
        raise Refused(f"{terms[0]!r} is no name")
    depth = len(indent)
    if indent.strip("\t") and section in ("entities", "events"):
        raise Refused("indented by something else than tabs")
    del stack[depth:]
    if len(stack) != depth:
        raise Refused("no parent")
    node = Node(terms, depth, unused, parent=stack[-1] if stack else None)
    for arg in (arg.strip() for arg in (rest or "").split(",") if arg.strip()):
        _arg(node, arg)
    stack.append(node)
    return node


def _arg(node: Node, written: str) -> None:
    match = re.fullmatch(r"(\S*?):(\S*)", written)
    if match is None:
        raise Refused(f"{written!r} is no argument")
    key, value = match.groups()
    if re.fullmatch(r"<[^>]+>", key):
        node.special[key] = value
        return
    times = re.fullmatch(r"(\S+?)(\{(\d+)(?:-(\d+))?\}|\?|\*|\+|)", key)
    if times is None:
        raise Refused(f"{key!r} is no argument")
    name, mark = times[1], times[2]
    least, most = {"": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}.get(mark, (int(times[3] or 0), int(times[4] or times[3] or 0)))
    if name[-1].isdigit() and most != 1:
        raise Refused(f"{name!r} ends in a digit, so it cannot be repeated")
    if name in node.args:
        raise Refused(f"{name!r} stands twice")
    values = value.split("|")
    if not all(values):
        raise Refused(f"{name!r} has an empty value")
    node.args[name] = (least, most, values)


def check(sections: dict[str, list[Node]]) -> None:
    """What brat checks of an annotation.conf as a whole."""
    entities = [node.names[0] for node in sections["entities"]]
    events = [node.names[0] for node in sections["events"]]
    known = {*entities, *events, "<ANY>", "<ENTITY>", "<EVENT>", "<RELATION>"}
    if len(set(entities + events)) != len(entities + events):
        raise Refused("a type stands twice")
    for node in sections["events"]:
        for role, (_, _, values) in node.args.items():
            if unknown := set(values) - known:
                raise Refused(f"{node.names[0]}: {role} names {unknown}")
    for node in sections["relations"]:
        if len(node.args) != 2:
            raise Refused(f"{node.names[0]}: a relation has two arguments")
        if unknown := {value for _, _, values in node.args.values() for value in values} - known:
            raise Refused(f"{node.names[0]} names {unknown}")
    for node in sections["attributes"]:
        if "Arg" not in node.args or not set(node.args) <= {"Arg", "Value"}:
            raise Refused(f"{node.names[0]}: an attribute has Arg: and may have Value:")
        if unknown := set(node.args["Arg"][2]) - known:
            raise Refused(f"{node.names[0]} names {unknown}")
