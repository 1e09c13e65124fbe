"""Merging: ways to look at a merger, make it and undo it, and what is told of who belongs where."""

from __future__ import annotations

from typing import Any

from tests.services.alliances.alliances_hub import AlliancesHub
from tests.services.service_hub import OFFICE

Body = dict[str, Any]
FIELDS = ("name_zh", "name_en", "kind", "region", "credit_code")


def choices(keep: str = "survivor", *fields: str) -> list[dict[str, str]]:
    """The same side for each of these fields, or for every field."""
    return [{"field": field, "keep": keep} for field in fields or FIELDS]


def preview(hub: AlliancesHub, survivor: Body, other: Body, viewer: str = OFFICE, keep: str = "survivor") -> Any:
    pair = {"survivor_id": survivor["id"], "other_id": other["id"]}
    return hub.ask("preview_merge", viewer, **pair, choices=choices(keep))


def merge(hub: AlliancesHub, survivor: Body, other: Body, viewer: str = OFFICE, keep: str = "survivor") -> Any:
    """The merger of two, as it was looked at just before."""
    return hub.ask("merge_organizations", viewer, **as_looked_at(hub, survivor, other, keep))


def as_looked_at(hub: AlliancesHub, survivor: Body, other: Body, keep: str = "survivor") -> dict[str, Any]:
    """What `merge_organizations` takes."""
    pair = {"survivor_id": survivor["id"], "other_id": other["id"], "choices": choices(keep)}
    return {**pair, "ground": "duplicate", "digest": preview(hub, survivor, other, keep=keep)["digest"]}


def unmerge(hub: AlliancesHub, merger: Body, viewer: str = OFFICE) -> Any:
    return hub.ask("unmerge_organizations", viewer, merger_id=merger["id"], reason="登记有误")


def found(hub: AlliancesHub, organization: Body) -> Body:
    """The organisation that an id means now, without the ids under which it was asked for."""
    [one] = hub.ask("organizations_by_id", "", ids=[organization["id"]])
    return {name: value for name, value in one.items() if name != "merged_ids"}


def status_of(hub: AlliancesHub, membership: Body) -> str:
    [one] = hub.ask("memberships_by_id", ids=[membership["id"]])
    return str(one["status"])
