"""Same names: a contestant stands once however the name is written, and the roster takes and refuses what submitting does."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.names.table import ALIKE, BLANK, PUT_RIGHT, REAL, REFUSED
from tests.reporting.founding import FOUNDING_PAPERS
from tests.servers.install import FONT, require
from tests.services.events.admission.entering.entering import LI, TEACHER, WANG, adviser, contestant, team, team_track
from tests.services.events.competitions.competing import a_track, opened
from tests.services.events.events_hub import EventsHub, Refused

INPUTS = FOUNDING_PAPERS / "cases/inputs"
SCHOOL = "上海师范大学"
UNDRAWN = ("\x00", "\u0007", "\x1b")  # what makes a file no text at all


def season(events: EventsHub, places: int = 60) -> tuple[str, str, str]:
    """The ids of a competition, its one track for individuals, and an organisation that TEACHER represents."""
    track_id = opened(events, tracks=[a_track(p310000=places)])
    return str(events.ask("competitions")["nodes"][0]["id"]), track_id, events.organization(representative=TEACHER)


def previewed(events: EventsHub, competition_id: str, names: list[str]) -> Any:
    rows = "\n".join(f'A,{SCHOOL},"{name.replace(chr(34), chr(34) * 2)}"' for name in names)
    file = base64.b64encode(f"赛道,单位,参赛者\n{rows}\n".encode()).decode()
    return events.ask("preview_entries", TEACHER, competition_id=competition_id, file=file)


@pytest.mark.parametrize("names", ALIKE)
def test_a_contestant_of_the_same_name_has_entered_already(events: EventsHub, names: tuple[str, ...]) -> None:
    competition_id, track_id, own = season(events)
    entering = {"track_id": track_id, "organization_id": own}
    events.ask("submit_entry", TEACHER, **entering, contestant=names[0])

    for name in names:
        with events.refuses("ALREADY_ENTERED", "contestant"):
            events.ask("submit_entry", TEACHER, **entering, contestant=name)
    faults = previewed(events, competition_id, list(names))["faults"]
    assert {fault["code"] for fault in faults} == {"ALREADY_ENTERED"}


def test_names_of_one_batch_are_the_same_as_of_two(events: EventsHub) -> None:
    _, track_id, own = season(events)
    entries = [{"track_id": track_id, "organization_id": own, "contestant": name} for name in ALIKE[0]]

    problems = events.refusals("submit_entries", TEACHER, entries=entries)

    assert [(each["code"], each["field"]) for each in problems] == [
        ("ENTRY_TWICE", f"entries.{place}.contestant") for place in (1, 2, 3)
    ]


def test_both_doors_keep_the_same_names(events: EventsHub) -> None:
    competition_id, track_id, own = season(events)
    names = {**{name: name for name in REAL.values() if not name.startswith("=")}, **PUT_RIGHT}

    shown = previewed(events, competition_id, list(names))
    kept = [
        events.ask("submit_entry", TEACHER, track_id=track_id, organization_id=own, contestant=given)["contestant"]
        for given in dict(zip(names.values(), names, strict=True)).values()
    ]

    assert shown["faults"] == []
    assert {entry["contestant"] for entry in shown["entries"]} == set(kept) == set(names.values())


@pytest.mark.parametrize("name", [name for name in REFUSED if not any(letter in name for letter in UNDRAWN)])
def test_both_doors_refuse_the_same_letters(events: EventsHub, name: str) -> None:
    competition_id, track_id, own = season(events)
    code, character, place = REFUSED[name]

    [problem] = events.refusals("submit_entry", TEACHER, track_id=track_id, organization_id=own, contestant=name)
    [fault] = previewed(events, competition_id, [name])["faults"]

    assert (problem["code"], problem["field"], problem["params"]["character"]) == (code, "contestant", character)
    assert (fault["code"], fault["column"], fault["row"]) == (code, "contestant", 2)
    assert character in fault["message"] and place in fault["message"]


@pytest.mark.parametrize("name", BLANK)
def test_a_name_that_shows_nothing_is_no_name(events: EventsHub, name: str) -> None:
    _, track_id, own = season(events)

    with pytest.raises(Refused) as refused:
        events.ask("submit_entry", TEACHER, track_id=track_id, organization_id=own, contestant=name)

    assert refused.value.problems == [{"code": "INVALID", "field": "contestant", "params": {}}]


def test_two_members_of_one_name_are_one_person_unless_both_numbers_tell_them_apart(events: EventsHub) -> None:
    track_id, own = team_track(events), events.organization(representative=TEACHER)
    one, again = contestant("张三"), contestant("张 三")

    for members in ([one, again], [contestant("张三", WANG), again], [one, contestant("李四"), adviser("张三")]):
        with pytest.raises(Refused) as refused:
            events.ask("submit_entry", TEACHER, **team(track_id, own, *members))
        where = f"members.{len(members) - 1}.name"
        assert refused.value.problems == [{"code": "MEMBER_TWICE", "field": where, "params": {}}]

    two = [contestant("张三", WANG), contestant("张三", LI), adviser("李四")]
    assert events.ask("submit_entry", TEACHER, **team(track_id, own, *two))["status"] == "entered"


def test_a_roster_in_which_a_person_stands_twice_is_faulty_in_the_second_row(events: EventsHub) -> None:
    team_track(events)
    events.organization(representative=TEACHER)
    competition_id = str(events.ask("competitions")["nodes"][0]["id"])
    csv = f"赛道,单位,参赛者,姓名\nA,{SCHOOL},队一,张三\nA,{SCHOOL},队 一,张\u200b三\n"

    preview = events.ask("preview_entries", TEACHER, competition_id=competition_id, csv=csv)

    assert [(fault["row"], fault["column"], fault["code"]) for fault in preview["faults"]] == [
        (3, "name", "MEMBER_TWICE")
    ]


def test_a_roster_names_an_organization_as_any_keyboard_writes_it(events: EventsHub) -> None:
    team_track(events, team_least=1)
    competition_id = str(events.ask("competitions")["nodes"][0]["id"])
    for number, name in enumerate(("丙丁大学（合肥）", "ABC学院", "第１中学")):
        events.organization(representative=TEACHER, zh=name, region=f"31010{number + 4}")
    rows = "".join(f"A,{name},队一,张三\n" for name in ("丙丁大学(合肥)", "ＡＢＣ学院", "第1中学"))

    preview = events.ask(
        "preview_entries", TEACHER, competition_id=competition_id, csv=f"赛道,单位,参赛者,姓名\n{rows}"
    )

    assert [fault["code"] for fault in preview["faults"]] == []
    assert len({entry["organization_id"] for entry in preview["entries"]}) == 3


def test_names_that_certificates_cannot_print_are_said_at_entry_by_both_doors(events: EventsHub) -> None:
    require(FONT)
    track_id, own = team_track(events), events.organization(representative=TEACHER)
    rare = [{"name": "王\U0002ebf0", "letters": ["U+2EBF0"]}]
    csv = f"赛道,单位,参赛者,姓名\nA,{SCHOOL},队一,王\U0002ebf0\nA,{SCHOOL},队一,张三\n"
    competition_id = str(events.ask("competitions")["nodes"][0]["id"])

    members = (contestant("王\U0002ebf0"), contestant("张三"))
    entry_id = events.ask("submit_entry", TEACHER, **team(track_id, own, *members))["id"]
    shown = events.ask("preview_entries", TEACHER, competition_id=competition_id, csv=csv)

    asked = {"entry_ids": [entry_id]}
    assert events.ask("unprinted_names", TEACHER, **asked) == [{"entry_id": entry_id, **each} for each in rare]
    assert events.ask("unprinted_names", "somebody", **asked) == []
    assert [entry["unprinted_names"] for entry in shown["entries"]] == [rare]


@pytest.mark.founding
def test_the_names_of_the_cases_are_refused_or_the_same(events: EventsHub) -> None:
    _, track_id, own = season(events)
    entering = {"track_id": track_id, "organization_id": own}
    cases = json.loads((INPUTS / "entry-names.json").read_text(encoding="utf-8"))
    events.ask("submit_entry", TEACHER, **entering, contestant="甲队")

    for name in cases["invalid"]:
        [problem] = events.refusals("submit_entry", TEACHER, **entering, contestant=name)
        assert problem["code"] in {"INVALID", "CHARACTER_NOT_ALLOWED"}
    for name in cases["look_alikes_of_甲队"]:
        with events.refuses("ALREADY_ENTERED", "contestant"):
            events.ask("submit_entry", TEACHER, **entering, contestant=name)


@pytest.mark.founding
def test_the_roster_of_the_cases_with_a_person_twice_is_faulty(events: EventsHub) -> None:
    opened(events, tracks=[{**a_track("团队组", p310000=9), "kind": "team"}], rules={"entries": {"team_least": 2}})
    events.organization(representative=TEACHER, zh="黄山学院")
    file = base64.b64encode((INPUTS / "roster-same-person-twice.csv").read_bytes()).decode()

    competition_id = str(events.ask("competitions")["nodes"][0]["id"])
    preview = events.ask("preview_entries", TEACHER, competition_id=competition_id, file=file)

    assert [(fault["row"], fault["code"]) for fault in preview["faults"]] == [(3, "MEMBER_TWICE")]
