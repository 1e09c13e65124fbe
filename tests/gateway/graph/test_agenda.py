"""The agenda: what all services know is due is one list, and one that is away leaves the rest standing."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.graph.agenda.merging import merged
from kit.broker.bus import Unavailable
from kit.data.paging import cursor_of
from kit.ids import new_id
from kit.wire.request import Payload, Request
from tests.gateway.scripted import ScriptedGateway, ScriptedServices

AGENDA = """query Agenda($from: DateTime, $to: DateTime, $first: Int, $after: String, $undone: Boolean) {
  agenda(from: $from, to: $to, first: $first, after: $after, undone: $undone) {
    nodes { kind label dueAt done action thing { id __typename } }
    pageInfo { hasNextPage endCursor }
    missing { service message }
  }
}"""
COUNT = "{ agenda(undone: true) { totalCount totalCountIsExact } }"


def item(kind: str, day: int, **facts: Any) -> dict[str, Any]:
    due_at = f"2026-03-{day:02}T01:00:00+00:00"
    return {
        "kind": kind,
        "subject_type": "nothing",
        "subject_id": new_id(),
        "due_at": due_at,
        "done": False,
        "action": None,
        **facts,
    }


class Parts(ScriptedServices):
    """Services that answer these items; one whose part is None is away."""

    def __init__(self, **parts: list[dict[str, Any]] | None) -> None:
        super().__init__()
        self.parts = {"alliances": [], "events": [], "projects": [], **parts}
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def send(self, service: str, request: Request) -> Payload:
        if request.method != "my_dates":
            return await super().send(service, request)
        items = self.parts[service]
        if items is None:
            raise Unavailable("away")
        self.asked.append((service, request.arguments))
        if request.arguments.get("counted"):
            return {
                "result": {"nodes": [], "cursors": [], "has_next": False, "total": len(items), "more": False},
                "error": None,
            }
        first = request.arguments["first"]
        cursors = [cursor_of(each["due_at"], each["kind"], each["subject_id"]) for each in items]
        page = {"nodes": items[:first], "cursors": cursors[:first], "has_next": len(items) > first}
        return {"result": page, "error": None}


async def test_the_parts_are_one_list_by_date() -> None:
    mine = item("milestone", 5), item("milestone", 9)
    entries = item("entries", 7, action="submit_entry", done=False)
    services = Parts(projects=list(mine), events=[entries], alliances=[item("renewal", 5)])
    answer = await ScriptedGateway(services).answer(AGENDA, first=3)

    page = answer["data"]["agenda"]
    assert [each["kind"] for each in page["nodes"]] == ["MILESTONE", "RENEWAL", "ENTRIES"]
    assert page["nodes"][2] == {
        "kind": "ENTRIES",
        "label": "entries close",
        "dueAt": entries["due_at"],
        "done": False,
        "action": "submitEntry",
        "thing": None,
    }
    assert page["pageInfo"] == {
        "hasNextPage": True,
        "endCursor": cursor_of(entries["due_at"], "entries", entries["subject_id"]),
    }
    assert page["missing"] == []
    assert sorted(service for service, _ in services.asked) == ["alliances", "events", "projects"]


async def test_each_is_with_its_thing() -> None:
    found = item("entries", 7, subject_type="edition")
    services = Parts(events=[found])
    services.answers["events.competitions_by_id"] = lambda request: [{"id": id_} for id_ in request.arguments["ids"]]
    answer = await ScriptedGateway(services, locale="zh-CN").answer(AGENDA)
    [node] = answer["data"]["agenda"]["nodes"]
    assert (node["label"], node["thing"]["__typename"]) == ("报名截止", "Competition")


def test_a_part_that_could_not_show_all_holds_back_what_comes_after_it() -> None:
    soon, late = item("milestone", 5), item("milestone", 9)
    end = cursor_of(item("entries", 7)["due_at"], "entries", new_id())
    broken = {"nodes": [], "cursors": [], "has_next": True, "incidents": ["1"], "end": end}
    whole = {"nodes": [soon, late], "cursors": ["soon", "late"], "has_next": False}

    page = merged({"events": broken, "projects": whole}, 5)

    assert page == {"nodes": [soon], "cursors": ["soon"], "has_next": True, "incidents": ["1"], "end": end}


@pytest.mark.parametrize("away", ["alliances", "events", "projects"])
async def test_a_service_that_is_away_leaves_the_rest_standing(away: str) -> None:
    parts: dict[str, list[dict[str, Any]] | None] = {
        service: [item("milestone", day)] for day, service in enumerate(("alliances", "events", "projects"), 1)
    }
    answer = await ScriptedGateway(Parts(**{**parts, away: None})).answer(AGENDA)
    page = answer["data"]["agenda"]
    assert "errors" not in answer and len(page["nodes"]) == 2
    assert [each["service"] for each in page["missing"]] == [away]
    assert away in page["missing"][0]["message"]


async def test_where_none_answers_there_is_no_agenda() -> None:
    services = Parts(alliances=None, events=None, projects=None)
    answer = await ScriptedGateway(services).answer(AGENDA)
    assert answer["data"] == {"agenda": None}
    assert answer["errors"][0]["extensions"]["code"] == "UNAVAILABLE"


async def test_it_is_counted_for_a_badge() -> None:
    services = Parts(alliances=[item("renewal", 1)], projects=[item("milestone", 2), item("milestone", 3)])
    answer = await ScriptedGateway(services).answer(COUNT)
    assert answer["data"]["agenda"] == {"totalCount": 3, "totalCountIsExact": True}
    assert all(arguments["undone"] for _, arguments in services.asked)
