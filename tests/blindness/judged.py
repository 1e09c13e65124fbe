"""Judged: a stage as a real season brings it about, on a whole hub, with everything secret about it written down here."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from contracts.authority import Role, Scope
from contracts.uploads import piece_key
from hub.services import all_services
from kit.context import Context
from kit.files.store import put
from kit.files.stores import store_of
from kit.viewer import SYSTEM, Viewer
from kit.wire.request import Request
from kit.work.timers import DueRow
from procedures.draws.draw import Secret, commitment
from services.alliances.authority.roles.commands import grant_role
from services.events.editions.editions.model import Stage
from services.events.judging.blinding.model import BlindCode
from tests.blindness.joins import Watch
from tests.databases.ground import hub_of
from tests.services.events.competitions.competing import CLOSES, OPENS, ORGANIZER, opened
from tests.services.events.events_hub import OFFICE, EventsHub, Refused, eventually
from tests.services.events.judging.scoring.judging import SUPERVISOR, scores
from tests.services.events.judging.scoring.scored import a_section

REGIONS = ("310115", "320100", "330100", "340100", "341000")
ENTRIES, JUDGES = 10, 3
SECRETS = {ORGANIZER: Secret("梅花三弄", "a1" * 32), SUPERVISOR: Secret("20260302", "b2" * 32)}
WORKS_OPEN, WORKS_CLOSE = CLOSES + timedelta(days=1), CLOSES + timedelta(days=8)
JUDGING_OPENS, JUDGING_CLOSES = CLOSES + timedelta(days=9), CLOSES + timedelta(days=19)
JUDGING = {"seats": JUDGES, "most_per_province": None, "judges_per_entry": JUDGES, "max_load": 100}


class WholeHub(EventsHub):
    """All services of a hub, with organisations and grants where they belong: in alliances. It keeps every answer."""

    def __init__(self) -> None:
        self.answers: list[tuple[str, str, Any]] = []
        super().__init__()

    def ask(self, method: str, viewer: str = OFFICE, key: str | None = None, **arguments: Any) -> Any:
        try:
            answer = super().ask(method, viewer, key, **arguments)
        except Refused as refused:
            self.answers.append((viewer, method, refused.problems))
            raise
        self.answers.append((viewer, method, answer))
        return answer

    def start(self) -> None:
        self.hub = hub_of(all_services(), self.clock)
        self.hub.start()

    def grant(self, person: str, role: Role, scope: Scope) -> dict[str, Any]:
        with self.hub.runtimes["alliances"].database.transaction(Context(SYSTEM)) as session:
            grant_role(session, person=person, role=role, scope=scope)
        self.settle()
        return {}

    def organization(self, region: str = "310115", representative: str = "", zh: str = "上海师范大学") -> str:
        entry = {"kind": "university", "region": region, "name_zh": zh, "name_en": f"University of {zh}"}
        request = Request("register_organization", entry, Context(Viewer(OFFICE)))
        payload = self.hub.broker.call("alliances", request).result(timeout=60)
        assert payload is not None and payload["error"] is None, payload
        found = str(payload["result"]["id"])
        if representative:
            self.grant(representative, Role.REPRESENTATIVE, Scope.organization(found))
        self.settle()
        return found

    def settle(self) -> None:
        self.hub.settle(60)

    def move_to(self, moment: datetime) -> None:
        """Move the clock, and wait until everything that falls due by then is done everywhere."""
        self.clock.move_to(moment)
        eventually(lambda: not self._due(), 60)
        self.settle()

    def _due(self) -> list[DueRow]:
        with self.runtime.database.transaction(writes=False) as session:
            return list(session.scalars(select(DueRow).where((DueRow.due_at <= session.now) | (DueRow.attempts > 0))))


class JudgedStage:
    """Entries of five institutions with members and works, each made at a second of its own; three judges of none of them."""

    def __init__(self, hub: WholeHub) -> None:
        self.hub = hub
        self.marks: defaultdict[str, set[str]] = defaultdict(set)
        phases = [_phase("works", WORKS_OPEN, WORKS_CLOSE), _phase("judging", JUDGING_OPENS, JUDGING_CLOSES)]
        quotas = [{"province": f"{code}0000", "places": 100} for code in ("31", "32", "33", "34")]
        track = {"name_zh": "小学组", "name_en": "Primary", "code": "A", "quotas": quotas}
        section = a_section(tie_breaks=[{"by": "draw_lot"}], joint_places=False)
        rules = {"judging": JUDGING, "scoring": section, "works": {"piece_bytes": 100_000}}
        self.track_id = opened(hub, tracks=[track], phases=phases, rules=rules)
        self.competition_id = hub.ask("tracks_by_id", ids=[self.track_id])[0]["competition_id"]
        series_id = hub.ask("competitions_by_id", ids=[self.competition_id])[0]["series"]["id"]
        hub.grant(SUPERVISOR, Role.SUPERVISOR, Scope.event(series_id))
        self._enter()
        hub.move_to(CLOSES)
        self.stage_id = self._stage().id
        hub.move_to(WORKS_OPEN)
        self._hand_in()
        hub.move_to(WORKS_CLOSE)
        self._seat()
        hub.move_to(JUDGING_OPENS)

    def judge(self) -> None:
        """Every judge submits every sheet, with points that have nothing to do with the order of anything."""
        for judge in self.judges:
            for sheet in self.hub.ask("my_sheets", judge, stage_id=self.stage_id, first=100)["nodes"]:
                chance = random.Random(f"{judge}{sheet['code']}")
                given = scores(idea=str(chance.randint(0, 50)), craft=str(chance.randint(0, 50)))
                self.hub.ask("save_sheet", judge, sheet_id=sheet["id"], scores=given, remark="结构清晰")
                self.hub.ask("submit_sheet", judge, sheet_id=sheet["id"])
        self.hub.ask("return_sheet", ORGANIZER, sheet_id=sheet["id"], reason="请核对")
        self.hub.ask("submit_sheet", judge, sheet_id=sheet["id"])

    def lock(self) -> None:
        self.hub.ask("lock_sheets", ORGANIZER, stage_id=self.stage_id)

    @property
    def watch(self) -> Watch:
        """What nobody may bring together."""
        with self.hub.runtime.database.transaction(writes=False) as session:
            codes = {row.code: row.entry_id for row in session.scalars(select(BlindCode))}
        orders = [
            {entry_id: entry_id for entry_id in self.entry_ids},
            {entry_id: (self.organization_of[entry_id], entry_id) for entry_id in self.entry_ids},
            {entry_id: self.handed_in[entry_id] for entry_id in self.entry_ids},
            {entry_id: self.contestant_of[entry_id] for entry_id in self.entry_ids},
        ]
        return Watch(codes, {mark: frozenset(entries) for mark, entries in self.marks.items()}, tuple(orders))

    def _enter(self) -> None:
        """Two entries of each institution, a minute and some seconds apart."""
        self.organization_of: dict[str, str] = {}
        self.contestant_of: dict[str, str] = {}
        self.entry_ids: list[str] = []
        organizations = [self.hub.organization(region, zh=f"参赛大学{n}") for n, region in enumerate(REGIONS)]
        shuffled = random.Random(5).sample(range(ENTRIES), ENTRIES)
        for number in range(ENTRIES):
            self.hub.clock.move_to(OPENS + timedelta(seconds=61 * number + 7))
            organization_id = organizations[number % len(organizations)]
            names = {
                "contestant": f"选手{shuffled[number]}号队",
                "member": f"成员{number}郭",
                "adviser": f"指导{number}宋",
            }
            members = [
                {"role": "contestant", "name": names["member"], "person": f"member-{number}@school"},
                {"role": "adviser", "name": names["adviser"], "person": f"adviser-{number}@school"},
            ]
            given = {"track_id": self.track_id, "organization_id": organization_id, "members": members}
            entry = self.hub.ask("submit_entry", **given, contestant=names["contestant"])
            self.entry_ids.append(entry["id"])
            self.organization_of[entry["id"]] = organization_id
            self.contestant_of[entry["id"]] = names["contestant"]
            self._mark(
                entry["id"], entry["id"], organization_id, f"参赛大学{number % len(organizations)}", *names.values()
            )
            self._mark(entry["id"], *(str(member["person"]) for member in members), *_times(self.hub.clock.now()))

    def _hand_in(self) -> None:
        """A work each, of a size of its own, in an order of its own."""
        self.handed_in: dict[str, datetime] = {}
        for number, entry_id in enumerate(random.Random(7).sample(self.entry_ids, ENTRIES)):
            self.hub.clock.move_to(WORKS_OPEN + timedelta(seconds=67 * number + 11))
            content = f"%PDF-1.7\n{entry_id}\n".encode().ljust(20_011 + 977 * number, b"x")
            digest = hashlib.sha256(content).hexdigest()
            file = {"name": f"教案{number}稿.pdf", "media_type": "application/pdf", "size": len(content)}
            upload = self.hub.ask("begin_upload", OFFICE, entry_id=entry_id, sha256=digest, **file)
            put(store_of(self.hub.runtime.settings), piece_key(upload["id"], 1), [content])
            work = self.hub.ask("complete_upload", OFFICE, upload_id=upload["id"])
            self.handed_in[entry_id] = self.hub.clock.now()
            self._mark(
                entry_id,
                upload["id"],
                work["id"],
                digest,
                file["name"],
                str(file["size"]),
                *_times(self.hub.clock.now()),
            )

    def _seat(self) -> None:
        self.judges = [f"judge-{number}" for number in range(JUDGES)]
        for number, judge in enumerate(self.judges):
            organization_id = self.hub.organization(REGIONS[number], zh=f"评委单位{number}")
            given = {"competition_id": self.competition_id, "organization_id": organization_id, "name": f"评委{number}"}
            self.hub.ask("nominate_judge", ORGANIZER, **given, person=judge, track_ids=[self.track_id])
        for person, secret in SECRETS.items():
            drawn = self.hub.ask("commit_draw", person, stage_id=self.stage_id, commitment=commitment(secret))
        for person, secret in SECRETS.items():
            self.hub.ask("reveal_draw", person, draw_id=drawn["id"], secret=secret.secret, nonce=secret.nonce)
        for judge in self.judges:
            [seat] = self.hub.ask("my_seats", judge)["nodes"]
            self.hub.ask("accept_seat", judge, seat_id=seat["id"])
        self.hub.ask("assign_judges", ORGANIZER, stage_id=self.stage_id)

    def _stage(self) -> Stage:
        with self.hub.runtime.database.transaction(writes=False) as session:
            return session.scalars(select(Stage).where(Stage.track_id == self.track_id)).one()

    def _mark(self, entry_id: str, *marks: str) -> None:
        for mark in marks:
            self.marks[mark].add(entry_id)


def _phase(kind: str, opens_at: datetime, closes_at: datetime) -> dict[str, Any]:
    return {"round": 1, "kind": kind, "opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}


def _times(moment: datetime) -> list[str]:
    """A moment to the second, as texts show it."""
    return [moment.isoformat()[:19], str(int(moment.timestamp()))]
