"""Candidates: organisers nominate, conflicts are declared, and who withdraws is no longer drawn."""

from __future__ import annotations

from typing import Any

import pytest

from kit.ids import new_id
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import OFFICE, EventsHub
from tests.services.events.judging.judges.judging import SUPERVISOR, Running, messages


def test_nominate_judge_lets_a_person_be_drawn_and_says_so(events: EventsHub) -> None:
    running = Running(events)

    candidate = running.nominate(1, name="  评委  1 ", max_load=9)

    shown = {key: candidate[key] for key in ("person", "name", "province", "track_ids", "max_load", "status")}
    assert shown == {
        "person": "judge-1",
        "name": "评委 1",
        "province": "320000",
        "track_ids": [running.track_id],
        "max_load": 9,
        "status": "nominated",
    }
    (said,) = messages(events, "judge_nominated")
    assert said["person"] == "judge-1" and "评委" not in str(said)


def test_nominate_judge_refuses_who_is_a_candidate_already(events: EventsHub) -> None:
    running = Running(events)
    running.nominate(1)
    organization = events.organization("310115", zh="又一所")

    with events.refuses("CANDIDATE_KNOWN", "person"):
        running.nominate(1, organization_id=organization)


def test_who_has_withdrawn_can_be_nominated_again(events: EventsHub) -> None:
    running = Running(events)
    first = running.nominate(1)
    events.ask("withdraw_candidate", "judge-1", candidate_id=first["id"])

    again = running.nominate(1)

    assert (again["status"], again["id"] != first["id"]) == ("nominated", True)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"track_ids": [new_id()]}, "NOT_FOUND", "trackIds"),
        ({"province": "999999"}, "UNKNOWN_REGION", "province"),
        ({"organization_id": new_id()}, "ORGANIZATION_UNKNOWN", "organizationId"),
        (
            {"formerly": [{"organization_id": new_id(), "until": "2025-01-01"}]},
            "ORGANIZATION_UNKNOWN",
            "organizationId",
        ),
        ({"competition_id": new_id()}, "NOT_FOUND", "competitionId"),
        ({"person": "judge 1"}, "INVALID", "person"),
        ({"track_ids": []}, "TOO_SHORT", "trackIds"),
    ],
)
def test_nominate_judge_refuses_what_does_not_fit(
    events: EventsHub, facts: dict[str, Any], code: str, field: str
) -> None:
    running = Running(events)
    given = {"organization_id": running.universities[0], **facts}
    params = {"TOO_SHORT": {"min": "1"}, "UNKNOWN_REGION": {"region": "999999"}}.get(code, {})

    with events.refuses(code, field, **params):
        running.nominate(1, **given)


@pytest.mark.parametrize("viewer", ["somebody", SUPERVISOR, "judge-1"])
def test_nominate_judge_is_for_organisers(events: EventsHub, viewer: str) -> None:
    running = Running(events)
    given = {"competition_id": running.competition_id, "organization_id": running.universities[0]}

    with events.refuses("NOT_ALLOWED"):
        events.ask("nominate_judge", viewer, person="x", name="x", track_ids=[running.track_id], **given)


def test_declare_conflict_by_the_judge_and_by_the_organisers(events: EventsHub) -> None:
    running = Running(events)
    candidate = running.nominate(1)
    against = {"candidate_id": candidate["id"], "reason": "曾共事"}

    events.ask("declare_conflict", "judge-1", organization_id=running.universities[0], **against)
    events.ask("declare_conflict", ORGANIZER, entry_id=running.entry_ids[1], **against)

    assert [said["by_judge"] for said in messages(events, "conflict_declared")] == [True, False]
    assert "曾共事" not in str(events.said())


def test_declare_conflict_refuses_what_was_declared_already(events: EventsHub) -> None:
    running = Running(events)
    against = {"candidate_id": running.nominate(1)["id"], "organization_id": running.universities[0], "reason": "x"}
    events.ask("declare_conflict", "judge-1", **against)

    with events.refuses("CONFLICT_KNOWN", "candidateId"):
        events.ask("declare_conflict", "judge-1", **against)


def test_declare_conflict_is_for_the_candidate_and_the_organisers_and_against_one_thing(events: EventsHub) -> None:
    running = Running(events)
    candidate_id = running.nominate(1)["id"]
    against = {"candidate_id": candidate_id, "organization_id": running.universities[0], "reason": "x"}

    with events.refuses("NOT_ALLOWED"):
        events.ask("declare_conflict", "judge-2", **against)
    with events.refuses("INVALID", "organizationId"):
        events.ask("declare_conflict", "judge-1", entry_id=running.entry_ids[0], **against)
    with events.refuses("REQUIRED", "organizationId"):
        events.ask("declare_conflict", "judge-1", candidate_id=candidate_id, reason="x")
    with events.refuses("NOT_FOUND", "entryId"):
        events.ask("declare_conflict", "judge-1", candidate_id=candidate_id, entry_id=new_id(), reason="x")


def test_withdraw_candidate_by_themselves_and_only_once(events: EventsHub) -> None:
    running = Running(events)
    candidate_id = running.nominate(1)["id"]

    with events.refuses("NOT_ALLOWED"):
        events.ask("withdraw_candidate", "judge-2", candidate_id=candidate_id)
    withdrawn = events.ask("withdraw_candidate", "judge-1", candidate_id=candidate_id)

    assert withdrawn["status"] == "withdrawn"
    with events.refuses("CANDIDATE_GONE", "candidateId"):
        events.ask("withdraw_candidate", ORGANIZER, candidate_id=candidate_id)
    with events.refuses("CANDIDATE_GONE", "candidateId"):
        events.ask("declare_conflict", ORGANIZER, candidate_id=candidate_id, entry_id=running.entry_ids[0], reason="x")


def test_judge_candidates_are_for_those_who_run_or_supervise(events: EventsHub) -> None:
    running = Running(events)
    people = [running.nominate(n)["id"] for n in range(3)]

    for viewer in (ORGANIZER, SUPERVISOR, OFFICE):
        found = events.ask("judge_candidates", viewer, competition_id=running.competition_id, first=2)
        assert ([each["id"] for each in found["nodes"]], found["has_next"]) == (people[:2], True)
    with events.refuses("NOT_ALLOWED"):
        events.ask("judge_candidates", "judge-1", competition_id=running.competition_id)
    assert [each["id"] for each in events.ask("judge_candidates_by_id", "judge-1", ids=people)] == [people[1]]
    assert events.ask("judge_candidates_by_id", "", ids=people) == []


def test_a_nomination_keeps_since_when_and_where_before(events: EventsHub) -> None:
    running = Running(events)
    former = running.universities[0]
    running.nominate(
        1,
        organization_id=running.universities[1],
        organization_since="2025-09-01",
        formerly=[{"organization_id": former, "until": "2025-08-31"}],
    )
    stage_id = running.begin()

    (found,) = events.ask("conflicts", ORGANIZER, stage_id=stage_id)["nodes"]

    steps = [
        (each["path"][0]["kind"], each["path"][0]["target"], each["path"][0]["since"]) for each in found["conflicts"]
    ]
    assert steps == [
        ("nominated_from", running.universities[1], "2025-09-01"),
        ("worked_at", former, None),
    ]
