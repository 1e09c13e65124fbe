"""World: what stands in the hub of these tests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class World:
    """Ids as the graph gives them; organisations and memberships by the persona who represents them."""

    alliance: str
    organizations: dict[str, str]
    memberships: dict[str, str]
    competition: str
