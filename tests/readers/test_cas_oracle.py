"""CAS JSON and CAS XMI are read as dkpro-cassis reads them: every sample, structure by structure, feature by feature."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from kgbuild.readers.cas import notation_json, notation_xmi, typesystem
from tests.conftest import CHECKOUT
from tests.readers.cas_oracle import read_by_cassis, read_by_kgbuild

SAMPLES = CHECKOUT.parent / "shared" / "samples"
if not SAMPLES.is_dir():
    pytest.skip("the sample files are not beside the checkout", allow_module_level=True)
cassis = pytest.importorskip("cassis", reason="dkpro-cassis is not installed: pip install -e '.[dev]'")

JSON = sorted((SAMPLES / "inception-json").rglob("*.json"))
XMI = sorted((SAMPLES / "inception-xmi" / "cassis" / "xmi").glob("*.xmi")) + sorted((SAMPLES / "inception-json").rglob("*.xmi"))
XMI.append(SAMPLES / "inception-xmi" / "relation-simple" / "relation_test.xmi")
#: XMI of cassis' own tests -> the type system that these use; the others are called alike
TYPES = {
    "cas_has_fs_with_no_namespace": "typesystem_has_types_with_no_namespace",
    "cas_with_array_features": "typesystem_with_array_features",
    "cas_with_collections": "typesystem_with_collections",
    "cas_with_floating_point_special_values": "typesystem_with_floating_points",
    "cas_with_inheritance": "typesystem_with_inheritance",
    "cas_with_list_features": "typesystem_with_list_features",
    "cas_with_multiple_references_allowed_string_array": "typesystem_with_multiple_references_allowed",
    "cas_with_reserved_names": "typesystem_with_reserved_names",
    "cas_with_smileys": "important_dkpro_types",
    "cas_with_two_sofas": "small_typesystem",
    "cas_with_references": "webanno_types",
    "cas_with_nonindexed_fs": "important_dkpro_types",
    "cas_with_empty_array_reference": "important_dkpro_types",
    "empty_cas": "small_typesystem",
    "lenient_cas": "small_typesystem",
    "small_cas": "small_typesystem",
}
#: what cassis cannot read, or reads otherwise than UIMA writes it, and why
SKIPPED = {
    "phi/Albers.txt_phi.json": "cassis asks for types that the file leaves out",
    "phi/Amanda_Alzheimer.txt_phi.json": "cassis asks for types that the file leaves out",
    "emptyCas/debug.xmi": "cassis asks for the Sofa of a view that has none",
    "casWithFloatingPointSpecialValues/debug.xmi": "cassis asks for the Sofa of a view that has none",
    "phi/Baastrup.txt_phi.json": "cassis asks for types that the file leaves out",
}


def _called(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", JSON, ids=_called)
def test_cas_json_is_what_cassis_reads(path: Path) -> None:
    if _called(path) in SKIPPED:
        pytest.skip(SKIPPED[_called(path)])
    assert read_by_kgbuild(notation_json.parse(path.read_bytes())) == read_by_cassis(path, None)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", XMI, ids=_called)
def test_cas_xmi_is_what_cassis_reads(path: Path) -> None:
    beside = [path.with_name("debug-typesystem.xml"), path.with_name("TypeSystem.xml")]
    beside.append(path.parents[1] / "typesystems" / f"{TYPES.get(path.stem)}.xml")
    types = next((each for each in beside if each.is_file()), None)
    if _called(path) in SKIPPED:
        pytest.skip(SKIPPED[_called(path)])
    if types is None:
        pytest.skip("there is no type system for it")
    with warnings.catch_warnings(action="ignore"):
        expected = read_by_cassis(path, types)
    cas = notation_xmi.parse(path.read_bytes(), typesystem.parse(types.read_bytes()))
    if path.stem == "lenient_cas":  # what no type system declares cassis leaves out
        assert [each for each in read_by_kgbuild(cas) if "NotInTypesystem" not in each[1]] == expected
    else:
        assert read_by_kgbuild(cas) == expected
