"""History in the graph: what was done to a thing, by whom and why, in the caller's language, for those whom it concerns."""

from __future__ import annotations

from typing import Any

import httpx

from contracts.alliances.registry.alliances import AllianceChange
from contracts.alliances.registry.organizations import OrganizationChange
from contracts.inventory import messages
from gateway.graph.happening import DEEDS, OTHER, deed
from tests.gateway.counted import CountedHub, ask
from tests.gateway.test_page_costs import fill

HISTORY = """query($alliance: ID!, $first: Int, $last: Int) { memberships(alliance: $alliance) { nodes { id
  history(first: $first, last: $last) { totalCount pageInfo { hasNextPage hasPreviousPage }
    nodes { kind label actor actorName at reason } } } } }"""
SUSPEND = "mutation($input: SuspendMemberInput!) { suspendMember(input: $input) { problems { code } } }"
MEMBERS = (
    "query($alliance: ID!) { memberships(alliance: $alliance, status: MEMBER) { nodes { history { totalCount } } } }"
)


async def test_who_did_what_when_and_why_is_told_in_the_language_of_who_asks(counted: CountedHub) -> None:
    async with counted.client() as client:
        alliance = await _alliance(client, members=2)
        first = (await ask(client, HISTORY, alliance=alliance))["memberships"]["nodes"][0]
        suspended = {"membershipId": first["id"], "reason": "材料不实"}
        await ask(client, SUSPEND, "office", input=suspended)
        chinese = (await ask(client, HISTORY, alliance=alliance))["memberships"]["nodes"][0]["history"]
        client.headers["Accept-Language"] = "en"
        english = (await ask(client, HISTORY, alliance=alliance, last=2))["memberships"]["nodes"][0]["history"]

    steps = [(each["kind"], each["label"], each["actor"], each["reason"]) for each in chinese["nodes"]]
    assert steps[0] == ("MEMBERSHIP_APPLIED_FOR", "提交入盟申请", "office", "")
    assert ("MEMBER_ADMITTED", "接纳为成员", "office", "") in steps
    assert steps[-1] == ("MEMBER_SUSPENDED", "暂停成员资格", "office", "材料不实")
    assert chinese["totalCount"] == len(steps)
    assert [each["label"] for each in english["nodes"]][-1] == "Membership suspended"
    assert english["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": True}


async def test_a_page_of_histories_takes_one_call_however_many_things_it_shows(counted: CountedHub) -> None:
    async with counted.client() as client:
        alliance = await _alliance(client, members=4)
        counted.reset()
        await ask(client, HISTORY, alliance=alliance, first=1)

    asked = [each for each in counted.calls if "history" in each]
    assert asked == ["alliances.history_of_memberships"] * 2  # the pages, and then their numbers


async def test_whom_a_membership_does_not_concern_is_shown_nothing_of_its_history(counted: CountedHub) -> None:
    async with counted.client() as client:
        alliance = await _alliance(client, members=1)
        for viewer in ("somebody", None):
            [found] = (await ask(client, MEMBERS, viewer, alliance=alliance))["memberships"]["nodes"]
            assert found["history"]["totalCount"] is None


def test_every_message_has_words_in_both_languages_and_nothing_else_has() -> None:
    changes = {
        "alliances.alliance_changed": set(AllianceChange),
        "alliances.organization_changed": set(OrganizationChange),
    }

    assert set(DEEDS) == {message.type for message in messages()} | {OTHER}
    for type_, words in DEEDS.items():
        assert (set(words) if isinstance(words, dict) else set()) == {str(each) for each in changes.get(type_, ())}
        for zh, en in words.values() if isinstance(words, dict) else [words]:
            assert zh.strip() and en[0].isupper()


def test_what_a_newer_service_says_is_called_something_else() -> None:
    assert deed("alliances.of_tomorrow", None, "en") == "Something else"
    assert deed("alliances.organization_changed", "of_tomorrow", "zh-CN") == "其他操作"


async def _alliance(client: httpx.AsyncClient, members: int) -> Any:
    await fill(client, alliances=1, members=members)
    return (await ask(client, "{ alliances { nodes { id } } }"))["alliances"]["nodes"][0]["id"]
