"""While codes are sealed, no refusal, document or list tells whose works a judge has, by naming whom they have to do with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts.base import LANGUAGES, Refusal
from services.events.judging.blinding.model import Seal
from services.events.judging.judges.document import differences
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub, Refused
from tests.services.events.judging.judges.judging import SUPERVISOR, Running
from tests.services.events.judging.motions.moving import done, moved, signed


@pytest.fixture
def events(home: Path) -> Iterator[EventsHub]:
    hub = EventsHub()
    yield hub
    hub.stop()


def assigned(events: EventsHub, candidates: int = 12, **rules: Any) -> tuple[Running, str]:
    """A stage whose works are assigned to a panel of four, and whose codes are sealed."""
    running = Running(events, **rules)
    for n in range(candidates):
        running.nominate(n)
    stage_id = running.begin()
    running.drawn(stage_id)
    running.accepted(stage_id)
    events.ask("assign_judges", ORGANIZER, stage_id=stage_id)
    return running, stage_id


def opened(events: EventsHub, stage_id: str) -> None:
    with events.runtime.database.transaction() as session:
        session.get_one(Seal, stage_id).opened_at = session.now


def document(events: EventsHub, stage_id: str, viewer: str = "") -> dict[str, Any]:
    [draw] = events.ask("draws", viewer, stage_id=stage_id)["nodes"]
    found: dict[str, Any] = draw["document"]
    return found


def next_in_line(events: EventsHub, running: Running, stage_id: str, province: str) -> tuple[str, str]:
    """The candidate who would step in for somebody of this province, and their person."""
    published = document(events, stage_id)
    provinces = {line["candidate"]: line["province"] for line in published["roster"]}
    waiting = [id_ for id_ in published["order"] if id_ not in published["panel"] and provinces[id_] == province]
    [candidate] = events.ask("judge_candidates_by_id", ORGANIZER, ids=waiting[:1])
    return candidate["id"], candidate["person"]


@pytest.mark.parametrize("viewer", ["", ORGANIZER, SUPERVISOR])
def test_who_was_passed_over_is_published_once_the_codes_are_opened(events: EventsHub, viewer: str) -> None:
    running, stage_id = assigned(events)
    seat = running.panel(stage_id)[0]
    candidate_id, person = next_in_line(events, running, stage_id, seat["province"])
    for university in running.universities:
        given = {"candidate_id": candidate_id, "organization_id": university, "reason": "x"}
        events.ask("declare_conflict", person, **given)
    before = document(events, stage_id, viewer)

    done(events, "replace_judge", seat_id=seat["id"], reason="急病")

    assert document(events, stage_id, viewer) == before
    opened(events, stage_id)
    published = document(events, stage_id, viewer)
    assert {each["how"] for each in published["left"]} == {"replaced", "passed_over"}
    assert differences(before) == differences(published) == []


def test_what_a_judge_declares_is_shown_once_the_codes_are_opened(events: EventsHub) -> None:
    running, stage_id = assigned(events)
    seat = running.panel(stage_id)[0]
    before = events.ask("conflicts", ORGANIZER, stage_id=stage_id)

    given = {"candidate_id": seat["candidate_id"], "entry_id": running.entry_ids[0], "reason": "认出作品"}
    events.ask("declare_conflict", running.person(seat), **given)

    assert events.ask("conflicts", ORGANIZER, stage_id=stage_id) == before
    opened(events, stage_id)
    assert events.ask("conflicts", ORGANIZER, stage_id=stage_id) != before


def test_why_nobody_can_take_over_works_is_told_without_a_name(events: EventsHub) -> None:
    running, stage_id = assigned(events, candidates=4, judges_per_entry=4)
    motion = moved(events, "replace_judge", seat_id=running.panel(stage_id)[0]["id"], reason="急病")

    with pytest.raises(Refused) as refused:
        signed(events, motion)

    [problem] = refused.value.problems
    said = [json.dumps(problem, ensure_ascii=False), *(Refusal.of(problem).text(each) for each in LANGUAGES)]
    assert problem["code"] == "JUDGES_LACKING"
    assert [name for name in ("大学", "University", *running.universities) if any(name in each for each in said)] == []


def test_why_a_judge_was_replaced_is_public_once_the_codes_are_opened(events: EventsHub) -> None:
    running, stage_id = assigned(events)
    done(events, "replace_judge", seat_id=running.panel(stage_id)[0]["id"], reason="与大学0有利益关系")
    listing = {"competition_id": running.competition_id}

    assert events.ask("motions", "", **listing)["nodes"] == []
    assert [each["reason"] for each in events.ask("motions", SUPERVISOR, **listing)["nodes"]] == ["与大学0有利益关系"]
    opened(events, stage_id)
    assert [each["reason"] for each in events.ask("motions", "", **listing)["nodes"]] == ["与大学0有利益关系"]


def test_no_refusal_of_judging_has_a_place_for_an_institution() -> None:
    texts = [cls.zh + cls.en for cls in _all(Refusal) if cls.__module__.startswith("contracts.events.judging")]

    assert len(texts) > 30
    assert [text for text in texts if "{organization" in text or "{institution" in text or "{entry" in text] == []


def _all(cls: type[Refusal]) -> list[type[Refusal]]:
    return [each for child in cls.__subclasses__() for each in (child, *_all(child))]
