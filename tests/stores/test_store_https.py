"""A store behind TLS: its certificate is checked, a CA of one's own can be named, and who is not trusted is shown nothing."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import Result

from kgbuild.pipeline.push import push
from kgbuild.stores import Address

from .faults import forward, gate  # noqa: TID252 - the tests are no installed package
from .pushed import check_same, make  # noqa: TID252
from .servers import Running  # noqa: TID252

Kgbuild = Callable[..., Result]

pytestmark = [
    pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificates, and is not installed"),
    pytest.mark.usefixtures("bare"),
]


def certified(folder: Path, name: str) -> tuple[ssl.SSLContext, Path]:
    """What a server for a name needs, and the certificate of who vouches for it."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=a store", "-addext", f"subjectAltName={name}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate


def test_a_ca_that_is_named_is_trusted(oxigraph: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    near, (tls, certificate) = make(tmp_path / "near"), certified(tmp_path, "IP:127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with gate(forward(urlsplit(oxigraph.url).port or 0), tls) as server:
        assert push(near, Address(server.url)).wrong == {}
        check_same(near, Address(server.url))
    check_same(near, oxigraph.address)


@pytest.mark.parametrize(
    ("name", "trusted", "said"), [("IP:127.0.0.1", False, "self-signed"), ("DNS:elsewhere.example", True, "127.0.0.1")]
)
def test_who_is_not_trusted_is_shown_nothing(
    oxigraph: Running, tmp_path: Path, kgbuild: Kgbuild, monkeypatch: pytest.MonkeyPatch, name: str, trusted: bool, said: str
) -> None:
    tls, certificate = certified(tmp_path, name)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("KGBUILD_STORE_TOKEN", "not for strangers")
    with gate(forward(urlsplit(oxigraph.url).port or 0), tls) as server:
        result = kgbuild("info", "--store", server.url)
        assert server.heads == []
    assert result.exit_code == 4
    assert "certificate verify failed" in result.stderr
    assert said in result.stderr
    assert "SSL_CERT_FILE" in result.stderr


def test_https_to_a_server_without_says_so(kgbuild: Kgbuild) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def refuse() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1 << 16)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=refuse, daemon=True)
        thread.start()
        result = kgbuild("info", "--store", f"https://127.0.0.1:{listener.getsockname()[1]}/")
        thread.join(10)
    assert (result.exit_code, "does the server speak https? Else write http:" in result.stderr) == (4, True)
