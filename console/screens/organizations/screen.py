"""Organisations: the register of all of them, to search and to look through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from console.screen import Screen
from console.visit import Visit

screen = Screen("organizations")
REGISTER = {"HUB_OFFICE", "PROVINCE_OFFICE"}
"""Those who enter organisations; the schema refuses all others."""


@screen.shows("/registry/organizations", public=True)
async def organizations(visit: Visit) -> Response:
    kind = visit.one_of("OrganizationKind", visit.query("kind"))
    wanted = {"search": visit.query("search"), "kind": kind, "region": visit.query("region")}
    told = await visit.ask("Organizations", **wanted, after=visit.query("after"))
    said = {"kind": kind, "narrowed": any(wanted.values()), "registers": _registers(told["viewer"])}
    return visit.page("page.html", found=told.need("organizations"), **said)


def _registers(viewer: Mapping[str, Any] | None) -> bool:
    return any(grant["role"] in REGISTER for grant in (viewer or {}).get("grants", ()))
