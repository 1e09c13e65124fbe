"""Signing: a call carries the gateway's signature, or a digest by an agreed key, over all that decides what it does."""

from __future__ import annotations

import hashlib
import hmac
import math
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, get_args

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from kit.wire.agreed_keys import NotAgreed, Offered, Offers
from kit.wire.call_keys import key_id

PURPOSE = "delta-hub call 1"
SIGNED = "hub."  # every header of this beginning is signed
KEY, OFFER, SIGNATURE, DEADLINE = "hub.key", "hub.offer", "hub.signature", "hub.deadline"
LONGEST_LIFE = 90.0  # seconds that a call may live: HUB_RPC_TIMEOUT is 60 at most, and clocks differ

Reason = Literal["unsigned", "key", "signature", "life", "replayed"]
REASONS: tuple[Reason, ...] = get_args(Reason)


class NotSigned(Exception):  # noqa: N818
    """No gateway that is known here has made this call as it stands; `reason` is for the operator and tells nothing of it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Sealed:
    """A call as it is on the wire: where it goes, under which number, with which headers and body. Nothing of it is read yet."""

    service: str
    method: str
    number: str
    headers: Mapping[str, Any]
    body: bytes

    def said(self) -> bytes:
        """All that decides, in one canonical form; raises TypeError for what is no text."""
        headers = sorted((name, value) for name, value in self.headers.items() if _decides(name))
        facts = [PURPOSE, self.service, self.method, self.number, headers]
        if not all(isinstance(text, str) for header in headers for text in header):
            raise TypeError("a header is no text")
        return orjson.dumps([*facts, hashlib.sha256(self.body).hexdigest()])


class Keys(Protocol):
    """The public keys that are good now."""

    def get(self, kid: str) -> Ed25519PublicKey | None: ...


class Signer:
    """A gateway's hand; with the services of which it was given public keys it agrees a key, and signs that alone."""

    def __init__(self, key: Ed25519PrivateKey, services: Mapping[str, X25519PublicKey] | None = None) -> None:
        self._key = key
        self._kid = key_id(key.public_key())
        self._offers = Offers(key, services or {}, LONGEST_LIFE)

    def sign(self, call: Sealed) -> dict[str, Any]:
        """The headers of the call with the key's id, maybe the offer of an agreed one, and what proves all this."""
        agreed, headers = self._offers.with_(call.service), {**call.headers, KEY: self._kid}
        if agreed is not None:
            headers[OFFER] = agreed.offer
        said = Sealed(call.service, call.method, call.number, headers, call.body).said()
        proof = self._key.sign(said) if agreed is None else hmac.digest(agreed.key, said, "sha256")
        return {**headers, SIGNATURE: urlsafe_b64encode(proof).decode()}


class Checker:
    """A service's eye: it lets each call in once, and only as a gateway has made it."""

    def __init__(self, keys: Keys, offered: Offered | None = None) -> None:
        """Where the service has no key to agree others by (`offered`), each call must be signed."""
        self._keys = keys
        self._offered = offered
        self._known: dict[str, float] = {}

    def check(self, call: Sealed, *, again: bool = False) -> None:
        """Raise NotSigned where this call may not be read. The broker says of a call whether it brings it `again`.

        A call that has outlived its deadline is let in, to be dropped and counted where all late calls are.
        """
        latest = self._proven(call)
        now = time.time()
        ends = self._end_of(call)
        if ends > min(now + LONGEST_LIFE, latest):
            raise NotSigned("life")
        self._forget(now)
        if call.number in self._known and not again:
            raise NotSigned("replayed")
        if ends > now:
            self._known[call.number] = ends

    def _proven(self, call: Sealed) -> float:
        """Until when a call may live that is proven like this one: it is as a gateway made it."""
        kid, signature = call.headers.get(KEY), call.headers.get(SIGNATURE)
        if not isinstance(kid, str) or not isinstance(signature, str) or not call.number:
            raise NotSigned("unsigned")
        key = self._keys.get(kid)
        if key is None:
            raise NotSigned("key")
        try:
            if OFFER in call.headers:
                return self._sealed_by(key, call, urlsafe_b64decode(signature))
            key.verify(urlsafe_b64decode(signature), call.said())
        except (InvalidSignature, TypeError, ValueError):
            raise NotSigned("signature") from None
        return math.inf

    def _sealed_by(self, gateway: Ed25519PublicKey, call: Sealed, proof: bytes) -> float:
        """Until when the key is good that this gateway has offered and the call is sealed with."""
        offer = call.headers[OFFER]
        if self._offered is None or not isinstance(offer, str):
            raise NotSigned("key")
        try:
            agreed = self._offered.by(offer, gateway)
        except NotAgreed:
            raise NotSigned("key") from None
        if not hmac.compare_digest(hmac.digest(agreed.key, call.said(), "sha256"), proof):
            raise NotSigned("signature")
        return agreed.ends

    def _end_of(self, call: Sealed) -> float:
        """Its gateway has signed it, so it is a number, if it is there."""
        try:
            return float(call.headers[DEADLINE])
        except (KeyError, ValueError):
            raise NotSigned("life") from None

    def _forget(self, now: float) -> None:
        """The first to come are, but for the length of their lives, the first to go."""
        while self._known and next(iter(self._known.values())) < now:
            del self._known[next(iter(self._known))]


def _decides(name: Any) -> bool:
    return isinstance(name, str) and name.startswith(SIGNED) and name != SIGNATURE
