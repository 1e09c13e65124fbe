"""Listing letters: the secretariat sees what was sent to whom, when, and what became of it, in pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from contracts.authority import Role, Scope
from tests.clock import NOW
from tests.services.alliances.alliances_hub import OFFICE, SHANGHAI, SOMEBODY, AlliancesHub, representative, secretariat
from tests.services.alliances.membership.invitations.letters import ADDRESS, DAY, Invited, an_invited
from tests.services.alliances.merging.mergers.merging import merge


def _accepted(letter: Invited) -> None:
    letter.answer(letter.code())


def _declined(letter: Invited) -> None:
    letter.answer(letter.code(), accepts=False, reason="暂不参加")


def _accepted_by_a_representative(letter: Invited) -> None:
    letter.hub.appoint("teacher", Role.REPRESENTATIVE, Scope.organization(letter.organization["id"]))
    letter.hub.ask("accept_invitation", "teacher", membership_id=letter.membership_id)


def _withdrawn(letter: Invited) -> None:
    letter.hub.ask("withdraw_invitation", letter.keeper, membership_id=letter.membership_id, reason="误邀")


def _merged(letter: Invited) -> None:
    survivor = letter.hub.organization()
    pair = {"alliance_id": letter.alliance["id"], "organization_id": survivor["id"]}
    letter.hub.ask("apply_for_membership", **pair)
    merge(letter.hub, survivor, letter.organization)


BECAME: dict[Callable[[Invited], None], str] = {
    _accepted: "accepted",
    _declined: "declined",
    _accepted_by_a_representative: "accepted",
    _withdrawn: "withdrawn",
    _merged: "merged",
}


def test_each_letter_says_what_became_of_it_and_the_last_one_posted_stands_first(alliances: AlliancesHub) -> None:
    first = an_invited(alliances)
    others = [first.another() for _ in BECAME]
    for letter in (first, *others):
        letter.post()
        alliances.clock.advance(timedelta(hours=1))
    for letter, becomes in zip(others, BECAME, strict=True):
        becomes(letter)
    alliances.ring()  # until then an address may stand that nobody needs any more

    found = _letters(first)

    settled = {"settled_at": alliances.clock.now().isoformat()}
    became = [{"times": 1, "status": status, **settled} for status in BECAME.values()]
    assert [_told(each) for each in found] == [*reversed(became), {"times": 1, "status": "open", "settled_at": None}]
    assert [each["membership_id"] for each in found] == [each.membership_id for each in reversed([first, *others])]
    assert [each["id"] for each in _letters(first, answerable=True)] == [found[-1]["id"]]
    assert _letters(first, order_by="oldest") == found[::-1]


def test_a_letter_that_is_sent_again_is_listed_once_and_lapses_in_the_end(alliances: AlliancesHub) -> None:
    letter = an_invited(alliances)
    letter.post("wrong@example.org")
    alliances.clock.advance(DAY)
    letter.post()

    [found] = _letters(letter)
    assert (found["times"], found["address"]) == (2, ADDRESS)
    assert found["posted_at"] == (NOW + DAY).isoformat()
    alliances.clock.advance(90 * DAY)
    alliances.ring()

    [found] = _letters(letter)
    lapsed_at = alliances.clock.now().isoformat()
    assert _told(found) == {"times": 2, "status": "lapsed", "settled_at": lapsed_at}
    assert found["address"] == ""
    assert _letters(letter, answerable=True) == []


def test_who_is_invited_again_is_in_the_list_with_the_letter_of_the_new_invitation(alliances: AlliancesHub) -> None:
    letter = an_invited(alliances)
    letter.post()
    _withdrawn(letter)
    letter.hub.ask("invite_member", letter.keeper, **letter.pair)
    assert [_told(each)["status"] for each in _letters(letter)] == ["withdrawn"]

    letter.post()

    assert [_told(each)["status"] for each in _letters(letter, answerable=True)] == ["open"]


def test_pages_hold_every_letter_once_and_as_many_statements(alliances: AlliancesHub) -> None:
    first = an_invited(alliances)
    for letter in (first, *(first.another() for _ in range(4))):
        letter.post()  # all at one moment: the id tells them apart

    pages, after, sent = [], None, set()
    while after or not pages:
        with alliances.statements() as statements:
            page = first.hub.ask(
                "invitation_letters", first.keeper, **_of(first), first=2, **({"after": after} if after else {})
            )
        pages.append([each["id"] for each in page["nodes"]])
        sent.add(len(statements))
        after = page["cursors"][-1] if page["has_next"] else None

    assert [len(ids) for ids in pages] == [2, 2, 1]
    assert [id_ for ids in pages for id_ in ids] == [each["id"] for each in _letters(first)]
    assert len(sent) == 1


def test_letters_are_for_the_secretariat_that_has_sent_them(alliances: AlliancesHub) -> None:
    letter = an_invited(alliances)
    letter.post()
    strangers = [
        "",
        SOMEBODY,
        secretariat(alliances.alliance()),
        representative(letter.organization),
        alliances.province_office(SHANGHAI),
    ]
    for stranger in strangers:
        with alliances.refuses("NOT_ALLOWED" if stranger else "SIGN_IN_REQUIRED"):
            alliances.ask("invitation_letters", stranger, **_of(letter))
    assert alliances.ask("invitation_letters", OFFICE, **_of(letter))["nodes"] == _letters(letter)


def _letters(letter: Invited, **which: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = letter.hub.ask("invitation_letters", letter.keeper, **_of(letter), **which)["nodes"]
    return found


def _of(letter: Invited) -> dict[str, str]:
    return {"alliance_id": letter.alliance["id"]}


def _told(letter: dict[str, Any]) -> dict[str, Any]:
    return {name: letter[name] for name in ("times", "status", "settled_at")}
