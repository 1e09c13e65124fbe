"""Rights: who may what in projects, each a value that checks one row and filters many."""

from __future__ import annotations

from contracts.authority import Role
from kit.rights.right import PUBLIC, on

WORKS_IN_SOME_OFFICE = on(Role.PROVINCE_OFFICE)
WORKS_IN_OFFICE_OF_PROVINCE = on(Role.PROVINCE_OFFICE, "province")
SEES_PLAN = (
    PUBLIC.given("public", "公开的", "what is public")
    | WORKS_IN_OFFICE_OF_PROVINCE
    | WORKS_IN_SOME_OFFICE.given("common", "不属于某一省的", "what belongs to no one province")
)
"""A plan that is not public is its province's own; one that was issued by no one province is every office's."""

SPEAKS_FOR_LEAD = on(Role.REPRESENTATIVE, "lead_organization_id")
TAKES_PART = on(Role.REPRESENTATIVE, "organization_id")
ANSWERS_FOR = TAKES_PART.exactly()
"""The hub office does not consent in the name of anybody."""
SEES_PROJECT = WORKS_IN_OFFICE_OF_PROVINCE | TAKES_PART
