"""What hangs on a merged membership: class, term and delegate rest, and come back when the merger is undone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.services.alliances.alliances_hub import AlliancesHub
from tests.services.alliances.membership.classes.test_classes import TODAY, class_on, put
from tests.services.alliances.membership.delegates.test_delegates import employ
from tests.services.alliances.membership.renewals.test_renewals import at, chartered, term_on, told
from tests.services.alliances.merging.mergers.merging import merge, status_of, unmerge

YEAR = {"terms": {"years": 1}}
UNDONE = date(2026, 3, 20)


def pair_of_members(hub: AlliancesHub, alliance: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two memberships of one alliance; the second goes into the first when `merged`."""
    return hub.member(alliance), hub.member(alliance)


def merged(hub: AlliancesHub, goes_on: dict[str, Any], merges: dict[str, Any]) -> dict[str, Any]:
    merger: dict[str, Any] = merge(hub, {"id": goes_on["organization_id"]}, {"id": merges["organization_id"]})
    assert status_of(hub, merges) == "merged"
    return merger


def voters(hub: AlliancesHub, member: dict[str, Any], day: date) -> list[str]:
    (found,) = hub.ask("delegates_of_members_on", asked=[{"membership_id": member["id"], "day": day.isoformat()}])
    return [each["name"] for each in found["answer"]]


def figures(hub: AlliancesHub, alliance: dict[str, Any], day: date) -> dict[str, Any]:
    found: dict[str, Any] = hub.ask("member_statistics", alliance_id=alliance["id"], on_day=day.isoformat())
    return {name: found[name] for name in ("members", "joined", "left")}


def test_its_class_is_free_while_it_is_merged_and_comes_back(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    goes_on, merges = pair_of_members(alliances, alliance)
    put(alliances, merges, "chair", TODAY)
    merger = merged(alliances, goes_on, merges)
    put(alliances, goes_on, "chair", TODAY)  # of the chair there is one
    assert class_on(alliances, merges, TODAY) is None

    alliances.ask("correct_member_class", membership_id=goes_on["id"], since=TODAY.isoformat(), reason="-")
    at(alliances, UNDONE)
    unmerge(alliances, merger)

    assert class_on(alliances, merges) == ("chair", TODAY.isoformat())
    put(alliances, merges, "vice_chair", UNDONE + timedelta(1))
    assert [class_on(alliances, merges, UNDONE + timedelta(days))[0] for days in (0, 1)] == ["chair", "vice_chair"]


def test_a_class_that_was_filled_meanwhile_does_not_come_back(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    goes_on, merges = pair_of_members(alliances, alliance)
    put(alliances, merges, "chair", TODAY)
    at(alliances, TODAY + timedelta(5))
    merger = merged(alliances, goes_on, merges)
    put(alliances, goes_on, "chair", TODAY + timedelta(5))
    at(alliances, UNDONE)
    before = len(alliances.said())

    unmerge(alliances, merger)

    assert (class_on(alliances, goes_on)[0], class_on(alliances, merges)[0]) == ("chair", "member")
    assert class_on(alliances, merges, TODAY) == ("chair", TODAY.isoformat())
    [told] = [data for type_, data in alliances.said(since=before) if type_ == "alliances.member_class_changed"]
    assert (told["membership_id"], told["member_class"]["id"], told["corrected"]) == (merges["id"], "member", True)


def test_its_term_is_no_business_of_the_board_until_it_is_undone(alliances: AlliancesHub) -> None:
    alliance = chartered(alliances, YEAR)
    goes_on, merges = pair_of_members(alliances, alliance)
    alliances.ask("renew_membership", membership_id=goes_on["id"], until="2030-12-31")
    until = date.fromisoformat(term_on(alliances, merges)["until"])
    at(alliances, until - timedelta(95))
    merger = merged(alliances, goes_on, merges)
    at(alliances, until - timedelta(80))
    alliances.ring()
    assert (told(alliances, merges), term_on(alliances, merges)) == ([], None)
    assert alliances.ask("renewals", alliance_id=alliance["id"])["nodes"] == []

    unmerge(alliances, merger)
    alliances.ring()

    assert told(alliances, merges) == [("renewal_due", 80)]
    board = alliances.ask("renewals", alliance_id=alliance["id"])["nodes"]
    assert [each["id"] for each in board] == [merges["id"]]
    at(alliances, until - timedelta(30))
    alliances.ring()
    assert told(alliances, merges)[1:] == [("renewal_due", 30)]


def test_whom_it_named_speaks_again_and_it_has_never_left(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    goes_on, merges = pair_of_members(alliances, alliance)
    for member, name in ((goes_on, "王立"), (merges, "李力")):
        named = {"membership_id": member["id"], "kind": "voting", "name": name, "since": TODAY.isoformat()}
        employ(alliances, member, name)
        alliances.ask("name_delegate", **named)
    at(alliances, TODAY + timedelta(1))
    merger = merged(alliances, goes_on, merges)
    assert (voters(alliances, goes_on, UNDONE), voters(alliances, merges, UNDONE)) == (["王立"], [])

    at(alliances, UNDONE)
    unmerge(alliances, merger)

    assert (voters(alliances, goes_on, UNDONE), voters(alliances, merges, UNDONE)) == (["王立"], ["李力"])
    assert figures(alliances, alliance, UNDONE) == {"members": 2, "joined": 2, "left": 0}
    members = alliances.ask("members", alliance_id=alliance["id"])["nodes"]
    assert {each["joined_on"] for each in members} == {TODAY.isoformat()}


def test_an_invitation_that_was_merged_lapses_when_it_is_undone_too_late(alliances: AlliancesHub) -> None:
    alliance, survivor, other = alliances.alliance(), alliances.organization(), alliances.organization()
    pair = {"alliance_id": alliance["id"], "organization_id": other["id"]}
    alliances.ask("adopt_charter", alliance_id=alliance["id"], rules={"invitations": {"days": 10}}, reason="-")
    alliances.ask("apply_for_membership", alliance_id=alliance["id"], organization_id=survivor["id"])
    invited = alliances.ask("invite_member", **pair)
    merger = merge(alliances, survivor, other)
    at(alliances, UNDONE)
    alliances.ring()
    assert status_of(alliances, invited) == "merged"

    unmerge(alliances, merger)
    alliances.ring()

    assert status_of(alliances, invited) == "lapsed"
