"""Batches: each is done as it would be alone, or all are or none; in as many statements for many as for one."""

from __future__ import annotations

from typing import Any

import pytest

from kit.ids import new_id
from tests.services.alliances.alliances_hub import OFFICE, AlliancesHub, representative, secretariat
from tests.services.alliances.membership.memberships.memberships import WAYS, Relation
from tests.services.service_hub import Refused, at_once

ALONE = {
    "start_reviews": ("start_review", {}),
    "admit_members": ("admit_member", {}),
    "decline_applications": ("decline_membership", {"reason": "材料不全"}),
    "withdraw_invitations": ("withdraw_invitation", {"reason": "名额已满"}),
    "renew_memberships": ("renew_membership", {"until": "2030-12-31"}),
}
DIFFERENT = {("decline_applications", "invited"), ("renew_memberships", "lapsed")}
"""What the secretariat does not do to many: an invitation is the organisation's to decline, and who has lapsed needs room."""
STATUSES = ("lapsed", "applied", "invited", "in_review", "member", "suspended", "expelled")


def at(status: str, hub: AlliancesHub, alliance: dict[str, Any]) -> str:
    """A membership of an alliance at a status."""
    relation = Relation(hub, alliance, hub.organization())
    for step in WAYS[status]:
        relation.take(step)
    return relation.membership_id


@pytest.mark.parametrize("batch", ALONE)
def test_each_is_answered_as_it_would_be_alone(alliances: AlliancesHub, batch: str) -> None:
    one, other = alliances.alliance(), alliances.alliance()
    alone, given = ALONE[batch]
    pairs = {status: (at(status, alliances, one), at(status, alliances, other)) for status in STATUSES}
    many, each = ({status: pair[place] for status, pair in pairs.items()} for place in (0, 1))
    ids = {**many, "nobody": new_id(), "of_another": next(iter(each.values()))}

    answers = alliances.ask(
        batch, secretariat(one), alliance_id=one["id"], membership_ids=list(ids.values()) * 2, **given
    )

    assert [each["membership_id"] for each in answers] == list(ids.values())
    told = {status: _told(answer) for status, answer in zip(ids, answers, strict=True)}
    assert told.pop("nobody") == told.pop("of_another") == ["NOT_FOUND"]
    expected = {status: _alone(alliances, alone, id_, given) for status, id_ in each.items()}
    for status in STATUSES:
        assert told[status] == (["MEMBERSHIP_STANDS"] if (batch, status) in DIFFERENT else expected[status])


def _told(answer: dict[str, Any]) -> str | list[str]:
    return answer["membership"]["status"] if answer["membership"] else [each["code"] for each in answer["problems"]]


def _alone(hub: AlliancesHub, method: str, id_: str, given: dict[str, Any]) -> str | list[str]:
    try:
        return str(hub.ask(method, membership_id=id_, **given)["status"])
    except Refused as refused:
        return [each["code"] for each in refused.problems]


def test_all_or_none_does_nothing_and_says_which_are_in_the_way(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    relation, member = Relation(alliances, alliance, alliances.organization()), alliances.member(alliance)
    relation.take("apply_for_membership")
    given = {"alliance_id": alliance["id"], "membership_ids": [relation.membership_id, member["id"], new_id()]}
    before = len(alliances.said())

    problems = alliances.refusals("admit_members", **given, all_or_none=True)

    assert [(each["code"], each["field"]) for each in problems] == [
        ("MEMBERSHIP_STANDS", "membershipIds.1"),
        ("NOT_FOUND", "membershipIds.2"),
    ]
    assert (relation.status, len(alliances.said())) == ("applied", before)
    given["membership_ids"] = given["membership_ids"][:1]
    assert _told(alliances.ask("admit_members", **given, all_or_none=True)[0]) == "member"


def test_while_there_is_room_they_are_admitted_in_their_order_and_get_their_terms(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    rules = {"members": {"cap": 2}, "terms": {"years": 1}}
    alliances.ask("adopt_charter", alliance_id=alliance["id"], rules=rules, reason="-")
    ids = applied(alliances, alliance, 3)

    answers = alliances.ask("admit_members", alliance_id=alliance["id"], membership_ids=ids)

    assert [_told(each) for each in answers] == ["member", "member", ["CAP_REACHED"]]
    asked = [{"membership_id": id_} for id_ in ids]
    assert [bool(each["answer"]) for each in alliances.ask("terms_on", asked=asked)] == [True, True, False]


@pytest.mark.parametrize("batch", ["admit_members", "withdraw_invitations", "renew_memberships"])
def test_many_take_as_many_reading_statements_as_one(alliances: AlliancesHub, batch: str) -> None:
    alliance, taken = alliances.alliance(), []
    begun = {"admit_members": applied, "withdraw_invitations": invited}.get(batch, admitted)
    for number in (1, 12):
        ids = begun(alliances, alliance, number)
        with alliances.statements() as sent:
            alliances.ask(batch, alliance_id=alliance["id"], membership_ids=ids, **ALONE[batch][1])
        taken.append(len([each for each, _ in sent if each.startswith("SELECT")]))
    assert taken[0] == taken[1]


def test_the_same_key_does_it_once_and_two_at_once_do_each_once(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    given = {"alliance_id": alliance["id"], "membership_ids": applied(alliances, alliance, 4)}
    first = alliances.ask("start_reviews", key="k", **given)
    before = len(alliances.said())

    assert alliances.ask("start_reviews", key="k", **given) == first
    assert len(alliances.said()) == before
    outcomes = at_once(*[lambda: alliances.ask("admit_members", **given)] * 2)
    done = [each["membership_id"] for outcome in outcomes for each in outcome if each["membership"]]
    assert sorted(done) == sorted(given["membership_ids"])


def test_only_the_secretariat_acts_for_the_alliance(alliances: AlliancesHub) -> None:
    alliance, other = alliances.alliance(), alliances.alliance()
    member = alliances.member(alliance)
    given = {"alliance_id": alliance["id"], "membership_ids": [member["id"]], "until": "2030-12-31"}

    for viewer in (secretariat(other), representative({"id": member["organization_id"]})):
        with alliances.refuses("NOT_ALLOWED"):
            alliances.ask("renew_memberships", viewer, **given)
    with alliances.refuses("TOO_LONG", "membershipIds", max="100"):
        alliances.ask("renew_memberships", OFFICE, **given | {"membership_ids": [new_id() for _ in range(101)]})


def applied(hub: AlliancesHub, alliance: dict[str, Any], number: int) -> list[str]:
    ids = [hub.organization()["id"] for _ in range(number)]
    return [hub.ask("apply_for_membership", alliance_id=alliance["id"], organization_id=id_)["id"] for id_ in ids]


def invited(hub: AlliancesHub, alliance: dict[str, Any], number: int) -> list[str]:
    ids = [hub.organization()["id"] for _ in range(number)]
    return [hub.ask("invite_member", alliance_id=alliance["id"], organization_id=id_)["id"] for id_ in ids]


def admitted(hub: AlliancesHub, alliance: dict[str, Any], number: int) -> list[str]:
    return [hub.member(alliance)["id"] for _ in range(number)]
