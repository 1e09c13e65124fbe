"""The notify service on an embedded hub, spoken to as by the gateway and told what the other services would tell it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from contracts import alliances
from contracts.alliances import RoleGranted, RoleRevoked
from contracts.authority import Role, Scope
from contracts.base import Message, Named, Refusal
from contracts.events.editions.competitions import CompetitionPublished
from hub.embedded import EmbeddedHub
from hub.settings import read_settings
from kit.clock import MovableClock
from kit.data.db import Context
from kit.ids import new_id
from kit.messages.outbox import OutboxRow
from kit.process.runtime import Runtime
from kit.viewer import Viewer
from kit.wire.envelope import Envelope
from kit.wire.request import Request
from services.notify.delivery.model import Delivery
from services.notify.notices.model import Notice
from services.notify.service import NotifyService

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OFFICE = "hub-office"
ALLIANCE = Named(id=new_id(), zh="长三角高校技术转移联盟", en="YRD University Technology Transfer Alliance")
HUANGSHAN = Named(id=new_id(), zh="黄山学院", en="Huangshan University")
QUZHOU = Named(id=new_id(), zh="衢州职业技术学院", en="Quzhou College of Technology")
COMPETITION = Named(id=new_id(), zh="长三角地区中小学班主任基本功大赛", en="YRD Class-Teacher Skills Contest")
SERIES = new_id()


class StandingClock(MovableClock):
    """A clock that moves only when it is told to."""

    def __init__(self, start: datetime) -> None:
        super().__init__()
        self._now = start

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> None:
        self._now += by
        super().advance(by)


class Refused(Exception):  # noqa: N818 - a refusal is an answer
    """What a call was refused with."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__(problems)
        self.problems = problems


class NotifyHub:
    """One running notify service, in which OFFICE works in the hub office."""

    def __init__(self) -> None:
        self.clock = StandingClock(NOW)
        self._hub = EmbeddedHub([NotifyService], read_settings(), self.clock)
        self._hub.start()
        self.hear(granted(OFFICE, Role.HUB_OFFICE, Scope.hub()))

    def stop(self) -> None:
        self._hub.stop()

    @property
    def runtime(self) -> Runtime:
        return self._hub.runtimes["notify"]

    def ask(self, method: str, viewer: str, language: str = "zh-CN", **arguments: Any) -> Any:
        """The answer to a call; raises Refused."""
        payload = self._hub.broker.call("notify", Request(method, arguments, Context(Viewer(viewer), language)))
        answer = payload.result(timeout=30)
        assert answer is not None
        if answer["error"] is None:
            return answer["result"]
        assert answer["error"]["kind"] == "refusal", answer["error"]
        raise Refused(answer["error"]["problems"])

    def hear(self, *envelopes: Envelope) -> None:
        """Let messages arrive, one after another, and wait until each has taken effect."""
        for envelope in envelopes:
            self._hub.broker.publish([envelope])

    def told(self) -> list[tuple[str, str, str]]:
        """Message id, rule and recipient of every notice, in no particular order."""
        with self.runtime.database.transaction(writes=False) as session:
            return [tuple(row) for row in session.execute(select(Notice.message_id, Notice.rule, Notice.recipient))]

    def told_of(self, envelope: Envelope) -> list[str]:
        """Who has a notice of this message, as often as they have one."""
        return sorted(person for message_id, _, person in self.told() if message_id == envelope.id)

    def inbox(self, viewer: str, language: str = "zh-CN", **which: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("notices", viewer, language, **which)["nodes"]
        return found

    def said(self) -> list[tuple[str, dict[str, Any]]]:
        """Type and data of every message that was recorded."""
        with self.runtime.database.transaction(writes=False) as session:
            return [(row.type, row.data) for row in session.scalars(select(OutboxRow).order_by(OutboxRow.id))]

    def deliveries(self) -> list[Delivery]:
        with self.runtime.database.transaction(writes=False) as session:
            return list(session.scalars(select(Delivery).order_by(Delivery.id)))

    @contextmanager
    def refuses(self, code: str, field: str | None = None) -> Iterator[None]:
        """What happens inside is refused for exactly this reason, changes no notice, and no message is recorded."""
        before = self._contents()
        with pytest.raises(Refused) as refused:
            yield
        assert refused.value.problems == [{"code": code, "field": field, "params": {}}]
        assert code in Refusal.known()
        assert self._contents() == before

    def _contents(self) -> dict[str, list[Any]]:
        with self.runtime.database.transaction(writes=False) as session:
            tables = NotifyService.tables.sorted_tables
            found = {table.name: sorted(map(tuple, session.execute(select(table))), key=repr) for table in tables}
            return found | {"said": list(session.scalars(select(OutboxRow.id).order_by(OutboxRow.id)))}

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """The SQL statements that are sent to the database inside, an executemany counted once."""
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            sent.append(statement)

        engine = self.runtime.database.engine
        event.listen(engine, "before_cursor_execute", note)
        yield sent
        event.remove(engine, "before_cursor_execute", note)


def envelope(message: Message, at: datetime = NOW, subject_id: str = "", version: int = 1) -> Envelope:
    """A message as it would arrive, about something that happened at this moment."""
    return Envelope(
        id=new_id(),
        type=message.type,
        source="/somebody",
        subject_type="anything",
        subject_id=subject_id or new_id(),
        version=version,
        time=at,
        actor="somebody",
        correlation_id="test",
        data=message.data(),
    )


def granted(person: str, role: Role, scope: Scope, at: datetime = NOW) -> Envelope:
    """A person holds a role from this moment on."""
    said = {"grant_id": new_id(), "person": person, "role": role, "scope_type": scope.type, "scope_id": scope.id}
    return envelope(RoleGranted(**said, granted_at=at), at, said["grant_id"])


def revoked(grant: Envelope, at: datetime) -> Envelope:
    """What was granted ends at this moment."""
    message = RoleGranted.from_data(grant.data)
    said = RoleRevoked(**{**vars(message), "revoked_at": at})
    return envelope(said, at, message.grant_id, grant.version + 1)


def granted_again(grant: Envelope, at: datetime) -> Envelope:
    """What was revoked is held once more."""
    message = replace(RoleGranted.from_data(grant.data), granted_at=at)
    return envelope(message, at, message.grant_id, grant.version + 2)


def represents(person: str, organization: Named = HUANGSHAN, at: datetime = NOW) -> Envelope:
    return granted(person, Role.REPRESENTATIVE, Scope.organization(organization.id), at)


def membership(
    step: str,
    organization: Named = HUANGSHAN,
    at: datetime = NOW,
    version: int = 1,
    *,
    reason: str = "",
    alliance: Named = ALLIANCE,
) -> Envelope:
    """One step of an organisation's one membership, as MemberAdmitted."""
    statuses = {"MemberAdmitted": "member", "MemberResumed": "member", "MemberSuspended": "suspended"}
    membership_id = organization.id  # any id that is its own
    message = getattr(alliances, step)(
        membership_id=membership_id,
        alliance=alliance,
        organization=organization,
        region="341000",
        status=statuses.get(step, "withdrawn"),
        reason=reason,
    )
    return envelope(message, at, membership_id, version)


def published(at: datetime = NOW, alliance_id: str | None = ALLIANCE.id) -> Envelope:
    """The fourteenth edition of COMPETITION is public."""
    message = CompetitionPublished(
        competition=COMPETITION,
        edition=14,
        alliance_id=alliance_id,
        opens_at=NOW,
        closes_at=datetime(2026, 5, 1, 10, 0, tzinfo=UTC),
        series_id=SERIES,
    )
    return envelope(message, at, COMPETITION.id)


def eventually(holds: Callable[[], Any], seconds: float = 10) -> None:
    """Wait until it holds; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to be in time"
        time.sleep(0.01)
