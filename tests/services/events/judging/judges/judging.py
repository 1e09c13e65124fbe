"""Builders: a stage that is running, candidates for it, and a panel that was drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from contracts.authority import Role, Scope
from procedures.draws.draw import Secret, commitment
from services.events.editions.editions.model import Stage
from tests.services.events.competitions.competing import CLOSES, ORGANIZER, opened
from tests.services.events.events_hub import EventsHub, eventually

SUPERVISOR = "supervisor"
SECRETS = {ORGANIZER: Secret("梅花三弄", "a1" * 32), SUPERVISOR: Secret("20260302", "b2" * 32)}
REGIONS = ("310115", "320100", "330100", "340100")
RULES = {
    "seats": 4,
    "most_per_province": 1,
    "judges_per_entry": 3,
    "max_load": 100,
    "conflict_years": 3,
    "same_delegation": False,
}


class Running:
    """A stage with entries of four provinces; ORGANIZER runs it, SUPERVISOR supervises; `edition` adds to its draft."""

    def __init__(
        self, events: EventsHub, entries: int = 4, edition: Mapping[str, Any] | None = None, **rules: Any
    ) -> None:
        self.events = events
        given = {"tracks": [a_track()], "rules": {}, **(edition or {})}
        given["rules"] = {**given["rules"], "judging": {**RULES, **rules}}
        self.track_id = opened(events, **given)
        track = events.ask("tracks_by_id", ids=[self.track_id])[0]
        self.competition_id = track["competition_id"]
        competition = events.ask("competitions_by_id", ids=[self.competition_id])[0]
        self.series_id = competition["series"]["id"]
        events.grant(SUPERVISOR, Role.SUPERVISOR, Scope.event(self.series_id))
        self.universities = [self.university(n) for n in range(4)]
        self.entry_ids = [self.entry(self.universities[n % 4], f"选手{n}") for n in range(entries)]

    def university(self, n: int) -> str:
        return self.events.organization(REGIONS[n % 4], zh=f"大学{n}")

    def entry(self, organization_id: str, contestant: str) -> str:
        given = {"track_id": self.track_id, "organization_id": organization_id, "contestant": contestant}
        return str(self.events.ask("submit_entry", **given)["id"])

    def begin(self) -> str:
        """The id of the stage, once entries are closed."""
        self.events.clock.move_to(CLOSES)
        eventually(lambda: self.stage().status == "running")
        return self.stage().id

    def stage(self) -> Stage:
        with self.events.runtime.database.transaction(writes=False) as session:
            return session.scalars(select(Stage).where(Stage.track_id == self.track_id)).one()

    def nominate(self, n: int, **facts: Any) -> dict[str, Any]:
        """A candidate from an institution of their own, which enters nothing."""
        given = {
            "competition_id": self.competition_id,
            "person": f"judge-{n}",
            "name": f"评委{n}",
            "track_ids": [self.track_id],
            **facts,
        }
        if "organization_id" not in given:
            given["organization_id"] = self.events.organization(REGIONS[n % 4], zh=f"评委单位{n}")
        candidate: dict[str, Any] = self.events.ask("nominate_judge", ORGANIZER, **given)
        return candidate

    def commit(self, stage_id: str, *people: str) -> dict[str, Any]:
        for person in people or SECRETS:
            draw = self.events.ask("commit_draw", person, stage_id=stage_id, commitment=commitment(SECRETS[person]))
        committed: dict[str, Any] = draw
        return committed

    def reveal(self, draw_id: str, *people: str) -> dict[str, Any]:
        for person in people or SECRETS:
            secret = SECRETS[person]
            draw = self.events.ask("reveal_draw", person, draw_id=draw_id, secret=secret.secret, nonce=secret.nonce)
        revealed: dict[str, Any] = draw
        return revealed

    def drawn(self, stage_id: str) -> dict[str, Any]:
        """The draw of a panel, both secrets revealed."""
        return self.reveal(self.commit(stage_id)["id"])

    def panel(self, stage_id: str, viewer: str = ORGANIZER) -> list[dict[str, Any]]:
        nodes: list[dict[str, Any]] = self.events.ask("panel", viewer, stage_id=stage_id, first=100)["nodes"]
        return nodes

    def accepted(self, stage_id: str) -> list[dict[str, Any]]:
        """The panel, when everybody has accepted."""
        for seat in self.panel(stage_id):
            if seat["status"] == "drawn":
                self.events.ask("accept_seat", self.person(seat), seat_id=seat["id"])
        return [seat for seat in self.panel(stage_id) if seat["status"] == "accepted"]

    def person(self, seat: dict[str, Any]) -> str:
        """Whose seat it is."""
        return seat["name"].replace("评委", "judge-")


def a_track() -> dict[str, Any]:
    quotas = [{"province": f"{region[:2]}0000", "places": 1000} for region in REGIONS]
    return {"name_zh": "小学组", "name_en": "Primary", "quotas": quotas}


def messages(events: EventsHub, type_: str, since: int = 0) -> list[dict[str, Any]]:
    return [data for said, data in events.said(since=since) if said == f"events.{type_}"]
