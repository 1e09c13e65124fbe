"""What a page about judges costs does not grow with its rows."""

from __future__ import annotations

import pytest

from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub
from tests.services.events.judging.judges.judging import Running
from tests.services.events.judging.motions.moving import done


def test_pages_take_as_many_statements_for_one_row_as_for_three(events: EventsHub) -> None:
    running = Running(events, entries=8)
    for n in range(8):
        running.nominate(n, organization_id=running.universities[n % 4])
    stage_id = running.begin()
    for _ in range(2):
        draw = running.drawn(stage_id)
        done(events, "cancel_draw", draw_id=draw["id"], reason="x")
    running.drawn(stage_id)
    events.settle()
    pages = {
        "judge_candidates": {"competition_id": running.competition_id},
        "conflicts": {"stage_id": stage_id},
        "panel": {"stage_id": stage_id},
        "draws": {"stage_id": stage_id},
    }

    for method, which in pages.items():
        events.ask(method, ORGANIZER, first=1, **which)  # the rules of a version are read once a process
        costs = []
        for first in (1, 3):
            with events.statements() as sent:
                assert len(events.ask(method, ORGANIZER, first=first, **which)["nodes"]) == first
            costs.append(len(sent))

        print(method, costs)
        assert costs[0] == costs[1] <= 16


@pytest.mark.parametrize("method", ["judge_candidates_by_id", "draws_by_id", "seats_by_id"])
def test_what_is_loaded_by_id_is_loaded_at_once(events: EventsHub, method: str) -> None:
    running = Running(events)
    candidates = [running.nominate(n)["id"] for n in range(4)]
    stage_id = running.begin()
    draw = running.drawn(stage_id)
    ids = {
        "judge_candidates_by_id": candidates,
        "draws_by_id": [draw["id"]],
        "seats_by_id": [seat["id"] for seat in running.panel(stage_id)],
    }[method]

    costs = []
    for some in (ids[:1], ids):
        with events.statements() as sent:
            assert len(events.ask(method, ORGANIZER, ids=some)) == len(some)
        costs.append(len(sent))

    assert costs[0] == costs[1]
