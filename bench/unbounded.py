"""Unbounded: what a hub is given which is measured at its limit, where a few people at one address ask for all that it can do."""

from __future__ import annotations

from kit.settings import SERVICES
from tests.running.keys import agreed

UNBOUNDED = {f"HUB_BUDGET_{whose}": "1000000000" for whose in ("PERSON", "ADDRESS", "CLIENT")}
UNBOUNDED |= agreed(*SERVICES)  # as an operator has it who brought in agreed keys (docs/operations.md, Rights)
UNBOUNDED["HUB_ADDRESS_REQUESTS"] = "300"  # as many as of all addresses together
UNBOUNDED["HUB_CLOCK_FILE"] = ""  # the machine's own clock: a rehearsal's is a file that is read each time it is asked
