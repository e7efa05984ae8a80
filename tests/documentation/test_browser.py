"""The pages in a real browser: they render, the search box filters, the language switches, text keeps within its box."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

BROWSER = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")

MEASURE = """\
addEventListener("load", () => {
  const found = [];
  for (const box of document.querySelectorAll("g.box")) {
    const frame = box.querySelector("rect").getBBox();
    for (const text of box.querySelectorAll("text")) {
      if (getComputedStyle(text).display === "none") continue;
      const own = text.getBBox();
      if (own.width && (own.x < frame.x || own.x + own.width > frame.x + frame.width || own.y < frame.y - 1
          || own.y + own.height > frame.y + frame.height + 1)) found.push(text.textContent);
    }
  }
  const shown = [...document.querySelectorAll("text")].filter((text) => text.getBBox().width).length;
  document.body.textContent = "MEASURED" + JSON.stringify({ found, shown }) + "END";
});
"""


def _dom(page: Path, query: str = "", *, width: int = 1200) -> str:
    """The page after its scripts have run. Fails on any message in the console."""
    command = [
        str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--enable-logging=stderr",
        f"--window-size={width},900", "--virtual-time-budget=4000", "--dump-dom", f"{page.as_uri()}{query}",
    ]  # fmt: skip
    result = subprocess.run(command, capture_output=True, text=True, timeout=90, check=True)
    assert "CONSOLE" not in result.stderr, [line for line in result.stderr.splitlines() if "CONSOLE" in line]
    return result.stdout


def _shown(dom: str) -> set[str]:
    """The terms that are not hidden."""
    articles = re.findall(r'<article class="term[^"]*" id="([^"]*)"([^>]*)>', dom)
    return {name for name, rest in articles if "hidden" not in rest}


@pytest.mark.long
def test_all_terms_show_and_the_box_filters_them(folder: Path) -> None:
    everything = _shown(_dom(folder / "index.html"))
    assert len(everything) > 300
    found = _shown(_dom(folder / "index.html", "?q=intalnire"))
    assert "Meeting" in found, "found without its diacritics"
    assert len(found) < 10
    assert "Meeting" in _shown(_dom(folder / "index.html", "?q=%D0%B2%D1%81%D1%82%D1%80%D0%B5%D1%87%D0%B0"))


@pytest.mark.long
def test_what_nothing_has_says_so(folder: Path) -> None:
    dom = _dom(folder / "index.html", "?q=%F0%9F%9A%80")
    assert len(_shown(dom)) > 300, "an emoji has no letters: it asks for nothing"
    dom = _dom(folder / "index.html", "?q=qqqq")
    assert not _shown(dom)
    assert '<p id="page-nothing">' in dom


@pytest.mark.long
def test_the_language_can_be_switched(folder: Path) -> None:
    assert 'data-lang="ro"' in _dom(folder / "index.html", "?lang=ro")[:400]
    assert 'data-lang="both"' in _dom(folder / "index.html", "?lang=xx")[:400]


@pytest.mark.long
@pytest.mark.parametrize("language", ["both", "ro"])
def test_the_text_of_diagrams_keeps_within_its_box(folder: Path, tmp_path: Path, language: str) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "measure.js").write_text(MEASURE, encoding="utf-8")
    page = (copy / "diagrams.html").read_text(encoding="utf-8")
    (copy / "diagrams.html").write_text(page.replace("</head>", '<script src="measure.js"></script></head>'), encoding="utf-8")
    measured = re.search(r"MEASURED(.*)END", _dom(copy / "diagrams.html", f"?lang={language}"), re.DOTALL)
    assert measured
    result = json.loads(measured[1].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
    assert result["shown"] > 300
    assert result["found"] == []


@pytest.mark.long
def test_a_phone_is_wide_enough(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "measure.js").write_text(
        'addEventListener("load", () => { const d = document.documentElement; d.dataset.wide = String(d.scrollWidth - d.clientWidth); });',
        encoding="utf-8",
    )
    for name in ("index.html", "diagrams.html"):
        page = (copy / name).read_text(encoding="utf-8")
        (copy / name).write_text(page.replace("</head>", '<script src="measure.js"></script></head>'), encoding="utf-8")
        assert 'data-wide="0"' in _dom(copy / name, width=500)[:400], name
