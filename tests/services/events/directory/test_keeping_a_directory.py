"""The directory: what alliances says is kept, the newest of it, however often and in whatever order it comes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.alliances.membership.memberships import (
    MemberAdmitted,
    MemberResumed,
    MembershipMessage,
    MemberSuspended,
)
from contracts.alliances.registry.organizations import OrganizationChanged, OrganizationRegistered
from contracts.authority import Role, Scope
from contracts.base import Named
from kit.ids import new_id
from kit.rights.grants import Grant
from services.events.directory.model import Alliance, AllianceMember, Organization
from tests.services.events.events_hub import EventsHub


def organizations(events: EventsHub) -> list[tuple[Any, ...]]:
    with events.runtime.database.transaction(writes=False) as session:
        found = session.scalars(select(Organization))
        return [(each.version, each.name_zh, each.name_en, each.region) for each in found]


def said(kind: type[OrganizationRegistered | OrganizationChanged], id_: str, zh: str, region: str) -> Any:
    return kind(organization=Named(id=id_, zh=zh, en=zh), kind="university", region=region)


def test_keep_organization_keeps_the_newest_in_whatever_order_it_comes(events: EventsHub) -> None:
    id_ = new_id()

    events.hear(said(OrganizationChanged, id_, "新名", "340100"), subject_id=id_, version=3)
    events.hear(said(OrganizationRegistered, id_, "旧名", "310115"), subject_id=id_, version=1)

    assert organizations(events) == [(3, "新名", "新名", "340100")]


def test_keep_organization_takes_a_message_that_comes_twice_once(events: EventsHub) -> None:
    id_ = new_id()
    first = events.hear(said(OrganizationRegistered, id_, "旧名", "310115"), subject_id=id_, version=1)
    events.hear(said(OrganizationChanged, id_, "新名", "310115"), subject_id=id_, version=2)
    events.rest()
    before = events.contents()

    events.deliver(first)

    assert events.contents() == before
    assert organizations(events) == [(2, "新名", "新名", "310115")]


def test_keep_membership_keeps_the_newest_in_whatever_order_it_comes(events: EventsHub) -> None:
    who = {"alliance": Named(id=new_id(), zh="盟", en="A"), "organization": Named(id=new_id(), zh="学", en="U")}
    id_ = new_id()

    def hear(kind: type[MembershipMessage], status: str, version: int) -> None:
        events.hear(kind(membership_id=id_, region="310115", status=status, **who), subject_id=id_, version=version)

    hear(MemberSuspended, "suspended", 3)
    hear(MemberAdmitted, "member", 2)
    with events.runtime.database.transaction(writes=False) as session:
        members = session.scalars(select(AllianceMember)).all()
        assert [(each.version, each.status) for each in members] == [(3, "suspended")]

    hear(MemberResumed, "member", 4)
    with events.runtime.database.transaction(writes=False) as session:
        assert session.get_one(AllianceMember, id_).status == "member"


def test_keep_alliance_knows_each_alliance_once(events: EventsHub) -> None:
    alliance_id = events.alliance()

    with events.runtime.database.transaction(writes=False) as session:
        assert session.scalars(select(Alliance.id)).all() == [alliance_id]


def test_keep_grant_follows_a_role_given_and_taken_back(events: EventsHub) -> None:
    given = events.grant("somebody", Role.PROVINCE_OFFICE, Scope.province("340000"))

    events.revoke(given)

    with events.runtime.database.transaction(writes=False) as session:
        grant = session.get_one(Grant, given["grant_id"])
        assert (grant.person, grant.version, grant.revoked_at) == ("somebody", 2, events.clock.now())
