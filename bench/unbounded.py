"""Unbounded: what a hub is given which is measured at its limit, where a few people at one address ask for all that it can do."""

from __future__ import annotations

from kit.settings import SERVICES
from kit.wire.agreed_keys import public_text, service_key
from tests.running.keys import SECRET

UNBOUNDED = {f"HUB_BUDGET_{whose}": "1000000000" for whose in ("PERSON", "ADDRESS", "CLIENT")}
UNBOUNDED["HUB_ADDRESS_REQUESTS"] = "300"  # as many as of all addresses together
UNBOUNDED["HUB_CALL_SECRET"] = (
    SECRET  # calls are sealed by agreed keys, as an operator sets it (docs/operations.md, Rights)
)
UNBOUNDED["HUB_SERVICE_KEYS"] = ",".join(f"{service}={public_text(service_key(SECRET))}" for service in SERVICES)
UNBOUNDED["HUB_CLOCK_FILE"] = ""  # the machine's own clock: a rehearsal's is a file that is read each time it is asked
