"""Where the OWL API and HermiT are: a folder of jars that the user names, else the jar inside owlready2.

owlready2's jar holds the OWL API 3.4.3 and HermiT 1.3.8; that is enough for profile, consistency and explanations. To see files as
Protégé does, ``KGBUILD_JARS`` names a folder with the OWL API of its line (4.5) and HermiT 1.4.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from kgbuild.errors import KgbuildError, MissingExtra

VARIABLE = "KGBUILD_JARS"
#: the same classes again under other names, beside the jar with all of them; and reasoners that kgbuild does not ask
_LEFT_OUT = ("owlapi-osgidistribution", "elk-")
_PARTS_OF_DISTRIBUTION = tuple(
    f"owlapi-{part}" for part in ("api-", "apibinding", "compatib", "fixers", "impl", "oboformat", "parsers", "rio", "tools")
)


def find_jars(folder: Path | None = None) -> list[Path]:
    """The jars to start Java with: those of a folder, else of the one that ``KGBUILD_JARS`` names, else owlready2's own.

    Raises:
        MissingExtra: JPype1 or owlready2's jar is not installed.
        KgbuildError: the folder is not there, or holds no jar.
    """
    if find_spec("jpype") is None:
        raise MissingExtra("checking the logic needs JPype1, which is not installed", hint="pip install 'kgbuild[owl]'")
    named = folder or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if named is None:
        return [_owlready2_jar()]
    found = sorted(named.glob("*.jar"))
    if not found:
        raise KgbuildError(
            f"{named}: holds no jar", hint=f"let {VARIABLE} name the folder with the jars of the OWL API and HermiT, or unset it"
        )
    whole = any(path.name.startswith("owlapi-distribution") for path in found)
    left_out = (*_LEFT_OUT, *(_PARTS_OF_DISTRIBUTION if whole else ()))
    return [path for path in found if not path.name.startswith(left_out)]


def _owlready2_jar() -> Path:
    spec = find_spec("owlready2")
    for place in (spec.submodule_search_locations if spec else None) or ():
        jar = Path(place) / "hermit" / "HermiT.jar"
        if jar.is_file():
            return jar
    raise MissingExtra("owlready2 is not installed with its HermiT.jar", hint="pip install owlready2")
