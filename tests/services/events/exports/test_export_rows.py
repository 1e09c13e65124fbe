"""Tables: rows a thousand at a time for as many statements as for one, and names only for those who may know them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert

from contracts.authority import Role, Scope
from contracts.events.admission.entries import EntryStatus, MemberRole
from contracts.events.judging.results import ResultStatus
from kit.ids import new_id
from services.events.admission.entries.model import Entry, Member
from tests.services.events.competitions.competing import ORGANIZER, drafted, published
from tests.services.events.events_hub import ANHUI, SHANGHAI, EventsHub
from tests.services.events.exports.exporting import Judged, announced, the_competition
from tests.services.events.fixtures.contesting import a_stage, drawn_up, fixtures, played, scheduled, team

AT = datetime(2026, 3, 2, tzinfo=UTC)


def table(events: EventsHub, kind: str, competition_id: str, viewer: str = ORGANIZER, **part: Any) -> dict[str, Any]:
    found: dict[str, Any] = events.ask("export_rows", viewer, kind=kind, competition_id=competition_id, **part)
    return found


def column(found: dict[str, Any], name: str) -> list[Any]:
    """What stands in a column, words in Chinese."""
    place = [each["zh"] for each in found["columns"]].index(name)
    cells = [row[place] for row in found["rows"]]
    return [cell["zh"] if isinstance(cell, dict) else cell for cell in cells]


def with_members(events: EventsHub, **names: str) -> None:
    """Give every entry a contestant and an adviser of these names and its contestant's number."""
    with events.runtime.database.transaction() as session:
        for entry in session.query(Entry).all():
            for role, name in ((MemberRole.CONTESTANT, "队员"), (MemberRole.ADVISER, "教师")):
                about = {"entry_id": entry.id, "role": role, "organization_id": entry.organization_id}
                session.add(Member(id=new_id(), name=f"{name}{entry.contestant[1:-1]}", **about))


def test_entries_are_shown_whole_to_those_who_run_the_competition(events: EventsHub) -> None:
    a_stage(events, teams=2)
    with_members(events)
    competition_id = the_competition(events)

    found = table(events, "entries", competition_id)

    assert found["name"] == {"zh": "班主任基本功大赛 第14届", "en": "Class-Teacher Skills Contest Edition 14"}
    assert column(found, "参赛者") == ["第0队", "第1队"]
    assert column(found, "参赛成员") == ["队员0", "队员1"]
    assert column(found, "指导教师") == ["教师0", "教师1"]
    assert column(found, "省级行政区划代码") == [SHANGHAI, ANHUI]
    assert column(found, "省份") == ["上海市", "安徽省"]
    assert column(found, "单位") == ["学校0", "学校1"]
    assert column(found, "状态") == ["已报名"] * 2
    assert found["after"] is None


def test_a_delegation_gets_its_own_entries_and_a_supervisor_all_without_names(events: EventsHub) -> None:
    a_stage(events, teams=4)
    with_members(events)
    competition_id = the_competition(events)
    series_id = events.ask("competitions")["nodes"][0]["series"]["id"]
    events.grant("supervisor", Role.SUPERVISOR, Scope.event(series_id))
    events.grant("leader", Role.DELEGATION_LEADER, Scope.delegation(series_id, ANHUI))
    events.grant("other leader", Role.DELEGATION_LEADER, Scope.delegation(new_id(), ANHUI))
    entries = partial(table, events, "entries", competition_id)

    assert column(entries("teacher-2"), "参赛成员") == ["队员2"]
    assert column(entries("leader"), "参赛成员") == ["队员1"]
    watched = entries("supervisor")
    assert column(watched, "单位") == [f"学校{number}" for number in range(4)]
    for name in ("参赛者", "参赛成员", "指导教师"):
        assert column(watched, name) == [None] * 4
    for viewer in ("other leader", "somebody"):
        with events.refuses("NOTHING_TO_EXPORT", "competition"):
            entries(viewer)
    with events.refuses("SIGN_IN_REQUIRED"):
        entries("")


def test_a_part_ends_where_the_next_begins(events: EventsHub) -> None:
    a_stage(events, teams=5)
    competition_id = the_competition(events)
    first = table(events, "entries", competition_id, first=2)
    second = table(events, "entries", competition_id, first=2, after=first["after"])
    third = table(events, "entries", competition_id, first=2, after=second["after"])

    assert [row for part in (first, second, third) for row in part["rows"]] == table(events, "entries", competition_id)[
        "rows"
    ]
    assert third["after"] is None


def test_five_thousand_rows_cost_the_same_statements_in_every_part(events: EventsHub) -> None:
    a_stage(events, teams=1)
    competition_id = the_competition(events)
    with events.runtime.database.transaction() as session:
        one = session.query(Entry).one()
        rows = [
            {
                "id": new_id(),
                "version": 1,
                "created_at": session.now,
                "edition_id": one.edition_id,
                "track_id": one.track_id,
                "organization_id": one.organization_id,
                "province": one.province,
                "contestant": f"队{number}",
                "status": EntryStatus.ENTERED,
                "quota_id": one.quota_id,
                "substitutions": 0,
            }
            for number in range(5_000)
        ]
        session.execute(insert(Entry), rows)
        member = {"role": MemberRole.CONTESTANT, "name": "某", "organization_id": one.organization_id}
        session.execute(insert(Member), [{"id": new_id(), "entry_id": row["id"], **member} for row in rows])

    after, counts, sizes = None, [], []
    while True:
        with events.statements() as sent:
            part = table(events, "entries", competition_id, **({"after": after} if after else {}))
        counts.append(len(sent))
        sizes.append(len(part["rows"]))
        after = part["after"]
        if after is None:
            break

    assert sizes == [1000] * 5 + [1]
    first, *others = counts
    assert len(set(others)) == 1 and others[0] <= 12, counts
    assert first <= others[0] + 1, "whoever reads it leaves a sighting once"


@pytest.mark.parametrize(
    ("which", "code", "field", "params"),
    [
        ({"kind": "secrets"}, "NOT_ONE_OF", "kind", {"choices": "entries, scores, results, fixtures"}),
        ({"first": 1001}, "OUT_OF_RANGE", "first", {"min": "1", "max": "1000"}),
        ({"after": "x"}, "INVALID", "after", {}),
        ({"competition_id": new_id()}, "NOT_FOUND", "competitionId", {}),
        ({"competition_id": "x"}, "INVALID", "competitionId", {}),
    ],
)
def test_what_cannot_be_exported_is_refused(
    events: EventsHub, which: dict[str, Any], code: str, field: str, params: dict[str, Any]
) -> None:
    competition_id = published(events)["id"]

    with events.refuses(code, field, **params):
        events.ask("export_rows", ORGANIZER, **{"kind": "entries", "competition_id": competition_id, **which})


def test_a_draft_is_exported_by_nobody_but_its_organizers(events: EventsHub) -> None:
    competition_id = drafted(events)["id"]

    for kind in ("entries", "scores", "results", "fixtures"):
        with events.refuses("NOT_FOUND", "competitionId"):
            table(events, kind, competition_id, "somebody")
    assert table(events, "fixtures", competition_id)["rows"] == []


def test_fixtures_are_public_once_they_have_times_and_show_how_they_ended(events: EventsHub) -> None:
    stage_id = scheduled(events, teams=4, group_size=2, advance=1)
    competition_id = the_competition(events)

    public = table(events, "fixtures", competition_id, "")

    found = fixtures(events, stage_id)
    assert column(public, "场次") == ["1", "2", "3"]
    assert column(public, "主队")[:2] == [f"第{team(each['home'])}队" for each in found[:2]]
    assert column(public, "主队")[2] == "1A"
    assert column(public, "开始时间") == [each["starts_at"] for each in found]
    assert column(public, "主队得分") == [None] * 3
    assert table(events, "fixtures", competition_id) == public


def test_fixtures_without_a_time_are_for_organizers(events: EventsHub) -> None:
    drawn_up(events, teams=2, mode="groups")
    competition_id = the_competition(events)

    assert table(events, "fixtures", competition_id, "teacher-0")["rows"] == []
    assert column(table(events, "fixtures", competition_id), "状态") == ["已编排"]


def test_a_played_fixture_shows_its_sets(events: EventsHub) -> None:
    stage_id = drawn_up(events, teams=2, mode="groups")
    [fixture] = fixtures(events, stage_id)
    played(events, fixture)

    found = table(events, "fixtures", the_competition(events), "")

    assert sorted([*column(found, "主队得分"), *column(found, "客队得分")]) == ["0", "1"]
    assert column(found, "弃权") == [None]


def test_scores_are_sealed_for_everybody_until_the_codes_are_opened(events: EventsHub) -> None:
    judged = Judged(events)

    for viewer in (ORGANIZER, "hub-office"):
        with events.refuses("CODES_SEALED", "competition"):
            table(events, "scores", judged.competition_id, viewer)
    judged.open()
    found = table(events, "scores", judged.competition_id)

    assert column(found, "盲评编码") == ["F-0", "F-1"]
    assert column(found, "参赛者") == ["第1队", "第0队"]
    assert column(found, "评委") == ["评委甲"] * 2
    numbers = [each["zh"] for each in found["columns"] if each["kind"] == "number"]
    assert column(found, numbers[0]) == ["80.5", "81.5"]


def test_scores_are_for_those_who_run_and_supervise_and_name_people_to_the_first_only(events: EventsHub) -> None:
    judged = Judged(events)
    judged.open()
    series_id = events.ask("competitions")["nodes"][0]["series"]["id"]
    events.grant("supervisor", Role.SUPERVISOR, Scope.event(series_id))

    for viewer in ("judge", "teacher-0", "somebody"):
        with events.refuses("NOT_ALLOWED"):
            table(events, "scores", judged.competition_id, viewer)
    with events.refuses("SIGN_IN_REQUIRED"):
        table(events, "scores", judged.competition_id, "")
    watched = table(events, "scores", judged.competition_id, "supervisor")
    assert column(watched, "参赛者") == column(watched, "评委") == [None, None]
    assert column(watched, "盲评编码") == ["F-0", "F-1"]


def test_results_are_shown_to_the_public_as_the_rules_let_them_and_whole_to_insiders(events: EventsHub) -> None:
    competition_id = announced(events)

    public, own, whole = (table(events, "results", competition_id, viewer) for viewer in ("", "teacher-0", ORGANIZER))

    assert column(public, "名次") == column(own, "名次") == ["1"]
    assert (column(public, "参赛者"), column(public, "成绩")) == (["第＊队"], [None])
    assert column(own, "参赛者") == ["第0队"]
    assert "原始分" not in [each["zh"] for each in public["columns"]]
    assert column(whole, "参赛者") == ["第0队", "第1队"]
    assert (column(whole, "成绩"), column(whole, "原始分")) == (["90.50"] * 2, ["91"] * 2)


def test_a_result_that_is_objected_to_is_not_public(events: EventsHub) -> None:
    competition_id = announced(events, ResultStatus.FROZEN)

    with events.refuses("NOTHING_TO_EXPORT", "competition"):
        table(events, "results", competition_id, "")
    assert len(table(events, "results", competition_id)["rows"]) == 2
