"""Who is never drawn: whoever sees entries by name, for they must not judge them by code."""

from __future__ import annotations

import pytest

from contracts.authority import Role, Scope
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub
from tests.services.events.judging.judges.judging import Running


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.SUPERVISOR, Role.HUB_OFFICE])
def test_who_runs_or_supervises_the_series_is_not_on_the_roster(events: EventsHub, role: Role) -> None:
    running = Running(events)
    candidates = [running.nominate(n) for n in range(6)]
    stage_id = running.begin()
    scope = Scope.hub() if role is Role.HUB_OFFICE else Scope.event(running.series_id)
    events.grant("judge-0", role, scope)

    draw = running.commit(stage_id)

    assert draw["candidates"] == 5
    assert candidates[0]["id"] not in str(draw["frozen"])


def test_who_comes_to_run_the_series_sees_no_work_by_its_code_any_more(events: EventsHub) -> None:
    running = Running(events)
    for n in range(6):
        running.nominate(n)
    stage_id = running.begin()
    running.drawn(stage_id)
    seat = running.accepted(stage_id)[0]
    events.ask("assign_judges", ORGANIZER, stage_id=stage_id)
    person = running.person(seat)
    code = events.ask("my_sheets", person, stage_id=stage_id)["nodes"][0]["code"]
    assert events.ask("blind_works", person, stage_id=stage_id, code=code) == []

    events.grant(person, Role.ORGANIZER, Scope.event(running.series_id))

    with events.refuses("NOT_ALLOWED"):
        events.ask("blind_works", person, stage_id=stage_id, code=code)
