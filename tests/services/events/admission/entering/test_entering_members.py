"""Entering people: as many as the rules say, each once, and of their identity numbers nothing is kept but a key."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hub.settings import read_settings
from kit.ids import new_id
from kit.person_keys import keys_of, person_key
from tests.services.events.admission.entering.entering import (
    TEACHER,
    WANG,
    adviser,
    contestant,
    counts,
    members,
    team,
    team_track,
)
from tests.services.events.competitions.competing import a_track, opened, places
from tests.services.events.events_hub import SHANGHAI, EventsHub, Refused, at_once


def test_submit_entry_keeps_its_members_and_tells_nobody_their_names(events: EventsHub) -> None:
    track_id, organization_id = team_track(events), events.organization(representative=TEACHER)
    said = len(events.said())

    people = [contestant("  王小明 ", WANG), contestant("赵小红", person="zhao"), adviser("李老师")]
    entry = events.ask("submit_entry", TEACHER, **team(track_id, organization_id, *people))

    kept = [(each.role, each.name, each.organization_id, each.person) for each in members(events, entry["id"])]
    assert kept == [
        ("contestant", "王小明", organization_id, None),
        ("contestant", "赵小红", organization_id, "zhao"),
        ("adviser", "李老师", organization_id, None),
    ]
    [(type_, message)] = events.said(since=said)
    assert type_ == "events.entry_submitted"
    assert not any(secret in json.dumps(message, ensure_ascii=False) for secret in ("王小明", "赵小红", "zhao", WANG))


def test_an_identity_number_is_kept_nowhere_but_as_a_key(events: EventsHub, tmp_path: Path) -> None:
    track_id, organization_id = team_track(events), events.organization()

    entry = events.ask(
        "submit_entry", key="k", **team(track_id, organization_id, contestant(number=WANG), contestant("赵小红"))
    )

    first, second = members(events, entry["id"])
    assert first.person_key == keys_of(events.runtime.settings)(WANG)
    assert (len(str(first.person_key)), second.person_key) == (64, None)
    assert (tmp_path / "person-secret").stat().st_mode & 0o777 == 0o600
    for file in tmp_path.glob("events.sqlite3*"):
        assert WANG.encode() not in file.read_bytes()


def test_the_secret_of_the_settings_goes_before_the_hubs_own(
    monkeypatch: pytest.MonkeyPatch, events: EventsHub, tmp_path: Path
) -> None:
    own = keys_of(events.runtime.settings)(WANG)
    monkeypatch.setenv("HUB_PERSON_SECRET", "s" * 40)

    assert keys_of(read_settings())(WANG) == person_key(b"s" * 40, WANG) != own


@pytest.mark.parametrize(
    ("people", "rules", "code", "field", "params"),
    [
        ([contestant()], {}, "CONTESTANTS_TOO_FEW", "members", {"least": 2}),
        ([contestant(str(n)) for n in range(4)], {}, "CONTESTANTS_TOO_MANY", "members", {"most": 3}),
        (
            [contestant(), contestant(), adviser(), adviser(), adviser()],
            {},
            "ADVISERS_TOO_MANY",
            "members",
            {"most": 2},
        ),
        (
            [contestant(), contestant()],
            {"person_number_required": True, "team_least": 1, "person_limits": []},
            "PERSON_NUMBER_REQUIRED",
            "members.0.personNumber",
            {},
        ),
        ([contestant("甲", WANG), contestant("乙", WANG)], {}, "MEMBER_TWICE", "members.1.personNumber", {}),
        (
            [contestant(), contestant()],
            {"eligibility": [{"kind": "region", "values": ["310104"]}]},
            "REGION_NOT_ELIGIBLE",
            "organizationId",
            {},
        ),
        (
            [contestant(), contestant()],
            {"eligibility": [{"kind": "organization_kind", "values": ["secondary_school"]}]},
            "ORGANIZATION_KIND_NOT_ELIGIBLE",
            "organizationId",
            {},
        ),
    ],
)
def test_submit_entry_refuses_what_the_rules_do_not_let_in(
    events: EventsHub, people: list[Any], rules: dict[str, Any], code: str, field: str, params: dict[str, Any]
) -> None:
    track_id, organization_id = team_track(events, **rules), events.organization()

    problems = events.refusals("submit_entry", **team(track_id, organization_id, *people))

    assert {"code": code, "field": field, "params": params} in problems
    assert places(events, track_id)[SHANGHAI] == (9, 0, 9)


def test_submit_entry_names_every_rule_that_it_breaks(events: EventsHub) -> None:
    track_id, organization_id = team_track(events, person_number_required=True), events.organization()

    problems = events.refusals("submit_entry", **team(track_id, organization_id, contestant()))

    assert [problem["code"] for problem in problems] == ["CONTESTANTS_TOO_FEW", "PERSON_NUMBER_REQUIRED"]


def test_a_team_must_name_its_members(events: EventsHub) -> None:
    track_id, organization_id = team_track(events), events.organization()

    with events.refuses("MEMBERS_NEEDED", "members"):
        events.ask("submit_entry", **{**team(track_id, organization_id), "members": []})
    with events.refuses("MEMBERS_NEEDED", "members"):
        events.ask("submit_entry", track_id=track_id, organization_id=organization_id, contestant="第一队")


def test_members_of_other_institutions_come_only_where_the_rules_let_them(events: EventsHub) -> None:
    track_id, own, other = team_track(events), events.organization(), events.organization(zh="华东师范大学")
    people = [contestant(), contestant("赵小红", organization_id=other), adviser(organization_id=other)]

    with events.refuses("MEMBER_OF_OTHER_INSTITUTION", "members.1.organizationId"):
        events.ask("submit_entry", **team(track_id, own, *people))
    with events.refuses("ORGANIZATION_UNKNOWN", "organizationId"):
        events.ask("submit_entry", **team(track_id, own, contestant(), contestant(organization_id=new_id())))


def test_members_of_other_institutions_are_kept_as_such(events: EventsHub) -> None:
    track_id = team_track(events, cross_institution=True)
    own, other = events.organization(), events.organization(zh="华东师范大学")

    people = [contestant(), contestant("赵小红", organization_id=other)]
    entry = events.ask("submit_entry", **team(track_id, own, *people))

    assert [each.organization_id for each in members(events, entry["id"])] == [own, other]


@pytest.mark.parametrize(
    ("member", "code", "field"),
    [
        (contestant(number="110105194912310021"), "PERSON_NUMBER_INVALID", "members.0.personNumber"),
        (contestant(number="x" * 51), "TOO_LONG", "members.0.personNumber"),
        ({"role": "mascot", "name": "熊"}, "NOT_ONE_OF", "members.0.role"),
        ({"role": "contestant"}, "REQUIRED", "members.0.name"),
        (contestant(" "), "INVALID", "members.0.name"),
        (contestant(height=180), "UNKNOWN_FIELD", "members.0.height"),
        (contestant(person="two words"), "INVALID", "members.0.person"),
        ("王小明", "INVALID", "members.0"),
    ],
)
def test_submit_entry_refuses_members_of_another_form(events: EventsHub, member: Any, code: str, field: str) -> None:
    [problem] = events.refusals("submit_entry", **team(new_id(), new_id(), member))

    assert (problem["code"], problem["field"]) == (code, field)


def test_one_person_stands_in_a_track_as_often_as_the_rules_say(events: EventsHub) -> None:
    track_id, one = team_track(events), events.organization()
    other = events.organization(zh="华东师范大学")
    first = events.ask("submit_entry", **team(track_id, one, contestant("王", WANG), contestant("甲")))

    with events.refuses("PERSON_ENTERED_IN_TRACK", "members", most=1):
        events.ask("submit_entry", **team(track_id, other, contestant("王某", WANG.lower()), contestant("乙")))
    as_adviser = team(track_id, other, contestant("丙"), contestant("丁"), adviser("王", WANG), name="第二队")
    events.ask("submit_entry", **as_adviser)
    events.ask("withdraw_entry", entry_id=first["id"])
    events.ask("submit_entry", **team(track_id, other, contestant("王", WANG), contestant("乙")))

    assert counts(events) == [("adviser", 1)] * 3 + [("contestant", 1)] * 3


def test_one_person_at_many_counters_at_once_is_entered_once(events: EventsHub) -> None:
    track_id, organization_id = team_track(events), events.organization()

    def submit(number: int) -> Any:
        people = contestant("王", WANG), contestant(f"另一人{number}")
        return events.ask("submit_entry", **team(track_id, organization_id, *people, name=f"第{number}队"))

    outcomes = at_once(*[partial(submit, number) for number in range(6)])

    refused = [outcome.problems[0]["code"] for outcome in outcomes if isinstance(outcome, Refused)]
    assert refused == ["PERSON_ENTERED_IN_TRACK"] * 5
    assert places(events, track_id)[SHANGHAI] == (9, 1, 8)
    assert counts(events) == [("contestant", 1)] * 3


def test_a_limit_within_the_series_holds_over_its_tracks(events: EventsHub) -> None:
    limits = [{"role": "contestant", "within": "series", "most": 2}]
    tracks = [{**a_track(name), "kind": "team"} for name in ("甲组", "乙组", "丙组")]
    opened(events, tracks=tracks, rules={"entries": {"person_limits": limits}})
    ids = [track["id"] for track in events.ask("competitions")["nodes"][0]["tracks"]]
    organization_id = events.organization()

    def submit(track_id: str) -> Any:
        return events.ask("submit_entry", **team(track_id, organization_id, contestant("王", WANG), contestant("甲")))

    for track_id in ids[:2]:
        submit(track_id)
    with events.refuses("PERSON_ENTERED_IN_SERIES", "members", most=2):
        submit(ids[2])


def test_submit_entry_without_members_sends_no_statement_more_than_it_must(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p310000=9)])
    organization_id = events.organization(representative=TEACHER)
    given = {"track_id": track_id, "organization_id": organization_id}
    events.ask("submit_entry", TEACHER, **given, contestant="第一队")
    events.settle()

    with events.statements() as statements:
        events.ask("submit_entry", TEACHER, **given, contestant="第二队")

    sent = [statement.split()[0] for statement, _ in statements]
    writes = [each for each in sent if each in {"INSERT", "UPDATE"}]
    assert (
        (sent.count("SELECT") - sum("pg_notify" in each for each, _ in statements), writes)
        == (
            5,  # the organisation, the track, the right to enter, the quota with the number of the rules, what stands already
            ["INSERT", "INSERT", "UPDATE"],  # the entry, what is said of it, and last the row that entries contend for
        )
    )
