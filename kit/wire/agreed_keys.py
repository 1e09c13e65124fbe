"""Agreed keys: one that a gateway and a service know for some minutes, so that a call between them costs no signature."""

from __future__ import annotations

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = "delta-hub agreed key 1"
OF_A_SERVICE = b"delta-hub service key 1"
LASTS = 600.0  # seconds for which a gateway uses one
LONGEST_OFFER = 1000  # characters
KEY_BYTES, SIGNATURE_BYTES = 32, 64


class NotAgreed(Exception):  # noqa: N818
    """What came is no offer that a gateway known here has made to this service."""


@dataclass(frozen=True)
class Agreed:
    """A key, the offer by which the service can work it out, and until when (seconds since the epoch) calls may live by it."""

    offer: str
    key: bytes
    ends: float


def service_key(secret: str) -> X25519PrivateKey:
    """The private key that a service has by its secret (HUB_CALL_SECRET)."""
    return X25519PrivateKey.from_private_bytes(_derived(secret.encode(), OF_A_SERVICE))


def public_text(key: X25519PrivateKey) -> str:
    """Its public half, as HUB_SERVICE_KEYS has it."""
    return urlsafe_b64encode(key.public_key().public_bytes_raw()).decode().rstrip("=")


def public_of(text: str) -> X25519PublicKey:
    """The public half in a text; raises ValueError."""
    return X25519PublicKey.from_public_bytes(urlsafe_b64decode(text + "=" * (-len(text) % 4)))


class Offers:
    """A gateway's side: a key with each service whose public key it was given, made anew every ten minutes."""

    def __init__(self, hand: Ed25519PrivateKey, services: Mapping[str, X25519PublicKey], spare: float) -> None:
        """A key is good for `spare` seconds longer than it is used, for the calls that were made last."""
        self._hand = hand
        self._services = services
        self._spare = spare
        self._made: dict[str, Agreed] = {}

    def with_(self, service: str) -> Agreed | None:
        """What is agreed with this service now; None where calls to it are signed one by one."""
        public, made = self._services.get(service), self._made.get(service)
        if public is None:
            return None
        if made is None or time.time() > made.ends - self._spare:
            made = self._made[service] = self._offer(service, public)
        return made

    def _offer(self, service: str, public: X25519PublicKey) -> Agreed:
        own, ends = X25519PrivateKey.generate(), time.time() + LASTS + self._spare
        facts = [PURPOSE, service, public.public_bytes_raw().hex(), own.public_key().public_bytes_raw().hex(), ends]
        said = orjson.dumps(facts)
        offer = urlsafe_b64encode(said + self._hand.sign(said)).decode()
        return Agreed(offer, _derived(own.exchange(public), said), ends)


class Offered:
    """A service's side: every replica works the key out by what came with the call, once for each offer."""

    def __init__(self, service: str, own: X25519PrivateKey) -> None:
        self._service = service
        self._own = own
        self._public = own.public_key().public_bytes_raw().hex()
        self._known: dict[tuple[str, bytes], Agreed] = {}

    def by(self, offer: str, gateway: Ed25519PublicKey) -> Agreed:
        """What is agreed by an offer that this gateway has made; raises NotAgreed."""
        which = (offer, gateway.public_bytes_raw())
        if which not in self._known:
            agreed = self._worked_out(offer, gateway)
            self._forget()
            self._known[which] = agreed
        return self._known[which]

    def _worked_out(self, offer: str, gateway: Ed25519PublicKey) -> Agreed:
        try:
            if len(offer) > LONGEST_OFFER:
                raise ValueError("no gateway makes one so long")
            raw = urlsafe_b64decode(offer)
            if urlsafe_b64encode(raw).decode() != offer:  # one offer has one text, or each of many would be kept
                raise ValueError("it is written in another way")
            said, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
            gateway.verify(signature, said)
            purpose, service, public, theirs, ends = orjson.loads(said)
            if [purpose, service, public] != [PURPOSE, self._service, self._public]:
                raise ValueError("it was made for another")
            shared = self._own.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(theirs)))
        except (InvalidSignature, ValueError, TypeError):
            raise NotAgreed from None
        return Agreed(offer, _derived(shared, said), float(ends))

    def _forget(self) -> None:
        """What has ended; a gateway's next offer comes every ten minutes, so that few are ever known."""
        now = time.time()
        self._known = {which: agreed for which, agreed in self._known.items() if agreed.ends > now}


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose).derive(secret)
