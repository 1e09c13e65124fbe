"""Inbox: everybody reads and marks their own notices, newest first, in their language, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from contracts.refusals import NotFound, SignInRequired
from kit.ids import new_id
from tests.services.notify.notify_hub import HUANGSHAN, NOW, QUZHOU, NotifyHub, membership, represents

STEPS = ("MemberInvited", "MemberAdmitted", "MemberSuspended", "MemberResumed")


@pytest.fixture
def filled(notify: NotifyHub) -> NotifyHub:
    """`reader` has four notices, `other` has one, and each has read that they have a role."""
    notify.hear(represents("reader", HUANGSHAN), represents("other", QUZHOU))
    for person in ("reader", "other"):
        notify.ask("mark_all_read", person)
    for version, step in enumerate(STEPS, start=1):
        notify.hear(membership(step, HUANGSHAN, NOW + timedelta(hours=version), version, reason="x"))
    notify.hear(membership("MemberInvited", QUZHOU))
    return notify


def _rules(notify: NotifyHub, viewer: str, **which: object) -> list[str]:
    return [notice["rule"] for notice in notify.inbox(viewer, **which)]


def test_notices_come_newest_first_page_by_page(filled: NotifyHub) -> None:
    first = filled.ask("notices", "reader", first=3)
    rest = filled.ask("notices", "reader", first=3, after=first["cursors"][-1])

    assert [notice["rule"] for notice in first["nodes"]] == ["member_resumed", "member_suspended", "member_admitted"]
    assert [notice["rule"] for notice in rest["nodes"]] == ["member_invited", "role_granted"]
    assert (first["has_next"], rest["has_next"]) == (True, False)


@pytest.mark.sqlite
def test_a_page_of_an_inbox_costs_one_statement_that_goes_by_its_index(filled: NotifyHub) -> None:
    with filled.statements() as sent:
        filled.inbox("reader", first=1)
        filled.inbox("reader", first=4)
        filled.ask("unread_count", "reader")

    reads = [statement for statement, _ in sent if statement.startswith("SELECT")]
    assert len(reads) == 3
    with filled.runtime.database.engine.connect() as connection:
        plans = [
            " ".join(
                row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {each}", ("x",) * each.count("?"))
            )
            for each in reads
        ]
    assert all("ix_notices_inbox" in plan for plan in plans[:2])
    assert "ix_notices_inbox_unread" in plans[2]
    assert not any("TEMP B-TREE" in plan or "SCAN notices" in plan for plan in plans)


def test_unread_notices_are_counted_up_to_a_bound(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("HUB_NOTICES_COUNTED", "3")
    notify = NotifyHub()
    try:
        notify.hear(represents("reader", HUANGSHAN))
        counts = [notify.ask("unread_count", "reader")]
        for version, step in enumerate(STEPS, start=1):
            notify.hear(membership(step, HUANGSHAN, NOW + timedelta(hours=version), version, reason="x"))
            counts.append(notify.ask("unread_count", "reader"))
        assert counts == [1, 2, 3, 3, 3]
        assert notify.ask("mark_all_read", "reader") == {"unread_count": 0}
    finally:
        notify.stop()


def test_mark_notice_read_takes_it_from_the_unread_ones_once(filled: NotifyHub) -> None:
    newest = filled.inbox("reader")[0]
    filled.clock.advance(timedelta(minutes=5))

    read = filled.ask("mark_notice_read", "reader", notice_id=newest["id"])
    filled.clock.advance(timedelta(minutes=5))
    again = filled.ask("mark_notice_read", "reader", notice_id=newest["id"])

    assert read == again == {**newest, "read_at": "2026-03-02T01:05:00+00:00"}
    assert filled.ask("unread_count", "reader") == 3
    assert _rules(filled, "reader", unread=True) == ["member_suspended", "member_admitted", "member_invited"]
    assert len(_rules(filled, "reader")) == 4


def test_mark_all_read_leaves_no_unread_notice_of_the_viewer_and_those_of_others(filled: NotifyHub) -> None:
    assert filled.ask("mark_all_read", "reader") == {"unread_count": 0}

    assert [filled.ask("unread_count", viewer) for viewer in ("reader", "other")] == [0, 1]
    assert _rules(filled, "reader", unread=True) == []


def test_mark_notice_read_of_somebody_elses_is_refused_as_if_it_were_not_there(filled: NotifyHub) -> None:
    [theirs] = filled.inbox("other")

    for notice_id in (theirs["id"], new_id()):
        with filled.refuses(NotFound.code, "noticeId"):
            filled.ask("mark_notice_read", "reader", notice_id=notice_id)


def test_notices_by_id_gives_the_viewers_own_only(filled: NotifyHub) -> None:
    [theirs] = filled.inbox("other")
    mine = filled.inbox("reader")

    found = filled.ask("notices_by_id", "reader", ids=[theirs["id"], mine[0]["id"], mine[2]["id"], new_id()])

    assert sorted(notice["id"] for notice in found) == sorted([mine[0]["id"], mine[2]["id"]])
    assert filled.ask("notices_by_id", "", ids=[mine[0]["id"]]) == []


@pytest.mark.parametrize("method", ["notices", "unread_count", "mark_all_read"])
def test_a_visitor_has_no_inbox(filled: NotifyHub, method: str) -> None:
    with filled.refuses(SignInRequired.code):
        filled.ask(method, "")


def test_a_stranger_has_an_empty_inbox(filled: NotifyHub) -> None:
    assert filled.inbox("stranger") == []
    assert filled.ask("unread_count", "stranger") == 0


def test_a_notice_is_read_in_the_language_of_the_reader(filled: NotifyHub) -> None:
    [chinese], [english] = filled.inbox("other"), filled.inbox("other", "en")

    assert (chinese["title"], chinese["why"]) == ("诚邀加入：长三角高校技术转移联盟", "您是相关单位的代表。")
    assert english["title"] == "Invitation: YRD University Technology Transfer Alliance"
