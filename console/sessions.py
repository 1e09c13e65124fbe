"""Sessions: who is signed in lives in a sealed cookie of their browser, so any gateway can open it and none keeps it."""

from __future__ import annotations

import base64
import zlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from starlette.requests import Request
from starlette.responses import Response

LARGEST = 4_000
"""Characters: browsers drop a cookie of more than 4,096 bytes with its name and attributes."""


class TooLarge(Exception):  # noqa: N818 - a state of the tokens, told to the operator
    """What was to be kept does not fit into the cookie."""


class Sessions:
    """Seals and opens cookies (Fernet: AES-CBC and HMAC) of one use, under keys that are drawn from secrets for it alone.

    The first secret seals, all open. A cookie has `largest` characters at most and lasts for so many `seconds`, or for as long as
    the browser is open. Where people reach the hub by https (`secure`), it has the prefix by which browsers bind it to this host.
    """

    def __init__(
        self, *secrets: str, secure: bool, use: str = "session", largest: int = LARGEST, seconds: int | None = None
    ) -> None:
        self._seal = MultiFernet([Fernet(_key(secret, use)) for secret in secrets])
        self._secure = secure
        self._name = f"__Host-hub_{use}" if secure else f"hub_{use}"
        self._largest = largest
        self._seconds = seconds

    def read(self, request: Request) -> str | None:
        """What was kept; None where nothing was, it is over, or the cookie is not ours or damaged."""
        sealed = request.cookies.get(self._name)
        if not sealed or len(sealed) > self._largest:
            return None
        try:
            return zlib.decompress(self._seal.decrypt(sealed, self._seconds)).decode()
        except (InvalidToken, ValueError, zlib.error):
            return None

    def keep(self, response: Response, text: str) -> None:
        """Raises TooLarge."""
        sealed = self._seal.encrypt(zlib.compress(text.encode())).decode()
        if len(sealed) > self._largest:
            raise TooLarge(f"{self._name}: {len(sealed)} characters, {self._largest} fit")
        response.set_cookie(
            self._name, sealed, self._seconds, path="/", secure=self._secure, httponly=True, samesite="lax"
        )

    def end(self, response: Response) -> None:
        response.delete_cookie(self._name, path="/", secure=self._secure, httponly=True, samesite="lax")

    def is_settled(self, response: Response) -> bool:
        """Whether the answer already says what becomes of the cookie."""
        return any(each.startswith(f"{self._name}=") for each in response.headers.getlist("set-cookie"))


def _key(secret: str, use: str) -> bytes:
    drawn = HKDF(SHA256(), 32, None, f"delta-hub console {use}".encode()).derive(secret.encode())
    return base64.urlsafe_b64encode(drawn)
