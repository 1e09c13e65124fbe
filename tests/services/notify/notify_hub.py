"""The notify service on an embedded hub, told what the other services would tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from contracts.alliances.authority.roles import RoleGranted, RoleRevoked
from contracts.alliances.membership import memberships
from contracts.authority import Role, Scope
from contracts.base import Message, Named
from contracts.events.editions.competitions import CompetitionPublished
from kit.clock import MovableClock
from kit.ids import new_id
from kit.wire.envelope import Envelope
from services.notify.delivery.model import Contact, Delivery
from services.notify.notices.model import Notice
from services.notify.service import NotifyService
from tests.clock import NOW
from tests.services.service_hub import OFFICE, Refused, ServiceHub, enveloped, eventually

__all__ = [
    "ALLIANCE",
    "COMPETITION",
    "HUANGSHAN",
    "NOW",
    "OFFICE",
    "QUZHOU",
    "SERIES",
    "NotifyHub",
    "Refused",
    "envelope",
    "eventually",
    "granted",
    "granted_again",
    "membership",
    "published",
    "represents",
    "revoked",
]
ALLIANCE = Named(id=new_id(), zh="长三角高校技术转移联盟", en="YRD University Technology Transfer Alliance")
HUANGSHAN = Named(id=new_id(), zh="黄山学院", en="Huangshan University")
QUZHOU = Named(id=new_id(), zh="衢州职业技术学院", en="Quzhou College of Technology")
COMPETITION = Named(id=new_id(), zh="长三角地区中小学班主任基本功大赛", en="YRD Class-Teacher Skills Contest")
SERIES = new_id()
OF_ROLES = ("role_granted", "role_revoked")
"""The rules by which everybody is told of their own roles."""


class NotifyHub(ServiceHub):
    """One running notify service, in which OFFICE works in the hub office."""

    service = NotifyService

    def __init__(self, clock: MovableClock | None = None) -> None:
        super().__init__(clock)
        self.hear(granted(OFFICE, Role.HUB_OFFICE, Scope.hub()))

    def hear(self, *envelopes: Envelope) -> None:  # type: ignore[override] - who speaks matters here
        """Let messages arrive, one after another, and wait until each has taken effect."""
        self.deliver(*envelopes)

    def told(self) -> list[tuple[str, str, str]]:
        """Message id, rule and recipient of every notice but those of a role, in no particular order."""
        query = select(Notice.message_id, Notice.rule, Notice.recipient).where(Notice.rule.not_in(OF_ROLES))
        with self.runtime.database.transaction(writes=False) as session:
            return [tuple(row) for row in session.execute(query)]

    def told_of(self, envelope: Envelope) -> list[str]:
        """Who has a notice of this message, as often as they have one."""
        with self.runtime.database.transaction(writes=False) as session:
            return sorted(session.scalars(select(Notice.recipient).where(Notice.message_id == envelope.id)))

    def inbox(self, viewer: str, language: str = "zh-CN", **which: Any) -> list[dict[str, Any]]:
        """Somebody's notices but those of a role: a test that gives one to somebody means to tell them something else."""
        found: list[dict[str, Any]] = self.ask("notices", viewer, language=language, **which)["nodes"]
        return [notice for notice in found if notice["rule"] not in OF_ROLES]

    def reach(self, person: str, address: str, locale: str = "zh-CN") -> None:
        """Let a person have an address that was confirmed long ago, and want e-mails there."""
        with self.runtime.database.transaction() as session:
            contact = session.get(Contact, person) or Contact(person=person)
            contact.address = contact.confirmed_address = address
            contact.locale, contact.wants_email = locale, True
            session.add(contact)

    def deliveries(self) -> list[Delivery]:
        with self.runtime.database.transaction(writes=False) as session:
            return list(session.scalars(select(Delivery).order_by(Delivery.id)))


def envelope(message: Message, at: datetime = NOW, subject_id: str = "", version: int = 1) -> Envelope:
    """A message as it would arrive, about something that happened at this moment."""
    return enveloped(message, at, subject_id or new_id(), version)


def granted(person: str, role: Role, scope: Scope, at: datetime = NOW) -> Envelope:
    """A person holds a role from this moment on."""
    said = {"grant_id": new_id(), "person": person, "role": role, "scope_type": scope.type, "scope_id": scope.id}
    return envelope(RoleGranted(**said, granted_at=at), at, said["grant_id"])


def revoked(grant: Envelope, at: datetime) -> Envelope:
    """What was granted ends at this moment."""
    message = RoleGranted.from_data(grant.data)
    held = {**vars(message), "revoked_at": at}
    said = RoleRevoked(**{name: value for name, value in held.items() if name != "until"})
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
    message = getattr(memberships, step)(
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
