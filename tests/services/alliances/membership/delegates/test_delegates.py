"""Delegates: who speaks for a member on any day, and that one votes for it on a day, whatever is done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.services.alliances.alliances_hub import (
    OFFICE,
    SOMEBODY,
    VISITOR,
    AlliancesHub,
    representative,
    secretariat,
)
from tests.services.service_hub import Refused, at_once

TODAY = date(2026, 3, 2)
SPAN = 60


def name(hub: AlliancesHub, member: dict[str, Any], since: date, who: str = "王老师", **given: Any) -> Any:
    viewer = given.pop("viewer", OFFICE)
    if given.get("kind", "voting") == "voting":
        employ(hub, member, who, account=given.get("person"))
    said = {"membership_id": member["id"], "kind": "voting", "name": who, "since": since.isoformat(), **given}
    return hub.ask("name_delegate", viewer, **said)


def employ(hub: AlliancesHub, member: dict[str, Any], who: str, since: date = TODAY, **more: Any) -> dict[str, Any]:
    """The record of somebody who works for the member, which is made where there is none."""
    organization_id = member["organization_id"]
    for known in hub.ask("people", organization_id=organization_id)["nodes"]:
        if known["name_zh"] == who:
            return dict(known)
    said = {"organization_id": organization_id, "name_zh": who, "since": since.isoformat(), **more}
    return dict(hub.ask("register_person", **said))


def on(hub: AlliancesHub, member: dict[str, Any], day: date | None = None, viewer: str = OFFICE) -> Any:
    question = {"membership_id": member["id"], **({"day": day.isoformat()} if day else {})}
    (found,) = hub.ask("delegates_of_members_on", viewer, asked=[question])
    assert not found["problems"], found
    return [(each["name"], each["kind"]) for each in found["answer"]]


def test_the_member_names_who_votes_and_whoever_did_does_so_no_longer(alliances: AlliancesHub) -> None:
    member = alliances.member(alliances.alliance())
    mine = representative({"id": member["organization_id"]})
    name(alliances, member, TODAY, viewer=mine, position="副院长", person="persona:wang")
    name(alliances, member, TODAY, "李老师", kind="liaison", viewer=mine)
    employ(alliances, member, "赵老师")
    before = len(alliances.said())

    name(alliances, member, date(2026, 4, 1), "赵老师", viewer=mine)

    (ended, gone), (named, come) = alliances.said(since=before)
    assert (ended, gone["until"], gone["people"]) == ("alliances.delegate_ended", "2026-03-31", ["persona:wang"])
    assert (named, come["since"], come["people"]) == ("alliances.delegate_named", "2026-04-01", [])
    assert "王老师" not in str(gone) + str(come)
    assert on(alliances, member, date(2026, 3, 31), mine) == [("王老师", "voting"), ("李老师", "liaison")]
    assert on(alliances, member, date(2026, 4, 1)) == [("李老师", "liaison"), ("赵老师", "voting")]
    assert on(alliances, member, TODAY - timedelta(1)) == []


def test_a_naming_is_taken_back_and_whoever_came_before_goes_on(alliances: AlliancesHub) -> None:
    member = alliances.member(alliances.alliance())
    first = name(alliances, member, TODAY)
    wrong = name(alliances, member, date(2026, 4, 1), "误填")

    with alliances.refuses("DELEGATE_OVERLAPS", "until", since="2026-04-01"):
        alliances.ask("end_delegate", delegate_id=first["id"], until="2026-12-31")
    with alliances.refuses("DELEGATE_OVERLAPS", "since", since="2026-04-01"):
        name(alliances, member, date(2026, 3, 15))
    alliances.ask("end_delegate", delegate_id=wrong["id"], until="2026-03-31", reason="误填")
    alliances.ask("end_delegate", delegate_id=first["id"], until="2026-12-31")

    assert on(alliances, member, date(2026, 4, 1)) == [("王老师", "voting")]
    with alliances.refuses("NOTHING_CHANGED", "until"):
        alliances.ask("end_delegate", delegate_id=first["id"], until="2026-12-31")


def test_delegates_are_the_business_of_both_sides(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    member = alliances.member(alliance)
    delegate = name(alliances, member, TODAY)
    both = [secretariat(alliance), representative({"id": member["organization_id"]}), OFFICE]
    others = [VISITOR, SOMEBODY, secretariat(alliances.alliance()), representative(alliances.organization())]

    for viewer in both:
        assert alliances.ask("delegates_by_id", viewer, ids=[delegate["id"]]) == [delegate]
        assert on(alliances, member, TODAY, viewer)
    for viewer in others:
        code = "NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"
        with alliances.refuses(code):
            name(alliances, member, TODAY, viewer=viewer)
        with alliances.refuses(code):
            alliances.ask("end_delegate", viewer, delegate_id=delegate["id"], until="2026-12-31")
        assert alliances.ask("delegates_by_id", viewer, ids=[delegate["id"]]) == []
        (found,) = alliances.ask("delegates_of_members_on", viewer, asked=[{"membership_id": member["id"]}])
        assert [problem["code"] for problem in found["problems"]] == [code]


def test_nobody_speaks_before_the_member_joined_or_after_it_left(alliances: AlliancesHub) -> None:
    member = alliances.member(alliances.alliance())
    employ(alliances, member, "王老师", since=date(2026, 3, 1))
    with alliances.refuses("TERM_INVALID", "since", earliest="2026-03-02"):
        name(alliances, member, date(2026, 3, 1))
    name(alliances, member, TODAY)
    alliances.clock.advance(timedelta(days=5))
    alliances.ask("withdraw_member", membership_id=member["id"], reason="因故")
    with alliances.refuses("MEMBERSHIP_STANDS", status="withdrawn", status_zh="已退出"):
        name(alliances, member, date(2026, 4, 1))
    assert [len(on(alliances, member, date(2026, 3, day))) for day in (6, 7, 8)] == [1, 0, 0]


def test_of_two_who_are_named_to_vote_from_the_same_day_one_is(alliances: AlliancesHub) -> None:
    member = alliances.member(alliances.alliance())
    outcomes = at_once(*(lambda who=who: name(alliances, member, TODAY, who) for who in "甲乙丙"))
    assert sum(isinstance(each, Refused) for each in outcomes) == 2
    assert len(on(alliances, member, TODAY)) == 1


def test_who_votes_works_for_the_member(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    member, other = alliances.member(alliance), alliances.member(alliance)
    elsewhere = employ(alliances, other, "王老师", account="persona:wang")
    named = {"membership_id": member["id"], "kind": "voting", "name": "王老师", "since": "2026-03-02"}
    for given, field in (
        ({}, "name"),
        ({"person": "persona:wang"}, "since"),
        ({"person_id": elsewhere["id"]}, "since"),
    ):
        with alliances.refuses("DELEGATE_NOT_AFFILIATED", field, since="2026-03-02"):
            alliances.ask("name_delegate", **named, **given)
    alliances.ask("name_delegate", **named | {"kind": "liaison"})  # who votes for nobody may work anywhere

    for account in (None, "persona:li"):
        alliances.ask(
            "register_person", organization_id=member["organization_id"], name_zh="李老师", account=account, main=False
        )
    with alliances.refuses("DELEGATE_NOT_AFFILIATED", "name", since="2026-03-02"):
        alliances.ask("name_delegate", **named | {"name": "李老师"})  # two of the name
    assert alliances.ask("name_delegate", **named | {"name": "李老师", "person": "persona:li"})["until"] is None

    alliances.ask("adopt_charter", alliance_id=alliance["id"], rules={"delegates": {"affiliated": False}}, reason="-")
    alliances.ask("name_delegate", **named | {"since": "2026-03-10"})
    assert on(alliances, member, date(2026, 3, 10))[-1] == ("王老师", "voting")


def test_who_works_there_no_longer_votes_no_longer(alliances: AlliancesHub) -> None:
    member = alliances.member(alliances.alliance())
    person = employ(alliances, member, "王老师")
    delegate = name(alliances, member, TODAY)
    [affiliation] = alliances.ask("affiliations_of_persons", person_ids=[person["id"]])
    job = {"affiliation_id": affiliation["id"], "since": "2026-03-02", "main": True}
    before = len(alliances.said())

    alliances.ask("correct_affiliation", **job, until="2026-03-31")

    [told] = [data for type_, data in alliances.said(since=before) if type_ == "alliances.delegate_ended"]
    assert (told["until"], told["left"]) == ("2026-03-31", True)
    assert [on(alliances, member, date(2026, 3, 31) + timedelta(n)) for n in (0, 1)] == [[("王老师", "voting")], []]
    with alliances.refuses("DELEGATE_NOT_AFFILIATED", "until", since="2026-04-01"):
        alliances.ask("end_delegate", delegate_id=delegate["id"], until="2026-04-01")
    alliances.ask("correct_affiliation", **job, until="2026-12-31")  # that it ended in March was a mistake
    alliances.ask("end_delegate", delegate_id=delegate["id"], until="2026-12-31")
    assert on(alliances, member, date(2026, 12, 31)) == [("王老师", "voting")]


def test_two_affiliations_that_follow_each_other_are_one_time(alliances: AlliancesHub) -> None:
    member = alliances.member(alliances.alliance())
    person = employ(alliances, member, "王老师")
    [affiliation] = alliances.ask("affiliations_of_persons", person_ids=[person["id"]])
    first = {"affiliation_id": affiliation["id"], "since": "2026-03-02", "until": "2026-03-31", "main": True}
    alliances.ask("correct_affiliation", **first)
    second = {"organization_id": member["organization_id"], "since": "2026-04-01", "until": "2026-06-30", "main": True}
    alliances.ask("affiliate_person", person_id=person["id"], **second)

    assert name(alliances, member, TODAY)["until"] == "2026-06-30"


def test_two_affiliations_without_an_end_are_without_an_end(alliances: AlliancesHub) -> None:
    member = alliances.member(alliances.alliance())
    person = employ(alliances, member, "王老师")
    again = {"organization_id": member["organization_id"], "since": "2026-03-02", "main": False}
    alliances.ask("affiliate_person", person_id=person["id"], **again)

    delegate = name(alliances, member, TODAY)

    assert delegate["until"] is None
    assert alliances.ask("end_delegate", delegate_id=delegate["id"], until="2027-12-31")["until"] == "2027-12-31"


def test_the_account_and_the_record_are_one_persons(alliances: AlliancesHub) -> None:
    member = alliances.member(alliances.alliance())
    person = employ(alliances, member, "王老师")
    alliances.ask(
        "register_person", organization_id=member["organization_id"], name_zh="李老师", account="persona:li", main=False
    )

    named = {"membership_id": member["id"], "kind": "voting", "name": "王老师", "since": "2026-03-02"}
    with alliances.refuses("DELEGATE_NOT_AFFILIATED", "since", since="2026-03-02"):
        alliances.ask("name_delegate", **named, person_id=person["id"], person="persona:li")


def test_who_is_erased_speaks_for_nobody_and_is_named_nowhere(alliances: AlliancesHub) -> None:
    member = alliances.member(alliances.alliance())
    person = employ(alliances, member, "王老师")
    name(alliances, member, TODAY)

    alliances.ask("erase_person", OFFICE, person_id=person["id"])

    assert on(alliances, member, TODAY) == []
    assert "王老师" not in str(alliances.contents()["delegates"])


class Votes(RuleBasedStateMachine):
    """Delegates of one member who are named and ended on any days; the model keeps who votes on each day."""

    alliances: AlliancesHub

    @initialize()
    def a_member(self) -> None:
        self.alliances.begin()
        self.member = self.alliances.member(self.alliances.alliance())
        self.named: dict[str, set[date]] = {}
        self.ids: dict[str, str] = {}

    def days(self, since: date, until: date | None = None) -> set[date]:
        every = (TODAY + timedelta(n) for n in range(SPAN))
        return {day for day in every if since <= day and (until is None or day <= until)}

    @property
    def taken(self) -> dict[date, str]:
        return {day: who for who, days in self.named.items() for day in days}

    @rule(shift=st.integers(0, 40))
    def name_one(self, shift: int) -> None:
        since, who = TODAY + timedelta(shift), f"第{len(self.ids)}位"
        others = {other: min(days) for other, days in self.named.items() if days}
        blocked = any(first >= since for first in others.values())
        try:
            self.ids[who] = name(self.alliances, self.member, since, who)["id"]
        except Refused as refused:
            assert refused.codes == ["DELEGATE_OVERLAPS"] and blocked
            return
        assert not blocked
        self.named = {other: days - self.days(since) for other, days in self.named.items()}
        self.named[who] = self.days(since)

    @rule(data=st.data(), shift=st.integers(-2, 40))
    def end_one(self, data: st.DataObject, shift: int) -> None:
        if not self.ids:
            return
        who, until = data.draw(st.sampled_from(sorted(self.ids))), TODAY + timedelta(shift)
        since = date.fromisoformat(self.alliances.ask("delegates_by_id", ids=[self.ids[who]])[0]["since"])
        wished = self.days(since, until)
        others = {day for day, other in self.taken.items() if other != who}
        try:
            self.alliances.ask("end_delegate", delegate_id=self.ids[who], until=until.isoformat())
        except Refused as refused:
            same = self.named[who] == wished
            assert (refused.codes == ["DELEGATE_OVERLAPS"] and wished & others) or same
        else:
            assert not wished & others
            self.named[who] = wished

    def teardown(self) -> None:
        if hasattr(self, "member"):
            days = sorted(self.days(TODAY))
            asked = [{"membership_id": self.member["id"], "day": day.isoformat()} for day in days]
            found = self.alliances.ask("delegates_of_members_on", asked=asked)
            said = {day: [each["name"] for each in one["answer"]] for day, one in zip(days, found, strict=True)}
            taken = self.taken
            assert said == {day: [taken[day]] if day in taken else [] for day in days}


def test_whatever_is_done_one_votes_on_a_day(alliances: AlliancesHub) -> None:
    class Here(Votes):
        pass

    Here.alliances = alliances
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=8,
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=set(Phase) - {Phase.shrink},
        ),
    )
