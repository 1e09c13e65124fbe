"""Inviting many at once: each is answered for itself, in as many statements for many as for one; and what else is told."""

from __future__ import annotations

from kit.ids import new_id
from tests.services.alliances.alliances_hub import OFFICE, AlliancesHub, representative, secretariat
from tests.services.alliances.membership.memberships.memberships import a_relation
from tests.services.service_hub import at_once


def test_each_is_answered_as_it_would_be_alone(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    fresh, member = alliances.organization(), alliances.member(alliance)
    gone = alliances.member(alliance)
    alliances.ask("withdraw_member", membership_id=gone["id"], reason="因故")
    nobody, closed = new_id(), alliances.organization()
    alliances.ask("retire_organization", organization_id=closed["id"], on="2026-03-02", reason="停办")
    ids = [fresh["id"], member["organization_id"], gone["organization_id"], nobody, closed["id"], fresh["id"]]

    invited = alliances.ask("invite_members", secretariat(alliance), alliance_id=alliance["id"], organization_ids=ids)

    assert [each["organization_id"] for each in invited] == ids[:5]
    assert [each["membership"] and each["membership"]["status"] for each in invited] == [
        "invited",
        None,
        "invited",
        None,
        None,
    ]
    codes = [[problem["code"] for problem in each["problems"]] for each in invited]
    assert codes == [[], ["MEMBERSHIP_STANDS"], [], ["NOT_FOUND"], ["ORGANIZATION_INACTIVE"]]
    assert invited[2]["membership"]["id"] == gone["id"]
    said = [type_ for type_, _ in alliances.said() if type_ == "alliances.member_invited"]
    assert len(said) == 2


def test_many_take_as_many_statements_as_one(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    taken = []
    for number in (1, 30):
        ids = [alliances.organization()["id"] for _ in range(number)]
        with alliances.statements() as sent:
            alliances.ask("invite_members", alliance_id=alliance["id"], organization_ids=ids)
        taken.append(len(sent))
    assert taken[0] == taken[1]


def test_two_who_invite_the_same_at_once_invite_each_once(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    ids = [alliances.organization()["id"] for _ in range(5)]
    given = {"alliance_id": alliance["id"], "organization_ids": ids}

    outcomes = at_once(*[lambda: alliances.ask("invite_members", **given)] * 2)

    invited = [each["organization_id"] for outcome in outcomes for each in outcome if each["membership"]]
    assert sorted(invited) == sorted(ids)


def test_both_sides_read_who_took_each_step_and_why(alliances: AlliancesHub) -> None:
    relation = a_relation(alliances)
    mine, office = representative(relation.organization), secretariat(relation.alliance)
    applied = alliances.ask("apply_for_membership", mine, **relation.pair, statement="愿为联盟出力")
    relation.membership_id = applied["id"]
    relation.take("admit_member", office)

    for viewer in (mine, office, OFFICE):
        steps = alliances.ask("membership_steps", viewer, membership_id=relation.membership_id)["nodes"]
        assert [(step["status"], step["taken_by"], step["reason"]) for step in steps] == [
            ("member", office, ""),
            ("applied", mine, "愿为联盟出力"),
        ]
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("membership_steps", "somebody", membership_id=relation.membership_id)


def test_an_alliance_that_says_so_waits_shorter_or_for_ever(alliances: AlliancesHub) -> None:
    for days, waits in ((5, "2026-03-07"), (None, None)):
        relation = a_relation(alliances)
        rules = {"invitations": {"days": days}}
        alliances.ask("adopt_charter", alliance_id=relation.alliance["id"], rules=rules, reason="-")
        invited = relation.take("invite_member")
        assert (invited["answer_by"] or "")[:10] == (waits or "")
