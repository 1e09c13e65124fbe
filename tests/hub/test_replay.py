"""Replay: what a service missed takes effect once; what it had told the world before a restore it does not tell again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from contracts.alliances.membership.memberships import MembershipAppliedFor
from contracts.alliances.registry.organizations import OrganizationRegistered
from contracts.authority import Role, Scope
from contracts.base import Named
from hub.databases import session_of
from hub.migrate import prepare
from hub.parked import list_parked, retry_parked
from hub.replay import MARGIN, forgotten, replay
from hub.settings import read_settings
from kit.calls.hooks import RESTORED, hook
from kit.calls.service import Service
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.inbox import InboxRow
from kit.messages.outbox import OutboxRow, record
from kit.settings import SERVICES, Settings
from kit.work.due import State
from services.alliances.authority.roles.commands import grant_role
from services.alliances.registry.organizations.model import Organization
from services.notify.delivery.model import Contact, Delivery
from services.notify.service import NotifyService
from services.projects.directory.model import Organization as KnownOrganization

HOUR = timedelta(hours=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A hub with empty databases and no broker."""
    urls = {name: f"sqlite:///{tmp_path}/{name}.sqlite3" for name in SERVICES}
    settings = replace(read_settings(), home=tmp_path, databases=urls, amqp_uri="")
    for name in SERVICES:
        prepare(settings, name)
    return settings


def register(settings: Settings, name: str) -> str:
    """An organisation that alliances has registered and told of; returns the message's id."""
    with session_of(settings, "alliances") as session:
        organization = Organization(
            id=new_id(), created_at=session.now, kind="university", region="340000", name_zh=name, name_en=name
        )
        session.add(organization)
        session.flush()
        named = Named(id=organization.id, zh=name, en=name)
        record(session, organization, OrganizationRegistered(organization=named, kind="university", region="340000"))
        session.flush()
        return str(session.scalars(select(OutboxRow.id).order_by(OutboxRow.id.desc())).first())


def run(settings: Settings, service: str, lost: Any = "database") -> dict[str, tuple[int, int, int]]:
    now = datetime.now(UTC)
    counts = replay(settings, service, lost, now - HOUR, now + HOUR)
    return {each.source: (each.done, each.known, each.failed) for each in counts}


def known_to_projects(settings: Settings) -> list[str]:
    with session_of(settings, "projects") as session:
        return list(session.scalars(select(KnownOrganization.name_zh).order_by(KnownOrganization.name_zh)))


def test_what_was_said_takes_effect_once_however_often_it_is_replayed(settings: Settings) -> None:
    register(settings, "甲")
    register(settings, "乙")

    first, second = run(settings, "projects"), run(settings, "projects")

    assert first["alliances"] == (2, 0, 0)
    assert second["alliances"] == (0, 2, 0)
    assert known_to_projects(settings) == ["乙", "甲"]


def test_what_was_said_outside_of_the_time_is_left_alone(settings: Settings) -> None:
    register(settings, "甲")
    now = datetime.now(UTC)

    for since, until in ((now + MARGIN + HOUR, now + 2 * MARGIN), (now - 2 * HOUR, now - HOUR)):
        list(replay(settings, "projects", "database", since, until))

    assert known_to_projects(settings) == []


def test_what_fails_is_counted_and_takes_effect_when_it_is_replayed_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(settings, "甲")

    def fail(*_: object, **__: object) -> None:
        raise ValueError("not now")

    with monkeypatch.context() as patch:
        patch.setattr("services.projects.directory.commands.keep_organization", fail)
        assert run(settings, "projects")["alliances"] == (0, 0, 1)

    assert run(settings, "projects")["alliances"] == (1, 0, 0)


def test_what_others_have_heard_and_the_journal_no_longer_has_is_listed(settings: Settings) -> None:
    message_id = register(settings, "甲")
    run(settings, "projects")
    with session_of(settings, "alliances") as session:
        session.delete(session.get_one(OutboxRow, message_id))

    lines = list(forgotten(settings, "alliances", datetime.now(UTC) - HOUR))

    assert len(lines) == 1
    assert lines[0].startswith("projects.keep_organization.v1  alliances.organization_registered  organization/")


def a_told_fact(settings: Settings) -> None:
    """Ann, who wants e-mail, becomes the secretariat, which is told of an application: two notices."""
    register(settings, "甲")
    with session_of(settings, "notify") as session:
        session.add(
            Contact(
                person="ann",
                address="ann@example.org",
                locale="en",
                wants_email=True,
                confirmed_address="ann@example.org",
            )
        )
    with session_of(settings, "alliances") as session:
        organization = session.scalars(select(Organization)).one()
        alliance = Named(id=new_id(), zh="联盟", en="Alliance")
        grant_role(session, person="ann", role=Role.SECRETARIAT, scope=Scope.alliance(alliance.id))
        told = MembershipAppliedFor(
            membership_id=new_id(),
            alliance=alliance,
            organization=organization.named,
            region=organization.region,
            status="applied",
        )
        record(session, organization, told)


@pytest.mark.parametrize(("lost", "state"), [("database", "skipped"), ("broker", "waiting")])
def test_only_what_was_never_heard_is_told_to_the_world(settings: Settings, lost: str, state: str) -> None:
    a_told_fact(settings)

    run(settings, "notify", lost)

    with session_of(settings, "notify") as session:
        assert [delivery.state for delivery in session.scalars(select(Delivery))] == [state] * 2
        assert session.scalars(select(InboxRow.state)).first() == State.DONE


def test_what_waited_in_the_backup_is_held_for_a_person_who_can_let_it_go_on(settings: Settings) -> None:
    a_told_fact(settings)
    run(settings, "notify", "broker")

    run(settings, "notify", "database")
    line, _ = list_parked(settings)
    reference = line.split()[0]
    retry_parked(settings, reference)

    assert reference.startswith("notify.delivery/")
    assert "may have been sent" in line
    with session_of(settings, "notify") as session:
        delivery = session.get_one(Delivery, reference.removeprefix("notify.delivery/"))
        assert (delivery.state, delivery.attempts) == (State.WAITING, 0)


def test_of_a_restored_database_every_family_holds_its_own(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    held = []

    class Bots(Service):
        @hook(RESTORED)
        def hold_posts(self, session: Session, until: datetime) -> None:
            held.append(until)

    class WithBots(Bots, NotifyService):
        """A family more, in front of the one that delivers."""

    monkeypatch.setattr("hub.replay.service_class", {"notify": WithBots}.__getitem__)
    a_told_fact(settings)
    run(settings, "notify", "broker")

    run(settings, "notify", "database")

    assert len(held) == 1
    assert [line.split("/")[0] for line in list_parked(settings)] == ["notify.delivery"] * 2
