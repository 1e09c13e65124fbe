"""Load: fills an empty embedded hub with the demo data, through the same commands that people use."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import yaml

from contracts.authority import Role, Scope
from contracts.browsing import Stretch
from hub.embedded import EmbeddedHub
from hub.personas import DEMO, personas
from kit.context import Context
from kit.telemetry.logs import log
from kit.viewer import SYSTEM, Viewer
from kit.wire.request import Request
from services.alliances.authority.roles.commands import grant_role
from services.alliances.registry.organizations.queries import organizations
from services.notify.delivery.confirming import vouch

OFFICE = "persona:hub-office"
SHANGHAI = "310000"
PATIENCE = 30.0  # seconds
REASON = "演示 · for the demonstration"
WITH_REASON = (
    "decline_membership",
    "expel_member",
    "return_application",
    "suspend_member",
    "withdraw_invitation",
    "withdraw_member",
)
WAYS = {
    "applied": ("apply_for_membership",),
    "declined": ("apply_for_membership", "decline_membership"),
    "expelled": ("apply_for_membership", "admit_member", "expel_member"),
    "in_review": ("apply_for_membership", "start_review"),
    "invited": ("invite_member",),
    "member": ("apply_for_membership", "admit_member"),
    "returned": ("apply_for_membership", "return_application"),
    "retracted": ("invite_member", "withdraw_invitation"),
    "suspended": ("apply_for_membership", "admit_member", "suspend_member"),
    "withdrawn": ("apply_for_membership", "admit_member", "withdraw_member"),
}
"""By which steps a membership comes to each status that it can be led to within a day."""


def load_demo(hub: EmbeddedHub) -> None:
    """Load everything unless the registry holds something already."""
    alliances = hub.runtimes["alliances"]
    with alliances.database.transaction(writes=False) as session:
        if organizations(session, stretch=Stretch(1)).rows:
            return
    with alliances.database.transaction(Context(viewer=SYSTEM)) as session:
        grant_role(session, person=OFFICE, role=Role.HUB_OFFICE, scope=Scope.hub())
    hub.settle(PATIENCE)
    _Loading(hub).load()
    hub.settle(PATIENCE)


class _Loading:
    """One loading: knows the id of everything that it has entered, by the key that the files give it."""

    def __init__(self, hub: EmbeddedHub) -> None:
        self._hub = hub
        self._ids: dict[str, str] = {}

    def load(self) -> None:
        for row in _rows("organizations"):
            self._register(row)
        for row in _rows("alliances"):
            self._found(row)
        self._hub.settle(PATIENCE)
        for row in _rows("series"):
            self._draft(row)
        for persona in personas().values():
            self._grant(persona)
        self._hub.settle(PATIENCE)
        for persona in personas().values():
            contact = {"address": persona["email"], "locale": persona["locale"], "wants_email": True}
            self._tell("notify", "update_contact", persona["id"], **contact)
            with self._hub.runtimes["notify"].database.transaction(Context(viewer=SYSTEM)) as session:
                vouch(session, persona["id"])
        self._plan()

    def _register(self, row: dict[str, Any]) -> None:
        fields = {name: row[name] for name in ("kind", "region", "name_zh", "name_en", "aliases")}
        self._ids[row["key"]] = self._tell("alliances", "register_organization", OFFICE, **fields)["id"]

    def _found(self, row: dict[str, Any]) -> None:
        fields = {name: row[name] for name in ("kind", "name_zh", "name_en", "industry", "founded_on")}
        alliance_id = self._tell("alliances", "found_alliance", OFFICE, region=row["lead_province"], **fields)["id"]
        self._ids[row["key"]] = alliance_id
        for member in row["members"]:
            pair = {"alliance_id": alliance_id, "organization_id": self._ids[member["organization"]]}
            first, *steps = WAYS[member.get("status", "member")]
            membership = self._tell("alliances", first, OFFICE, **pair)
            for step in steps:
                reason = {"reason": REASON} if step in WITH_REASON else {}
                self._tell("alliances", step, OFFICE, membership_id=membership["id"], **reason)

    def _draft(self, row: dict[str, Any]) -> None:
        """A series with its editions; one that has none is only remembered by the next edition that names it."""
        now = self._hub.runtimes["events"].clock.now()
        for edition in row["editions"]:
            drafted = self._tell(
                "events",
                "draft_competition",
                OFFICE,
                series={"name_zh": row["name_zh"], "name_en": row["name_en"]},
                name_zh=edition["name_zh"],
                name_en=edition["name_en"],
                alliance_id=self._ids.get(row["alliance"]),
                number=edition["number"],
                host_region=SHANGHAI,
                opens_at=(now + timedelta(days=edition["entries_open_in_days"])).isoformat(),
                closes_at=(now + timedelta(days=edition["entries_close_in_days"])).isoformat(),
                tracks=[_track(track) for track in edition["tracks"]],
            )
            self._ids[row["key"]] = drafted["series"]["id"]
            self._tell("events", "publish_competition", OFFICE, competition_id=drafted["id"])

    def _grant(self, persona: dict[str, Any]) -> None:
        """What the persona holds; the hub office was appointed before, as its operator does it."""
        for grant in persona["grants"]:
            scope_id = self._scope_id(grant)
            if scope_id is not None:
                fields = {"role": grant["role"], "scope_type": grant["scope"], "scope_id": scope_id}
                self._tell("alliances", "grant_role", OFFICE, person=persona["id"], **fields)

    def _scope_id(self, grant: dict[str, Any]) -> str | None:
        """A province is its code, a delegation that of a province to an event; the hub office has its role already."""
        if grant["scope"] == "province":
            return str(grant["ref"])
        key, colon, province = grant["ref"].partition(":")
        return f"{self._ids[key]}{colon}{province}" if key in self._ids else None

    def _plan(self) -> None:
        text = (DEMO / "plan.txt").read_text(encoding="utf-8")
        self._tell("projects", "import_plan", OFFICE, text=text, public=True)

    def _tell(self, service: str, method: str, viewer: str, /, **arguments: Any) -> Any:
        request = Request(method, arguments, Context(viewer=Viewer(viewer), correlation_id="demo"))
        payload = self._hub.broker.call(service, request).result(PATIENCE)
        if payload is None or payload["error"]:
            log(__name__).error("the demo data could not be loaded", method=method, answer=payload)
            raise RuntimeError(f"the demo data could not be loaded: {method}")
        return payload["result"]


def _track(track: dict[str, Any]) -> dict[str, Any]:
    places = [{"province": f"{code}0000", "places": track["places_per_province"]} for code in ("31", "32", "33", "34")]
    return {"name_zh": track["name_zh"], "name_en": track["name_en"], "quotas": places}


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((DEMO / f"{name}.yaml").read_text(encoding="utf-8"))
    return rows
