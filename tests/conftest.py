"""What many tests share: the shipped articles, the founding article, a store filled once, and the command line run in this process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kgbuild.answers import answer
from kgbuild.cli import main
from kgbuild.iris import DATA
from kgbuild.ontology import Ontology
from kgbuild.pipeline import inputs, load_ontology, load_registry
from kgbuild.query import load_queries
from kgbuild.registry import Registry
from kgbuild.resources import read_bundled
from kgbuild.stores import EmbeddedStore

CHECKOUT = Path(__file__).parents[1]
ARTICLES = CHECKOUT / "data" / "articles"
SEED = CHECKOUT.parent / "shared" / "seed"

Kgbuild = Callable[..., Result]
Row = dict[str, str]
AskArticles = Callable[..., list[Row]]
ExpectRows = Callable[[list[Row], str], None]


#: fixtures that start Java, which takes most of a minute of CPU
_JAVA = {"jvm", "protege", "saved_by_old_owl_api", "saved_by_protege"}


def sampled(names: Iterable[str], every: int) -> list[Any]:
    """The names of a test's many slow cases: one of so many runs with the README's tests, the others are long."""
    return [pytest.param(name, marks=[pytest.mark.long] if n % every else []) for n, name in enumerate(names)]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what starts Java as long: a machine for the README's tests need not have it."""
    for item in items:
        if _JAVA & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.long)


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own store out of the tests."""
    for name in ("KGBUILD_STORE", "KGBUILD_DECISIONS", "KGBUILD_DEBUG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the processes of these tests keep what new stores begin with in one place, and not in the developer's cache."""
    own = tmp_path_factory.getbasetemp()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str((own.parent if own.name.startswith("popen-") else own) / "cache"))
        yield


@pytest.fixture(scope="session", autouse=True)
def _reference_data_read_once() -> Iterator[None]:
    """Let loads of this process read the same reference data once: that takes a second, and tests load hundreds of times.

    What comes back is never changed, and is equal for equal files. Tests of the registry itself do all anew.
    """
    known: dict[tuple[object, ...], Registry] = {}

    def remembered(files: Mapping[str, bytes], *, base: str = DATA) -> Registry:
        key = (base, *sorted(files.items()))
        if key not in known:
            known[key] = Registry.parse(files, base=base)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inputs, "Registry", SimpleNamespace(parse=remembered))
        yield


def run_kgbuild(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin, prog_name="kgbuild")


@pytest.fixture(scope="session")
def kgbuild() -> Kgbuild:
    """Run a command line in this process: ``kgbuild("query", "transfers")`` gives exit_code, stdout and stderr."""
    return run_kgbuild


def _filled(folder: Path, source: Path) -> Path:
    result = run_kgbuild("load", "--store", folder, source)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="session")
def articles() -> Path:
    """The annotated articles that ship with kgbuild."""
    return ARTICLES


@pytest.fixture(scope="session")
def founding_article() -> Path:
    """The founding article, annotated. It lies beside the checkout, since its text is not ours to ship."""
    files = sorted(SEED.glob("*.kga.jsonl"))
    if not files:
        pytest.skip("the founding article is not beside this checkout")
    return files[0]


@pytest.fixture(scope="session")
def _articles_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _filled(tmp_path_factory.mktemp("articles") / "store", ARTICLES)


@pytest.fixture(scope="session")
def _founding_store(tmp_path_factory: pytest.TempPathFactory, founding_article: Path) -> Path:
    return _filled(tmp_path_factory.mktemp("founding") / "store", founding_article)


@pytest.fixture(scope="session")
def ask_articles(_articles_store: Path) -> Iterator[AskArticles]:
    """Ask a bundled query over the shipped articles: ``ask_articles("meetings", party="CHN", with_="RUS")``.

    A row is its values by column as a person reads them: labels, an article by its id, "–" for nothing; ``<column>@`` holds the IRI.
    """
    queries = load_queries(read_bundled("queries", ".rq"))
    with EmbeddedStore.open(_articles_store, read_only=True) as store:

        def ask(name: str, **values: str) -> list[Row]:
            given = {key.removesuffix("_"): value for key, value in values.items()}
            result = answer(queries[name], given, store.select, base=store.base)
            rows: list[Row] = []
            for cells in result.rows:
                row: Row = {}
                for column, cell in zip(result.columns, cells, strict=True):
                    own = cell.value.removeprefix(f"{DATA}article/")
                    is_article = own != cell.value and "/" not in own  # else a thing of its own
                    row[column.name] = own if is_article else cell.label or cell.value or "–"
                    row[column.name + "@"] = cell.value
                rows.append(row)
            return rows

        yield ask


@pytest.fixture(scope="session")
def expect_rows() -> ExpectRows:
    """Compare rows with a table that a person wrote: a line of column names, then a line a row, cells between semicolons.

    Rows must come by date; of one day they may come in any order, and so may the members of a list, joined by " | ".
    """

    def expect(rows: list[Row], table: str) -> None:
        columns, *expected = [[cell.strip() for cell in line.split(";")] for line in table.strip().splitlines()]
        found = [[row[column] for column in columns] for row in rows]
        assert sorted(_unordered(found)) == sorted(_unordered(expected))
        if "earliest" in columns and "hop" not in columns:
            ends = [columns.index(end) for end in ("earliest", "latest") if end in columns]
            days = [next((row[end] for end in ends if row[end] != "–"), "unknown") for row in found]
            assert days == sorted(days)

    return expect


def _unordered(rows: list[list[str]]) -> list[list[str]]:
    return [[" | ".join(sorted(cell.split(" | "))) for cell in row] for row in rows]


@pytest.fixture
def articles_store(_articles_store: Path, tmp_path: Path) -> Path:
    """A store with all shipped articles: this test's own copy."""
    return shutil.copytree(_articles_store, tmp_path / "articles-store")


@pytest.fixture
def founding_store(_founding_store: Path, tmp_path: Path) -> Path:
    """A store with the founding article: this test's own copy."""
    return shutil.copytree(_founding_store, tmp_path / "founding-store")


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The shipped ontology."""
    return load_ontology()


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The shipped reference data."""
    return load_registry()
