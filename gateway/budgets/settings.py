"""Settings of budgets: how much one operation may cost, and how much everybody may spend and keep open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range

from gateway.budgets.buckets import Rate

FIGURE = Range(1_000, 1_000_000_000)


@dataclass(frozen=True)
class BudgetSettings:
    """`operation_cost` and `operation_calls` are the most that one operation may cost and ask of the services.

    `person`, `address` and `client` say how the budgets fill, of which `kept` are remembered; somebody may
    have so many `sockets` and `subscriptions` open at one gateway.
    """

    operation_cost: int
    operation_calls: int
    person: Rate
    address: Rate
    client: Rate
    kept: int
    sockets: int
    subscriptions: int

    @classmethod
    def read(cls, env: Env) -> Self:
        seconds = env.int("BUDGET_SECONDS", 30, validate=Range(1, 3_600))
        person = env.int("BUDGET_PERSON", 5_000, validate=FIGURE)
        address = env.int("BUDGET_ADDRESS", 10_000, validate=FIGURE)
        client = env.int("BUDGET_CLIENT", 40_000, validate=FIGURE)
        return cls(
            operation_cost=env.int("OPERATION_COST", 10_000, validate=Range(100, 100_000)),
            operation_calls=env.int("OPERATION_CALLS", 100, validate=Range(10, 10_000)),
            person=Rate(person, person * seconds),
            address=Rate(address, address * seconds),
            client=Rate(client, client * seconds),
            sockets=env.int("SOCKETS", 50, validate=Range(1, 10_000)),
            subscriptions=env.int("SUBSCRIPTIONS", 100, validate=Range(1, 10_000)),
            kept=env.int("BUDGETS_KEPT", 50_000, validate=Range(1_000, 10_000_000)),
        )
