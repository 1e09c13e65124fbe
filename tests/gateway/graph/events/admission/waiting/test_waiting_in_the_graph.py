"""Waiting in the graph: where an entry stands and why, and the place on offer that is accepted or declined."""

from __future__ import annotations

from tests.gateway.graph.events.competitions.competing import Gateway, published, registered

WAITING = "waiting { position ahead why policy estimatedChance offeredUntil }"


async def a_full_track(gateway: Gateway) -> tuple[str, list[str]]:
    """The id of a track of which one entry has the only place, and those of this entry and of two that wait."""
    quotas = [{"province": "340000", "places": 1}]
    track = {"nameZh": "小学组", "nameEn": "Primary", "quotas": quotas}
    competition = await published(gateway, tracks=[track])
    track_id = competition["tracks"][0]["id"]
    given = {"trackId": track_id, "organizationId": await registered(gateway, "huangshan", "lecturer")}
    ids = []
    for name in ("第一队", "第二队", "第三队"):
        answer = await gateway.do("submitEntry", "entry { id }", "lecturer", **given, contestant=name, waitIfFull=True)
        ids.append(answer["entry"]["id"])
    return track_id, ids


async def test_who_waits_sees_where_it_stands_until_it_has_a_place(gateway: Gateway) -> None:
    _, [entered, first, second] = await a_full_track(gateway)
    node = f"query($id: ID!) {{ node(id: $id) {{ ... on Entry {{ status {WAITING} }} }} }}"

    before = (await gateway.ask(node, "lecturer", id=second))["node"]
    await gateway.do("withdrawEntry", "entry { status }", "lecturer", entryId=entered)
    offered = (await gateway.ask(node, "lecturer", id=first))["node"]
    accepted = await gateway.do("acceptOffer", f"entry {{ status {WAITING} }}", "lecturer", entryId=first)

    assert before == {
        "status": "WAITING",
        "waiting": {
            "position": 2,
            "ahead": 1,
            "why": "NO_PLACE_FREE",
            "policy": "STRICT",
            "estimatedChance": None,
            "offeredUntil": None,
        },
    }
    assert (offered["status"], offered["waiting"]["why"], offered["waiting"]["position"]) == (
        "OFFERED",
        "NEXT_IN_LINE",
        None,
    )
    assert offered["waiting"]["offeredUntil"] is not None
    assert accepted["entry"] == {"status": "ENTERED", "waiting": None}
    assert (await gateway.ask(node, "somebody", id=second))["node"] is None


async def test_a_place_that_is_declined_goes_to_the_next_and_the_decisions_say_so(gateway: Gateway) -> None:
    _, [entered, first, second] = await a_full_track(gateway)
    await gateway.do("withdrawEntry", "entry { status }", "lecturer", entryId=entered)

    declined = await gateway.do("declineOffer", "entry { status }", "lecturer", entryId=first)
    once_more = await gateway.payload("declineOffer", "entry { status }", "lecturer", entryId=first)

    decisions = """query($id: ID!) { waitingDecisions(entry: $id) {
        nodes { policy version reason free offered passedFor { id } } } }"""
    told = await gateway.ask(decisions, "lecturer", id=second)
    assert declined["entry"] == {"status": "WITHDRAWN"}
    assert [problem["code"] for problem in once_more["problems"]] == ["NO_OFFER"]
    assert told["waitingDecisions"]["nodes"] == [
        {"policy": "STRICT", "version": 1, "reason": "NEXT_IN_LINE", "free": 1, "offered": True, "passedFor": None}
    ]
    answer = await gateway.answer(decisions, "somebody", id=second)
    assert answer["errors"][0]["extensions"] == {"code": "NOT_ALLOWED"}
