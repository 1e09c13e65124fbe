"""Judged: a stage behind the gateway whose codes are opened, in a hub where everybody holds their role."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from hub.settings import read_settings
from kit.data.db import Database
from kit.data.wakeups import Wakeups
from services.events.admission.entries.model import Participant
from services.events.editions.editions.model import Stage
from tests.gateway.graph.events.competitions.competing import Gateway, drafted, registered
from tests.services.events.judging.results.judging import NEVER, ROUNDS, SCORING, Judged, judge

SCORES = {"A": (90, 90), "B": (80, 80), "C": (70, 70)}
PEOPLE = {"organizer": "ORGANIZER", "supervisor": "SUPERVISOR", **{f"arbitrator-{n}": "ARBITRATOR" for n in (1, 2, 3)}}


@dataclass
class Shown:
    """The ids that the graph knows them by."""

    gateway: Gateway
    competition: str
    stage: str
    series: str
    entries: dict[str, str]
    sheets: dict[tuple[str, str], str]


def global_id(type_name: str, id_: str) -> str:
    return base64.urlsafe_b64encode(f"{type_name}:{id_}".encode()).decode()


def local_id(global_id: str) -> str:
    return base64.urlsafe_b64decode(global_id).decode().partition(":")[2]


async def judged(gateway: Gateway) -> Shown:
    """A competition of two rounds whose first one is judged: A before B before C."""
    rounds = [{"nameZh": each["name_zh"], "nameEn": each["name_en"], "level": each["level"].upper()} for each in ROUNDS]
    competition = await drafted(gateway, rounds=rounds, rules={"scoring": SCORING, "entries": NEVER}, tracks=[_track()])
    await gateway.do("publishCompetition", "competition { status }", competitionId=competition["id"])
    series_id = local_id(competition["series"]["id"])
    for person, role in PEOPLE.items():
        given = {"person": person, "role": role, "scopeType": "EVENT", "scopeId": series_id}
        await gateway.do("grantRole", "grant { role }", **given)
    elsewhere = await registered(gateway, "elsewhere", "nobody", "320100")
    for person in ("arbitrator-1", "arbitrator-2", "arbitrator-3"):
        given = {"seriesId": competition["series"]["id"], "person": person, "organizationId": elsewhere}
        await gateway.do("registerArbitrator", "arbitrator { id }", **given)
    entries = {letter: await _entered(gateway, competition["tracks"][0]["id"], letter) for letter in SCORES}
    gateway.clock.advance(timedelta(days=31))
    stage = _judged(gateway, competition["id"], entries)
    sheets = {key: global_id("Sheet", id_) for key, id_ in stage.assignments.items()}
    ids = {"competition": competition["id"], "stage": global_id("Stage", stage.stage_id)}
    return Shown(gateway, **ids, series=competition["series"]["id"], entries=entries, sheets=sheets)


def _track() -> dict[str, Any]:
    quotas = [{"province": "340000", "places": 5}]
    return {"nameZh": "小学组", "nameEn": "Primary", "quotas": quotas}


async def _entered(gateway: Gateway, track_id: str, letter: str) -> str:
    organization_id = await registered(gateway, letter, f"rep-{letter}")
    given = {"trackId": track_id, "organizationId": organization_id, "contestant": f"选手{letter}"}
    return str((await gateway.do("submitEntry", "entry { id }", f"rep-{letter}", **given))["entry"]["id"])


def _judged(gateway: Gateway, competition_id: str, entries: dict[str, str]) -> Judged:
    """Write what judges would have left behind, once entries are closed."""
    database = Database(
        read_settings().database("events"), clock=gateway.clock, wakeups=Wakeups(), statement_timeout=60
    )
    deadline = time.monotonic() + 60
    with database.transaction(writes=False) as session:
        edition = Stage.edition_id == local_id(competition_id)
        first, second = session.scalars(select(Stage.id).where(edition).order_by(Stage.number))
    while True:
        with database.transaction(writes=False) as session:
            if session.scalars(select(Participant.entry_id).where(Participant.stage_id == first)).all():
                break
        assert time.monotonic() < deadline, "entries were not closed in time"
        time.sleep(0.01)
    local = {letter: local_id(id_) for letter, id_ in entries.items()}
    none: Any = None
    stage = Judged(none, "", local_id(competition_id), first, second, entries=local)
    with database.transaction() as session:
        judge(session, stage, SCORES, opened=True)
    database.close()
    return stage
