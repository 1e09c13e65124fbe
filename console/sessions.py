"""Sessions: who is signed in lives in a sealed cookie of their browser, so any gateway can open it and none keeps it."""

from __future__ import annotations

import base64
import zlib

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from starlette.requests import Request
from starlette.responses import Response

LARGEST = 4_000
"""Characters: browsers drop a cookie of more than 4,096 bytes with its name and attributes."""


class TooLarge(Exception):  # noqa: N818 - a state of the tokens, told to the operator
    """The token does not fit into a cookie."""


class Sessions:
    """Seals and opens cookies (Fernet: AES-CBC and HMAC) under keys that are drawn from one secret, one for each use.

    Where people reach the hub by https (`secure`), the cookie has the prefix by which browsers bind it to this very host.
    """

    def __init__(self, secret: str, *, secure: bool, use: str = "session") -> None:
        key = HKDF(SHA256(), 32, None, f"delta-hub console {use}".encode()).derive(secret.encode())
        self._seal = Fernet(base64.urlsafe_b64encode(key))
        self._secure = secure
        self._name = f"__Host-hub_{use}" if secure else f"hub_{use}"

    def read(self, request: Request) -> str | None:
        """The token that speaks for whoever is signed in; None for a visitor, and for a cookie that is not ours or is damaged."""
        sealed = request.cookies.get(self._name)
        if not sealed or len(sealed) > LARGEST:
            return None
        try:
            return zlib.decompress(self._seal.decrypt(sealed)).decode()
        except (InvalidToken, ValueError, zlib.error):
            return None

    def keep(self, response: Response, token: str) -> None:
        """For as long as the browser is open; the token in it ends by itself. Raises TooLarge."""
        sealed = self._seal.encrypt(zlib.compress(token.encode())).decode()
        if len(sealed) > LARGEST:
            raise TooLarge(f"{len(sealed)} characters")
        response.set_cookie(self._name, sealed, path="/", secure=self._secure, httponly=True, samesite="lax")

    def end(self, response: Response) -> None:
        response.delete_cookie(self._name, path="/", secure=self._secure, httponly=True, samesite="lax")
