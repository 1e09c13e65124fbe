"""Motions: what one person proposes is done once a second has signed exactly that, in time; a panel is not shopped for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.documents.digest import digest
from kit.ids import new_id
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import OFFICE, EventsHub, at_once, eventually
from tests.services.events.judging.judges.judging import Running, messages
from tests.services.events.judging.motions.moving import SUPERVISOR, done, moved, signed

WEEK = timedelta(hours=168)


def with_a_panel(events: EventsHub, candidates: int = 12, **motions: Any) -> tuple[Running, str]:
    """A stage whose panel of four is drawn; `motions` is what the rules say of them otherwise than by default."""
    running = Running(events)
    for n in range(candidates):
        running.nominate(n)
    stage_id = running.begin()
    running.drawn(stage_id)
    if motions:
        amend(events, running, motions=motions)
    return running, stage_id


def amend(events: EventsHub, running: Running, **rules: Any) -> None:
    [draft] = events.ask("rule_sets", ORGANIZER, competition_ids=[running.competition_id])[-1:]
    document = {**draft["document"], **rules}
    events.ask("amend_rules", ORGANIZER, competition_id=running.competition_id, rules=document, reason="更正")


def replacing(running: Running, stage_id: str, place: int = 0) -> dict[str, Any]:
    """A motion to replace one of the panel."""
    seat = [each for each in running.panel(stage_id) if each["status"] == "drawn"][place]
    return moved(running.events, "replace_judge", seat_id=seat["id"], reason="急病")


def statuses(running: Running, stage_id: str) -> list[str]:
    return [each["status"] for each in running.panel(stage_id)]


def test_a_motion_is_in_the_agenda_of_who_may_sign_it_while_the_competition_is_held(events: EventsHub) -> None:
    running, stage_id = with_a_panel(events)
    motion = replacing(running, stage_id)

    def agenda() -> list[str]:
        return [each["subject_id"] for each in events.ask("my_dates", SUPERVISOR)["nodes"] if each["kind"] == "motion"]

    assert agenda() == [motion["id"]]
    events.ask("cancel_competition", ORGANIZER, competition_id=running.competition_id, reason="台风")
    assert agenda() == []


def test_what_is_moved_waits_and_changes_nothing(events: EventsHub) -> None:
    running, stage_id = with_a_panel(events)
    before = running.panel(stage_id)

    motion = replacing(running, stage_id)

    assert running.panel(stage_id) == before
    assert motion["digest"] == digest(motion["document"])
    assert motion["document"] == {
        "format": "delta-hub-motion/1",
        "motion": motion["id"],
        "competition": running.competition_id,
        "stage": stage_id,
        "act": "replace_judge",
        "about": before[0]["id"],
        "arguments": {},
        "reason": "急病",
    }
    assert (motion["status"], motion["proposed_by"], motion["signed_by"]) == ("proposed", ORGANIZER, None)
    [said] = messages(events, "motion_proposed")
    assert (said["act"], said["reason"], said["digest"]) == ("replace_judge", "急病", motion["digest"])


def test_a_supervisor_signs_what_was_seen_and_it_is_done(events: EventsHub) -> None:
    running, stage_id = with_a_panel(events)
    motion = replacing(running, stage_id)

    carried = signed(events, motion)

    assert (carried["status"], carried["proposed_by"], carried["signed_by"]) == ("carried", ORGANIZER, SUPERVISOR)
    assert statuses(running, stage_id) == ["replaced", "drawn", "drawn", "drawn", "drawn"]
    assert len(messages(events, "judge_replaced")) == 1
    with events.refuses("NOTHING_PROPOSED", "motionId"):
        signed(events, motion)


@pytest.mark.parametrize(
    ("viewer", "code"),
    [("", "SIGN_IN_REQUIRED"), ("judge-1", "NOT_ALLOWED"), (ORGANIZER, "NOT_ALLOWED"), (OFFICE, "NOT_ALLOWED")],
)
def test_nobody_but_a_supervisor_signs_not_even_the_hub_office(events: EventsHub, viewer: str, code: str) -> None:
    running, stage_id = with_a_panel(events)
    motion = replacing(running, stage_id)

    with events.refuses(code):
        signed(events, motion, viewer)


def test_who_has_both_roles_does_not_sign_their_own_motion(events: EventsHub) -> None:
    running, stage_id = with_a_panel(events)
    events.grant(ORGANIZER, Role.SUPERVISOR, Scope.event(running.series_id))
    motion = replacing(running, stage_id)

    with events.refuses("SECOND_PERSON_NEEDED", "motionId"):
        signed(events, motion, ORGANIZER)


def test_a_supervisor_who_moves_needs_another_supervisor(events: EventsHub) -> None:
    running, stage_id = with_a_panel(events)
    events.grant("another", Role.SUPERVISOR, Scope.event(running.series_id))
    [draw] = events.ask("draws", "", stage_id=stage_id)["nodes"]
    motion = moved(events, "cancel_draw", SUPERVISOR, draw_id=draw["id"], reason="名单有误")

    with events.refuses("SECOND_PERSON_NEEDED", "motionId"):
        signed(events, motion)
    signed(events, motion, "another")

    assert events.ask("draws_by_id", "", ids=[draw["id"]])[0]["status"] == "cancelled"


def test_who_has_seen_something_else_signs_nothing(events: EventsHub) -> None:
    running, stage_id = with_a_panel(events)
    motion, other = replacing(running, stage_id), replacing(running, stage_id, place=1)

    with events.refuses("DIGEST_DIFFERS", "digest"):
        signed(events, {**motion, "digest": other["digest"]})
    with events.refuses("NOT_FOUND", "motionId"):
        signed(events, {**motion, "id": new_id()})
    with events.refuses("NOT_ALLOWED"):
        signed(events, {**motion, "id": new_id()}, ORGANIZER)


def test_of_one_act_on_one_thing_one_motion_waits(events: EventsHub) -> None:
    running, stage_id = with_a_panel(events)
    motion = replacing(running, stage_id)

    with events.refuses("MOTION_PENDING"):
        replacing(running, stage_id)
    events.ask("withdraw_motion", ORGANIZER, motion_id=motion["id"])

    assert replacing(running, stage_id)["id"] != motion["id"]
    with events.refuses("NOTHING_PROPOSED", "motionId"):
        signed(events, motion)
    with events.refuses("NOTHING_PROPOSED", "motionId"):
        events.ask("withdraw_motion", SUPERVISOR, motion_id=motion["id"])
    with events.refuses("NOT_ALLOWED"):
        events.ask("withdraw_motion", "judge-1", motion_id=motion["id"])


def test_a_motion_that_nobody_signs_lapses(events: EventsHub) -> None:
    running, stage_id = with_a_panel(events)
    motion = replacing(running, stage_id)

    events.clock.advance(WEEK)

    eventually(lambda: messages(events, "motion_lapsed"))
    assert events.ask("motions_by_id", SUPERVISOR, ids=[motion["id"]])[0]["status"] == "lapsed"
    with events.refuses("NOTHING_PROPOSED", "motionId"):
        signed(events, motion)
    assert statuses(running, stage_id) == ["drawn"] * 4


def test_of_two_supervisors_who_sign_at_once_one_does_it(events: EventsHub) -> None:
    running, stage_id = with_a_panel(events)
    events.grant("another", Role.SUPERVISOR, Scope.event(running.series_id))
    motion = replacing(running, stage_id)

    at_once(lambda: signed(events, motion), lambda: signed(events, motion, "another"))

    assert len(messages(events, "judge_replaced")) == len(messages(events, "motion_carried")) == 1


def test_what_can_no_longer_be_done_is_not_signed_either(events: EventsHub) -> None:
    running, stage_id = with_a_panel(events)
    seat = running.panel(stage_id)[0]
    motion = replacing(running, stage_id)
    events.ask("decline_seat", running.person(seat), seat_id=seat["id"], reason="出差")

    with events.refuses("SEAT_STANDS", "seatId", status="declined"):
        signed(events, motion)


def test_a_panel_is_not_changed_more_often_than_the_rules_let(events: EventsHub) -> None:
    running, stage_id = with_a_panel(events, replacements_most=1)
    waiting = replacing(running, stage_id, place=1)
    signed(events, replacing(running, stage_id))

    with events.refuses("REPLACEMENTS_EXHAUSTED", "seatId", most=1):
        replacing(running, stage_id)
    with events.refuses("REPLACEMENTS_EXHAUSTED", "seatId", most=1):
        signed(events, waiting)
    amend(events, running, motions={"replacements_most": 2})

    assert signed(events, waiting)["status"] == "carried"


def test_a_panel_is_not_drawn_more_often_than_the_rules_let(events: EventsHub) -> None:
    running, stage_id = with_a_panel(events, draws_most=2)
    first, second = events.ask("draws", "", stage_id=stage_id)["nodes"][0], None
    done(events, "cancel_draw", draw_id=first["id"], reason="名单有误")
    second = running.drawn(stage_id)

    with events.refuses("DRAWS_EXHAUSTED", "drawId", most=2):
        events.ask("cancel_draw", ORGANIZER, draw_id=second["id"], reason="再抽一次")


def test_everybody_sees_what_was_carried_and_why_and_nobody_else_what_waits(events: EventsHub) -> None:
    running, stage_id = with_a_panel(events)
    replacing(running, stage_id)
    carried = signed(events, replacing(running, stage_id, place=1))

    seen = events.ask("motions", "", competition_id=running.competition_id)["nodes"]
    inside = events.ask("motions", SUPERVISOR, competition_id=running.competition_id)["nodes"]

    assert [(each["id"], each["reason"]) for each in seen] == [(carried["id"], "急病")]
    assert "proposed_by" not in seen[0] and "signed_by" not in seen[0]
    assert [each["status"] for each in inside] == ["carried", "proposed"]
    of_status = events.ask("motions", SUPERVISOR, competition_id=running.competition_id, status="proposed")
    assert [each["status"] for each in of_status["nodes"]] == ["proposed"]


def test_judging_keeps_to_the_rules_of_the_day_on_which_its_roster_was_frozen(events: EventsHub) -> None:
    running, stage_id = with_a_panel(events)
    running.accepted(stage_id)
    amend(events, running, judging={"seats": 4, "judges_per_entry": 1, "max_load": 1})

    report = events.ask("assign_judges", ORGANIZER, stage_id=stage_id)

    assert (report["least"], report["most"]) == (3, 3), (
        "four works with three judges each, as when the roster was frozen"
    )
    assert events.ask("draws", "", stage_id=stage_id)["nodes"][0]["rules_version"] == 1


def test_motions_take_as_many_statements_for_many_as_for_one(events: EventsHub) -> None:
    running, stage_id = with_a_panel(events)
    for place in range(3):
        replacing(running, stage_id, place)
    events.settle()

    costs = []
    for first in (1, 3):
        with events.statements() as sent:
            found = events.ask("motions", SUPERVISOR, competition_id=running.competition_id, first=first)
        assert len(found["nodes"]) == first
        costs.append(len(sent))

    assert costs[0] == costs[1]
