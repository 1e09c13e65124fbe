"""The team of an alliance: the role is given, invited to, handed over and taken back; the last one stays."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from kit.ids import new_id
from tests.console.browsing import Browser
from tests.console.conftest import COLLEGE, HOSTILE, OFFICE
from tests.console.world import World
from tests.running.client import Client
from tests.running.processes import RunningHub

Open = Callable[..., Browser]
FIRST, SECOND = "pages-secretary", "pages-deputy"


def founded(hub: RunningHub) -> str:
    """The page of the team of an alliance of these tests alone."""
    names = {"nameZh": f"人员联盟{new_id()}", "nameEn": f"Alliance of a team {new_id()}"}
    made = Client(hub, OFFICE).do(
        "foundAlliance", "alliance { id }", kind="OTHER", **names, secretariat=f"persona:{FIRST}"
    )
    return f"/registry/alliances/{made['alliance']['id']}/team"


def test_the_role_is_given_taken_back_and_handed_over(browser: Open, world: World, console_hub: RunningHub) -> None:
    path, first = founded(console_hub), browser(FIRST)
    second = f"persona:{SECOND}"
    revoke = f"{path}/revoke?thing={quote(second)}"

    def done(deed: str, asked: str = "", **typed: str) -> str:
        sent = first.send(f"{path}/{deed}", **{**first.page(asked or f"{path}/{deed}").form(f"/{deed}"), **typed})
        assert sent.status_code == 303, sent.text
        return sent.headers["location"]

    assert done("grant", person=second, until="2099-12-31") == f"{path}?said=grant"
    assert second in first.page(path).text
    assert done("revoke", revoke) == f"{path}?said=revoke"
    assert second not in first.page(path).text
    assert done("hand_over", person=second) == "/mine"
    assert first.get(path).status_code == 403
    assert second in browser(SECOND).page(path).text


def test_the_last_one_stays_and_is_told_why(browser: Open, world: World, console_hub: RunningHub) -> None:
    path, first = founded(console_hub), browser(FIRST)
    refused = first.send(f"{path}/revoke", key=new_id(), thing=f"persona:{FIRST}")

    assert not [link for link in first.page(path).links if "/revoke" in link]
    assert refused.status_code == 422 and 'role="alert"' in refused.text
    assert f"persona:{FIRST}" in first.page(path).text


def test_who_is_invited_is_shown_with_the_code_until_withdrawn(
    browser: Open, world: World, console_hub: RunningHub
) -> None:
    path, first = founded(console_hub), browser(FIRST)
    name = HOSTILE.format("invited")
    fields = {**first.page(f"{path}/invite").form("/invite"), "nameZh": name}
    answers = [first.send(f"{path}/invite", **fields) for _ in range(2)]
    page, office = first.page(path), browser(OFFICE).page(path)
    [withdraw] = [link for link in page.links if "/withdraw" in link]
    gone = first.send(f"{path}/withdraw", **first.page(withdraw).form("/withdraw"))

    assert [each.status_code for each in answers] == [303, 303]
    assert page.text.count(name) == 1 and "<script>alert" not in page.html
    assert "<details>" in page.html and "<details>" not in office.html
    assert gone.headers["location"] == f"{path}?said=withdraw"
    assert name not in first.page(path).text


def test_strangers_see_and_do_nothing(browser: Open, world: World, console_hub: RunningHub) -> None:
    path, stranger = founded(console_hub), browser(COLLEGE)
    refused = stranger.send(f"{path}/grant", key=new_id(), person=f"persona:{COLLEGE}")
    empty = browser(FIRST, "en").send(f"{path}/grant", key=new_id())

    assert stranger.get(path).status_code == stranger.get(f"{path}/grant").status_code == 403
    assert refused.status_code == 403
    assert empty.status_code == 422 and 'id="person-fault"' in empty.text
    assert f"persona:{COLLEGE}" not in browser(FIRST).page(path).text
    other = f"/registry/alliances/{world.organizations[COLLEGE]}/team"
    assert browser(FIRST).get(other).status_code == 404
    assert browser(FIRST).get("/registry/alliances/nonsense/team").status_code == 404
