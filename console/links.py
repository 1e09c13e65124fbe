"""Links: on which page a thing of the hub is shown, by its type; what has no page yet is shown without a link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PAGES = {
    "Alliance": "/registry/alliances/{id}",
    "Organization": "/registry/organizations/{id}",
    "Membership": "/registry/memberships/{id}",
    "Competition": "/competitions/{id}",
    "Entry": "/entries/{id}",
    "JudgeSeat": "/judging/seats/{id}/accept",
    "Stage": "/judging/stages/{id}",
    "Sheet": "/judging/sheets/{id}",
    "Result": "/results/{id}",
    "Objection": "/objections/{id}",
    "Plan": "/plans/{id}",
    "WorkItem": "/items/{id}",
    "Project": "/projects/{id}",
    "Milestone": "/milestones/{id}",
    "Award": "/awards/{id}",
    "Motion": "/motions/{id}",
    "Notice": "/inbox",
}


def path_of(node: Mapping[str, Any] | None) -> str | None:
    """Where a node of an answer is shown (`__typename` and `id`); None where there is no page of it."""
    found = PAGES.get(node["__typename"]) if node else None
    return found.format(id=node["id"]) if found and node else None
