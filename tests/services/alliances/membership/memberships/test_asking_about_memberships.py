"""Asking about memberships: lists that go on where they stopped, one's own, the first few of each, any past day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from tests.services.alliances.alliances_hub import OFFICE, SOMEBODY, VISITOR, AlliancesHub, representative
from tests.services.alliances.membership.memberships.memberships import a_relation


def test_a_member_is_shown_with_its_organization(alliances: AlliancesHub) -> None:
    relation = a_relation(alliances)
    relation.organization = alliances.organization(aliases=["别名"])
    relation.take("apply_for_membership")
    member = relation.take("admit_member")

    found = alliances.ask("memberships", VISITOR, alliance_id=relation.alliance["id"], status="member")

    assert found["nodes"] == [{**member, "organization": relation.organization}]
    assert alliances.ask("memberships_by_id", VISITOR, ids=[member["id"]]) == found["nodes"]


def test_the_memberships_of_an_alliance_come_page_by_page(alliances: AlliancesHub) -> None:
    alliance, other = alliances.alliance(), alliances.alliance()
    ids = [alliances.member(alliance)["id"] for _ in range(5)]
    alliances.member(other)

    walked: list[str] = []
    after = None
    while True:
        page = alliances.ask("memberships", alliance_id=alliance["id"], first=2, after=after)
        walked += [node["id"] for node in page["nodes"]]
        if not page["has_next"]:
            break
        after = page["cursors"][-1]

    assert walked == ids


def test_my_memberships_are_those_of_the_bodies_that_i_speak_for(alliances: AlliancesHub) -> None:
    mine, others = a_relation(alliances, "declined"), a_relation(alliances, "member")
    alliances.ask("invite_member", alliance_id=others.alliance["id"], organization_id=mine.organization["id"])

    found = alliances.ask("my_memberships", representative(mine.organization))

    assert [node["status"] for node in found["nodes"]] == ["declined", "invited"]
    for viewer in (OFFICE, SOMEBODY, VISITOR):
        assert alliances.ask("my_memberships", viewer)["nodes"] == []


def test_the_first_members_of_several_alliances_tell_whether_others_follow(alliances: AlliancesHub) -> None:
    few, many, none = alliances.alliance(), alliances.alliance(), alliances.alliance()
    few_ids = [alliances.member(few)["id"] for _ in range(2)]
    many_ids = [alliances.member(many)["id"] for _ in range(4)]
    alliances.ask("expel_member", membership_id=many_ids[0], reason="因故")

    found = alliances.ask("first_members", VISITOR, alliance_ids=[few["id"], many["id"], none["id"], new_id()], first=2)

    by_alliance: dict[str, list[str]] = {}
    for node in found:
        by_alliance.setdefault(node["alliance_id"], []).append(node["id"])
    assert by_alliance == {few["id"]: few_ids, many["id"]: many_ids[1:]}  # one more than asked for: others follow


def test_from_a_first_member_the_list_goes_on(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    ids = [alliances.member(alliance)["id"] for _ in range(3)]
    first = alliances.ask("first_members", VISITOR, alliance_ids=[alliance["id"]], first=1)[0]

    rest = alliances.ask("memberships", VISITOR, alliance_id=alliance["id"], status="member", after=first["cursor"])

    assert [node["id"] for node in rest["nodes"]] == ids[1:]


def test_a_day_in_china_ends_at_midnight_there(alliances: AlliancesHub) -> None:
    relation = a_relation(alliances, "applied")  # at 9 in the morning of 2 March
    alliances.clock.advance(timedelta(hours=14, minutes=59))  # one minute to midnight
    relation.take("admit_member")
    alliances.clock.advance(timedelta(minutes=1))
    relation.take("suspend_member", reason="因故")

    def on(day: str) -> Any:
        found = alliances.ask("membership_status_on", membership_id=relation.membership_id, day=day)
        return found and (found["status"], found["reason"])

    assert [on(day) for day in ("2026-03-01", "2026-03-02", "2026-03-03", "2027-01-01")] == [
        None,
        ("member", ""),
        ("suspended", "因故"),
        None,  # nobody knows yet
    ]


def test_many_questions_about_past_days_are_answered_as_one_by_one(alliances: AlliancesHub) -> None:
    mine, others = a_relation(alliances, "applied"), a_relation(alliances, "member")
    nobodys = new_id()
    ann = representative(mine.organization)
    days = ("2026-03-01", "2026-03-02", "2200-12-31")
    asked = [{"membership_id": id_, "day": day} for id_ in (mine.membership_id, others.membership_id) for day in days]

    def alone(question: dict[str, str]) -> dict[str, Any]:
        return {"answer": alliances.ask("membership_status_on", ann, **question), "problems": []}

    found = alliances.ask("membership_statuses_on", ann, asked=[*asked, {"membership_id": nobodys, "day": days[0]}])

    assert found[:3] == [alone(question) for question in asked[:3]]
    assert [each["answer"] for each in found[3:]] == [None] * 4
    codes = [[problem["code"] for problem in each["problems"]] for each in found[3:]]
    assert codes == [["NOT_ALLOWED"], ["NOT_ALLOWED"], ["NOT_ALLOWED"], ["NOT_FOUND"]]


def test_behind_a_cursor_each_alliance_goes_on(alliances: AlliancesHub) -> None:
    one, other = alliances.alliance(), alliances.alliance()
    pairs = [[alliances.member(place)["id"] for place in (one, other)] for _ in range(3)]
    ids = [one["id"], other["id"]]
    cursor = alliances.ask("first_members", VISITOR, alliance_ids=[one["id"]], first=1)[0]["cursor"]

    rest = alliances.ask("first_members", VISITOR, alliance_ids=ids, first=5, after=cursor)

    assert [node["id"] for node in rest if node["alliance_id"] == one["id"]] == [pair[0] for pair in pairs[1:]]
    assert [node["id"] for node in rest if node["alliance_id"] == other["id"]] == [pair[1] for pair in pairs]
    with alliances.refuses("INVALID", "after"):
        alliances.ask("first_members", VISITOR, alliance_ids=ids, first=1, after="not a cursor")


@pytest.mark.parametrize(("day", "status"), [("1900-01-01", None), ("2200-12-31", None)])
def test_any_day_that_there_is_can_be_asked_for(alliances: AlliancesHub, day: str, status: str | None) -> None:
    relation = a_relation(alliances, "applied")

    found = alliances.ask("membership_status_on", membership_id=relation.membership_id, day=day)

    assert (found and found["status"]) == status


def test_a_membership_that_does_not_exist_is_not_found(alliances: AlliancesHub) -> None:
    with alliances.refuses("NOT_FOUND", "membershipId"):
        alliances.ask("membership_status_on", membership_id=new_id(), day="2026-03-02")
    assert alliances.ask("memberships_by_id", ids=[new_id()]) == []


def test_lists_take_as_many_statements_for_three_rows_as_for_one(alliances: AlliancesHub) -> None:
    places = [alliances.alliance() for _ in range(3)]
    members = [alliances.member(place, aliases=["别名"]) for place in places]
    members += [alliances.member(places[0]) for _ in range(2)]
    for member in members:
        alliances.appoint("ann", Role.REPRESENTATIVE, Scope.organization(member["organization_id"]))
    alliance_ids, ids = [place["id"] for place in places], [member["id"] for member in members]

    def count(method: str, viewer: str = VISITOR, **which: Any) -> int:
        with alliances.statements() as sent:
            alliances.ask(method, viewer, **which)
        return len(sent)

    of_one = {"alliance_id": alliance_ids[0], "status": "member"}
    assert count("memberships", **of_one, first=1) == count("memberships", **of_one, first=3)
    assert count("my_memberships", "ann", first=1) == count("my_memberships", "ann", first=3)
    assert count("memberships_by_id", ids=ids[:1]) == count("memberships_by_id", ids=ids)
    assert count("first_members", alliance_ids=alliance_ids[:1], first=3) == count(
        "first_members", alliance_ids=alliance_ids, first=3
    )
    asked = [{"membership_id": id_, "day": day} for id_ in ids for day in ("2026-03-02", "2026-03-03")]
    assert count("membership_statuses_on", OFFICE, asked=asked[:1]) == count(
        "membership_statuses_on", OFFICE, asked=asked
    )


@pytest.mark.parametrize("status", ["member", "applied"])
def test_the_list_of_an_alliance_uses_an_index(alliances_on_sqlite: AlliancesHub, status: str) -> None:
    relation = a_relation(alliances_on_sqlite, status)

    plan = alliances_on_sqlite.plan_of("memberships", OFFICE, alliance_id=relation.alliance["id"], status=status)

    assert any("ix_memberships_alliance (alliance_id=? AND status=?" in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan
