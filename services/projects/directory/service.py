"""The directory on the wire: it hears of organisations."""

from __future__ import annotations

from collections.abc import Mapping

from contracts.alliances.registry.organizations import OrganizationChanged, OrganizationRegistered
from kit.calls.hooks import hook
from kit.calls.mergers import MERGERS_KEPT
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.on_message import on_message
from kit.wire.envelope import Envelope
from services.projects.directory import commands


class DirectoryService(Service):
    """What this service knows of others, so that no question here waits for another service."""

    @on_message(OrganizationRegistered, OrganizationChanged)
    def keep_organization(
        self, session: Session, message: OrganizationRegistered | OrganizationChanged, envelope: Envelope
    ) -> None:
        commands.keep_organization(session, told=message, version=envelope.version)

    @hook(MERGERS_KEPT)
    def keep_survivors(self, session: Session, changed: Mapping[str, str | None]) -> None:
        commands.keep_survivors(session, changed)
