"""Names: whoever is told of a person is told their name, as alliances says it now, and an account where it says none."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.alliances.authority.offices import OfficeChangeProposed
from contracts.alliances.people.persons import PersonCalled
from kit.ids import new_id
from kit.wire.envelope import Envelope
from services.notify.directory.naming import names_of
from services.notify.rules.table import RULES, wording
from tests.servers.smtp import MailServer
from tests.services.notify.delivery.mailing import comes_to
from tests.services.notify.notify_hub import OFFICE, NotifyHub, envelope

ANN, BOB = "0b9f-ann", "77c1-bob"


def called(
    account: str | None, zh: str, en: str = "", *, record: str, version: int = 1, into: str | None = None
) -> Envelope:
    said = {"person_id": record, "account": account, "name_zh": zh, "name_en": en, "merged_into": into}
    return envelope(PersonCalled(**said), subject_id=record, version=version)


def proposed() -> Envelope:
    message = OfficeChangeProposed(office_change_id=new_id(), kind="appoint", person=BOB, proposed_by=ANN, digest="d")
    return envelope(message)


def test_every_account_that_a_wording_speaks_of_is_told_by_name() -> None:
    for rule in RULES.values():
        fields = {each.name: each.type for each in dataclasses.fields(rule.on)}
        accounts = {
            name
            for name in wording(rule.name).names & fields.keys() - rule.differing.keys()
            if (name in {"person", "account"} or name.endswith("_by")) and str(fields[name]).startswith("str")
        }
        assert accounts <= rule.persons, rule.name


def read(notify: NotifyHub, language: str = "zh-CN") -> str:
    [notice] = notify.inbox(OFFICE, language)
    return f"{notice['title']}\n{notice['body']}"


def test_a_notice_names_persons_in_the_readers_language_as_they_are_called_now(notify: NotifyHub) -> None:
    ann, bob = new_id(), new_id()
    notify.hear(proposed())
    assert f"账号 {ANN} 提出" in read(notify) and f"account {BOB}" in read(notify, "en")

    notify.hear(called(ANN, "安红", "An Hong", record=ann), called(BOB, "欧阳修远", record=bob))

    assert "安红 提出" in read(notify) and ANN not in read(notify)
    assert "An Hong has proposed" in read(notify, "en") and "欧阳修远" in read(notify, "en")
    notify.hear(called(ANN, "安虹", record=ann, version=2), called(None, "", record=bob, version=2))
    assert "安虹 提出" in read(notify) and f"账号 {BOB}" in read(notify)
    assert "欧阳修远" not in repr(notify.contents())


def test_of_two_records_the_one_that_stays_gives_the_name(notify: NotifyHub) -> None:
    stays, double = new_id(), new_id()
    notify.hear(called(ANN, "安红", record=stays), called(BOB, "安紅", record=double, version=2, into=stays))

    with notify.runtime.database.transaction(writes=False) as session:
        names = names_of(session, [ANN, BOB, "nobody"])

    assert {account: dict(name)["zh"] for account, name in names.items() if isinstance(name, dict)} == {
        ANN: "安红",
        BOB: "安红",
    }


def test_an_e_mail_names_persons(mailing: NotifyHub, mail_server: MailServer) -> None:
    mailing.reach(OFFICE, "office@example.org")
    mailing.hear(called(ANN, "安红", record=new_id()), proposed())

    [mail] = mail_server.wait_for(1)
    comes_to(mailing, ("done", 1, None))

    text = mail.message.get_body(("plain",)).get_content()
    assert "安红 提出" in text and ANN not in text and f"账号 {BOB}" in text
    assert "安红" not in mail.message["Subject"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_newest_name_counts_in_whatever_order_and_however_often_it_comes(notify: NotifyHub, data: Any) -> None:
    record, account = new_id(), new_id()
    said = [called(account, f"名{version}", record=record, version=version) for version in range(1, 5)]
    said.append(called(None, "", record=record, version=5))
    known = said[: data.draw(st.integers(1, 5))]
    notify.hear(*data.draw(st.lists(st.sampled_from(known), max_size=4)), *data.draw(st.permutations(known)))

    with notify.runtime.database.transaction(writes=False) as session:
        names = names_of(session, [account])

    newest = known[-1].data
    assert names == ({account: {"zh": newest["name_zh"], "en": ""}} if newest["name_zh"] else {})
