"""Load, rebuild, reason, remove and convert: readers and mapping on one side, the store on the other.

A load into a place where there is no store builds it whole, in a folder of its own, and renames that into place; a later load goes
batch by batch, each one transaction. What is reported as loaded survives a kill at any moment.
"""

from __future__ import annotations

from kgbuild.pipeline.convert import ConvertReport, convert
from kgbuild.pipeline.inputs import Inputs, load_ontology, load_registry
from kgbuild.pipeline.load import load
from kgbuild.pipeline.options import LoadOptions, LoadReport
from kgbuild.pipeline.reasoning import ReasonReport, reason, rules_of
from kgbuild.pipeline.rebuild import rebuild
from kgbuild.pipeline.remove import remove
from kgbuild.pipeline.validate import ValidateOptions, validate

__all__ = [
    "ConvertReport",
    "Inputs",
    "LoadOptions",
    "LoadReport",
    "ReasonReport",
    "ValidateOptions",
    "convert",
    "load",
    "load_ontology",
    "load_registry",
    "reason",
    "rebuild",
    "remove",
    "rules_of",
    "validate",
]
