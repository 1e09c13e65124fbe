"""Rights on a running hub: the same answers through the gateway, in one process and in processes of their own."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.authority import Role
from kit.calls.rpc import Rpc
from kit.ids import new_id
from kit.process.runtime import entrypoints
from services.alliances.service import AlliancesService
from services.events.service import EventsService
from services.projects.service import ProjectsService
from tests.rights.trying import DENIALS, SOMEBODY, says
from tests.running import season
from tests.running.client import Client
from tests.running.processes import RunningHub, wait_until

HERE, ELSEWHERE = "anhui-office", "jiangsu-office"
PEOPLE = {None: None, SOMEBODY: None, HERE: (Role.PROVINCE_OFFICE, True), ELSEWHERE: (Role.PROVINCE_OFFICE, False)}
PLAN: dict[str, Any] = {"text": "通知。", "public": False, "region": "340000"}
SAMPLE: list[tuple[Any, str, str, dict[str, Any]]] = [
    (ProjectsService, "import_plan", "importPlan", PLAN),
    (AlliancesService, "found_alliance", "foundAlliance", {"kind": "VOCATIONAL_GROUP", "region": "340000"}),
    (AlliancesService, "register_organization", "registerOrganization", {"kind": "UNIVERSITY", "region": "340000"}),
    (EventsService, "found_series", "foundSeries", {}),
]


@pytest.fixture
def offices(hub: RunningHub) -> RunningHub:
    """Two offices whose roles are heard of where plans are."""
    for person, code in ((HERE, "340000"), (ELSEWHERE, "320000")):
        given = {"person": f"persona:{person}", "role": "PROVINCE_OFFICE", "scopeType": "PROVINCE", "scopeId": code}
        season.office(hub).do("grantRole", **given)
        wait_until(lambda who=person: _is_heard_of(hub, who), 60, "projects has not heard of the office")
    return hub


def _is_heard_of(hub: RunningHub, office: str) -> bool:
    return not Client(hub, office).payload("previewPlan", text=PLAN["text"])["problems"]


@pytest.mark.parametrize(("service", "method", "mutation", "given"), SAMPLE)
def test_a_running_hub_answers_as_the_right_says(
    offices: RunningHub, service: Any, method: str, mutation: str, given: dict[str, Any]
) -> None:
    right = dict(entrypoints(service, Rpc))[method].right

    for person, held in PEOPLE.items():
        name = new_id()
        names = {} if mutation == "importPlan" else {"nameZh": name, "nameEn": name}
        payload = Client(offices, person).payload(mutation, **given, **names)
        denied = {problem["code"] for problem in payload["problems"]} & DENIALS
        if says(right, held, signed_in=bool(person)):
            assert not denied, person
        else:
            assert denied == {"NOT_ALLOWED" if person else "SIGN_IN_REQUIRED"}, person
