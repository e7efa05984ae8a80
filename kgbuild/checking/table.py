"""The table of checks, in the order in which an editor is best served: what cannot be read first."""

from __future__ import annotations

from kgbuild.checking import (
    annotation_labels,
    catalogue,
    coverage,
    declarations,
    definitions,
    deprecation,
    header,
    hierarchy,
    identity,
    labels,
    naming,
    properties,
    schemes,
    syntax,
    texts,
    usage,
)
from kgbuild.checking.finding import Check

#: every check that needs no Java, by id
TABLE: dict[str, Check] = {
    check.id: check
    for module in (
        syntax,
        header,
        catalogue,
        declarations,
        labels,
        definitions,
        texts,
        naming,
        annotation_labels,
        identity,
        hierarchy,
        properties,
        deprecation,
        schemes,
        coverage,
        usage,
    )
    for check in module.CHECKS
}
