"""The pages in a real browser, headless Chromium, driven by its DevTools protocol: they load nothing from elsewhere, and do what they offer."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from kgbuild.query import load_queries
from kgbuild.resources import read_bundled

if TYPE_CHECKING:
    from tests.serving.conftest import Server

BROWSER = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
pytestmark = [pytest.mark.long, pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")]
#: a folder for the pictures that the tests take, to be looked at
PICTURES = os.environ.get("KGBUILD_PICTURES")


class Browser:
    """One tab, and what it reported: requests and errors."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._number = 0
        self._session = ""
        self.requests: list[str] = []
        self.errors: list[str] = []
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Network", "Runtime", "Log", "Page"):
            self._call(f"{domain}.enable")
        self.size(1280, 900)

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        order = {"id": self._number, "method": method, "params": parameters} | ({"sessionId": self._session} if self._session else {})
        self._socket.send(json.dumps(order))
        while True:
            said = json.loads(self._socket.recv(timeout=60))
            if said.get("id") == self._number:
                assert "error" not in said, said
                return dict(said["result"])
            self._note(said.get("method", ""), said.get("params", {}))

    def _note(self, event: str, told: dict[str, Any]) -> None:
        if event == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif event == "Runtime.exceptionThrown":
            self.errors.append(told["exceptionDetails"].get("exception", {}).get("description", str(told)))
        elif event == "Runtime.consoleAPICalled" and told["type"] in ("error", "assert"):
            self.errors.append(str(told["args"]))
        elif event == "Log.entryAdded" and told["entry"]["level"] == "error":
            self.errors.append(f"{told['entry']['text']} {told['entry'].get('url', '')}")

    def ask(self, script: str) -> Any:
        """The value of an expression in the page."""
        found = self._call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until an expression is true in the page."""
        _wait(lambda: self.ask(script))

    def open(self, address: str) -> None:
        self._call("Page.navigate", url=address)
        self.until(f"document.readyState === 'complete' && location.href.startsWith({json.dumps(address)})")

    def click(self, script: str) -> None:
        """Click on an element as a person does: with the mouse, at its middle."""
        self.ask(f"({script}).scrollIntoView({{block: 'center'}})")
        x, y = self.ask(f"(() => {{ const r = ({script}).getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] }})()")
        for kind in ("mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def size(self, width: int, height: int) -> None:
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)

    def picture(self, name: str) -> None:
        data = base64.b64decode(self._call("Page.captureScreenshot", format="png")["data"])
        assert data.startswith(b"\x89PNG")
        if PICTURES:
            (Path(PICTURES) / f"{name}.png").write_bytes(data)


def _wait(claim: Callable[[], Any], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < deadline, "nothing happened in the browser"
        time.sleep(0.1)


@pytest.fixture
def browser(tmp_path: Path, reading: Server) -> Iterator[Browser]:
    """A browser that must have reported no errors and asked no other server when the test is over."""
    client = pytest.importorskip("websockets.sync.client", reason="the DevTools protocol needs the package websockets")
    profile = tmp_path / "profile"
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0"]
    command = [str(BROWSER), *options, "--no-first-run", "--disable-background-networking", f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        where = profile / "DevToolsActivePort"
        _wait(lambda: where.exists() and len(where.read_text().split()) == 2, 60)
        port, path = where.read_text().split()
        with client.connect(f"ws://127.0.0.1:{port}{path}", max_size=1 << 26) as socket:
            opened = Browser(socket)
            yield opened
            opened.ask("1")  # what it reported last
        assert opened.errors == []
        foreign = [
            url for url in opened.requests if not url.startswith(("data:", "about:", "blob:")) and urlsplit(url).port != reading.port
        ]
        assert foreign == []
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # with all its helpers
        process.wait(30)


def test_the_first_page(browser: Browser, reading: Server) -> None:
    browser.open(reading.url)
    browser.until("document.querySelector('.yasqe .CodeMirror') !== null")
    assert browser.ask("document.querySelectorAll('.question').length") == len(load_queries(read_bundled("queries", ".rq")))
    assert browser.ask("document.documentElement.scrollWidth <= innerWidth")
    assert browser.ask("scrollY") == 0
    browser.picture("home")
    browser.ask("document.getElementById('editor').scrollIntoView()")
    browser.picture("home-editor")


def test_a_question_gives_rows_and_a_row_leads_to_a_thing_with_sentences(browser: Browser, reading: Server) -> None:
    browser.open(reading.url)
    browser.click("document.querySelector('#transfers summary')")
    browser.ask("document.querySelector('#transfers input[name=supplier]').value = 'Coreea de Nord'")
    browser.picture("question")
    browser.click("[...document.querySelectorAll('#transfers button')].find(b => b.textContent === 'Show rows')")
    browser.until("location.pathname === '/api/transfers.html' && document.querySelectorAll('tbody tr').length > 0")
    assert browser.ask("document.querySelectorAll('tbody tr').length") == len(
        reading.request("GET", "/api/transfers.csv?supplier=PRK").text.splitlines()[1:]
    )
    browser.picture("rows")
    browser.click("document.querySelector('tbody a')")
    browser.until("location.pathname.startsWith('/page/') && document.readyState === 'complete'")
    assert browser.ask("document.querySelectorAll('blockquote mark').length") > 0
    assert browser.ask("document.documentElement.scrollWidth <= innerWidth")
    browser.picture("thing")


def test_a_question_opens_in_the_editor_with_its_answer(browser: Browser, reading: Server) -> None:
    browser.open(reading.url)
    browser.until("!document.querySelector('#transfers button.edit').hidden")
    browser.click("document.querySelector('#transfers summary')")
    browser.ask("document.querySelector('#transfers input[name=supplier]').value = 'PRK'")
    browser.click("document.querySelector('#transfers button.edit')")
    browser.until("[...document.querySelectorAll('.tabPanel.active .yasr table.dataTable tbody tr')].length > 0")
    assert "state/PRK" in browser.ask("document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()")
    browser.ask("document.getElementById('editor').scrollIntoView()")
    browser.picture("editor")
    assert browser.ask(
        "(t => t.scrollWidth <= t.clientWidth || getComputedStyle(t).overflowX === 'auto')(document.querySelector('.yasr_results'))"
    )


def test_what_cannot_be_answered_is_said_in_the_editor(browser: Browser, reading: Server) -> None:
    browser.open(reading.url)
    browser.until("document.querySelector('.yasqe .CodeMirror') !== null")
    browser.ask("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }')")
    browser.click("document.querySelector('.yasqe_queryButton')")
    browser.until("document.querySelector('.yasr .errorResult') !== null")
    browser.picture("refused")
    assert "does not fetch from elsewhere" in browser.ask("document.querySelector('.yasr').textContent")
    browser.ask("1")
    browser.errors = [error for error in browser.errors if "403" not in error]  # the browser itself tells of it


@pytest.mark.parametrize("path", ["page/state/PRK", "ontology/index.html", "api/statements.html?size=20"])
def test_pages_fit_a_telephone(browser: Browser, reading: Server, path: str) -> None:
    browser.size(390, 800)
    browser.open(reading.url + path)
    assert browser.ask("document.documentElement.scrollWidth <= innerWidth")
    browser.picture("phone-" + path.replace("/", "-").partition("?")[0])
