"""Many entries withdrawn at once: each as it would be alone or all or none, and their places go to who waits."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from kit.ids import new_id
from tests.services.events.admission.entering.entering import TEACHER, WANG, contestant, team, team_track
from tests.services.events.admission.entering.test_submitting_batches import single
from tests.services.events.competitions.competing import CLOSES, a_track, opened, places
from tests.services.events.events_hub import SHANGHAI, EventsHub, Refused, at_once, eventually


def entered(events: EventsHub, track_id: str, number: int, organization_id: str) -> list[str]:
    batch = [single(track_id, organization_id, f"第{each}队") for each in range(number)]
    return [each["id"] for each in events.ask("submit_entries", entries=batch, wait_if_full=True)]


def statuses(events: EventsHub, ids: list[str]) -> list[str]:
    found = {each["id"]: each["status"] for each in events.ask("entries_by_id", ids=ids)}
    return [found[id_] for id_ in ids]


def told(answers: list[dict[str, Any]]) -> list[str]:
    return [each["entry"]["status"] if each["entry"] else each["problems"][0]["code"] for each in answers]


def test_each_is_answered_for_itself_and_places_go_to_who_waits(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p310000=3)])
    ids = entered(events, track_id, 6, events.organization(representative=TEACHER))
    events.ask("withdraw_entry", entry_id=ids[0])
    assert statuses(events, ids) == ["withdrawn", "entered", "entered", "offered", "waiting", "waiting"]
    nobody, said = new_id(), len(events.said())

    named = [ids[1], ids[0], nobody, ids[3], ids[4], ids[1]]
    answers = events.ask("withdraw_entries", TEACHER, entry_ids=named)

    assert [each["entry_id"] for each in answers] == named[:-1]
    assert told(answers) == ["withdrawn", "ENTRY_ENDED", "NOT_FOUND", "withdrawn", "withdrawn"]
    assert statuses(events, ids) == ["withdrawn", "withdrawn", "entered", "withdrawn", "withdrawn", "offered"]
    types = [type_.removeprefix("events.") for type_, _ in events.said(since=said)]
    assert types == ["entry_withdrawn"] * 3 + ["offer_made"]
    events.ask("accept_offer", entry_id=ids[5])
    assert places(events, track_id) == {SHANGHAI: (3, 2, 1)}


def test_all_or_none_names_the_place_of_each_that_is_in_the_way(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p310000=3)])
    ids = entered(events, track_id, 2, events.organization())
    events.ask("withdraw_entry", entry_id=ids[0])

    problems = events.refusals("withdraw_entries", entry_ids=[ids[1], ids[0], new_id()], all_or_none=True)

    assert [(each["code"], each["field"]) for each in problems] == [
        ("ENTRY_ENDED", "entryIds.1"),
        ("NOT_FOUND", "entryIds.2"),
    ]
    assert statuses(events, ids) == ["withdrawn", "entered"]


def test_it_is_for_those_who_may_enter_for_all_of_them(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p310000=3)])
    own, other = events.organization(representative=TEACHER), events.organization()
    ids = [*entered(events, track_id, 1, own), *entered(events, track_id, 1, other)]

    for viewer, code in (("", "SIGN_IN_REQUIRED"), (TEACHER, "NOT_ALLOWED"), ("somebody", "NOT_ALLOWED")):
        with events.refuses(code):
            events.ask("withdraw_entries", viewer, entry_ids=ids)
    assert statuses(events, ids) == ["entered", "entered"]


@pytest.mark.parametrize("ids", [[], "x", ["x"], [new_id()] * 101])
def test_input_of_another_form_is_refused(events: EventsHub, ids: Any) -> None:
    assert events.refusals("withdraw_entries", entry_ids=ids)


def test_people_count_no_longer_and_who_competed_does_not(events: EventsHub) -> None:
    track_id, own = team_track(events, places=3), events.organization()
    given = team(track_id, own, contestant("王", WANG), contestant("甲"))
    first = events.ask("submit_entry", **given)
    assert told(events.ask("withdraw_entries", entry_ids=[first["id"]])) == ["withdrawn"]
    second = events.ask("submit_entry", **given)
    events.clock.move_to(CLOSES)
    eventually(lambda: events.ask("withdraw_entries", entry_ids=[first["id"]])[0]["problems"])

    assert told(events.ask("withdraw_entries", entry_ids=[second["id"]])) == ["withdrawn"]


def test_many_take_as_many_reading_statements_as_two(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p310000=40)])
    own, taken = events.organization(), []
    ids = entered(events, track_id, 22, own)
    for some in (ids[:2], ids[2:]):
        with events.statements() as sent:
            events.ask("withdraw_entries", entry_ids=some)
        taken.append(len([each for each, _ in sent if each.startswith("SELECT")]))
    assert taken[0] == taken[1]


def test_of_two_at_once_each_entry_ends_once(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p310000=2)])
    ids = entered(events, track_id, 4, events.organization())
    said = len(events.said())

    outcomes = at_once(
        partial(events.ask, "withdraw_entries", entry_ids=ids),
        partial(events.ask, "withdraw_entries", entry_ids=ids[::-1]),
        partial(events.ask, "withdraw_entry", entry_id=ids[0]),
    )

    assert not [each for each in outcomes if isinstance(each, Exception) and not isinstance(each, Refused)]
    assert statuses(events, ids) == ["withdrawn"] * 4
    ended = [data["entry_id"] for type_, data in events.said(since=said) if type_ == "events.entry_withdrawn"]
    assert sorted(ended) == sorted(ids)
    assert places(events, track_id) == {SHANGHAI: (2, 0, 2)}
