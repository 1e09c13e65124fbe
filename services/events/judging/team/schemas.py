"""How a member of a competition's team looks from outside."""

from __future__ import annotations

from typing import Any

from services.events.judging.team.queries import COLUMNS


def team_member_view(member: Any) -> dict[str, Any]:
    """`province` is that of a delegation or of a judge; the other roles have none."""
    return {name: getattr(member, name) for name in COLUMNS} | {
        "province": member.province.rpartition(":")[2] if member.province else None
    }
