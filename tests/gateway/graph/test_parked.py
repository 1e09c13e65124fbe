"""What was given up on in all services is one list, one that is away is named, and a command goes where its reference says."""

from __future__ import annotations

from typing import Any

from contracts.refusals import NotAllowed
from gateway.rpc import Refused
from kit.broker.bus import Unavailable
from kit.data.paging import cursor_of
from kit.ids import new_id
from kit.settings import SERVICES
from kit.wire.request import Request
from tests.gateway.scripted import ScriptedGateway, ScriptedServices

PARKED = """query Parked($first: Int) { parked(first: $first) {
  nodes { reference service kind about parkedAt attempts fault }
  incidents pageInfo { hasNextPage endCursor } missing { service message } } }"""
COUNT = "{ parked { totalCount totalCountIsExact } }"
RETRY = """mutation($reference: String!) { retryParked(input: {reference: $reference}) {
  settlement { reference settled actor } problems { code field } } }"""
IDS = sorted(new_id() for _ in range(3))


def work(reference: str) -> dict[str, Any]:
    service = reference.partition(".")[0]
    known = {"kind": "timer", "about": "close", "parked_at": None, "attempts": 8, "fault": "KeyError"}
    return {"reference": reference, "service": service, **known}


def services(*references: str, away: str = "") -> ScriptedServices:
    """Services with this parked work, of which one is away."""

    def answered(service: str) -> Any:
        theirs = [work(each) for each in references if each.startswith(f"{service}.")]
        theirs.sort(key=lambda each: each["reference"].rpartition("/")[::-2], reverse=True)
        cursors = [cursor_of(*each["reference"].rpartition("/")[::-2]) for each in theirs]

        def answer(request: Request) -> dict[str, Any]:
            if service == away:
                raise Unavailable("away")
            first = request.arguments["first"]
            return {"nodes": theirs[:first], "cursors": cursors[:first], "has_next": len(theirs) > first}

        return answer

    return ScriptedServices(**{f"{service}__parked": answered(service) for service in SERVICES})


async def test_the_parts_of_all_services_are_one_list_the_newest_first() -> None:
    references = [f"events.timer/{IDS[1]}", f"notify.announce.v1/{IDS[2]}", f"events.outgoing/{IDS[2]}"]

    answer = await ScriptedGateway(services(*references)).answer(PARKED, first=2)

    page = answer["data"]["parked"]
    assert [each["reference"] for each in page["nodes"]] == [references[1], references[2]]
    assert (page["pageInfo"]["hasNextPage"], page["missing"]) == (True, [])
    assert page["pageInfo"]["endCursor"] == cursor_of(IDS[2], "events.outgoing")


async def test_a_service_that_is_away_is_named_and_the_others_are_shown() -> None:
    answer = await ScriptedGateway(services(f"events.timer/{IDS[0]}", away="notify")).answer(PARKED)

    page = answer["data"]["parked"]
    assert [each["service"] for each in page["nodes"]] == ["events"]
    assert [each["service"] for each in page["missing"]] == ["notify"]
    assert "notify" in page["missing"][0]["message"]


async def test_nothing_is_shown_behind_what_one_part_could_not_show_and_every_incident_is_told() -> None:
    ends = {"events": cursor_of(IDS[1], "events.timer"), "notify": cursor_of(IDS[0], "notify.timer")}
    asked = services(f"alliances.timer/{IDS[2]}", f"projects.timer/{IDS[0]}")
    for service, end in ends.items():
        broken = {"nodes": [], "cursors": [], "has_next": service == "events", "incidents": [service], "end": end}
        asked.answers[f"{service}.parked"] = lambda _request, broken=broken: broken

    page = (await ScriptedGateway(asked).answer(PARKED))["data"]["parked"]

    assert [each["service"] for each in page["nodes"]] == ["alliances"]
    assert page["pageInfo"] == {"hasNextPage": True, "endCursor": ends["events"]}
    assert sorted(page["incidents"]) == ["events", "notify"]


async def test_a_number_is_not_exact_while_a_service_is_away() -> None:
    def away(_request: Request) -> None:
        raise Unavailable("away")

    counted = {"nodes": [], "cursors": [], "has_next": False, "total": 2, "more": False}
    asked = ScriptedServices(**{f"{service}__parked": lambda _request: counted for service in SERVICES})
    exact = await ScriptedGateway(asked).answer(COUNT)
    asked.answers["notify.parked"] = away
    answer = await ScriptedGateway(asked).answer(COUNT)

    assert exact["data"]["parked"] == {"totalCount": 8, "totalCountIsExact": True}
    assert answer["data"]["parked"] == {"totalCount": 6, "totalCountIsExact": False}


async def test_a_command_asks_the_service_that_the_reference_names() -> None:
    settled = {"reference": f"events.timer/{IDS[0]}", "settled": "retried", "actor": "office"}
    asked = ScriptedServices(events__retry_parked=lambda _request: settled)

    answer = await ScriptedGateway(asked).answer(RETRY, reference=settled["reference"])

    assert answer["data"]["retryParked"] == {"settlement": {**settled, "settled": "RETRIED"}, "problems": []}


async def test_a_reference_of_no_service_is_of_nothing_parked() -> None:
    answer = await ScriptedGateway(ScriptedServices()).answer(RETRY, reference=f"nobody.timer/{IDS[0]}")

    assert answer["data"]["retryParked"]["problems"] == [{"code": "NOT_PARKED", "field": "reference"}]


async def test_who_may_not_see_it_is_told_so_and_not_that_services_are_away() -> None:
    def refused(_request: Request) -> None:
        raise Refused([NotAllowed()])

    asked = ScriptedServices(**{f"{service}__parked": refused for service in SERVICES})
    answer = await ScriptedGateway(asked).answer(PARKED)

    assert answer["data"]["parked"] is None
    assert answer["errors"][0]["extensions"]["code"] == "NOT_ALLOWED"
