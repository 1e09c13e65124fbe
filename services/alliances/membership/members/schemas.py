"""How the members of a day look from outside."""

from __future__ import annotations

from typing import Any

from services.alliances.membership.charters.rules import ClassRules
from services.alliances.membership.memberships.model import Membership
from services.alliances.registry.organizations.schemas import organization_view


def member_on_view(membership: Membership, member_class: dict[str, Any] | None, joined: Any) -> dict[str, Any]:
    """Who was a member on a day, with the class of that day and since when."""
    return {
        "membership_id": membership.id,
        "organization_id": membership.organization_id,
        "organization": organization_view(membership.organization.current),
        "member_class": member_class,
        "joined_on": joined,
    }


def affiliated_view(found: Any) -> dict[str, Any]:
    """Who belongs through others: through a member, or through an alliance of which it is one."""
    organization_id, member_id, alliance_id = found
    return {"organization_id": organization_id, "member_id": member_id, "alliance_id": alliance_id}


def class_numbers(classes: ClassRules, numbers: dict[str, int]) -> list[dict[str, Any]]:
    """The number of members of every class of the charter, the highest first, and of classes that it no longer has."""
    known = {code: (found.name_zh, found.name_en) for code, found in classes.by_code.items()}
    named = {**known, **{code: (code, code) for code in numbers if code not in known}}
    return [
        {"code": code, "name_zh": zh, "name_en": en, "members": numbers.get(code, 0)}
        for code, (zh, en) in named.items()
    ]
