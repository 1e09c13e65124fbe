"""Four services: each on a database of its own; what one says reaches the others only when a test lets it, in any order."""

from __future__ import annotations

from random import Random
from typing import Any

from sqlalchemy import select

from kit.messages.outbox import OutboxRow
from kit.wire.envelope import Envelope
from tests.clock import StandingClock
from tests.services.alliances.alliances_hub import AlliancesHub
from tests.services.events.events_hub import EventsHub
from tests.services.notify.notify_hub import NotifyHub
from tests.services.projects.projects_hub import ProjectsHub
from tests.services.service_hub import Refused, ServiceHub

MOST_AGAIN = 3  # messages that are delivered once more with others


class FourServices:
    """The four on one clock, and what each has not been told yet."""

    def __init__(self) -> None:
        self.clock = StandingClock()
        self.alliances, self.events = AlliancesHub(self.clock), EventsHub(self.clock)
        self.projects, self.notify = ProjectsHub(self.clock), NotifyHub(self.clock)
        self.alliances.begin()
        self.said: list[Envelope] = []
        self.heard: dict[str, list[str]] = {hub.service.name: [] for hub in self.listeners}
        self._read = dict.fromkeys(("alliances", "events", "projects", "notify"), 0)
        self._waiting: dict[str, list[Envelope]] = {hub.service.name: [] for hub in self.listeners}

    @property
    def listeners(self) -> tuple[ServiceHub, ...]:
        return self.events, self.projects, self.notify

    def stop(self) -> None:
        for hub in (self.alliances, *self.listeners):
            hub.stop()

    def deliver(self, random: Random, *, share: float = 1) -> None:
        """Let each service hear this share of what it has not heard, in any order, and some of what it has heard again."""
        self._collect()
        for hub in self.listeners:
            waiting = self._waiting[hub.service.name]
            random.shuffle(waiting)
            heard = [waiting.pop() for _ in range(round(len(waiting) * share))]
            heard += random.sample(self.said, min(len(self.said), random.randint(0, MOST_AGAIN)))
            random.shuffle(heard)
            hub.deliver(*(each for each in heard if each.source != f"/{hub.service.name}"))
            self.heard[hub.service.name] += [each.id for each in heard]

    def _collect(self) -> None:
        """Take what was said since, of every service to each that listens."""
        new = [envelope for hub in (self.alliances, *self.listeners) for envelope in self._new(hub)]
        self.said += new
        for waiting in self._waiting.values():
            waiting.extend(new)

    def _new(self, hub: ServiceHub) -> list[Envelope]:
        name = hub.service.name
        with hub.runtime.database.transaction(writes=False) as session:
            query = select(OutboxRow).order_by(OutboxRow.id).offset(self._read[name])
            found = [row.envelope(f"/{name}") for row in session.scalars(query)]
        self._read[name] += len(found)
        return found


def codes(hub: ServiceHub, method: str, viewer: str, **arguments: Any) -> list[str]:
    """The codes with which a call is refused, none where it is done."""
    try:
        hub.ask(method, viewer, **arguments)
    except Refused as refused:
        return refused.codes
    return []
