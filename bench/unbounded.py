"""Unbounded: budgets that a hub is given which is measured at its limit, where a few people ask for all that it can do."""

from __future__ import annotations

UNBOUNDED = {f"HUB_BUDGET_{whose}": "1000000000" for whose in ("PERSON", "ADDRESS", "CLIENT")}
