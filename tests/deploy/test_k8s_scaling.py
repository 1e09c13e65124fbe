"""Scaling: KEDA looks at the queues that the code declares, and each service is scaled by all of its own."""

from __future__ import annotations

import pytest

from hub.services import all_services
from kit.broker.topology import handler_queue, rpc_queue
from kit.messages.on_message import OnMessage
from kit.process.runtime import entrypoints
from tests.deploy.manifests import CLUSTERED, of_kind, overlay, the

pytestmark = pytest.mark.deploy


def of_the_code() -> dict[str, set[str]]:
    return {
        service.name: {
            rpc_queue(service.name),
            *(handler_queue(service.name, name, handler.version) for name, handler in entrypoints(service, OnMessage)),
        }
        for service in all_services()
    }


@pytest.mark.parametrize("name", CLUSTERED)
def test_a_service_grows_with_every_queue_of_its_own(name: str) -> None:
    scaled = {
        one["spec"]["scaleTargetRef"]["name"]: {each["metadata"]["queueName"] for each in one["spec"]["triggers"]}
        for one in of_kind(overlay(name), "ScaledObject")
    }

    assert scaled == of_the_code()


@pytest.mark.parametrize("name", CLUSTERED)
def test_a_queue_is_measured_with_what_is_taken_but_not_acked(name: str) -> None:
    objects = overlay(name)
    triggers = [each for one in of_kind(objects, "ScaledObject") for each in one["spec"]["triggers"]]

    assert {each["metadata"]["protocol"] for each in triggers} == {"http"}
    assert {each["authenticationRef"]["name"] for each in triggers} == {"rabbitmq"}
    assert the(objects, "TriggerAuthentication", "rabbitmq")["spec"]["secretTargetRef"]


@pytest.mark.parametrize("name", CLUSTERED)
def test_who_measures_may_look_and_nothing_else(name: str) -> None:
    objects = overlay(name)

    assert the(objects, "User", "keda")["spec"]["tags"] == ["monitoring"]
    assert the(objects, "Permission", "keda")["spec"]["permissions"] == {"configure": "^$", "write": "^$", "read": "^$"}
