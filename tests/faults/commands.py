"""Commands: many people who register organisations, each trying again with the same key until there is an answer."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx

from tests.running.client import Client
from tests.running.processes import RunningHub

REGISTER = """mutation($input: RegisterOrganizationInput!) {
  registerOrganization(input: $input) { organization { nameZh } problems { code } } }"""


@dataclass
class Registrations:
    """So many registrations by so many people at the same time, at `pace` a second in all."""

    hub: RunningHub
    number: int
    people: int = 8
    pace: float = 25.0
    attempted: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    tries: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Return when every registration has been answered."""
        begun = time.monotonic()
        with ThreadPoolExecutor(self.people) as pool:
            for done in [pool.submit(self._register, number, begun) for number in range(self.number)]:
                done.result()

    def _register(self, number: int, begun: float) -> None:
        time.sleep(max(0.0, begun + number / self.pace - time.monotonic()))
        name = f"单位{number:04d}"
        client = Client(self.hub, "hub-office")
        with self._lock:
            self.attempted.add(name)
        deadline = time.monotonic() + 90
        while not self._answered(client, name):
            assert time.monotonic() < deadline, f"{name} was never answered"
            time.sleep(0.2)
        with self._lock:
            self.acknowledged.add(name)

    def _answered(self, client: Client, name: str) -> bool:
        with self._lock:
            self.tries += 1
        try:
            answer = client.answer(
                REGISTER,
                input={
                    "kind": "UNIVERSITY",
                    "region": "340000",
                    "nameZh": name,
                    "nameEn": name,
                    "idempotencyKey": name,
                },
            )
        except httpx.TransportError:
            return False
        if "errors" in answer:
            assert {error["extensions"]["code"] for error in answer["errors"]} == {"UNAVAILABLE"}, answer
            return False
        payload = answer["data"]["registerOrganization"]
        assert payload["problems"] == [], payload
        return bool(payload["organization"]["nameZh"] == name)
