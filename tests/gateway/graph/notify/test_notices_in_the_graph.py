"""Notices in the graph: an inbox with its unread count, marks, a contact, and a subscription that only its owner hears."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from graphql import ExecutionResult, parse, subscribe

from contracts.notify.notices import NoticeIssued
from gateway.context import Context
from gateway.graph.notify.notices import subscriptions
from gateway.live import Live
from gateway.rpc import Refused, Rpc
from gateway.schema import graphql_schema
from gateway.viewer import Identity
from hub.embedded import EmbeddedWire
from kit.context import Context as CallContext
from kit.viewer import Viewer
from tests.gateway.counted import CountedHub, ask

INBOX = """query($first: Int, $unread: Boolean) { notices(first: $first, unread: $unread) {
    unreadCount pageInfo { hasNextPage } nodes { id rule title why readAt about { __typename id } } } }"""
SUBSCRIPTION = "subscription { noticeReceived { rule title } }"


@pytest.fixture
async def client(counted: CountedHub) -> AsyncIterator[httpx.AsyncClient]:
    async with counted.client() as client:
        yield client


async def _do(client: httpx.AsyncClient, mutation: str, returning: str, token: str | None, **given: Any) -> Any:
    name = mutation[0].upper() + mutation[1:]
    shape = f"{returning} problems {{ code field }}"
    document = f"mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ {shape} }} }}"
    return (await ask(client, document, token, input=given))[mutation]


async def _apply(client: httpx.AsyncClient, number: int = 0) -> str:
    """`college` applies for an alliance whose secretariat is `secretary`; returns the membership's id."""
    names = {"nameZh": f"联盟{number}", "nameEn": f"Alliance {number}"}
    alliance = await _do(
        client, "foundAlliance", "alliance { id }", "office", kind="MECHANISM", secretariat="secretary", **names
    )
    names = {"nameZh": f"学院{number}", "nameEn": f"College {number}"}
    college = await _do(
        client,
        "registerOrganization",
        "organization { id }",
        "office",
        kind="UNIVERSITY",
        region="340000",
        representative="college",
        **names,
    )
    pair = {"allianceId": alliance["alliance"]["id"], "organizationId": college["organization"]["id"]}
    applied = await _do(client, "applyForMembership", "membership { id }", "college", **pair)
    return str(applied["membership"]["id"])


async def test_the_inbox_shows_what_a_notice_is_about_and_how_much_is_unread(
    counted: CountedHub, client: httpx.AsyncClient
) -> None:
    membership_id = await _apply(client)
    counted.reset()

    inbox = (await ask(client, INBOX, "secretary"))["notices"]

    of_the_role = inbox["nodes"].pop()
    assert (of_the_role["rule"], of_the_role["about"]) == ("ROLE_GRANTED", None)
    assert inbox == {
        "unreadCount": 2,
        "pageInfo": {"hasNextPage": False},
        "nodes": [
            {
                "id": inbox["nodes"][0]["id"],
                "rule": "MEMBERSHIP_APPLIED_FOR",
                "title": "入盟申请待审核：学院0",
                "why": "您是该联盟秘书处的成员。",
                "readAt": None,
                "about": {"__typename": "Membership", "id": membership_id},
            }
        ],
    }
    assert [each["rule"] for each in (await ask(client, INBOX, "college"))["notices"]["nodes"]] == ["ROLE_GRANTED"]


@pytest.mark.parametrize("notices", [1, 3])
async def test_an_inbox_costs_the_same_calls_and_statements_for_one_notice_as_for_three(
    counted: CountedHub, client: httpx.AsyncClient, notices: int
) -> None:
    for number in range(notices):
        await _apply(client, number)
    counted.reset()

    inbox = (await ask(client, INBOX.replace("about { __typename id }", "body"), "secretary"))["notices"]

    assert len(inbox["nodes"]) == inbox["unreadCount"] == 2 * notices  # each time of their role too
    assert (counted.calls, len(counted.statements)) == (
        ["notify.batch"],
        3,
    )  # notices with what they tell, how many are unread, and all names


async def test_mark_notice_read_is_for_the_owner_of_the_notice(counted: CountedHub, client: httpx.AsyncClient) -> None:
    await _apply(client)
    counted.reset()
    notice, _of_the_role = (await ask(client, INBOX, "secretary"))["notices"]["nodes"]

    refused = await _do(client, "markNoticeRead", "notice { id }", "college", noticeId=notice["id"])
    marked = await _do(client, "markNoticeRead", "notice { id readAt }", "secretary", noticeId=notice["id"])

    assert refused == {"notice": None, "problems": [{"code": "NOT_FOUND", "field": "noticeId"}]}
    assert (marked["notice"]["id"], marked["problems"]) == (notice["id"], [])
    assert marked["notice"]["readAt"] is not None
    inbox = (await ask(client, INBOX, "secretary", unread=True))["notices"]
    assert (inbox["unreadCount"], [each["rule"] for each in inbox["nodes"]]) == (1, ["ROLE_GRANTED"])
    node = "query($id: ID!) { node(id: $id) { id } }"
    assert await ask(client, node, "secretary", id=notice["id"]) == {"node": {"id": notice["id"]}}
    assert await ask(client, node, "college", id=notice["id"]) == {"node": None}


async def test_mark_all_read_says_that_nothing_is_left(counted: CountedHub, client: httpx.AsyncClient) -> None:
    await _apply(client, 0)
    await _apply(client, 1)
    counted.reset()

    assert await _do(client, "markAllRead", "unreadCount", "secretary") == {"unreadCount": 0, "problems": []}

    assert (await ask(client, INBOX, "secretary"))["notices"]["unreadCount"] == 0


async def test_a_contact_is_its_owners_to_set_and_to_erase(client: httpx.AsyncClient) -> None:
    mine, given = "{ myContact { address locale wantsEmail } }", {"locale": "EN", "wantsEmail": True}
    shown = {"address": "college@example.org", **given}

    refused = await _do(client, "updateContact", "contact { address }", "college", address="nowhere", **given)
    updated = await _do(client, "updateContact", "contact { address locale wantsEmail }", "college", **shown)

    assert refused == {"contact": None, "problems": [{"code": "ADDRESS_INVALID", "field": "address"}]}
    assert updated == {"contact": shown, "problems": []}
    assert await ask(client, mine, "college") == {"myContact": shown}
    assert await ask(client, "{ myContact { confirmed } }", "college") == {"myContact": {"confirmed": False}}
    wrong = await _do(client, "confirmContact", "contact { confirmed }", "college", code="AAAAA-AAAAA")
    assert wrong == {"contact": None, "problems": [{"code": "CODE_WRONG", "field": "code"}]}
    again = await _do(client, "resendConfirmation", "contact { confirmed }", "college")
    assert again == {"contact": {"confirmed": False}, "problems": []}
    assert await ask(client, mine, "secretary") == {"myContact": None}
    assert await _do(client, "eraseContact", "", "college") == {"problems": []}
    assert await ask(client, mine, "college") == {"myContact": None}


async def test_notice_received_tells_its_owner_and_nobody_else(counted: CountedHub, client: httpx.AsyncClient) -> None:
    membership_id = await _apply(client)
    counted.reset()
    secretary, college = await _subscribed(counted, "secretary"), await _subscribed(counted, "college")

    await _do(client, "admitMember", "", "secretary", membershipId=membership_id)

    heard = await asyncio.wait_for(college, 60)
    assert heard.errors is None
    assert heard.data == {"noticeReceived": {"rule": "MEMBER_ADMITTED", "title": "Welcome: Alliance 0"}}
    assert not secretary.done()
    secretary.cancel()


RESUMED = "subscription($since: ID) { noticeReceived(since: $since) { id about { id } } }"


async def test_a_subscription_goes_on_from_the_last_notice_each_once(
    counted: CountedHub, client: httpx.AsyncClient
) -> None:
    memberships = [await _apply(client, number) for number in range(4)]
    counted.reset()
    for membership in memberships[:3]:
        await _do(client, "admitMember", "", "secretary", membershipId=membership)
    counted.hub.settle(60)
    inbox = [node["id"] for node in reversed((await ask(client, INBOX, "college"))["notices"]["nodes"])]

    stream = await _stream(counted, RESUMED, "college", since=inbox[0])
    missed = [(await anext(stream)).data["noticeReceived"]["id"] for _ in inbox[1:]]
    coming = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    await _do(client, "admitMember", "", "secretary", membershipId=memberships[3])

    assert len(inbox) > 3
    assert missed == inbox[1:]
    heard = await asyncio.wait_for(coming, 60)
    assert heard.data["noticeReceived"]["about"]["id"] == memberships[3]
    await stream.aclose()


async def test_whoever_missed_too_much_is_told_to_ask(
    counted: CountedHub, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        await _do(client, "admitMember", "", "secretary", membershipId=await _apply(client, number))
    counted.hub.settle(60)
    inbox = [node["id"] for node in (await ask(client, INBOX, "college"))["notices"]["nodes"]]
    monkeypatch.setattr(subscriptions, "MOST_MISSED", 2)

    [error] = (await _stream(counted, RESUMED, "college", since=inbox[-1])).errors

    assert error.extensions["code"] == "FELL_BEHIND"


async def test_a_subscription_goes_on_from_a_notice_only(counted: CountedHub, client: httpx.AsyncClient) -> None:
    membership = await _apply(client)

    [error] = (await _stream(counted, RESUMED, "college", since=membership)).errors

    assert isinstance(error.original_error, Refused)


async def _stream(counted: CountedHub, document: str, viewer: str, **variables: Any) -> Any:
    context = _context(counted, Identity(viewer))
    return await subscribe(graphql_schema(), parse(document), context_value=context, variable_values=variables)


async def _subscribed(counted: CountedHub, viewer: str) -> asyncio.Task[ExecutionResult]:
    """The first event of a subscription that listens already."""
    stream = await subscribe(graphql_schema(), parse(SUBSCRIPTION), context_value=_context(counted, Identity(viewer)))
    assert not isinstance(stream, ExecutionResult), stream.errors
    first = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    return first


async def test_a_visitor_cannot_subscribe(counted: CountedHub) -> None:
    refused = await subscribe(graphql_schema(), parse(SUBSCRIPTION), context_value=_context(counted, None))

    assert isinstance(refused, ExecutionResult)
    assert [str(error.original_error) for error in refused.errors or []] == ["SIGN_IN_REQUIRED"]


def _context(counted: CountedHub, identity: Identity | None) -> Context:
    wire = EmbeddedWire(counted.hub.broker)
    caller = CallContext(Viewer(identity.id if identity else ""), "en", "test")
    return Context(identity, "en", Rpc(wire, caller, 5), Live(wire, (NoticeIssued.type,)), "test")
