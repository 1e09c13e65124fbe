"""Classes of members: set, corrected, full, of any day, and that nobody gets the last place twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from kit.clock import CHINA
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
CODES = ("chair", "vice_chair", "council", "member")


def class_on(hub: AlliancesHub, member: dict[str, Any], day: date | None = None, viewer: str = OFFICE) -> Any:
    question = {"membership_id": member["id"], **({"day": day.isoformat()} if day else {})}
    (found,) = hub.ask("member_classes_on", viewer, asked=[question])
    return found["answer"] and (found["answer"]["code"], found["answer"]["since"])


def put(hub: AlliancesHub, member: dict[str, Any], code: str, since: date, viewer: str = OFFICE) -> None:
    given = {"membership_id": member["id"], "member_class": code, "since": since.isoformat()}
    hub.ask("set_member_class", viewer, **given, reason="理事会决定")


def test_a_class_is_set_and_said(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    member = alliances.member(alliance)
    before = len(alliances.said())

    put(alliances, member, "vice_chair", date(2026, 5, 1), secretariat(alliance))

    ((type_, told),) = alliances.said(since=before)
    assert type_ == "alliances.member_class_changed"
    assert (told["member_class"], told["since"], told["corrected"]) == (
        {"id": "vice_chair", "zh": "副理事长单位", "en": "Vice-Chair Unit"},
        "2026-05-01",
        False,
    )
    days = (TODAY - timedelta(1), TODAY, date(2026, 4, 30), date(2026, 5, 1))
    assert [class_on(alliances, member, day, VISITOR) for day in days] == [
        None,
        ("member", "2026-03-02"),
        ("member", "2026-03-02"),
        ("vice_chair", "2026-05-01"),
    ]


def test_what_cannot_be_is_refused(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    member, other = alliances.member(alliance), alliances.member(alliance)
    with alliances.refuses("TERM_INVALID", "since", earliest="2026-03-02"):
        put(alliances, member, "council", date(2026, 3, 1))
    with alliances.refuses("CLASS_UNKNOWN", "memberClass", member_class="king"):
        put(alliances, member, "king", TODAY)
    with alliances.refuses("NOTHING_CHANGED", "memberClass"):
        put(alliances, member, "member", TODAY)
    put(alliances, member, "chair", date(2026, 4, 1))
    with alliances.refuses("CLASS_OVERLAPS", "since", since="2026-04-01"):
        put(alliances, member, "council", date(2026, 4, 1))
    with alliances.refuses("CLASS_FULL", "memberClass", member_class="理事长单位", most=1):
        put(alliances, other, "chair", TODAY)
    put(alliances, member, "member", date(2026, 5, 1))
    put(alliances, other, "chair", date(2026, 5, 1))
    with alliances.refuses("CLASS_NOT_SET", "since", since="2026-03-09"):
        alliances.ask("correct_member_class", membership_id=member["id"], since="2026-03-09", reason="-")
    alliances.ask("expel_member", membership_id=member["id"], reason="因故")
    with alliances.refuses("MEMBERSHIP_STANDS", status="expelled", status_zh="已除名"):
        put(alliances, member, "council", TODAY)


def test_only_the_secretariat_sets_and_corrects(alliances: AlliancesHub) -> None:
    member = alliances.member(alliances.alliance())
    mine = representative({"id": member["organization_id"]})
    for viewer in (VISITOR, SOMEBODY, mine, secretariat(alliances.alliance())):
        with alliances.refuses("NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"):
            put(alliances, member, "council", TODAY, viewer)
        with alliances.refuses("NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"):
            alliances.ask("correct_member_class", viewer, membership_id=member["id"], since="2026-03-02", reason="-")


def test_whose_membership_rests_has_a_class_that_concerns_both_sides_alone(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    member = alliances.member(alliance)
    put(alliances, member, "council", TODAY)
    alliances.ask("suspend_member", membership_id=member["id"], reason="因故")
    (refused,) = alliances.ask("member_classes_on", VISITOR, asked=[{"membership_id": member["id"]}])
    assert [problem["code"] for problem in refused["problems"]] == ["SIGN_IN_REQUIRED"]
    assert class_on(alliances, member, None, secretariat(alliance)) == ("council", "2026-03-02")


def test_the_last_place_of_a_class_goes_to_one(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    members = [alliances.member(alliance) for _ in range(4)]

    outcomes = at_once(*(lambda member=member: put(alliances, member, "chair", TODAY) for member in members))

    assert sorted(each.codes[0] if isinstance(each, Refused) else "SET" for each in outcomes) == [
        *["CLASS_FULL"] * 3,
        "SET",
    ]


class Calendars(RuleBasedStateMachine):
    """Two members whose classes are set and corrected, who leave and come back; the model keeps a class for each day."""

    alliances: AlliancesHub
    SPAN = 60

    @initialize()
    def two_members(self) -> None:
        self.alliances.begin()
        self.alliance = self.alliances.alliance()
        self.members = [self.alliances.member(self.alliance) for _ in range(2)]
        self.joined: list[date | None] = [TODAY, TODAY]
        self.days: list[dict[date, str]] = [dict.fromkeys(self.after(TODAY), "member") for _ in self.members]
        self.set_on: list[dict[date, str]] = [{}, {}]

    def after(self, day: date) -> list[date]:
        return [day + timedelta(n) for n in range(self.SPAN) if day + timedelta(n) < TODAY + timedelta(self.SPAN)]

    @property
    def today(self) -> date:
        return self.alliances.clock.now().astimezone(CHINA).date()

    def paint(self, who: int) -> None:
        """What each day since the member joined should be, from all that was set since."""
        code = "member"
        joined = self.joined[who]
        assert joined is not None
        for day in self.after(joined):
            code = self.set_on[who].get(day, code)
            self.days[who][day] = code

    @rule(who=st.integers(0, 1), code=st.sampled_from(CODES), shift=st.integers(-3, 20))
    def set(self, who: int, code: str, shift: int) -> None:
        since, joined, mine = self.today + timedelta(shift), self.joined[who], self.set_on[who]
        try:
            put(self.alliances, self.members[who], code, since)
        except Refused as refused:
            other = self.days[1 - who] if self.joined[1 - who] else {}
            why = {
                "MEMBERSHIP_STANDS": joined is None,
                "TERM_INVALID": joined is not None and since < joined,
                "CLASS_OVERLAPS": bool(mine) and since <= max(mine),
                "NOTHING_CHANGED": code == (mine[max(mine)] if mine else "member"),
                "CLASS_FULL": code == "chair" and any(other.get(day) == "chair" for day in self.after(since)),
            }
            assert why[refused.codes[0]], (refused.codes, why)
        else:
            assert joined is not None and since >= joined and (not mine or since > max(mine))
            mine[since] = code
            self.paint(who)

    @rule(who=st.integers(0, 1), data=st.data(), code=st.none() | st.sampled_from(CODES))
    def correct(self, who: int, data: st.DataObject, code: str | None) -> None:
        mine = self.set_on[who]
        if not mine or self.joined[who] is None:
            return
        since = data.draw(st.sampled_from(sorted(mine)))
        given = {"membership_id": self.members[who]["id"], "since": since.isoformat(), "reason": "误设"}
        try:
            self.alliances.ask("correct_member_class", **given, **({"member_class": code} if code else {}))
        except Refused as refused:
            assert refused.codes[0] in {"NOTHING_CHANGED", "CLASS_FULL"}
            return
        before = [each for each in sorted(mine) if each < since]
        if code is None or code == (mine[before[-1]] if before else "member"):
            del mine[since]
        else:
            mine[since] = code
        self.paint(who)

    @rule(who=st.integers(0, 1))
    def leave_or_come_back(self, who: int) -> None:
        member = self.members[who]
        if self.joined[who] is not None:
            self.alliances.ask("withdraw_member", membership_id=member["id"], reason="因故")
            self.days[who] = {day: code for day, code in self.days[who].items() if day < self.today}
            self.joined[who], self.set_on[who] = None, {}
        else:
            pair = {"alliance_id": self.alliance["id"], "organization_id": member["organization_id"]}
            self.alliances.ask("apply_for_membership", **pair)
            self.alliances.ask("admit_member", membership_id=member["id"])
            self.joined[who] = self.today
            self.paint(who)

    @rule(days=st.integers(1, 9))
    def time_passes(self, days: int) -> None:
        self.alliances.clock.advance(timedelta(days=days))

    def teardown(self) -> None:
        for member, days in zip(getattr(self, "members", []), getattr(self, "days", []), strict=True):
            asked = [{"membership_id": member["id"], "day": day.isoformat()} for day in self.after(TODAY)]
            found = self.alliances.ask("member_classes_on", asked=asked)
            said = {
                datetime.fromisoformat(each["day"]).date(): one["answer"]
                for each, one in zip(asked, found, strict=True)
            }
            assert {day: one["code"] for day, one in said.items() if one} == days


def test_whatever_is_done_every_day_has_the_class_that_the_model_says(alliances: AlliancesHub) -> None:
    class Here(Calendars):
        pass

    Here.alliances = alliances
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=8,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=set(Phase) - {Phase.shrink},
        ),
    )
