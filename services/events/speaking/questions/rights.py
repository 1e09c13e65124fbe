"""Rights on questions: of the institution or delegation that asks, of the organisers, and of everybody where one is public."""

from __future__ import annotations

from contracts.authority import Role
from kit.rights.right import PUBLIC, on
from services.events.rights import ORGANIZES

ASKS = (
    on(Role.REPRESENTATIVE, "organization_id")
    | on(Role.DELEGATION_LEADER, "series_id", "province")
    | on(Role.PROVINCE_OFFICE, "province")
).exactly()
"""The hub office asks nothing in the name of others."""
ASKS_OR_ORGANIZES = ASKS | ORGANIZES
SEES_QUESTION = PUBLIC.given("public", "已公开的", "what is public") | ASKS | ORGANIZES
