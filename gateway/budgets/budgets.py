"""Budgets: what people, addresses and clients may spend on the hub; operations pay by what they cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import blake2b
from math import ceil

from gateway.budgets.buckets import Buckets
from gateway.budgets.settings import BudgetSettings
from gateway.context import Context
from gateway.protocol.limits import Limits
from gateway.protocol.metering import budget_spent
from gateway.viewer import Identity

PERSON, ADDRESS, CLIENT = "p", "a", "c"
VISITORS, UNNAMED = "visitors", "unnamed"
"""The client of those without a token, and of tokens that name none."""
CALL = Limits().call
REFUSED_TOKEN = 100
"""What a token costs that was not accepted: a signature was looked at in vain."""


class Budgets:
    """A meter: who is signed in pays as a person, wherever they sit; a visitor pays as an address.

    Both pay as their client too: the program that the token was issued to, or that of all who have none.
    """

    def __init__(self, settings: BudgetSettings, now: Callable[[], float] = time.monotonic) -> None:
        rates = {PERSON: settings.person, ADDRESS: settings.address, CLIENT: settings.client}
        self.buckets = Buckets(rates, settings.kept, now)
        self.on_spent: Callable[[str, float], None] = lambda _key, _cost: None
        """Told of all that is spent here."""

    def payers(self, identity: Identity | None, address: str) -> tuple[str, ...]:
        """The keys of the buckets that somebody pays from."""
        if identity is None:
            return _key(ADDRESS, address), _key(CLIENT, VISITORS)
        return _key(PERSON, identity.id), _key(CLIENT, UNNAMED if identity.client is None else f"={identity.client}")

    def open(self, context: Context) -> Receipt:
        """As Meter.open."""
        if self.buckets.left(context.payers) < 1:
            self.refuse(context.payers, 1)
        return Receipt(self, context)

    def refuse(self, payers: tuple[str, ...], cost: float) -> None:
        raise budget_spent(cost, max(self.buckets.left(payers), 0), ceil(self.buckets.wait(payers, cost)) or 1)

    def take(self, payers: tuple[str, ...], cost: float) -> None:
        for key in payers:
            self.buckets.take(key, cost)
            self.on_spent(key, cost)

    def token_refused(self, address: str) -> None:
        """Somebody showed a token that is none; raises BUDGET_SPENT where they do so all the time."""
        payers = (_key(ADDRESS, address),)
        if self.buckets.wait(payers, REFUSED_TOKEN):
            self.refuse(payers, REFUSED_TOKEN)
        self.take(payers, REFUSED_TOKEN)


class Receipt:
    """A bill that somebody pays."""

    def __init__(self, budgets: Budgets, context: Context) -> None:
        self._budgets = budgets
        self._context = context
        self._requested = self._used = 0.0

    def take(self, cost: float) -> None:
        """As Bill.take."""
        payers = self._context.payers
        if self._budgets.buckets.wait(payers, cost):
            self._budgets.refuse(payers, cost)
        self._budgets.take(payers, cost)
        self._requested = self._used = cost

    def settle(self, fields: int) -> None:
        """As Bill.settle: an answer used as many fields as it has, and the calls that were made for it."""
        used = min(fields + CALL * self._context.rpc.made, self._requested)
        self._budgets.take(self._context.payers, used - self._used)
        self._used = used

    def shown(self) -> dict[str, int]:
        """As Bill.shown."""
        left = max(self._budgets.buckets.left(self._context.payers), 0)
        return {"requested": int(self._requested), "used": int(self._used), "left": int(left)}


def _key(kind: str, name: str) -> str:
    """As long for a long name as for a short one; a name is not kept itself and is not told to anybody."""
    return kind + blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
