"""The shipped ontology in canonical form, so that a planted defect is the one thing that is wrong with it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kgbuild.checking import Draft, Finding, Surroundings, check, gather
from kgbuild.turtle import canonical

FOLDER = Path(__file__).parents[2] / "ontology"


class Sound:
    """The files, what surrounds them, and what is found on them before anything is planted."""

    def __init__(self) -> None:
        shipped = gather(FOLDER)
        self.around: Surroundings = shipped.around
        self.files = {name: canonical(name, module.data).encode() for name, module in shipped.modules.items()}
        self.version = str(re.search(rb'owl:versionInfo "([^"]*)"', self.files["kgbuild.ttl"]).group(1), "ascii")  # type: ignore[union-attr]
        self.before = {(finding.check.id, finding.term, finding.says) for finding in check(self.draft(self.files)).findings}

    def draft(self, files: dict[str, bytes], **around: object) -> Draft:
        """The files as they would stand in the folder."""
        return Draft(files, replace(self.around, **around) if around else self.around)  # type: ignore[arg-type]

    def found(self, files: dict[str, bytes], **around: object) -> list[Finding]:
        """What is found that was not found before."""
        findings = check(self.draft(files, **around)).findings
        return [finding for finding in findings if (finding.check.id, finding.term, finding.says) not in self.before]

    def edited(self, *edits: tuple[str, str, str]) -> dict[str, bytes]:
        """The files with texts replaced, each (file, old, new); with no old text, the new one is put at the end of the file.

        VERSION stands for the ontology's version.
        """
        files = dict(self.files)
        for name, *texts in edits:
            old, new = (text.replace("VERSION", self.version) for text in texts)
            text = files.get(name, b"").decode()
            assert old in text, f"{name} does not hold {old!r} any more"
            files[name] = (text.replace(old, new, 1) if old else text + new).encode()
        return files


@pytest.fixture(scope="session")
def sound() -> Sound:
    return Sound()
