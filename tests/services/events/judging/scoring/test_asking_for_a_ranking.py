"""Asking for progress, rankings and what they depend on: by who runs or supervises a stage, blind until codes are opened."""

from __future__ import annotations

from typing import Any

import pytest

from kit.ids import new_id
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub
from tests.services.events.judging.scoring.judging import JUDGING_CLOSES, SUPERVISOR, Judging

QUERIES = ("judging_progress", "sheets", "ranking", "calibration", "sensitivity")


def locked(events: EventsHub, **rules: Any) -> Judging:
    judging = Judging(events, entries=3, judges=3, **rules)
    judging.judge_all()
    judging.lock()
    return judging


@pytest.mark.parametrize("method", QUERIES)
def test_only_who_runs_or_supervises_a_stage_asks_about_it(events: EventsHub, method: str) -> None:
    judging = locked(events)

    for somebody in ("judge-1", "passer-by"):
        with events.refuses("NOT_ALLOWED"):
            events.ask(method, somebody, stage_id=judging.stage_id)
    with events.refuses("NOT_FOUND", "stageId"):
        events.ask(method, ORGANIZER, stage_id=new_id())
    for somebody in (ORGANIZER, SUPERVISOR):
        assert events.ask(method, somebody, stage_id=judging.stage_id)


def test_progress_counts_by_seat_and_names_no_code(events: EventsHub) -> None:
    judging = Judging(events, entries=3)
    first, second, _ = judging.my_sheets()
    judging.submit("judge-1", first["id"])
    judging.save("judge-1", second["id"])

    progress = events.ask("judging_progress", ORGANIZER, stage_id=judging.stage_id)

    nothing = {"drafts": 0, "submitted": 0, "outdated": 0, "last_submitted_at": None}
    begun = {"drafts": 1, "submitted": 1, "outdated": 0, "last_submitted_at": events.clock.now().isoformat()}
    assert progress == {
        "seats": [
            {"seat_id": judging.seats["judge-1"], "assigned": 3, **begun},
            {"seat_id": judging.seats["judge-2"], "assigned": 3, **nothing},
        ],
        "due_at": JUDGING_CLOSES.isoformat(),
        "locked_at": None,
    }


@pytest.mark.parametrize("method", ["ranking", "calibration", "sensitivity"])
def test_nobody_sees_a_ranking_before_the_sheets_are_locked(events: EventsHub, method: str) -> None:
    judging = Judging(events)
    judging.judge_all()

    with events.refuses("SHEETS_NOT_LOCKED", "stageId"):
        events.ask(method, ORGANIZER, stage_id=judging.stage_id)


def test_the_ranking_shows_codes_with_scores_before_and_after_calibration(events: EventsHub) -> None:
    judging = locked(events, drop={"highest": 1, "lowest": 1, "at_least_sheets": 3})
    codes = [sheet["code"] for sheet in judging.my_sheets()]

    ranking = events.ask("ranking", ORGANIZER, stage_id=judging.stage_id)["nodes"]

    assert [(row["place"], row["code"], row["score"]) for row in ranking] == [
        (1, codes[0], "60.00"),
        (2, codes[1], "59.00"),
        (3, codes[2], "58.00"),
    ]
    assert ranking[0] == {
        "place": 1,
        "code": codes[0],
        "score": "60.00",
        "raw": "60.000000",
        "adjusted": "60.000000",
        "sheets": 3,
        "missing": 0,
        "dropped": 2,
        "dropped_seat_ids": [],
        "tie_above": None,
        "tie_below": None,
    }


def test_a_ranking_comes_in_pages(events: EventsHub) -> None:
    judging = locked(events)

    first = events.ask("ranking", ORGANIZER, stage_id=judging.stage_id, first=2)
    rest = events.ask("ranking", ORGANIZER, stage_id=judging.stage_id, first=2, after=first["cursors"][-1])

    assert [row["place"] for row in first["nodes"] + rest["nodes"]] == [1, 2, 3]
    assert (first["has_next"], rest["has_next"]) == (True, False)
    with events.refuses("INVALID", "after"):
        events.ask("ranking", ORGANIZER, stage_id=judging.stage_id, after="A-NONE")


def test_the_ranking_is_the_same_however_often_it_is_made(events: EventsHub) -> None:
    lots = {"tie_breaks": [{"by": "draw_lot"}], "joint_places": False}
    judging = Judging(events, entries=6, judges=1, **lots)
    for sheet in judging.my_sheets():
        judging.submit("judge-1", sheet["id"])
    judging.lock()

    found = [events.ask("ranking", ORGANIZER, stage_id=judging.stage_id) for _ in range(3)]

    assert found[0] == found[1] == found[2]
    assert [row["place"] for row in found[0]["nodes"]] == [1, 2, 3, 4, 5, 6]


def test_sheets_count_by_the_rules_that_were_in_force_when_they_were_locked(events: EventsHub) -> None:
    judging = locked(events)
    before = events.ask("ranking", ORGANIZER, stage_id=judging.stage_id)

    judging.amend(rounding={"digits": 0, "mode": "down"})

    assert events.ask("ranking", ORGANIZER, stage_id=judging.stage_id) == before


def test_calibration_shows_what_was_done_to_each_judge(events: EventsHub) -> None:
    judging = locked(events, calibration={"method": "centred", "least_sample": 2, "shrink": False})

    found = events.ask("calibration", ORGANIZER, stage_id=judging.stage_id)

    assert found["groups"] == 1
    assert found["judges"][0] == {
        "seat_id": None,
        "sheets": 3,
        "mean": "59.000000",
        "shift": "0.000000",
        "ratio": "1.000000",
        "kept_as_is": False,
    }


def one_judge_decides(events: EventsHub) -> Judging:
    judging = Judging(events, entries=2, judges=3)
    for judge, points in {"judge-1": ("30", "29"), "judge-2": ("30", "29"), "judge-3": ("10", "40")}.items():
        for sheet, given in zip(judging.my_sheets(judge), points, strict=True):
            judging.submit(judge, sheet["id"], given, "0")
    judging.lock()
    return judging


def test_sensitivity_shows_what_a_prize_depends_on(events: EventsHub) -> None:
    judging = one_judge_decides(events)
    codes = [sheet["code"] for sheet in judging.my_sheets()]

    blind = events.ask("sensitivity", ORGANIZER, stage_id=judging.stage_id, prizes=[1])["nodes"]
    judging.open_codes()
    opened = events.ask("sensitivity", ORGANIZER, stage_id=judging.stage_id, prizes=[1])["nodes"]

    assert [(row["code"], row["place"], row["best"], row["worst"], row["prize_hangs"]) for row in blind] == [
        (codes[1], 1, 1, 2, True),
        (codes[0], 2, 1, 2, True),
    ]
    assert blind[0]["hangs_on"] == [{"seat_id": None, "place": 2, "prize": None}]
    assert opened[0]["hangs_on"] == [{"seat_id": judging.seats["judge-3"], "place": 2, "prize": None}]


def test_who_has_dropped_out_leaves_the_ranking_only_when_the_codes_are_opened(events: EventsHub) -> None:
    judging = locked(events)
    judging.withdraw(judging.entry_ids[0])

    before = events.ask("ranking", ORGANIZER, stage_id=judging.stage_id)["nodes"]
    judging.open_codes()
    after = events.ask("ranking", ORGANIZER, stage_id=judging.stage_id)["nodes"]

    assert [len(before), len(after)] == [3, 2]
    assert [row["place"] for row in after] == [1, 2]


def test_sheets_show_their_codes_and_points_only_when_the_codes_are_opened(events: EventsHub) -> None:
    judging = locked(events)
    seat = judging.seats["judge-1"]

    blind = events.ask("sheets", ORGANIZER, stage_id=judging.stage_id, seat_id=seat, status="locked")["nodes"]
    judging.open_codes()
    opened = events.ask("sheets", ORGANIZER, stage_id=judging.stage_id, seat_id=seat, status="locked")["nodes"]

    assert len(blind) == len(opened) == 3
    assert {(sheet["code"], sheet["scores"], sheet["total"], sheet["remark"]) for sheet in blind} == {
        (None, None, None, None)
    }
    assert [sheet["total"] for sheet in sorted(opened, key=lambda sheet: sheet["code"])] == ["60", "59", "58"]
    assert events.ask("sheets_by_id", SUPERVISOR, ids=[opened[0]["id"]]) == [opened[0]]


def test_the_rubric_is_public_with_the_competition(events: EventsHub) -> None:
    judging = Judging(events)

    rubric = events.ask("rubric", "", stage_id=judging.stage_id)

    assert rubric["version"].startswith("1-")
    assert rubric["criteria"][0] == {
        "key": "idea",
        "name_zh": "评分项idea",
        "name_en": "Criterion idea",
        "weight": "1",
        "least": "0",
        "most": "50",
        "step": "0.5",
    }
