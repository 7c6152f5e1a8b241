"""An OpenID Connect provider on this machine: discovery, sign-in, token, userinfo."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

KEY = "only the tests sign with this, and only on this machine"


@dataclass
class FakeProvider:
    """What the provider says of whoever comes, and what it was asked."""

    client_id: str = "verband"
    secret: str = "between us"
    issuer: str = ""
    said_issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    garbled: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: list[dict[str, str]] = field(default_factory=list)

    def discovery(self) -> dict[str, Any]:
        """Where everything is."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def authorize(self, address: str) -> str:
        """Somebody signs in here; the address to go back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == self.client_id
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, given: dict[str, str]) -> dict[str, Any] | None:
        """The answer to a code, once, to whoever knows the secret and the verifier."""
        asked = self.codes.pop(given["code"], None)
        proof = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if asked is None or given.get("client_secret") != self.secret:
            return None
        if challenge != asked["code_challenge"]:
            return None
        self.tokens.append(given)
        claims = {
            "iss": self.said_issuer or self.issuer,
            "aud": self.client_id,
            "exp": int(time.time()) + 60,
            "sub": "u1",
            **self.claims,
        }
        token = jwt.encode(claims, KEY, algorithm="HS256")
        return {"access_token": "a", "token_type": "Bearer", "id_token": token, "expires_in": 60}


def handler_of(provider: FakeProvider) -> type[BaseHTTPRequestHandler]:
    """The requests of one provider."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self, body: object, status: int = 200) -> None:
            data = b"<html>" if provider.garbled else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            if self.path.endswith("openid-configuration"):
                self.answer(provider.discovery())
            elif self.path == "/userinfo":
                self.answer({"sub": "u1", **provider.userinfo})
            else:
                self.answer({}, 404)

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            given = parse_qs(self.rfile.read(length).decode())
            answer = provider.token({name: values[0] for name, values in given.items()})
            self.answer(answer or {"error": "invalid_grant"}, 200 if answer else 400)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def running() -> Iterator[FakeProvider]:
    """A provider that listens on a port of its own."""
    provider = FakeProvider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(provider))
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
