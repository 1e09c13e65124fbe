"""What is mine and what is due, by the queries of docs/agenda.md alone: three services in one list, and a reminder in time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from contracts.agenda import DateKind
from tests.handbook.pages import DOCS
from tests.handbook.stage import Play
from tests.running import season
from tests.running.processes import RunningHub

ME, PARTNER, OFFICE = "agenda-lead", "agenda-partner", "hub-office"
DAY = timedelta(days=1)
OPEN = "mutation OpenProject($input: OpenProjectInput!) { openProject(input: $input) { project { id } problems { code } } }"
FOUND = (
    "mutation Found($input: FoundAllianceInput!) { foundAlliance(input: $input) { alliance { id } problems { code } } }"
)
INVITE = "mutation Invite($input: InviteMemberInput!) { inviteMember(input: $input) { membership { id } problems { code } } }"


@pytest.mark.parametrize("page", ["agenda.md", "agenda.zh-CN.md"])
def test_the_page_has_a_row_for_each_kind_of_date(page: str) -> None:
    rows = [line for line in (DOCS / page).read_text().splitlines() if line.startswith("| `")]

    assert {kind for row in rows for kind in re.findall("`([A-Z_]+)`", row.split("|")[1])} == {k.name for k in DateKind}


@pytest.mark.timeout(900)
def test_what_is_due_is_one_list_and_told_of_in_time(embedded_hub: RunningHub) -> None:
    play = Play(embedded_hub, "agenda")
    regions = {ME: "310115", PARTNER: "340100"}
    ids = {name: season.register(embedded_hub, name, region, email=False).id for name, region in regions.items()}
    day = (play.today + 20 * DAY).isoformat()
    given = {"title": "联合培养", "leadOrganizationId": ids[ME], "participantIds": [ids[PARTNER]]}
    _done(play, OPEN, ME, **given, milestones=[{"title": "开班", "dueOn": day}])
    _invite(play, ids[ME])

    page = play.until(lambda: _whole(play), "the agenda has not all three")
    kinds = [each["kind"] for each in page["nodes"]]
    assert kinds == ["MILESTONE", "MEMBERSHIP_INVITATION"] and page["missing"] == []
    milestone, invitation = page["nodes"]
    assert (milestone["label"], milestone["action"]) == ("milestone due", "reachMilestone")
    assert (milestone["thing"]["title"], invitation["thing"]["status"]) == ("开班", "INVITED")
    assert play.ask("DueSoon", ME, to=(play.now + 100 * DAY).isoformat())["totalCount"] == 2
    assert [each["kind"] for each in play.ask("Agenda", PARTNER)["nodes"]] == ["PROJECT_INVITATION"]
    mine = play.client(ME).ask(play.carried.document("Mine"))
    assert [each["title"] for each in mine["projects"]["nodes"]] == ["联合培养"]
    assert [mine[name]["totalCount"] for name in ("myEntries", "mySheets")] == [0, 0]
    theirs = play.client(ME).ask(play.carried.document("OfAnOrganization"), organization=ids[ME])
    assert [each["title"] for each in theirs["projects"]["nodes"]] == ["联合培养"] and theirs["workItems"][
        "totalCount"
    ] == 0

    for _ in range(16):
        play.wait_for(play.now + DAY)
    play.until(lambda: "Milestone due: 开班" in _told(play), "nobody was reminded of the milestone")
    assert play.carried.missing() == []


def _whole(play: Play) -> dict[str, list[dict[str, str]]] | None:
    page = play.ask("Agenda", ME, to=(play.now + 100 * DAY).isoformat(), undone=True)
    return page if len(page["nodes"]) == 2 else None


def _invite(play: Play, organization_id: str) -> None:
    names = {"nameZh": "日程联盟", "nameEn": "Agenda Alliance", "kind": "MECHANISM", "region": "310000"}
    alliance = _done(play, FOUND, OFFICE, **names)["alliance"]
    _done(play, INVITE, OFFICE, allianceId=alliance["id"], organizationId=organization_id)


def _done(play: Play, document: str, person: str, **given: object) -> dict[str, dict[str, str]]:
    """What a step outside of the page gives, once its service has heard of what it rests on."""

    def payload() -> dict[str, dict[str, str]] | None:
        [found] = play.client(person).ask(document, input=given).values()
        return None if found["problems"] else dict(found)

    done: dict[str, dict[str, str]] = play.until(payload, f"was not done: {document}")
    return done


def _told(play: Play) -> set[str]:
    return {each["title"] for each in play.ask("Reminded", ME)["nodes"]}
