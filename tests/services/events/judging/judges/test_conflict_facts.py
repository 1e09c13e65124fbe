"""Facts of conflicts: what the hub knows of people and entries becomes a conflict, with its dates and its path."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from services.events.admission.entries.model import Entry, Member
from services.events.editions.editions.model import Edition
from services.events.judging.judges.model import Candidate
from tests.services.events.competitions.competing import CLOSES, ORGANIZER
from tests.services.events.events_hub import EventsHub
from tests.services.events.judging.judges.judging import SUPERVISOR, Running

JUDGE = "judge-9"


def conflicts(running: Running, **rules: Any) -> set[tuple[str, tuple[str, ...], int]]:
    """Kind, kinds of the steps, and number of entries of each conflict of JUDGE."""
    stage_id = running.begin()
    nodes = running.events.ask("conflicts", SUPERVISOR, stage_id=stage_id)["nodes"]
    (mine,) = [node for node in nodes if node["candidate"]["person"] == JUDGE]
    return {(each["kind"], tuple(step["kind"] for step in each["path"]), each["entries"]) for each in mine["conflicts"]}


def test_a_judge_of_an_institution_of_their_own_has_no_conflict(events: EventsHub) -> None:
    running = Running(events)
    running.nominate(9)

    assert conflicts(running) == set()


def test_the_institution_that_nominated_and_the_one_that_was_left_not_long_ago(events: EventsHub) -> None:
    running = Running(events, entries=8)
    recently, long_ago = (CLOSES - timedelta(days=365 * years) for years in (2, 4))
    formerly = [
        {"organization_id": running.universities[1], "until": recently.date().isoformat()},
        {"organization_id": running.universities[2], "until": long_ago.date().isoformat()},
    ]
    running.nominate(9, organization_id=running.universities[0], formerly=formerly)

    assert conflicts(running) == {
        ("same_institution", ("nominated_from", "entered_by"), 2),
        ("same_institution", ("worked_at", "entered_by"), 2),
    }


def test_who_represents_an_institution_or_did_so_lately(events: EventsHub) -> None:
    running = Running(events)
    running.nominate(9)
    grant = events.grant(JUDGE, Role.REPRESENTATIVE, Scope.organization(running.universities[3]))
    events.revoke(grant)

    assert conflicts(running) == {("same_institution", ("represents", "entered_by"), 1)}


@pytest.mark.parametrize("same_delegation", [True, False])
def test_a_delegation_is_a_conflict_where_the_rules_say_so(events: EventsHub, same_delegation: bool) -> None:
    running = Running(events, entries=8, same_delegation=same_delegation)
    running.nominate(9)  # of 南京
    events.grant(JUDGE, Role.DELEGATION_LEADER, Scope.delegation(running.series_id, "310000"))
    events.grant(JUDGE, Role.DELEGATION_LEADER, Scope.delegation(new_id(), "340000"))
    events.grant(JUDGE, Role.PROVINCE_OFFICE, Scope.province("330000"))

    assert conflicts(running) == (
        {
            ("same_delegation", ("nominated_from", "of_delegation"), 2),
            ("same_delegation", ("leads", "of_delegation"), 2),
            ("same_delegation", ("in_office_of", "of_delegation"), 2),
        }
        if same_delegation
        else set()
    )


@pytest.mark.parametrize(
    ("role", "kind", "step", "past"),
    [("adviser", "adviser", "advises", "advised_for"), ("contestant", "contestant", "competes_in", "competed_for")],
)
@pytest.mark.parametrize("known_by", ["person", "person_key"])
def test_a_member_of_an_entry_judges_neither_it_nor_others_of_its_institution(
    events: EventsHub, role: str, kind: str, step: str, past: str, known_by: str
) -> None:
    running = Running(events, entries=8)
    events.clock.advance(timedelta(seconds=1))
    candidate = running.nominate(9)
    key = "k" * 64
    with events.runtime.database.transaction() as session:
        session.get_one(Candidate, candidate["id"]).person_key = key
        session.add(
            a_member(
                running.entry_ids[0],
                running.universities[0],
                role,
                **{known_by: JUDGE if known_by == "person" else key},
            )
        )

    assert conflicts(running) == {
        (kind, (step,), 1),
        ("same_institution", (past, "entered_by"), 2),
    }


@pytest.mark.parametrize("substituted", [False, True])
def test_nobody_is_rid_of_a_judge_by_naming_them_as_a_member(events: EventsHub, substituted: bool) -> None:
    """A subject that an entrant writes down proves nothing once it can be known who may judge."""
    running = Running(events, entries=8)
    events.clock.advance(timedelta(seconds=1 if substituted else 0))
    running.nominate(9)
    with events.runtime.database.transaction() as session:
        session.get_one(Entry, running.entry_ids[0]).substitutions = int(substituted)
        session.add(a_member(running.entry_ids[0], running.universities[0], "adviser", person=JUDGE))

    assert conflicts(running) == set()


def test_an_adviser_is_found_by_the_identity_number_though_under_another_account(events: EventsHub) -> None:
    running = Running(events)
    running.nominate(9, person_number="11010519491231002X")
    adviser = {"role": "adviser", "name": "某人", "person_number": "11010519491231002x"}
    contestant = {"role": "contestant", "name": "选手"}
    given = {"track_id": running.track_id, "organization_id": running.universities[0], "contestant": "选手甲"}
    events.ask("submit_entry", **given, members=[contestant, adviser])

    assert conflicts(running) == {
        ("adviser", ("advises",), 1),
        ("same_institution", ("advised_for", "entered_by"), 2),
    }


def test_a_team_with_a_member_from_another_institution(events: EventsHub) -> None:
    running = Running(events)
    other = events.organization("310115", zh="另一所大学")
    running.nominate(9, organization_id=other)
    with events.runtime.database.transaction() as session:
        session.add(a_member(running.entry_ids[0], other, "contestant", person="somebody"))

    assert conflicts(running) == {("same_institution", ("nominated_from", "member_from"), 1)}


@pytest.mark.parametrize(("days_ago", "counts"), [(2 * 365, True), (5 * 365, False)])
def test_who_advised_for_an_institution_in_an_earlier_edition(events: EventsHub, days_ago: int, counts: bool) -> None:
    running = Running(events)
    running.nominate(9)
    an_earlier_entry(running, running.universities[2], days_ago, person=JUDGE)

    found = conflicts(running)

    assert found == ({("same_institution", ("advised_for", "entered_by"), 1)} if counts else set())


def test_where_somebody_was_nominated_from_in_an_earlier_edition(events: EventsHub) -> None:
    running = Running(events)
    running.nominate(9)
    edition_id = an_earlier_entry(running, running.universities[2], 300)
    with events.runtime.database.transaction() as session:
        session.add(
            Candidate(
                id=new_id(),
                created_at=session.now - timedelta(days=300),
                version=1,
                edition_id=edition_id,
                person=JUDGE,
                name="评委9",
                organization_id=running.universities[1],
                province="320000",
                track_ids=[],
                status="nominated",
            )
        )

    assert conflicts(running) == {("same_institution", ("worked_at", "entered_by"), 1)}


def test_what_was_declared_against_an_institution_and_against_an_entry(events: EventsHub) -> None:
    running = Running(events, entries=8)
    candidate = running.nominate(9)
    against = {"candidate_id": candidate["id"], "reason": "曾共事"}
    events.ask("declare_conflict", JUDGE, organization_id=running.universities[0], **against)
    events.ask("declare_conflict", ORGANIZER, entry_id=running.entry_ids[1], **against)

    assert conflicts(running) == {
        ("declared", ("declared_by_judge", "entered_by"), 2),
        ("declared", ("declared_by_organizer",), 1),
    }


def test_the_report_of_conflicts_holds_dates_and_no_codes(events: EventsHub) -> None:
    running = Running(events)
    running.nominate(9, organization_id=running.universities[0], organization_since="2020-09-01")
    stage_id = running.begin()

    (node,) = events.ask("conflicts", ORGANIZER, stage_id=stage_id)["nodes"]

    (conflict,) = node["conflicts"]
    assert conflict["path"] == [
        {
            "kind": "nominated_from",
            "leads_to": "institution",
            "target": running.universities[0],
            "since": "2020-09-01",
            "until": None,
        },
        {
            "kind": "entered_by",
            "leads_to": "institution",
            "target": running.universities[0],
            "since": "2026-03-03",
            "until": None,
        },
    ]


def test_conflicts_are_for_those_who_run_or_supervise(events: EventsHub) -> None:
    running = Running(events)
    running.nominate(9)
    stage_id = running.begin()

    for viewer, code in ((JUDGE, "NOT_ALLOWED"), ("", "SIGN_IN_REQUIRED")):
        with events.refuses(code):
            events.ask("conflicts", viewer, stage_id=stage_id)


def a_member(entry_id: str, organization_id: str, role: str, **who: str) -> Member:
    return Member(id=new_id(), entry_id=entry_id, role=role, name="某人", organization_id=organization_id, **who)


def an_earlier_entry(running: Running, organization_id: str, days_ago: int, person: str = "somebody") -> str:
    """An entry of an edition of long ago that a person advised; the id of that edition."""
    with running.events.runtime.database.transaction() as session:
        entry = session.get_one(Entry, running.entry_ids[0])
        edition = session.get_one(Edition, entry.edition_id)
        ended = CLOSES - timedelta(days=days_ago)
        earlier = Edition(
            **{
                column.key: getattr(edition, column.key)
                for column in Edition.__table__.columns
                if column.key not in {"id", "number", "opens_at", "closes_at"}
            },
            id=new_id(),
            number=1,
            opens_at=ended - timedelta(days=30),
            closes_at=ended,
        )
        session.add(earlier)
        session.flush()
        old = Entry(
            id=new_id(),
            created_at=ended - timedelta(days=10),
            version=1,
            edition_id=earlier.id,
            track_id=entry.track_id,
            organization_id=organization_id,
            province="310000",
            contestant="旧选手",
            status="withdrawn",
            members=[],
        )
        session.add(old)
        session.flush()
        session.add(a_member(old.id, organization_id, "adviser", person=person))
        return earlier.id
