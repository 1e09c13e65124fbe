"""What people do with plans and projects in pages: preview and import a text, open a project, answer, report, close."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from kit.ids import new_id
from tests.console.browsing import Browser, Page
from tests.console.conftest import COLLEGE, HOSTILE, OFFICE, PATIENCE, SECRETARY
from tests.console.world import World
from tests.running.client import Client
from tests.running.processes import RunningHub, wait_until

Open = Callable[..., Browser]
PARTNER = "gongshang-university"
TITLE = "长三角教育协作2026年度工作要点"
TEXT = f"""{TITLE}

一、推动师资共育

1.三地轮流承办教师研修，到2026年底，参训教师达到300人以上。（责任单位：研修学院<b>，各有关高校）

2.建立实训课程目录，每季度更新一次。（责任单位：研修学院<b>）
"""
CLOSED = "query($id: ID!) { project(id: $id) { status participants { id } milestones { title reachedAt dueOn } } }"


@dataclass
class Projects:
    """A plan that was imported in a page, and a project that was opened there."""

    plan: str
    item: str
    project: str


@pytest.fixture(scope="module")
def projects(console_hub: RunningHub, world: World) -> Projects:
    """The world has organisations of one province; a partner in another is registered, and asked to take part."""
    office, browsing = Client(console_hub, OFFICE), Browser(console_hub)
    names = {"nameZh": HOSTILE.format("partner"), "nameEn": HOSTILE.format("partner in English")}
    where = {"kind": "UNIVERSITY", "region": "330100", "representative": f"persona:{PARTNER}"}
    partner = office.do("registerOrganization", "organization { id }", **where, **names)["organization"]["id"]
    try:
        browsing.sign_in(OFFICE)
        plan = imported(browsing)
        item = next(link for link in browsing.page(plan).links if link.startswith("/items/"))
        browsing.sign_in(COLLEGE)
        wait_until(lambda: opens(browsing, item, partner), PATIENCE, "projects does not know the organisations")
        [project] = [link for link in browsing.page("/projects").links if re.fullmatch(r"/projects/\w+=*", link)][-1:]
        return Projects(plan, item, project)
    finally:
        browsing.close()


def imported(browsing: Browser) -> str:
    """The page of the plan after its preview was looked at."""
    fields = Page(browsing.send("/plans/import", text=TEXT, step="preview").text).form("/plans/import")
    done = browsing.send("/plans/import", **{**fields, "public": "1", "seen": "1", "step": "import"})
    assert done.status_code == 303, done.text[:4000]
    return done.headers["location"].partition("?")[0]


def opens(browsing: Browser, item: str, partner: str) -> bool:
    path = f"/projects/new?item={item.removeprefix('/items/')}"
    fields = {**browsing.page(path).form("/projects/new"), "title": HOSTILE.format("project"), "participant": partner}
    step = {"milestone.0.title": "签署协议", "milestone.0.due": "2030-06-30"}
    return browsing.send("/projects/new", **{**fields, **step}).status_code == 303


def form_of(browsing: Browser, page: str, deed: str) -> tuple[str, dict[str, str]]:
    """The form by which this is done, where the page leads to it."""
    [path] = [link for link in browsing.page(page).links if f"/{deed}" in link][:1]
    return path.partition("?")[0], browsing.page(path).form(f"/{deed}")


def test_a_preview_shows_the_text_beside_what_was_understood(browser: Open, world: World) -> None:
    page = Page(browser(OFFICE).send("/plans/import", text=TEXT, step="preview").text)

    assert page.html.count('id="line-') == len(TEXT.strip().split("\n"))
    assert "#line-5" in page.links
    assert "不少于 300人" in page.text
    assert "<b>" not in page.html
    assert page.form("/plans/import")["text"] == TEXT.strip()


def test_every_doubt_leads_to_its_place_in_the_text(browser: Open, world: World) -> None:
    doubtful = TEXT.replace("2.建立", "4.建立")
    page = Page(browser(OFFICE, "en").send("/plans/import", text=doubtful, step="preview").text)
    lines = re.findall(r'<li id="line-(\d+)" class="doubted">', page.html)

    assert lines and all(f"#line-{line}" in page.links for line in lines)
    unseen = {**page.form("/plans/import"), "step": "import", "seen": ""}
    refused = browser(OFFICE, "en").send("/plans/import", **unseen)
    assert refused.status_code == 422 and 'id="seen-fault"' in refused.text
    assert Page(refused.text).form("/plans/import")["text"] == doubtful.strip()


def test_what_is_no_plan_or_too_long_keeps_the_text(browser: Open, world: World) -> None:
    browsing = browser(OFFICE)
    nothing = browsing.send("/plans/import", text="不是规划 <i>", step="preview")
    empty = browsing.send("/plans/import", text="", step="preview")
    long = browsing.send("/plans/import", text="长" * 100_000, step="edit")
    longer = browsing.post("/plans/import", b"text=" + b"b" * 4_200_000, "application/x-www-form-urlencoded")

    assert nothing.status_code == 200 and "未能识别" in nothing.text
    assert Page(nothing.text).form("/plans/import")["text"] == "不是规划 <i>"
    assert (empty.status_code, long.status_code, longer.status_code) == (422, 200, 413)
    assert "长" * 100_000 in long.text


def test_who_is_no_office_imports_nothing(browser: Open, world: World) -> None:
    refused = browser(COLLEGE).send("/plans/import", text=TEXT, step="import", key=new_id())

    assert refused.status_code in (403, 422)
    assert "text" not in dict(Page(refused.text).forms)


def test_a_plan_is_read_item_by_item(browser: Open, projects: Projects) -> None:
    browsing = browser()
    plan, item = browsing.page(projects.plan), browsing.page(projects.item)

    assert TITLE in browsing.page("/plans?search=长三角").text
    assert projects.project in browser(COLLEGE).page("/projects?search=alert").links
    assert "一、推动师资共育" in plan.text and projects.item in plan.links
    assert "研修学院<b>" in item.text and "300人" in item.text
    unit = next(link for link in item.links if link.startswith("/items?search="))
    assert projects.item in browsing.page(unit).links
    assert "/projects/new" not in " ".join(item.links)
    assert "/projects/new" in " ".join(browser(COLLEGE).page(projects.item).links)


def test_an_invitation_is_declined_by_nobody_else_and_accepted_once(
    browser: Open, projects: Projects, console_hub: RunningHub
) -> None:
    asked, stranger = browser(PARTNER), browser(SECRETARY)
    wait_until(lambda: projects.project in asked.page("/projects").links, PATIENCE, "nobody was asked")
    path, fields = form_of(asked, projects.project, "accept_participation")
    wrong = stranger.send(path, **{**fields, "key": new_id()})
    assert browser(COLLEGE).send(path, **{**fields, "key": new_id()}).status_code == 422
    first, second = asked.send(path, **fields), asked.send(path, **fields)

    assert wrong.status_code in (403, 404)
    assert first.headers["location"] == second.headers["location"] == f"{projects.project}?said=accept_participation"
    found = Client(console_hub, COLLEGE).ask(CLOSED, id=projects.project.removeprefix("/projects/"))["project"]
    assert len(found["participants"]) == 2
    assert "accept_participation" not in " ".join(asked.page(projects.project).links)


def test_a_milestone_is_corrected_reached_and_taken_back(browser: Open, projects: Projects) -> None:
    lead = browser(COLLEGE)
    path, fields = form_of(lead, projects.project, "change_milestone")
    no_day = lead.send(path, **{**fields, "dueOn": "2030-02-31", "reason": "改期"})
    changed = lead.send(path, **{**fields, "dueOn": "2030-07-31", "reason": "改期"})
    path, fields = form_of(lead, projects.project, "reach_milestone")
    reached = lead.send(path, **fields)
    path, fields = form_of(lead, projects.project, "reopen_milestone")
    without = lead.send(path, **fields)
    back = lead.send(path, **{**fields, "reason": "协议尚缺一方签章", "key": new_id()})

    assert no_day.status_code == 422 and 'id="dueOn-fault"' in no_day.text
    assert 'value="2030-02-31"' in no_day.text
    assert without.status_code == 422 and 'id="reason-fault"' in without.text
    assert (changed.status_code, reached.status_code, back.status_code) == (303, 303, 303)
    assert "7月31日" in lead.page(projects.project).text


def test_a_project_is_closed_after_a_question_and_reopened(
    browser: Open, projects: Projects, console_hub: RunningHub
) -> None:
    lead = browser(COLLEGE)
    open_ = "complete_project"
    path, fields = form_of(lead, projects.project, open_)
    early = lead.send(path, **{**fields, "reason": "完成"})
    path, fields = form_of(lead, projects.project, "end_project")
    ended = lead.send(path, **{**fields, "reason": "经费 <b> 未落实"})
    shown = lead.page(projects.project)
    path, fields = form_of(lead, projects.project, "reopen_project")
    reopened = lead.send(path, **{**fields, "reason": "继续"})

    assert early.status_code == 422 and "完成" in Page(early.text).text
    assert (ended.status_code, reopened.status_code) == (303, 303)
    assert "经费 <b> 未落实" in shown.text and "change_project" not in " ".join(shown.links)


def test_no_stranger_learns_of_a_project(browser: Open, projects: Projects) -> None:
    stranger = browser("huangshan-university")
    paths = (projects.project, f"{projects.project}/end_project", f"{projects.project}/no_such_thing")

    assert [stranger.get(path).status_code for path in paths] == [404, 404, 404]
    assert HOSTILE.format("project") not in stranger.page("/projects").text
    assert browser().get(projects.project).status_code == 303


def test_an_organisation_is_found_and_stays_chosen(browser: Open, projects: Projects) -> None:
    lead = browser(COLLEGE)
    found = Page(lead.send("/projects/new", seek="partner", step="seek", title="名称").text)
    partner = found.form("/projects/new")["participant"]
    again = Page(lead.send("/projects/new", participant=partner, step="rows", title="名称").text)

    assert again.form("/projects/new")["participant"] == partner
    assert again.form("/projects/new")["title"] == "名称"
    assert HOSTILE.format("partner") in again.text


def test_one_search_finds_in_every_list_what_the_viewer_may_see(browser: Open, projects: Projects) -> None:
    everybody, lead = browser().page("/search?search=长三角"), browser(COLLEGE).page("/search?search=alert")

    assert projects.plan in everybody.links
    assert projects.project in lead.links
    assert projects.project not in browser().page("/search?search=alert").links
    assert "no such" in browser("", "en").page("/search?search=no%20such").text
