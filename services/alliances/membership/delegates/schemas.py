"""How a delegate looks from outside."""

from __future__ import annotations

from typing import Any

from services.alliances.membership.delegates.model import Delegate


def delegate_view(delegate: Delegate) -> dict[str, Any]:
    return {
        "id": delegate.id,
        "membership_id": delegate.membership_id,
        "kind": delegate.kind,
        "person": delegate.person,
        "name": delegate.name,
        "position": delegate.position,
        "since": delegate.since,
        "until": delegate.until,
    }
