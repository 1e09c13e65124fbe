"""What the hub office, representatives and everybody do in the register, on duty and about themselves."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from kit.ids import new_id
from tests.console.browsing import Browser, Page
from tests.console.conftest import COLLEGE, HOSTILE, OFFICE, PATIENCE, SECRETARY
from tests.console.world import World
from tests.running.client import Client
from tests.running.processes import RunningHub, wait_until

Open = Callable[..., Browser]
REGISTER = "/registry/organizations/register"
ENTRY = "query($id: ID!) { node(id: $id) { ... on Organization { nameZh nameEn status website aliases } } }"


def entered(browsing: Browser, name: str, **typed: str) -> str:
    """The address of an organisation that the hub office has just registered."""
    fields = browsing.page(REGISTER).form("/register")
    given = {"kind": "UNIVERSITY", "region": "330100", "nameZh": name, "nameEn": f"{name} in English", **typed}
    done = browsing.send(REGISTER, **{**fields, **given})
    assert done.status_code == 303, done.text
    return done.headers["location"].partition("?")[0]


def entry(hub: RunningHub, path: str) -> dict[str, object]:
    found: dict[str, object] = Client(hub, OFFICE).ask(ENTRY, id=path.rpartition("/")[2])["node"]
    return found


def test_an_organisation_is_registered_once_and_found(browser: Open, world: World) -> None:
    office = browser(OFFICE)
    fields = {**office.page(REGISTER).form("/register"), "kind": "UNIVERSITY", "region": "330100"}
    fields |= {"nameZh": "登记两次大学", "nameEn": "Twice University", "aliases": "登大\r\n\r\n两大"}
    first, second = office.send(REGISTER, **fields), office.send(REGISTER, **fields)

    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    shown = office.page(first.headers["location"])
    assert "登记两次大学" in shown.text and "两大、登大" in shown.text and "已登记" in shown.text
    assert "登记两次大学" in browser().page(f"/registry/organizations?search={quote('两次')}").text
    assert "登记两次大学" not in browser().page("/registry/organizations?kind=ENTERPRISE").text


def test_what_is_wrong_is_said_at_its_field_and_stays(browser: Open, world: World) -> None:
    office = browser(OFFICE, "en")
    fields = office.page(REGISTER).form("/register")
    refused = office.send(
        REGISTER, **{**fields, "kind": "UNIVERSITY", "nameZh": "错码大学", "nameEn": "Wrong Code", "region": "999999"}
    )
    page = Page(refused.text)

    assert refused.status_code == 422
    assert 'id="region-fault"' in page.html
    assert page.form("/register")["nameZh"] == "错码大学"


def test_a_correction_changes_what_was_changed_and_nothing_else(
    browser: Open, world: World, console_hub: RunningHub
) -> None:
    office = browser(OFFICE)
    path = entered(office, "更正大学", aliases="正大")
    fields = office.page(f"{path}/change").form("/change")
    fields |= {name.removeprefix("was."): value for name, value in fields.items() if name.startswith("was.")}
    Client(console_hub, OFFICE).do(
        "changeOrganization", organizationId=path.rpartition("/")[2], aliases=["更大"], reason="meanwhile"
    )
    typed = {**fields, "website": "https://example.org/", "nameEn": "Corrected University"}
    refused = office.send(f"{path}/change", **typed)
    again = Page(refused.text).form("/change")
    done = office.send(f"{path}/change", **{**typed, "key": again["key"], "reason": "写错了"})

    assert refused.status_code == 422 and 'id="reason-fault"' in refused.text
    assert done.status_code == 303, done.text
    assert entry(console_hub, path) == {
        "nameZh": "更正大学",
        "nameEn": "Corrected University",
        "status": "ACTIVE",
        "website": "https://example.org/",
        "aliases": ["更大"],
    }


def test_an_organisation_is_renamed_closed_and_reopened(browser: Open, world: World, console_hub: RunningHub) -> None:
    office = browser(OFFICE)
    path = entered(office, "旧名学院")
    new = {"nameZh": "新名大学", "nameEn": "New Name University", "since": "2024-09-01", "reason": "教发〔2024〕1号"}
    for deed, typed in (
        ("rename", new),
        ("retire", {"on": "2025-07-31", "reason": "撤销"}),
        ("reopen", {"reason": "登记有误"}),
    ):
        fields = office.page(f"{path}/{deed}").form(f"/{deed}")
        done = office.send(f"{path}/{deed}", **{**fields, **typed})
        assert (done.status_code, done.headers.get("location")) == (303, f"{path}?said={deed}"), done.text
    page = office.page(path)

    assert "旧名学院" in page.text and "新名大学" in page.text and "教发〔2024〕1号" in page.text
    assert entry(console_hub, path)["status"] == "ACTIVE"


def test_what_is_required_and_missing_is_said_and_nothing_is_registered(browser: Open, world: World) -> None:
    office = browser(OFFICE, "en")
    empty = office.send(REGISTER, key=new_id(), kind="UNIVERSITY", region="330100")
    nonsense = office.send(REGISTER, key=new_id(), kind="<b>", nameZh="x", nameEn="x", region="330100")

    assert empty.status_code == 422 and 'id="nameEn-fault"' in empty.text
    assert nonsense.status_code == 422 and "It is not known yet" not in nonsense.text


def test_who_may_not_is_offered_nothing_and_refused(browser: Open, world: World, console_hub: RunningHub) -> None:
    path = f"/registry/organizations/{world.organizations[COLLEGE]}"
    stranger = browser("visitor", "en")
    page = stranger.page(path)
    refused = stranger.send(f"{path}/retire", key=new_id(), on="2025-07-31", reason="mine now")

    assert not [link for link in page.links if link.startswith(f"{path}/")]
    assert refused.status_code == 422 and 'role="alert"' in refused.text
    assert entry(console_hub, path)["status"] == "ACTIVE"
    assert browser(COLLEGE).get(f"{path}/erase").status_code == 404
    assert browser(COLLEGE).get(f"/registry/organizations/{world.alliance}").status_code == 404


def test_duty_is_for_the_hub_office(browser: Open, world: World) -> None:
    paths = ["/duty", *(f"/duty/{each}" for each in ("parked", "settled", "deliveries", "jobs", "holders"))]
    paths.append("/duty/parked/discard?thing=notify%2Fnothing")

    assert [browser(SECRETARY).get(path).status_code for path in paths] == [403] * len(paths)
    assert "/duty" in browser(OFFICE).page("/mine").links
    assert "/duty" not in browser(SECRETARY).page("/mine").links


def test_what_is_not_parked_cannot_be_discarded_and_its_reason_stays(browser: Open, world: World) -> None:
    office = browser(OFFICE, "en")
    path = f"/duty/parked/discard?thing={quote(HOSTILE.format('parked'))}"
    fields = office.page(path).form("/discard")
    refused = office.send("/duty/parked/discard", **{**fields, "reason": "no longer needed"})
    page = Page(refused.text)

    assert refused.status_code == 422 and "<script>alert" not in page.html
    assert fields["thing"] == page.form("/discard")["thing"] == HOSTILE.format("parked")
    assert "no longer needed" in page.text
    assert office.get("/duty/jobs/discard?thing=x").status_code == 404
    assert office.get("/duty/parked/discard").status_code == 404


def test_what_one_acts_for_is_shown(browser: Open, world: World) -> None:
    college, secretary = browser(COLLEGE).page("/mine"), browser(SECRETARY).page("/mine")

    assert f"/registry/organizations/{world.organizations[COLLEGE]}" in college.links
    assert f"/registry/alliances/{world.alliance}/members" in secretary.links
    assert "没有角色" in browser("visitor").page("/mine").text


def test_a_contact_is_given_and_a_wrong_code_is_refused_at_its_field(browser: Open, world: World) -> None:
    secretary = browser(SECRETARY, "en")
    given = {**secretary.page("/me").form("/me/contact"), "address": "office@example.org", "locale": "EN"}
    done = secretary.send("/me/contact", **given)
    refused = secretary.send("/me/confirm", **{**secretary.page("/me").form("/me/confirm"), "code": "WRONG-CODE"})

    assert (done.status_code, done.headers["location"]) == (303, "/me?said=contact")
    assert "office@example.org" in secretary.page("/me").text
    assert refused.status_code == 422 and ('role="alert"' in refused.text or 'id="code-fault"' in refused.text)


def test_a_calendar_has_another_address_after_a_question(browser: Open, world: World) -> None:
    college = browser(COLLEGE)
    assert "/me/calendar" in college.page("/me").links
    done = college.send("/me/calendar", **college.page("/me/calendar").form("/me/calendar"))

    assert (done.status_code, done.headers["location"]) == (303, "/me?said=calendar")
    assert "http" in college.page("/me").text


def test_whoever_ends_their_sessions_signs_in_again(browser: Open, world: World) -> None:
    leaving = browser("somebody-who-leaves")
    done = leaving.send("/me/sessions", **leaving.page("/me/sessions").form("/me/sessions"))

    assert (done.status_code, done.headers["location"]) == (303, "/sign-in?said=out")
    wait_until(lambda: leaving.get("/me").status_code == 303, PATIENCE, "the session goes on")
    assert leaving.get("/me").headers["location"] == "/sign-in?next=%2Fme"
