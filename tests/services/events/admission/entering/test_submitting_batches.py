"""Many entries at once: all of them or none, with a problem for every fault of every one."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from tests.services.events.admission.entering.entering import TEACHER, WANG, contestant, counts, team, team_track
from tests.services.events.competitions.competing import CLOSES, a_track, opened, places
from tests.services.events.events_hub import ANHUI, SHANGHAI, EventsHub, Refused, at_once, eventually


def single(track_id: str, organization_id: str, name: str) -> dict[str, Any]:
    return {"track_id": track_id, "organization_id": organization_id, "contestant": name}


def test_submit_entries_enters_all_and_says_so_of_each(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p310000=3, p340000=1)])
    one, other = events.organization(representative=TEACHER), events.organization("340100", representative=TEACHER)
    said = len(events.said())

    batch = [single(track_id, one, "第一队"), single(track_id, one, "第二队"), single(track_id, other, "第一队")]
    entries = events.ask("submit_entries", TEACHER, entries=batch)

    assert [(each["organization_id"], each["contestant"], each["status"]) for each in entries] == [
        (one, "第一队", "entered"),
        (one, "第二队", "entered"),
        (other, "第一队", "entered"),
    ]
    assert [type_ for type_, _ in events.said(since=said)] == ["events.entry_submitted"] * 3
    assert places(events, track_id) == {SHANGHAI: (3, 2, 1), ANHUI: (1, 1, 0)}


def test_submit_entries_enters_none_where_one_is_faulty_and_names_every_fault(events: EventsHub) -> None:
    track_id, organization_id = team_track(events, places=3), events.organization()
    events.ask("submit_entry", **team(track_id, organization_id, contestant("王", WANG), contestant("甲")))
    batch = [
        team(track_id, organization_id, name="第二队"),
        team(track_id, organization_id, contestant("乙"), name="第三队"),
        team(track_id, organization_id, contestant("王", WANG), contestant("丙"), name="第四队"),
        team(track_id, organization_id, name="第一队"),
        team(track_id, organization_id, name="第二队"),
        team(track_id, organization_id, name="第五队"),
        team(track_id, organization_id, name="第六队"),
    ]
    events.settle()
    events.rest()
    before = events.contents()

    problems = events.refusals("submit_entries", entries=batch)

    assert [(problem["code"], problem["field"]) for problem in problems] == [
        ("CONTESTANTS_TOO_FEW", "entries.1.members"),
        ("PERSON_ENTERED_IN_TRACK", "entries.2.members.0.personNumber"),
        ("ALREADY_ENTERED", "entries.3.contestant"),
        ("ENTRY_TWICE", "entries.4.contestant"),
        ("QUOTA_EXHAUSTED", "entries.6.trackId"),
    ]
    assert events.contents() == before


def test_submit_entries_gives_the_first_the_places_and_lets_the_others_wait(events: EventsHub) -> None:
    track_id, organization_id = opened(events, tracks=[a_track(p310000=2)]), events.organization()

    batch = [single(track_id, organization_id, f"第{number}队") for number in range(4)]
    entries = events.ask("submit_entries", entries=batch, wait_if_full=True)

    assert [each["status"] for each in entries] == ["entered", "entered", "waiting", "waiting"]
    assert places(events, track_id)[SHANGHAI] == (2, 2, 0)


def test_submit_entries_counts_a_person_once_over_the_whole_batch(events: EventsHub) -> None:
    track_id, organization_id = team_track(events), events.organization()

    batch = [
        team(track_id, organization_id, contestant("王", WANG), contestant(f"另一人{n}"), name=f"第{n}队")
        for n in range(2)
    ]
    problems = events.refusals("submit_entries", entries=batch)

    assert [(problem["code"], problem["field"]) for problem in problems] == [
        ("PERSON_ENTERED_IN_TRACK", "entries.1.members.0.personNumber")
    ]
    assert counts(events) == []


def test_submit_entries_takes_so_many_at_once_as_the_rules_say(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p310000=9)], rules={"entries": {"batch_most": 2}})
    organization_id = events.organization()
    batch = [single(track_id, organization_id, f"第{number}队") for number in range(3)]

    with events.refuses("BATCH_TOO_LONG", "entries", most=2):
        events.ask("submit_entries", entries=batch)
    assert len(events.ask("submit_entries", entries=batch[:2])) == 2


def test_submit_entries_is_for_those_who_may_enter_for_every_organization(events: EventsHub) -> None:
    track_id = opened(events)
    own, other = events.organization(representative=TEACHER), events.organization(zh="华东师范大学")
    series_id = events.ask("competitions")["nodes"][0]["series"]["id"]
    events.grant("leader", Role.DELEGATION_LEADER, Scope.delegation(series_id, SHANGHAI))
    events.grant("leader@anhui", Role.DELEGATION_LEADER, Scope.delegation(series_id, ANHUI))
    batch = [single(track_id, own, "第一队"), single(track_id, other, "第一队")]

    with events.refuses("SIGN_IN_REQUIRED"):
        events.ask("submit_entries", "", entries=batch)
    for viewer in (TEACHER, "leader@anhui", "organizer"):
        with events.refuses("NOT_ALLOWED"):
            events.ask("submit_entries", viewer, entries=batch)
    assert len(events.ask("submit_entries", "leader", entries=batch)) == 2


def test_submit_entries_refuses_what_does_not_exist_or_is_over(events: EventsHub) -> None:
    track_id, organization_id = opened(events), events.organization()
    of_jiangsu = events.organization("320100")

    with events.refuses("NOT_FOUND", "trackId"):
        events.ask("submit_entries", entries=[single(new_id(), organization_id, "第一队")])
    with events.refuses("ORGANIZATION_UNKNOWN", "organizationId"):
        events.ask("submit_entries", entries=[single(track_id, new_id(), "第一队")])
    with events.refuses("NO_QUOTA", "entries.0.trackId"):
        events.ask("submit_entries", entries=[single(track_id, of_jiangsu, "第一队")])
    events.clock.move_to(CLOSES)
    eventually(lambda: "events.stage_opened" in [type_ for type_, _ in events.said()])
    with events.refuses("ENTRIES_NOT_OPEN", "entries.0"):
        events.ask("submit_entries", entries=[single(track_id, organization_id, "第一队")])


@pytest.mark.parametrize(
    ("entries", "code", "field"),
    [
        ([], "TOO_SHORT", "entries"),
        ([single(new_id(), new_id(), "队")] * 501, "TOO_LONG", "entries"),
        ([{"track_id": new_id()}], "REQUIRED", "entries.0.organizationId"),
        ("all", "INVALID", "entries"),
    ],
)
def test_submit_entries_refuses_input_of_another_form(events: EventsHub, entries: Any, code: str, field: str) -> None:
    problems = events.refusals("submit_entries", entries=entries)

    assert (code, field) in [(problem["code"], problem["field"]) for problem in problems]


def test_batches_and_single_entries_at_once_take_no_place_twice(events: EventsHub) -> None:
    track_id, organization_id = opened(events, tracks=[a_track(p310000=7)]), events.organization()

    def batch(client: int) -> Any:
        some = [single(track_id, organization_id, f"{client}-{number}") for number in range(3)]
        return events.ask("submit_entries", entries=some)

    def one(number: int) -> Any:
        return events.ask("submit_entry", **single(track_id, organization_id, f"one-{number}"))

    outcomes = at_once(*[partial(batch, client) for client in range(3)], *[partial(one, number) for number in range(3)])

    entered = sum(len(each) if isinstance(each, list) else 1 for each in outcomes if not isinstance(each, Refused))
    places_, taken, free = places(events, track_id)[SHANGHAI]
    assert (places_, taken) == (7, entered)
    assert taken + free == 7


def test_submit_entries_sends_as_many_statements_for_two_as_for_twenty(events: EventsHub) -> None:
    track_id, organization_id = team_track(events, places=99), events.organization()

    def sent(first: int, number: int) -> int:
        batch = [team(track_id, organization_id, name=f"第{first + n}队") for n in range(number)]
        with events.statements() as statements:
            events.ask("submit_entries", entries=batch)
        return len([statement for statement, _ in statements if statement.startswith(("SELECT", "UPDATE"))])

    sent(90, 1)  # the rules are read once, for they never change
    assert sent(0, 2) == sent(10, 20)
