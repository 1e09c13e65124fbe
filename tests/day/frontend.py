"""Frontend: shows a page in part, asks by hash, counts and sorts what it lists, and goes on after a break."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from tests.day.stage import Day, Task
from tests.day.world import APPLICANT, INVITED, MEMBER, OFFICE, World
from tests.handbook.stage import plain

PAGE = """{
  organizations(first: 3) { nodes { nameZh } }
  competitions(first: 3) { nodes { nameZh } }
  notices(first: 3) { nodes { title } }
}"""
FOUND = """query($search: String!) {
  organizations(search: $search, first: 2) { totalCount totalCountIsExact nodes { nameZh } }
}"""
SORTED = "{ organizations(orderBy: NEWEST, first: 3) { totalCount nodes { id nameZh } } }"
ALL = """query($after: String) {
  organizations(orderBy: OLDEST, first: 100, after: $after) {
    nodes { id nameZh } pageInfo { hasNextPage endCursor }
  }
}"""
INBOX = "{ notices(first: 20) { nodes { id rule } } }"
AWAY = "notify"


def show_what_stands(day: Day, world: World) -> str | None:
    """With the service of notices killed; in one process none is away alone, and a visitor is refused them instead."""
    apart = AWAY in day.hub.names
    if apart:
        day.hub.kill(AWAY)
    answer = day.client(MEMBER if apart else "").answer(PAGE)
    if apart:
        day.hub.start_one(AWAY)
        day.hub.wait_ready()
    [error], data = answer["errors"], answer["data"]
    assert (error["path"], data["notices"]) == (["notices"], None)
    assert error["extensions"]["code"] == ("UNAVAILABLE" if apart else "SIGN_IN_REQUIRED")
    assert data["organizations"]["nodes"] and data["competitions"]["nodes"]
    with day.beside():
        day.until(lambda: "errors" not in day.client(MEMBER).answer(PAGE), "the service did not come back")
    return None if apart else "(one process: refused, not away)"


def ask_by_hash(day: Day, world: World) -> None:
    named = {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(SORTED.encode()).hexdigest()}}
    headers = {"Accept": "application/graphql-response+json", "GraphQL-Require-Preflight": "1"}
    unknown = day.hub.http.post(day.hub.url, json={"extensions": named}, headers=headers).json()
    day.hub.http.post(day.hub.url, json={"extensions": named, "query": SORTED}, headers=headers)
    known = day.hub.http.get(day.hub.url, params={"extensions": json.dumps(named)}, headers=headers).json()

    assert unknown["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    assert known["data"]["organizations"] == day.look(SORTED, "")


def search_and_sort(day: Day, world: World) -> None:
    """What is searched for comes by how well it fits; a list that is looked through has orders of its own."""
    found = day.ask(FOUND, "", search="应用技术学院")
    newest = day.ask(SORTED, "")

    with day.beside():
        everything = day.pages(ALL, "")
    fits = [each["nameZh"] for each in everything if "应用技术学院" in each["nameZh"]]
    assert (found["totalCount"], found["totalCountIsExact"], len(found["nodes"])) == (len(fits), True, 2)
    assert newest["totalCount"] == len(everything)
    assert [each["id"] for each in newest["nodes"]] == [each["id"] for each in everything[::-1]][:3]


def resume(day: Day, world: World) -> None:
    """Of two notices, one comes while nobody watches; it comes first when the watching goes on."""
    seen = _next(day, None, lambda: _tell(day, world, INVITED[0]))
    with day.beside():
        before = len(day.look(INBOX, APPLICANT)["nodes"])
        _tell(day, world, INVITED[1])
        day.until(lambda: len(day.look(INBOX, APPLICANT)["nodes"]) > before, "nobody was told")
    missed = _next(day, seen["id"])

    inbox = day.look(INBOX, APPLICANT)["nodes"]
    places = [[each["id"] for each in inbox].index(id_) for id_ in (missed["id"], seen["id"])]
    assert places == sorted(places) and missed["id"] != seen["id"]


def _next(day: Day, since: str | None, meanwhile: Callable[[], None] = lambda: None) -> dict[str, Any]:
    """The next notice of a role that a socket of its own hears of, which counts as one call."""
    with day.client(APPLICANT).subscription(day.carried.document("Watch"), since=since) as events:
        meanwhile()
        day.calls += 1
        told = (event["noticeReceived"] for event in events)
        return next(notice for notice in told if notice["rule"] == "ROLE_GRANTED")


def _tell(day: Day, world: World, name: str) -> None:
    """Make the person the representative of one more organisation, of which they are told."""
    scope = {"scopeType": "ORGANIZATION", "scopeId": plain(world.organizations[name])}
    with day.beside():
        day.do("GrantRole", OFFICE, person=f"persona:{APPLICANT}", role="REPRESENTATIVE", **scope)


def _task(title: str, section: str, done: Any) -> Task:
    return Task("frontend", title, section, done)


TASKS = (
    _task("show three services, one of them away", "lists.md#what-cannot-be-shown", show_what_stands),
    _task("ask by a persisted query", "frontends.md#persisted-queries", ask_by_hash),
    _task("search with a count, list in an order", "lists.md#order", search_and_sort),
    _task("resume a subscription", "frontends.md#subscriptions", resume),
)
