"""Migrating: what there was has its place in what a later revision makes of it, and goes on by the rules of its day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import create_engine, insert, text
from sqlalchemy.orm import Session
from sqlalchemy.schema import MetaData

from kit.documents.digest import digest
from kit.ids import new_id
from kit.process.migrate import migrate
from services.events.admission.entries.model import Entry, Participant
from services.events.admission.quotas.model import Quota
from services.events.admission.quotas.rules import QuotasForm
from services.events.editions.editions.model import Stage, Track
from services.events.editions.rulesets.model import RuleSet
from services.events.editions.rulesets.reading import section_of
from services.events.fixtures.model import FixtureList
from services.events.judging.judges.model import Draw
from services.projects.cooperation.agreements.model import Participant as Taking

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SHANGHAI, ANHUI = "310000", "340000"


def before(url: str) -> tuple[list[str], list[str]]:
    """A closed edition of two tracks as the first revision kept it; the ids of its tracks and of its entries."""
    migrate("events", url, "0001")
    engine = create_engine(url)
    tables = MetaData()
    tables.reflect(engine)
    series, edition, tracks, entries = new_id(), new_id(), [new_id(), new_id()], [new_id(), new_id(), new_id()]
    common: dict[str, Any] = {"version": 1, "created_at": NOW}
    names = {"name_zh": "大赛", "name_en": "Contest"}
    window = {"opens_at": NOW, "closes_at": NOW.replace(day=9), "published_at": NOW, "host_region": ANHUI}
    with engine.begin() as connection:
        add(connection, tables, "series", {"id": series, **common, **names, "alliance_id": None})
        held = {"id": edition, "series_id": series, "number": 3, "status": "closed", "alliance_id": None}
        add(connection, tables, "editions", {**held, **common, **names, **window})
        for number, track in enumerate(tracks):
            add(connection, tables, "tracks", {"id": track, "edition_id": edition, **names, "name_zh": f"组{number}"})
            for province, taken in ((SHANGHAI, 2 if track == tracks[0] else 1), (ANHUI, 0)):
                quota = {"track_id": track, "province": province, "places": 4, "taken": taken, "closed": True}
                add(connection, tables, "quotas", quota)
        for place, (entry, track) in enumerate(zip(entries, (tracks[0], tracks[0], tracks[1]), strict=True)):
            facts = {"id": entry, "edition_id": edition, "track_id": track, "organization_id": new_id()}
            who = {"province": SHANGHAI, "contestant": f"选手{place}", "status": "entered", "withdrawn_at": None}
            add(connection, tables, "entries", {**facts, **who, **common})
    engine.dispose()
    return tracks, entries


def add(connection: Any, tables: MetaData, name: str, row: dict[str, Any]) -> None:
    sqlite = connection.dialect.name == "sqlite"
    plain = {
        key: value.replace("-", "") if sqlite and _is_id(value) and key != "subject_id" else value
        for key, value in row.items()
    }
    plain = {
        key: value.replace(tzinfo=None) if sqlite and isinstance(value, datetime) else value
        for key, value in plain.items()
    }
    connection.execute(insert(tables.tables[name]), plain)


def _is_id(value: object) -> bool:
    return isinstance(value, str) and value.count("-") == 4


def test_what_there_was_has_a_place_in_what_there_is(empty_url: str) -> None:
    tracks, entries = before(empty_url)

    migrate("events", empty_url)

    engine = create_engine(empty_url)
    with Session(engine) as session:
        known = session.query(Track).order_by(Track.id).all()
        quotas = session.query(Quota).filter(Quota.track_id == tracks[0]).all()
        stages = {stage.track_id: stage for stage in session.query(Stage)}
        competing = {row.entry_id: row.stage_id for row in session.query(Participant)}
        drawn_on = {entry.id: entry.quota_id for entry in session.query(Entry)}
        (rules,) = session.query(RuleSet)
        left = session.execute(text("SELECT count(*) FROM entries")).scalar_one()
    engine.dispose()
    assert [(track.code, track.kind) for track in known] == [("A", "individual"), ("B", "individual")]
    root = next(quota for quota in quotas if quota.parent_id is None)
    shanghai = next(quota for quota in quotas if quota.region == SHANGHAI)
    assert (root.issued, root.allocated, root.allotted, root.closed) == (8, 8, 0, True)
    assert (shanghai.issued, shanghai.allotted, shanghai.taken, shanghai.parent_id) == (4, 4, 2, root.id)
    assert drawn_on[entries[0]] == drawn_on[entries[1]] == shanghai.id
    assert {stage.status for stage in stages.values()} == {"running"}
    assert competing == {entry: stages[track].id for entry, track in zip(entries, (*tracks[:1], *tracks), strict=True)}
    assert rules.digest == digest(rules.document) and section_of(rules.document, "A", QuotasForm).direct == 1
    assert left == 3


def test_what_is_played_or_judged_goes_on_by_the_rules_of_its_day(empty_url: str) -> None:
    """Two versions of the rules: the stages were settled under the first one, one list of groups not before the second."""
    migrate("events", empty_url, "0006")
    engine = create_engine(empty_url)
    tables = MetaData()
    tables.reflect(engine)
    series, edition, track, drawn = new_id(), new_id(), new_id(), new_id()
    early, later, now = NOW.replace(day=3), NOW.replace(day=5), NOW.replace(day=9)
    common: dict[str, Any] = {"version": 1, "created_at": NOW}
    names = {"name_zh": "大赛", "name_en": "Contest"}
    window = {"opens_at": NOW, "closes_at": early, "published_at": NOW, "host_region": ANHUI, "status": "closed"}
    stages = [new_id(), new_id()]
    with engine.begin() as connection:
        add(connection, tables, "series", {"id": series, **common, **names})
        add(
            connection,
            tables,
            "editions",
            {"id": edition, "series_id": series, "number": 3, **common, **names, **window},
        )
        add(connection, tables, "tracks", {"id": track, "edition_id": edition, "code": "A", "kind": "team", **names})
        for number, stage in enumerate(stages, start=1):
            held = {"id": new_id(), "edition_id": edition, "number": number, "level": "final", **names}
            add(connection, tables, "rounds", held)
            facts = {"edition_id": edition, "round_id": held["id"], "track_id": track, "number": number}
            add(connection, tables, "stages", {"id": stage, **facts, **common, "status": "running"})
            settled = {"stage_id": stage, "seed": "1", "drawn_up_at": (early, later)[number - 1]}
            add(connection, tables, "fixture_lists", {"id": new_id(), **common, **settled})
        for number, since in ((1, NOW), (2, early.replace(hour=12))):
            rules = {"number": number, "document": {}, "digest": "", "reason": "", "created_at": since}
            add(connection, tables, "rule_sets", {"edition_id": edition, **rules})
        draw = {"stage_id": stages[0], "status": "drawn", "frozen": {}, "roster_public": True, "frozen_at": early}
        add(connection, tables, "draws", {"id": drawn, **common, **draw})
        begun = {"stage_id": stages[1], "status": "committing", "frozen": {}, "roster_public": False}
        add(connection, tables, "draws", {"id": new_id(), **common, "created_at": now, **begun})

    migrate("events", empty_url)

    with Session(engine) as session:
        lists = {each.stage_id: each.rules_version for each in session.query(FixtureList)}
        draws = {each.stage_id: each.rules_version for each in session.query(Draw)}
    engine.dispose()
    assert lists == {stages[0]: 1, stages[1]: 2}
    assert draws == {stages[0]: 1, stages[1]: None}


def test_participants_that_there_were_stand(empty_url: str) -> None:
    migrate("projects", empty_url, "0004")
    engine = create_engine(empty_url)
    tables = MetaData()
    tables.reflect(engine)
    organization, project = new_id(), new_id()
    named = {"name_zh": "黄山学院", "name_en": "Huangshan University", "kind": "university", "region": ANHUI}
    with engine.begin() as connection:
        add(connection, tables, "organizations", {"id": organization, "version": 1, **named})
        held = {"title": "联合培养", "lead_organization_id": organization, "version": 1, "created_at": NOW}
        add(connection, tables, "projects", {"id": project, **held})
        add(connection, tables, "participants", {"project_id": project, "organization_id": organization})

    migrate("projects", empty_url)

    with Session(engine) as session:
        (participant,) = session.query(Taking)
        found = (participant.status, participant.answered_at, participant.reason)
    engine.dispose()
    assert found == ("accepted", None, "")


def test_an_address_to_which_an_email_was_delivered_is_confirmed_and_no_other(empty_url: str) -> None:
    migrate("notify", empty_url, "0004")
    engine = create_engine(empty_url)
    tables = MetaData()
    tables.reflect(engine)
    with engine.begin() as connection:
        for person, state in (("reached", "done"), ("parked", "parked"), ("new", "")):
            contact = {"person": person, "version": 1, "address": f"{person}@example.org", "locale": "en"}
            add(connection, tables, "contacts", {**contact, "wants_email": True})
            if state:
                _delivered(connection, tables, person, state)

    migrate("notify", empty_url)

    with engine.connect() as connection:
        found = connection.execute(text("SELECT person, confirmed_address FROM contacts ORDER BY person")).all()
    engine.dispose()
    assert [tuple(row) for row in found] == [("new", None), ("parked", None), ("reached", "reached@example.org")]


def _delivered(connection: Any, tables: MetaData, person: str, state: str) -> None:
    fact, notice = {"message_id": new_id(), "rule": "member_admitted"}, {"id": new_id(), "created_at": NOW}
    about = {"time": NOW, "subject_type": "membership", "subject_id": new_id(), "facts": {}}
    add(connection, tables, "announcements", {**fact, **about})
    add(connection, tables, "notices", {**fact, **notice, "version": 1, "recipient": person, "role": "representative"})
    sent = {"id": new_id(), "notice_id": notice["id"], "channel": "email", "created_at": NOW, "attempts": 1}
    add(connection, tables, "deliveries", {**sent, "state": state})
