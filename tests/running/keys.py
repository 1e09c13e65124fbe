"""Keys: the two files by which the calls of one hub are signed and believed, made as `hub broker keys` makes them."""

from __future__ import annotations

from pathlib import Path

from hub.call_keys import believe, make_key
from kit.wire.agreed_keys import public_text, service_key
from kit.wire.call_keys import private_key
from kit.wire.signing import Signer

SECRET = "a-service-has-this-secret-and-nobody-else"


def agreed(*services: str) -> dict[str, str]:
    """The settings of a hub whose gateway agrees keys with these services, and signs calls to the others."""
    public = public_text(service_key(SECRET))
    return {"HUB_CALL_SECRET": SECRET, "HUB_SERVICE_KEYS": ",".join(f"{service}={public}" for service in services)}


class CallKeys:
    """In a folder, made where they are not there yet."""

    def __init__(self, folder: Path) -> None:
        self.key, self.keys = folder / "call-key.pem", folder / "call-keys.json"
        make_key(self.key)
        believe(self.key, self.keys)

    def agreeing(self, service: str) -> Signer:
        """A gateway's hand that agrees keys with a service whose secret is SECRET."""
        return Signer(private_key(self.key), {service: service_key(SECRET).public_key()})

    @property
    def signer(self) -> Signer:
        return Signer(private_key(self.key))
