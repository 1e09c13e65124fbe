"""Those who run a competition change it in pages that say who is told; nobody else gets there, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from console.screens.desk.screen import BY_WORD
from console.times import as_typed, of_typed
from kit.ids import new_id
from tests.console.browsing import Browser, Page
from tests.console.conftest import COLLEGE, OFFICE, drafted
from tests.console.world import World
from tests.running.client import Client
from tests.running.processes import RunningHub

Open = Callable[..., Browser]
FOUND = """query($id: ID!) {
  competition(id: $id) { nameZh nameEn status opensAt closesAt cancelReason phases { id opensAt closesAt } }
}"""


class Desk:
    """The desk of a competition that only one test changes."""

    def __init__(self, hub: RunningHub, browser: Open) -> None:
        self.office, self.browser = Client(hub, OFFICE), browser(OFFICE, "en")
        self.id, self.phase = drafted(self.office, "待变更的赛事", f"系列 {new_id()}")
        self.path = f"/competitions/{self.id}/desk"

    def form(self, at: str) -> dict[str, str]:
        return self.browser.page(f"{self.path}/{at}").form(at)

    def send(self, at: str, **typed: str) -> Any:
        return self.browser.send(f"{self.path}/{at}", **{**self.form(at), "reason": "场地调整", **typed})

    def found(self) -> dict[str, Any]:
        found: dict[str, Any] = self.office.ask(FOUND, id=self.id)["competition"]
        return found


@pytest.fixture
def desk(console_hub: RunningHub, world: World, browser: Open) -> Desk:
    return Desk(console_hub, browser)


def test_a_competition_is_renamed_moved_postponed_cancelled_and_reinstated(desk: Desk) -> None:
    before = desk.found()
    renamed = desk.send("change/rename", nameZh="新名称")
    moved = desk.send("change/entry_window", closesAt="2099-01-01T18:00")
    window = desk.found()
    phase = desk.send(f"phases/{desk.phase}", opensAt="2099-02-01T09:00", closesAt="2099-02-02T09:00")
    contest = desk.found()["phases"][0]
    postponed = desk.send("change/postpone", days="7")
    later = desk.found()
    cancelled = desk.send("change/call_off")
    off = desk.found()
    reinstated = desk.send("change/reinstate")

    answers = (renamed, moved, phase, postponed, cancelled, reinstated)
    words = ("rename", "entry_window", "move_phase", "postpone", "call_off", "reinstate")
    assert [each.headers.get("location") for each in answers] == [f"{desk.path}?said={word}" for word in words]
    assert (window["nameZh"], window["nameEn"]) == ("新名称", before["nameEn"])
    assert (window["opensAt"], as_typed(window["closesAt"])) == (before["opensAt"], "2099-01-01T18:00")
    assert [as_typed(contest[at]) for at in ("opensAt", "closesAt")] == ["2099-02-01T09:00", "2099-02-02T09:00"]
    assert as_typed(later["closesAt"]) == "2099-01-08T18:00"
    assert as_typed(later["phases"][0]["opensAt"]) == "2099-02-08T09:00"
    assert (off["status"], off["cancelReason"]) == ("CANCELLED", "场地调整")
    assert desk.found()["status"] == "PUBLISHED"


def test_a_form_that_is_sent_twice_moves_the_dates_once(desk: Desk) -> None:
    fields = {**desk.form("change/postpone"), "days": "3", "reason": "场地调整"}
    before = desk.found()["closesAt"]
    twice = [desk.browser.send(f"{desk.path}/change/postpone", **fields) for _ in range(2)]
    after = desk.found()["closesAt"]
    again = {**desk.form("change/entry_window"), "closesAt": "2099-01-01T18:00", "reason": "场地调整"}
    moved = [desk.browser.send(f"{desk.path}/change/entry_window", **again) for _ in range(2)]

    assert [each.status_code for each in (*twice, *moved)] == [303] * 4
    assert datetime.fromisoformat(after) - datetime.fromisoformat(before) == timedelta(days=3)


def test_what_is_refused_or_mistyped_is_said_at_its_field_and_changes_nothing(desk: Desk) -> None:
    before = desk.found()
    no_reason = desk.send("change/call_off", reason="")
    no_days = desk.send("change/postpone", days="<b>")
    no_moment = desk.send("change/entry_window", closesAt="soon")
    past = desk.send("change/entry_window", closesAt="2020-01-01T00:00")

    assert [each.status_code for each in (no_reason, no_days, no_moment, past)] == [422] * 4
    assert 'id="reason-fault"' in no_reason.text
    assert 'id="days-fault"' in no_days.text and Page(no_days.text).form("change/postpone")["days"] == "<b>"
    assert 'id="closesAt-fault"' in no_moment.text and 'id="closesAt-fault"' in past.text
    assert desk.found() == before


def test_the_desk_shows_what_can_be_done_and_why_the_rest_cannot(desk: Desk) -> None:
    page = desk.browser.page(desk.path)
    refused = desk.browser.page(f"{desk.path}/change/reinstate")

    assert f"{desk.path}/change/call_off" in page.links and f"{desk.path}/phases/{desk.phase}" in page.links
    assert f"{desk.path}/change/reinstate" not in page.links and "not cancelled" in page.text
    assert "not cancelled" in refused.text and not [each for each, _ in refused.forms if "reinstate" in each]
    assert desk.path in desk.browser.page(f"/competitions/{desk.id}").links
    desk.browser.page(f"{desk.path}/phases/nonsense", 404)
    desk.browser.page(f"{desk.path}/change/nonsense", 404)


def test_nobody_else_gets_there(desk: Desk, browser: Open) -> None:
    college, before = browser(COLLEGE), desk.found()
    fields = {**desk.form("change/call_off"), "reason": "不相干的人", "days": "1"}

    for at in (*(f"change/{word}" for word in BY_WORD), f"phases/{desk.phase}"):
        assert college.get(f"{desk.path}/{at}").status_code == 403
        assert college.send(f"{desk.path}/{at}", **fields).status_code == 403
    assert desk.path not in college.page(f"/competitions/{desk.id}").links
    assert desk.found() == before


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-12-01", "2026-12-01T08:00+08:00", "0001-01-01T00:00", "2026-13-01T00:00"]
)
def test_what_is_no_moment_by_the_clock_of_china_is_none(text: str) -> None:
    assert of_typed(text) is None


def test_a_moment_is_typed_as_it_is_shown() -> None:
    assert of_typed(as_typed("2026-11-30T16:05:00+00:00")) == "2026-11-30T16:05:00+00:00"
