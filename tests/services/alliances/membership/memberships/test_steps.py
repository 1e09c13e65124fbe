"""Steps of a membership: what each answers and says, where it leads, and that nothing else leads anywhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.alliances.membership.memberships import MembershipStatus
from kit.ids import new_id
from tests.clock import NOW
from tests.services.alliances.alliances_hub import HUANGSHAN_CITY, AlliancesHub, named, representative, secretariat
from tests.services.alliances.membership.memberships.memberships import (
    ANSWERED_WITHIN,
    NEVER,
    STEPS,
    WAYS,
    a_relation,
    message_of,
    stands,
)
from tests.services.service_hub import Refused, at_once

EVERY_STEP = [(step, start) for step in STEPS for start in sorted(STEPS[step].starts)]
NO_STEP = [
    (step, start)
    for step in STEPS
    for start in sorted(set(WAYS) - STEPS[step].starts)
    if start is not NEVER or STEPS[step].of_pair
]


def test_every_status_is_reached_and_left_as_the_table_says() -> None:
    by_merging = {MembershipStatus.MERGED.value}
    assert set(WAYS) - {NEVER} == {status.value for status in MembershipStatus} - by_merging
    assert len(EVERY_STEP) + len(NO_STEP) == len(STEPS) * len(WAYS) - 11  # what never began has no id to name


@pytest.mark.parametrize(("step", "start"), EVERY_STEP)
def test_a_step_leads_on_and_says_so(alliances: AlliancesHub, step: str, start: str) -> None:
    relation = a_relation(alliances, start)
    before = len(alliances.said())
    alliances.clock.advance(timedelta(days=3))

    answer = relation.take(step, reason="章程第五条")

    now = alliances.clock.now()
    assert answer == {
        "id": answer["id"],
        **relation.pair,
        "status": STEPS[step].leads_to,
        "into_id": None,
        "answer_by": (now + ANSWERED_WITHIN).isoformat() if step == "invite_member" else None,
        "created_at": (NOW if start else now).isoformat(),
    }
    assert alliances.said(since=before) == [
        (
            message_of(step, start),
            {
                "membership_id": answer["id"],
                "alliance": named(relation.alliance),
                "organization": named(relation.organization),
                "region": HUANGSHAN_CITY,
                "status": STEPS[step].leads_to,
                "reason": "章程第五条" if STEPS[step].with_reason else "",
            },
        )
    ]


@pytest.mark.parametrize(("step", "start"), NO_STEP)
def test_no_other_step_leads_anywhere(alliances: AlliancesHub, step: str, start: str) -> None:
    relation = a_relation(alliances, start)

    with alliances.refuses("MEMBERSHIP_STANDS", **stands(start)):
        relation.take(step)


@pytest.mark.parametrize("step", [step for step in STEPS if not STEPS[step].of_pair])
def test_a_membership_that_does_not_exist_is_not_found(alliances: AlliancesHub, step: str) -> None:
    relation = a_relation(alliances)
    relation.membership_id = new_id()

    with alliances.refuses("NOT_FOUND", "membershipId"):
        relation.take(step)


@pytest.mark.parametrize("step", ["apply_for_membership", "invite_member"])
@pytest.mark.parametrize(("missing", "field"), [("alliance", "allianceId"), ("organization", "organizationId")])
def test_a_body_that_does_not_exist_is_not_found(alliances: AlliancesHub, step: str, missing: str, field: str) -> None:
    relation = a_relation(alliances)
    setattr(relation, missing, {"id": new_id()})

    with alliances.refuses("NOT_FOUND", field):
        relation.take(step)


@pytest.mark.parametrize(
    "step", [step for step in STEPS if STEPS[step].with_reason and STEPS[step].reason_is == "reason"]
)
@pytest.mark.parametrize(
    ("reason", "code", "params"), [("", "TOO_SHORT", {"min": "1"}), ("x" * 501, "TOO_LONG", {"max": "500"})]
)
def test_a_step_that_hurts_needs_a_reason(
    alliances: AlliancesHub, step: str, reason: str, code: str, params: dict[str, Any]
) -> None:
    start = sorted(STEPS[step].starts)[0]
    relation = a_relation(alliances, start)

    with alliances.refuses(code, "reason", **params):
        relation.take(step, reason=reason)


def test_the_same_idempotency_key_takes_a_step_once(alliances: AlliancesHub) -> None:
    relation = a_relation(alliances, "applied")
    step = {"membership_id": relation.membership_id}
    first = alliances.ask("admit_member", key="k", **step)
    before, kept = alliances.said(), alliances.answers_kept()

    assert alliances.ask("admit_member", key="k", **step) == first
    assert (alliances.said(), alliances.answers_kept()) == (before, kept)

    with alliances.refuses("MEMBERSHIP_STANDS", **stands("member")):
        alliances.ask("admit_member", key="another", **step)
    with alliances.refuses("IDEMPOTENCY_KEY_REUSED"):
        alliances.ask("start_review", key="k", **step)


def test_of_two_who_take_the_same_step_at_once_one_is_refused(alliances: AlliancesHub) -> None:
    relation = a_relation(alliances, "applied")
    before = len(alliances.said())

    outcomes = at_once(*[lambda: relation.take("admit_member")] * 2)

    assert sorted(getattr(each, "codes", ["MEMBER"])[0] for each in outcomes) == ["MEMBER", "MEMBERSHIP_STANDS"]
    assert [type_ for type_, _ in alliances.said(since=before)] == ["alliances.member_admitted"]


def test_of_two_who_begin_at_once_one_is_refused(alliances: AlliancesHub) -> None:
    relation = a_relation(alliances)

    outcomes = at_once(*[lambda: relation.take("apply_for_membership")] * 2)

    assert sorted(getattr(each, "codes", ["APPLIED"])[0] for each in outcomes) == ["APPLIED", "MEMBERSHIP_STANDS"]


def test_the_whole_way_of_a_member_is_its_history(alliances: AlliancesHub) -> None:
    relation = a_relation(alliances, "suspended")
    relation.take("resume_member", secretariat(relation.alliance))
    relation.take("withdraw_member", representative(relation.organization))

    found = alliances.ask("history", subject_type="membership", subject_id=relation.membership_id)

    assert [(row["version"], row["type"].removeprefix("alliances."), row["actor"]) for row in found] == [
        (1, "membership_applied_for", "hub-office"),
        (2, "member_admitted", "hub-office"),
        (3, "member_suspended", "hub-office"),
        (4, "member_resumed", secretariat(relation.alliance)),
        (5, "member_withdrawn", representative(relation.organization)),
    ]


def test_a_body_may_be_in_several_alliances_and_an_alliance_has_several_bodies(alliances: AlliancesHub) -> None:
    relation = a_relation(alliances, "member")
    other = a_relation(alliances, "member")

    crossed = {"alliance_id": relation.alliance["id"], "organization_id": other.organization["id"]}
    answer = alliances.ask("invite_member", **crossed)

    assert answer["status"] == "invited"
    with pytest.raises(Refused):
        alliances.ask("invite_member", **crossed)
