"""Digest access authentication (RFC 7616), for one server at a time.

urllib's handler answers a challenge only after a request was refused; with a large graph on its way that ends in a broken connection. Here
the challenge is fetched once, and each request bears its answer.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from urllib.request import parse_http_list, parse_keqv_list

_HASHES = {"": "md5", "MD5": "md5", "SHA-256": "sha256"}
_SCHEME = re.compile(r"(?:^|,)\s*(Basic|Digest|Bearer|Negotiate|NTLM)(?:\s+|$)", re.IGNORECASE)


class Digest:
    """A challenge, and the answers to it."""

    def __init__(self, challenge: str, user: str, password: str) -> None:
        """Read a challenge, without its scheme. Raises ValueError on an algorithm or protection that is not known here."""
        given = parse_keqv_list(parse_http_list(challenge))
        algorithm = given.get("algorithm", "")
        self._hash = _HASHES.get(algorithm.upper(), "")
        protections = [each.strip() for each in given.get("qop", "").split(",")]
        if not self._hash or "nonce" not in given or not {"auth", ""} & set(protections):
            raise ValueError(f"digest authentication with algorithm “{algorithm}” and qop “{given.get('qop', '')}”")
        self._protection = "auth" if "auth" in protections else ""
        self._given = given
        self._user = user
        self._secret = self._digest(f"{user}:{given.get('realm', '')}:{password}")
        self._count = 0

    def answer(self, method: str, target: str) -> str:
        """The Authorization header of a request; ``target`` is its path with the query string."""
        given = self._given
        fields = {"username": self._user, "realm": given.get("realm", ""), "nonce": given["nonce"], "uri": target}
        asked = self._digest(f"{method}:{target}")
        if self._protection:
            self._count += 1
            count, own = f"{self._count:08x}", secrets.token_hex(8)
            fields["response"] = self._digest(f"{self._secret}:{given['nonce']}:{count}:{own}:auth:{asked}")
            bare = f", qop=auth, nc={count}"
            fields["cnonce"] = own
        else:
            fields["response"] = self._digest(f"{self._secret}:{given['nonce']}:{asked}")
            bare = ""
        if "opaque" in given:
            fields["opaque"] = given["opaque"]
        if "algorithm" in given:
            bare += f", algorithm={given['algorithm']}"
        return "Digest " + ", ".join(f'{name}="{_escaped(value)}"' for name, value in fields.items()) + bare

    def _digest(self, text: str) -> str:
        return hashlib.new(self._hash, text.encode(), usedforsecurity=False).hexdigest()


def challenges(headers: list[str]) -> dict[str, str]:
    """The schemes that a server offers in WWW-Authenticate headers, in lower case, each with what it says beside.

    >>> challenges(['Digest realm="SPARQL", nonce="1", qop="auth", Basic realm="x"'])
    {'digest': 'realm="SPARQL", nonce="1", qop="auth"', 'basic': 'realm="x"'}
    """
    found: dict[str, str] = {}
    for header in headers:
        starts = list(_SCHEME.finditer(header))
        for start, following in zip(starts, [*starts[1:], None], strict=True):
            said = header[start.end() : following.start() if following else None]
            found.setdefault(start[1].lower(), said.strip().rstrip(","))
    return found


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
