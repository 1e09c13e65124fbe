"""What people do in pages: enter a competition, admit a member, read a notice; once, however often a button is pressed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from kit.ids import new_id
from tests.console.browsing import Browser, Page
from tests.console.conftest import APPLICANT, COLLEGE, PATIENCE, SECRETARY
from tests.console.world import World
from tests.running.client import Client
from tests.running.processes import RunningHub, wait_until

Open = Callable[..., Browser]
ENTRIES = "query($id: ID!) { entries(competition: $id, first: 50) { nodes { id contestant answers { key value } } } }"
STATUS = "query($id: ID!) { node(id: $id) { ... on Membership { status } } }"


def form(browsing: Browser, world: World, **typed: str) -> dict[str, str]:
    """The entry form, with what somebody types."""
    fields = browsing.page(f"/competitions/{world.competition}/enter").form("/enter")
    return {**fields, "contestant": "张三", "member.0.name": "张三", "answer.size": "M", **typed}


def test_an_entry_is_made_once_however_often_the_button_is_pressed(
    browser: Open, world: World, console_hub: RunningHub
) -> None:
    browsing, path = browser(COLLEGE), f"/competitions/{world.competition}/enter"
    fields = form(browsing, world, contestant="按了两次")
    first, second = browsing.send(path, **fields), browsing.send(path, **fields)

    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    shown = browsing.page(first.headers["location"])
    assert "按了两次" in shown.text and "报名已提交" in shown.text
    nodes = Client(console_hub, COLLEGE).ask(ENTRIES, id=world.competition)["entries"]["nodes"]
    assert [each["answers"] for each in nodes if each["contestant"] == "按了两次"] == [[{"key": "size", "value": "M"}]]


def test_what_is_refused_is_said_at_its_field_and_what_was_typed_stays(browser: Open, world: World) -> None:
    browsing, path = browser(COLLEGE, "en"), f"/competitions/{world.competition}/enter"
    refused = browsing.send(path, **form(browsing, world, contestant="李四", **{"answer.size": ""}))

    page = Page(refused.text)
    assert refused.status_code == 422
    assert 'id="answer.size-fault"' in page.html and 'aria-invalid="true"' in page.html
    again = page.form("/enter")
    assert (again["contestant"], again["member.0.name"]) == ("李四", "张三")


def test_a_fault_can_be_put_right_in_the_form_that_shows_it(browser: Open, world: World) -> None:
    browsing, path = browser(COLLEGE), f"/competitions/{world.competition}/enter"
    refused = browsing.send(path, **form(browsing, world, contestant="王五", **{"answer.size": ""}))
    put_right = browsing.send(path, **{**Page(refused.text).form("/enter"), "answer.size": "M"})

    assert put_right.status_code == 303


def test_more_rows_are_given_and_nothing_is_lost(browser: Open, world: World) -> None:
    browsing, path = browser(COLLEGE), f"/competitions/{world.competition}/enter"
    more = Page(browsing.send(path, **form(browsing, world), more="1").text).form("/enter")

    assert (more["member.0.name"], more["contestant"]) == ("张三", "张三")
    assert "member.5.name" in more and "member.6.name" not in more


def test_enter_in_a_field_submits_the_form(browser: Open, world: World) -> None:
    html = browser(COLLEGE).page(f"/competitions/{world.competition}/enter").html
    first = re.search(r"<button[^>]*>", html[html.index('action="/competitions/') :])

    assert first and 'name="more"' not in first[0]


def test_a_member_is_admitted_after_a_question(browser: Open, world: World, console_hub: RunningHub) -> None:
    browsing = browser(SECRETARY)
    path = f"/registry/memberships/{world.memberships[COLLEGE]}"
    assert f"{path}/admit_member" in browsing.page(path).links
    fields = browsing.page(f"{path}/admit_member").form("/admit_member")
    done = browsing.send(f"{path}/admit_member", **fields)
    again = browsing.send(f"{path}/admit_member", **{**fields, "key": new_id()})

    assert (done.status_code, done.headers["location"]) == (303, f"{path}?said=admit_member")
    assert Client(console_hub, SECRETARY).ask(STATUS, id=world.memberships[COLLEGE])["node"]["status"] == "MEMBER"
    assert f"{path}/admit_member" not in browsing.page(path).links
    assert again.status_code == 422 and 'role="alert"' in again.text


def test_a_reason_that_is_missing_is_asked_for_at_its_field(browser: Open, world: World) -> None:
    browsing = browser(SECRETARY)
    path = f"/registry/memberships/{world.memberships[APPLICANT]}/decline_membership"
    refused = browsing.send(path, **browsing.page(path).form("/decline_membership"))

    assert refused.status_code == 422
    assert 'id="reason-fault"' in refused.text


def test_who_may_not_is_refused_in_words(browser: Open, world: World) -> None:
    browsing = browser(COLLEGE, "en")
    path = f"/registry/memberships/{world.memberships[APPLICANT]}/admit_member"
    refused = browsing.send(path, key=new_id())

    assert refused.status_code in (403, 404, 422)
    assert "<h1" in refused.text


@pytest.mark.parametrize("path", ["/registry/memberships/{}/no_such_thing", "/registry/memberships/{}/erase"])
def test_what_cannot_be_done_is_no_page(browser: Open, world: World, path: str) -> None:
    assert browser(SECRETARY).get(path.format(world.memberships[APPLICANT])).status_code == 404


def test_a_notice_is_read_and_then_all(browser: Open, world: World, console_hub: RunningHub) -> None:
    browsing = browser(APPLICANT)
    wait_until(lambda: "/read" in browsing.get("/inbox").text, PATIENCE, "nobody was told")
    [action, fields], *_ = (each for each in browsing.page("/inbox").forms if each[0].count("/") == 3)
    read = browsing.send(action, **fields)
    all_read = browsing.send("/inbox/read", key=new_id())

    assert (read.status_code, all_read.status_code) == (303, 303)
    assert all_read.headers["location"] == "/inbox?said=all_read"
