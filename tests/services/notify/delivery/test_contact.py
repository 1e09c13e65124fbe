"""Contact: a person's address is set, read and erased by that person alone."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.notify.delivery import AddressInvalid
from contracts.refusals import NotOneOf, Required, SignInRequired
from tests.services.notify.notify_hub import NotifyHub, Refused

ADDRESS: dict[str, Any] = {"address": "rep@example.org", "locale": "zh-CN", "wants_email": True}


def test_update_contact_is_read_back_by_its_owner_and_nobody_else(notify: NotifyHub) -> None:
    answered = notify.ask("update_contact", "rep", **ADDRESS)

    assert answered == notify.ask("my_contact", "rep") == {**ADDRESS, "confirmed": False}
    assert notify.ask("my_contact", "somebody else") is None


def test_update_contact_again_replaces_the_whole(notify: NotifyHub) -> None:
    notify.ask("update_contact", "rep", **ADDRESS)

    notify.ask("update_contact", "rep", address="new@example.org", locale="en", wants_email=False)

    new = {"address": "new@example.org", "locale": "en", "wants_email": False}
    assert notify.ask("my_contact", "rep") == {**new, "confirmed": False}


def test_an_address_is_kept_as_mail_servers_write_it(notify: NotifyHub) -> None:
    assert notify.ask("update_contact", "rep", **{**ADDRESS, "address": "Rep@教育.中国"}) == {
        **ADDRESS,
        "address": "Rep@xn--wcvs22d.xn--fiqs8s",
        "confirmed": False,
    }


@pytest.mark.parametrize(
    "address",
    [
        "rep",
        "rep@",
        "@example.org",
        "rep@localhost",
        "two@example.org,three@example.org",
        "rep@example.org\r\nBcc: all@example.org",
        "Rep <rep@example.org>",
        "代表@example.org",
        "rep@example..org",
        "r" * 65 + "@example.org",
    ],
)
def test_an_address_that_is_none_is_refused_and_the_old_one_stays(notify: NotifyHub, address: str) -> None:
    notify.reach("rep", ADDRESS["address"])

    with notify.refuses(AddressInvalid.code, "address"):
        notify.ask("update_contact", "rep", **{**ADDRESS, "address": address})


def test_a_language_that_the_hub_does_not_speak_and_a_missing_wish_are_refused(notify: NotifyHub) -> None:
    with pytest.raises(Refused) as refused:
        notify.ask("update_contact", "rep", address="rep@example.org", locale="fr")

    assert sorted((problem["code"], problem["field"]) for problem in refused.value.problems) == [
        (NotOneOf.code, "locale"),
        (Required.code, "wantsEmail"),
    ]
    assert notify.ask("my_contact", "rep") is None


def test_erase_contact_forgets_it_and_may_be_repeated(notify: NotifyHub) -> None:
    notify.ask("update_contact", "rep", **ADDRESS)

    assert [notify.ask("erase_contact", "rep") for _ in range(2)] == [{}, {}]

    assert notify.ask("my_contact", "rep") is None


@pytest.mark.parametrize(
    ("method", "arguments"), [("my_contact", {}), ("erase_contact", {}), ("update_contact", ADDRESS)]
)
def test_a_visitor_has_no_contact(notify: NotifyHub, method: str, arguments: dict[str, object]) -> None:
    with notify.refuses(SignInRequired.code):
        notify.ask(method, "", **arguments)
