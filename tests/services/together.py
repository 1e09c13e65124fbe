"""Together: calls of a command that come while another is carried out, and so are carried out in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kit.wire.request import Request
from tests.kit.things import eventually
from tests.services.service_hub import PATIENCE, ServiceHub


def together(hub: ServiceHub, requests: Sequence[Request]) -> list[Any]:
    """What these calls of one method are answered: the result, or the problems that each was refused with."""
    gathering = hub.runtime.gatherings[requests[0].method]
    gathering._led = True
    coming = []
    for number, request in enumerate(requests, 1):
        coming.append(hub.hub.broker.call(hub.service.name, request))
        eventually(lambda number=number: len(gathering._waiting) == number)
    gathering._hand_over(())
    return [answered(each.result(timeout=PATIENCE)) for each in coming]


def alone(hub: ServiceHub, requests: Sequence[Request]) -> list[Any]:
    """The same, one after the other."""
    return [answered(hub.hub.broker.call(hub.service.name, each).result(timeout=PATIENCE)) for each in requests]


def answered(payload: dict[str, Any] | None) -> Any:
    assert payload is not None
    if payload["error"] is None:
        return payload["result"]
    assert payload["error"]["kind"] == "refusal", payload["error"]
    return payload["error"]["problems"]
