"""Representative: sees what is due, accepts, enters, reports for a project, and shares the work with a deputy."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.day.stage import Day, Task
from tests.day.world import COLLEGE, World
from tests.handbook.stage import plain

TRACKS = "query($id: ID!) { competition(id: $id) { tracks { id entryFields { key required choices } } } }"
ANSWERS = "query($id: ID!) { node(id: $id) { ... on Entry { status answers { key value } } } }"
CONTACT = "{ myContact { address wantsEmail } }"
DEPUTY = "quzhou-deputy"


def see_what_is_mine_today(day: Day, world: World) -> None:
    to = (day.now + timedelta(days=120)).isoformat()
    wanted = {"MEMBERSHIP_INVITATION", "MILESTONE"}

    def due() -> Any:
        nodes = day.ask("Agenda", COLLEGE, to=to, undone=True)["nodes"]
        return nodes if wanted <= {each["kind"] for each in nodes} else None

    found = day.until(due, "what is due did not come")
    assert [each["dueAt"] for each in found] == sorted(each["dueAt"] for each in found)
    can = {each["kind"]: (each["action"], each["thing"]["id"]) for each in found}
    invited = world.made["invited"][world.organizations[COLLEGE]]
    assert can["MEMBERSHIP_INVITATION"] == ("acceptInvitation", invited)
    assert can["MILESTONE"] == ("reachMilestone", world.project["milestones"][0]["id"])


def accept(day: Day, world: World) -> None:
    invited = world.made["invited"][world.organizations[COLLEGE]]
    day.do("AcceptInvitation", COLLEGE, membershipId=invited)

    mine = day.look("MyMemberships", COLLEGE)["nodes"]
    assert [(each["id"], each["status"]) for each in mine] == [(invited, "IN_REVIEW")]


def enter(day: Day, world: World) -> None:
    """What the form asks is read first; without an answer the entry is refused, by the field."""
    [asked, *_] = day.ask(TRACKS, COLLEGE, id=world.made["edition"])["tracks"]
    [field] = asked["entryFields"]
    entry = {"trackId": asked["id"], "organizationId": world.organizations[COLLEGE], "contestant": "李老师"}
    answers = [{"key": field["key"], "value": field["choices"][0]}]
    entered = day.do("SubmitEntry", COLLEGE, **entry, answers=answers)["entry"]["id"]

    assert day.look(ANSWERS, COLLEGE, id=entered) == {"status": "ENTERED", "answers": answers}
    unanswered = day.look("SubmitEntry", COLLEGE, input={**entry, "contestant": "王老师"})
    assert [each["field"] for each in unanswered["problems"]] == ["answers.size"]
    world.made["track"] = asked["id"]


def see_why_we_wait(day: Day, world: World) -> None:
    entry = {"trackId": world.made["track"], "organizationId": world.organizations[COLLEGE], "contestant": "王老师"}
    answers = [{"key": "size", "value": "L"}]
    with day.beside():
        waits = day.do("SubmitEntry", COLLEGE, **entry, answers=answers, waitIfFull=True)["entry"]
    seen = day.ask("Entry", COLLEGE, id=waits["id"])

    assert (seen["status"], seen["waiting"]["position"], seen["waiting"]["ahead"]) == ("WAITING", 1, 0)
    assert seen["waiting"]["policy"] == "BEST_FIT" and seen["waiting"]["why"]


def report_a_milestone(day: Day, world: World) -> None:
    [milestone] = world.project["milestones"]
    day.do("ReachMilestone", COLLEGE, milestoneId=milestone["id"])

    assert _milestone(day)["reachedAt"]


def correct_it(day: Day, world: World) -> None:
    [milestone] = world.project["milestones"]
    day.do("ReopenMilestone", COLLEGE, milestoneId=milestone["id"], reason="协议尚缺一方签章")

    assert _milestone(day)["reachedAt"] is None


def name_a_deputy(day: Day, world: World) -> None:
    scope = {"scopeType": "ORGANIZATION", "scopeId": plain(world.organizations[COLLEGE])}
    until = (day.now + timedelta(days=30)).isoformat()
    day.do("GrantRole", COLLEGE, person=f"persona:{DEPUTY}", role="REPRESENTATIVE", **scope, until=until)

    assert [each["status"] for each in day.look("MyMemberships", DEPUTY)["nodes"]] == ["IN_REVIEW"]


def quiet_the_mail(day: Day, world: World) -> None:
    contact = {"address": f"{COLLEGE}@example.org", "locale": "ZH_CN"}
    with day.beside():
        day.do("Confirm", COLLEGE, **contact, wantsEmail=True)
    day.do("Confirm", COLLEGE, **contact, wantsEmail=False)

    assert day.look(CONTACT, COLLEGE) == {"address": contact["address"], "wantsEmail": False}


def _milestone(day: Day) -> dict[str, Any]:
    [project] = day.look("Projects", COLLEGE)["nodes"]
    [milestone] = project["milestones"]
    return dict(milestone)


def _task(title: str, section: str, done: Any) -> Task:
    return Task("representative", title, section, done)


TASKS = (
    _task("see what is mine and due", "agenda.md#1-the-agenda", see_what_is_mine_today),
    _task("accept an invitation", "alliances.md#members", accept),
    _task("enter with a field of the form's own", "season.md#4-entries", enter),
    _task("see why we wait", "season.md#4-entries", see_why_we_wait),
    _task("report a milestone", "projects.md#3-milestones", report_a_milestone),
    _task("correct it", "projects.md#3-milestones", correct_it),
    _task("name a deputy", "alliances.md#roles", name_a_deputy),
    _task("quiet the mail", "frontends.md#commands", quiet_the_mail),
)
