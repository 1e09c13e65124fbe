"""Settings of budgets: how much one operation may cost, and how much everybody may spend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class BudgetSettings:
    """`operation_cost` and `operation_calls` are the most that one operation may cost and ask of the services."""

    operation_cost: int
    operation_calls: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            operation_cost=env.int("OPERATION_COST", 10_000, validate=Range(100, 100_000)),
            operation_calls=env.int("OPERATION_CALLS", 100, validate=Range(10, 10_000)),
        )
