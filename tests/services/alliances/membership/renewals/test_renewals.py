"""Renewals: terms are given, told of in time, renewed, corrected, and lapse; the board shows what the secretariat has to do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from contracts.alliances.membership.renewals import MembershipStanding
from procedures.terms.ladder import Ladder, standing_on
from tests.services.alliances.alliances_hub import OFFICE, SOMEBODY, VISITOR, AlliancesHub, representative, secretariat
from tests.services.service_hub import eventually

YEAR = {"terms": {"years": 1, "at_year_end": True}}
END = date(2027, 12, 31)  # a year from 2 March 2026 ends in 2027
LADDER = Ladder((90, 30, 7), 30, lapses=True)
PATIENCE = 60
TOLD = ("renewal_due", "grace_began", "membership_lapsed")


def chartered(hub: AlliancesHub, rules: dict[str, Any] | None = None) -> dict[str, Any]:
    """An alliance whose members have terms."""
    alliance = hub.alliance()
    hub.ask("adopt_charter", alliance_id=alliance["id"], rules=YEAR if rules is None else rules, reason="-")
    return alliance


def term_on(hub: AlliancesHub, member: dict[str, Any], day: date | None = None, viewer: str = OFFICE) -> Any:
    question = {"membership_id": member["id"], **({"day": day.isoformat()} if day else {})}
    (found,) = hub.ask("terms_on", viewer, asked=[question])
    assert not found["problems"], found
    return found["answer"]


def renew(hub: AlliancesHub, member: dict[str, Any], until: date, viewer: str = OFFICE) -> Any:
    return hub.ask("renew_membership", viewer, membership_id=member["id"], until=until.isoformat())


def told(hub: AlliancesHub, member: dict[str, Any]) -> list[tuple[str, Any]]:
    """What time alone has said of a membership: the rung, and how many days were left."""
    said = [(type_.partition(".")[2], data) for type_, data in hub.said() if data.get("membership_id") == member["id"]]
    return [(type_, data.get("days_left")) for type_, data in said if type_ in TOLD]


def at(hub: AlliancesHub, day: date) -> None:
    """Let it be noon of this day in China."""
    hub.clock.move_to(datetime.fromisoformat(f"{day}T12:00:00+08:00"))


def standing(hub: AlliancesHub, member: dict[str, Any]) -> str:
    return str(term_on(hub, member)["standing"])


def test_a_member_has_the_term_that_the_charter_gives(alliances: AlliancesHub) -> None:
    member, endless = alliances.member(chartered(alliances)), alliances.member(alliances.alliance())
    term = {"number": 1, "since": "2026-03-02", "until": "2027-12-31", "standing": "current"}
    assert term_on(alliances, member) == term
    assert term_on(alliances, member, date(2026, 3, 1)) is None
    assert term_on(alliances, endless) is None
    plain = alliances.member(chartered(alliances, {"terms": {"years": 3}}))
    assert term_on(alliances, plain)["until"] == "2029-03-01"


def test_rung_by_rung_both_sides_are_told_and_then_it_lapses(alliances: AlliancesHub) -> None:
    alliance = chartered(alliances)
    member = alliances.member(alliance)
    alliances.ask("set_member_class", membership_id=member["id"], member_class="council", since="2026-03-02")
    expected: list[tuple[str, Any]] = []
    for left, name in ((90, "renewal_due"), (30, "renewal_due"), (7, "renewal_due"), (-1, "grace_began")):
        at(alliances, END - timedelta(days=left + 1))
        assert told(alliances, member) == expected
        at(alliances, END - timedelta(days=left))
        expected.append((name, left if left > 0 else None))
        eventually(lambda expected=expected: told(alliances, member) == expected, PATIENCE)
    at(alliances, END + timedelta(days=30))
    assert standing(alliances, member) == "in_grace"
    at(alliances, END + timedelta(days=31))
    eventually(lambda: told(alliances, member)[-1][0] == "membership_lapsed", PATIENCE)
    assert alliances.ask("memberships_by_id", ids=[member["id"]])[0]["status"] == "lapsed"
    (found,) = alliances.ask("member_classes_on", asked=[{"membership_id": member["id"]}])
    assert found["answer"] is None
    for back in range(-31, 95):
        day = END - timedelta(days=back)
        assert term_on(alliances, member, day)["standing"] == standing_on(END, LADDER, day)


def test_after_an_outage_only_the_newest_missed_rung_is_told(alliances: AlliancesHub) -> None:
    member = alliances.member(chartered(alliances))
    at(alliances, END - timedelta(days=5))
    eventually(lambda: told(alliances, member), PATIENCE)
    assert told(alliances, member) == [("renewal_due", 5)]


def test_who_is_renewed_in_time_is_not_told_again_until_the_new_term_ends(alliances: AlliancesHub) -> None:
    member = alliances.member(chartered(alliances))
    at(alliances, END - timedelta(days=90))
    eventually(lambda: told(alliances, member), PATIENCE)
    before = len(alliances.said())

    renew(alliances, member, END.replace(year=2028))

    ((type_, data),) = alliances.said(since=before)
    assert (type_, data["until"], data["corrected"]) == ("alliances.membership_renewed", "2028-12-31", False)
    assert term_on(alliances, member)["since"] == "2028-01-01"
    assert standing(alliances, member) == "current"
    assert term_on(alliances, member, END - timedelta(days=91))["standing"] == "current"
    at(alliances, END + timedelta(days=40))
    assert len(told(alliances, member)) == 1
    at(alliances, END.replace(year=2028) - timedelta(days=30))
    eventually(lambda: len(told(alliances, member)) == 2, PATIENCE)
    assert told(alliances, member)[-1] == ("renewal_due", 30)


def test_one_that_has_lapsed_is_renewed_after_all(alliances: AlliancesHub) -> None:
    member = alliances.member(chartered(alliances))
    at(alliances, END + timedelta(days=31))
    eventually(lambda: told(alliances, member), PATIENCE)
    assert told(alliances, member) == [("membership_lapsed", None)]

    assert renew(alliances, member, END.replace(year=2028))["status"] == "member"

    term = term_on(alliances, member)
    assert (term["since"], term["until"], term["standing"]) == ("2028-01-31", "2028-12-31", "current")


def test_a_wrong_term_is_corrected_and_what_was_known_stays(alliances: AlliancesHub) -> None:
    member = alliances.member(chartered(alliances))
    alliances.clock.advance(timedelta(days=1))
    correction = {"membership_id": member["id"], "reason": "登记有误"}

    with alliances.refuses("TERM_INVALID", "until", earliest="2026-03-02"):
        alliances.ask("correct_term", **correction, until="2026-03-01")
    with alliances.refuses("NOTHING_CHANGED", "until"):
        alliances.ask("correct_term", **correction, until=END.isoformat())
    alliances.ask("correct_term", **correction, until="2026-06-30")

    assert term_on(alliances, member)["until"] == "2026-06-30"
    assert term_on(alliances, member, date(2026, 3, 2))["until"] == END.isoformat()
    at(alliances, date(2026, 6, 1))
    eventually(lambda: told(alliances, member) == [("renewal_due", 29)], PATIENCE)
    with alliances.refuses("TERM_INVALID", "until", earliest="2026-07-01"):
        renew(alliances, member, date(2026, 6, 30))
    alliances.ask("withdraw_member", membership_id=member["id"], reason="因故")
    with alliances.refuses("MEMBERSHIP_STANDS", status="withdrawn", status_zh="已退出"):
        renew(alliances, member, END)


def test_the_board_shows_each_member_where_it_stands(alliances: AlliancesHub) -> None:
    alliance = chartered(alliances, {"terms": {"grace_days": 5}})
    ends = {"current": 91, "renewal_due": 90, "in_grace": -5, "lapsed": -6}
    members = {name: alliances.member(alliance) for name in ends}
    today = date(2026, 6, 30)
    for name, left in ends.items():
        renew(alliances, members[name], today + timedelta(days=left))
    at(alliances, today)
    eventually(lambda: told(alliances, members["lapsed"])[-1:] == [("membership_lapsed", None)], PATIENCE)

    def board(viewer: str = secretariat(alliance), **which: Any) -> list[str]:
        found = alliances.ask("renewals", viewer, alliance_id=alliance["id"], **which)
        return [node["id"] for node in found["nodes"]]

    assert board() == [members[name]["id"] for name in ("lapsed", "in_grace", "renewal_due")]
    for each in MembershipStanding:
        assert board(standing=each.value) == [members[each.value]["id"]]
        assert standing(alliances, members[each.value]) == each.value
    for viewer in (VISITOR, SOMEBODY, representative({"id": members["lapsed"]["organization_id"]})):
        with alliances.refuses("NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"):
            board(viewer)


@pytest.mark.parametrize("command", ["renew_membership", "correct_term"])
def test_only_the_secretariat_gives_terms(alliances: AlliancesHub, command: str) -> None:
    alliance = chartered(alliances)
    member = alliances.member(alliance)
    given = {"membership_id": member["id"], "until": "2028-06-30", "reason": "-"}
    for viewer in (VISITOR, SOMEBODY, representative({"id": member["organization_id"]})):
        with alliances.refuses("NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"):
            alliances.ask(command, viewer, **given)
    assert alliances.ask(command, secretariat(alliance), **given)["status"] == "member"
