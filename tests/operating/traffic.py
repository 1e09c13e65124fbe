"""Traffic: people who read and write without a pause and try nothing twice, so that every failure shows."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Any, Self

import httpx

from tests.running.client import Client
from tests.running.processes import RunningHub

READ = "{ alliances(first: 5) { nodes { id nameZh members(first: 5) { nodes { id } } } } }"
REGISTER = """mutation($input: RegisterOrganizationInput!) {
  registerOrganization(input: $input) { organization { id } problems { code } } }"""


class Traffic:
    """`with Traffic(hub) as traffic:`; afterwards `failures` lists all that was not answered as it should be.

    `written` are the names of the organisations that were registered and answered for.
    """

    def __init__(self, hub: RunningHub, *, people: int = 4, pace: float = 20.0) -> None:
        self._hub = hub
        self._people = people
        self._pause = people / pace
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=[number]) for number in range(people)]
        self.reads = 0
        self.written: set[str] = set()
        self.failures: list[str] = []
        self.longest = 0.0

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _run(self, person: int) -> None:
        clients: dict[str, Client] = {}
        number = 0
        while not self._stopping.wait(self._pause):
            url, number = self._hub.url, number + 1
            client = clients.setdefault(url, Client(self._hub, "hub-office"))
            began = time.monotonic()
            if number % 2:
                self._read(client, url)
            else:
                self._write(client, url, f"往来{person}-{number}")
            self.longest = max(self.longest, time.monotonic() - began)

    def _read(self, client: Client, url: str) -> None:
        if self._asked(client, url, READ):
            self.reads += 1

    def _write(self, client: Client, url: str, name: str) -> None:
        input_ = {"kind": "UNIVERSITY", "region": "340000", "nameZh": name, "nameEn": name, "idempotencyKey": name}
        data = self._asked(client, url, REGISTER, input=input_)
        if data and data["registerOrganization"]["problems"]:
            self.failures.append(str(data))
        elif data:
            self.written.add(name)

    def _asked(self, client: Client, url: str, document: str, **variables: Any) -> Any:
        try:
            answer = client.answer(document, url=url, **variables)
        except httpx.TransportError as lost:
            self.failures.append(f"{url}: no answer, {lost!r}")
            return None
        if "errors" in answer:
            self.failures.append(f"{url}: {answer}")
            return None
        return answer["data"]
