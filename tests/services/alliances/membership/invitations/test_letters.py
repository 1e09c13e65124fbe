"""Letters: an organisation that nobody represents is invited by e-mail, and whoever was sent the letter answers by its code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from contracts.authority import Role, Scope
from services.alliances.membership.invitations.settings import LetterSettings
from tests.clock import NOW
from tests.services.alliances.alliances_hub import HUANGSHAN_CITY, SOMEBODY, AlliancesHub, named, secretariat
from tests.services.alliances.membership.importing.test_importing_members import imported, sheet
from tests.services.alliances.membership.invitations.letters import ADDRESS, DAY, Invited, an_invited
from tests.services.alliances.membership.memberships.memberships import stands
from tests.services.alliances.merging.mergers.merging import merge
from tests.services.ringing import at
from tests.services.service_hub import Refused, at_once


@pytest.fixture
def invited(alliances: AlliancesHub) -> Invited:
    return an_invited(alliances)


def test_a_letter_is_posted_and_whoever_has_it_accepts(invited: Invited) -> None:
    letter = invited.post()

    expires_at = (NOW + 90 * DAY).isoformat()
    assert letter == {
        "id": letter["id"],
        "membership_id": invited.membership_id,
        "address": ADDRESS,
        "language": "zh-CN",
        "posted_by": invited.keeper,
        "posted_at": NOW.isoformat(),
        "expires_at": expires_at,
        "times": 1,
        "status": "open",
        "settled_at": None,
    }
    [said] = invited.posted()
    assert said == {
        "letter_id": letter["id"],
        "membership_id": invited.membership_id,
        "membership_version": 1,
        "alliance": named(invited.alliance),
        "organization": named(invited.organization),
        "address": ADDRESS,
        "language": "zh-CN",
        "invited_by": invited.keeper,
        "expires_at": expires_at,
    }
    assert invited.answer(invited.code())["status"] == "in_review"
    steps = invited.hub.ask("membership_steps", membership_id=invited.membership_id)["nodes"]
    assert steps[0]["taken_by"] == SOMEBODY
    assert ADDRESS not in repr(invited.hub.contents()) + repr(invited.hub.said())


def test_it_is_declined_with_a_reason(invited: Invited) -> None:
    invited.post(language="en")
    code = invited.code()
    with invited.hub.refuses("REQUIRED", "reason"):
        invited.answer(code, accepts=False)

    assert invited.answer(code, accepts=False, reason="暂不参加")["status"] == "declined"

    assert invited.hub.said()[-1][1]["reason"] == "暂不参加"


def test_a_letter_goes_with_the_invitation(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    names = {"name_zh": "某某学校", "name_en": "Some School"}
    body = alliances.ask("register_organization", kind="university", region=HUANGSHAN_CITY, **names)
    pair = {"alliance_id": alliance["id"], "organization_id": body["id"]}
    before = len(alliances.said())
    with alliances.refuses("ADDRESS_INVALID", "address"):
        alliances.ask("invite_member", secretariat(alliance), **pair, address="office")

    alliances.ask("invite_member", secretariat(alliance), **pair, address=ADDRESS, language="en")

    said = [type_ for type_, _ in alliances.said(since=before)]
    assert said == ["alliances.member_invited", "alliances.invitation_letter_posted"]


def test_only_the_newest_letter_of_the_invitation_that_stands_is_answered(invited: Invited) -> None:
    invited.post("wrong@example.org")
    wrong = invited.code()
    invited.post()
    right = invited.code(2)
    for void in (wrong, right[:-1], "ey"):
        with invited.hub.refuses("INVITATION_CODE_VOID", "code"):
            invited.answer(void)

    withdrawn = {"membership_id": invited.membership_id, "reason": "误邀"}
    invited.hub.ask("withdraw_invitation", invited.keeper, **withdrawn)
    invited.hub.ring()
    with invited.hub.refuses("INVITATION_CODE_VOID", "code"):
        invited.answer(right)
    pair = {"alliance_id": invited.alliance["id"], "organization_id": invited.organization["id"]}
    invited.hub.ask("invite_member", invited.keeper, **pair)
    with invited.hub.refuses("INVITATION_CODE_VOID", "code"):
        invited.answer(right)
    invited.post()
    assert invited.answer(invited.code(3))["status"] == "in_review"


def test_a_letter_ends_with_the_invitation_and_the_address_goes(invited: Invited) -> None:
    invited.post()
    code = invited.code()

    invited.hub.clock.advance(90 * DAY)
    invited.hub.ring()

    with invited.hub.refuses("INVITATION_CODE_VOID", "code"):
        invited.answer(code)
    assert ADDRESS not in repr(invited.hub.contents()) + repr(invited.hub.said())


def test_a_letter_is_answered_after_a_reminder_of_the_invitation(alliances: AlliancesHub) -> None:
    invited = an_invited(alliances, {"invitations": {"days": 90}})
    invited.post()

    at(alliances, NOW + 86 * DAY)

    assert alliances.said()[-1][0] == "alliances.invitation_due"
    assert invited.answer(invited.code())["status"] == "in_review"


def _withdrawn(invited: Invited) -> None:
    named = {"alliance_id": invited.alliance["id"], "membership_ids": [invited.membership_id]}
    invited.hub.ask("withdraw_invitations", invited.keeper, **named, reason="误邀")


def _declined_by_id(invited: Invited) -> None:
    invited.hub.appoint("teacher", Role.REPRESENTATIVE, Scope.organization(invited.organization["id"]))
    invited.hub.ask("decline_membership", "teacher", membership_id=invited.membership_id, reason="暂不参加")


def _on_the_list(invited: Invited) -> None:
    imported(invited.hub, invited.alliance, sheet(f"{invited.organization['name_zh']},,,,"))


def _merged(invited: Invited) -> None:
    survivor = invited.hub.organization()
    pair = {"alliance_id": invited.alliance["id"], "organization_id": survivor["id"]}
    invited.hub.ask("apply_for_membership", **pair)
    merge(invited.hub, survivor, invited.organization)


@pytest.mark.parametrize("way", [_withdrawn, _declined_by_id, _on_the_list, _merged])
def test_the_address_goes_however_the_invitation_ends(
    alliances_on_sqlite: AlliancesHub, way: Callable[[Invited], None]
) -> None:
    invited = an_invited(alliances_on_sqlite)
    invited.post()

    way(invited)
    invited.hub.ring()

    assert invited.status() != "invited"
    assert ADDRESS not in repr(invited.hub.contents()) + repr(invited.hub.said())


def test_another_address_takes_the_place_of_the_first(invited: Invited) -> None:
    invited.post("wrong@example.org")
    invited.post()
    assert [letter["address"] for letter in invited.posted()] == ["", ADDRESS]
    assert "wrong@example.org" not in repr(invited.hub.contents())


def test_who_is_represented_or_has_answered_is_sent_no_letter(invited: Invited) -> None:
    invited.hub.appoint("teacher", Role.REPRESENTATIVE, Scope.organization(invited.organization["id"]))
    with invited.hub.refuses("REPRESENTATIVE_KNOWN"):
        invited.post()
    invited.hub.ask("accept_invitation", "teacher", membership_id=invited.membership_id)
    with invited.hub.refuses("MEMBERSHIP_STANDS", None, **stands("in_review")):
        invited.post()


def test_visitors_answer_nothing_and_strangers_send_nothing(invited: Invited) -> None:
    invited.post()
    code = invited.code()
    with invited.hub.refuses("SIGN_IN_REQUIRED"):
        invited.answer(code, viewer="")
    with invited.hub.refuses("NOT_ALLOWED"):
        invited.hub.ask("post_invitation", SOMEBODY, membership_id=invited.membership_id, address=ADDRESS)


def some_invited(hub: AlliancesHub, alliance: dict[str, Any]) -> list[Invited]:
    """Two memberships that wait for an answer."""
    memberships = []
    for number in range(2):
        names = {"name_zh": f"某某学校{number}", "name_en": f"School {number}"}
        body = hub.ask("register_organization", kind="university", region=HUANGSHAN_CITY, **names)
        pair = {"alliance_id": alliance["id"], "organization_id": body["id"]}
        memberships.append(hub.ask("invite_member", secretariat(alliance), **pair)["id"])
    return [Invited(hub, alliance, {}, id_) for id_ in memberships]


def test_two_letters_at_once_share_what_a_day_has(alliances: AlliancesHub, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = alliances.runtime.settings
    monkeypatch.setattr(alliances.runtime, "settings", settings.having(replace(settings.of(LetterSettings), a_day=1)))
    first, second = some_invited(alliances, alliances.alliance())

    ends = at_once(first.post, second.post)

    assert [each.codes for each in ends if isinstance(each, Refused)] == [["TOO_MANY_INVITATION_LETTERS"]]


def test_an_alliance_sends_so_many_letters_a_day(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_INVITATION_LETTERS_A_DAY", "2")
    hub: AlliancesHub = request.getfixturevalue("alliances_on_sqlite")
    alliance = hub.alliance()
    first, second = some_invited(hub, alliance)
    first.post("wrong@example.org")
    first.post()
    for letter in (first, second):
        with hub.refuses("TOO_MANY_INVITATION_LETTERS", None, most=2):
            letter.post()
    hub.clock.advance(DAY)
    second.post()


def test_of_two_answers_at_once_one_counts(invited: Invited) -> None:
    invited.post()
    code = invited.code()

    yes, no = at_once(lambda: invited.answer(code), lambda: invited.answer(code, accepts=False, reason="暂不参加"))

    assert isinstance(yes, Refused) != isinstance(no, Refused)
    assert invited.hub.ask("memberships_by_id", ids=[invited.membership_id])[0]["status"] in {"in_review", "declined"}


def test_of_two_first_letters_at_once_the_later_one_counts(invited: Invited) -> None:
    for number in range(4):
        names = {"name_zh": f"某某学院{number}", "name_en": f"College {number}"}
        body = invited.hub.ask("register_organization", kind="university", region=HUANGSHAN_CITY, **names)
        pair = {"alliance_id": invited.alliance["id"], "organization_id": body["id"]}
        id_ = invited.hub.ask("invite_member", invited.keeper, **pair)["id"]
        other = Invited(invited.hub, invited.alliance, body, id_)

        letters = at_once(lambda other=other: other.post("a@example.org"), lambda other=other: other.post())

        assert not [each for each in letters if isinstance(each, Refused)]
        assert letters[0]["id"] == letters[1]["id"]
        assert [bool(each["address"]) for each in other.posted()[-2:]] == [False, True]
