"""Mergers: what every service but their owner hears of organisations that are one, so that each of their ids counts for all."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.alliances.merging.mergers import MergerMessage, OrganizationsMerged, OrganizationsUnmerged
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.handlers import Received
from kit.messages.on_message import on_messages
from kit.rights.mergers import Told, keep_mergers

MERGERS_KEPT = "mergers kept"
"""The hook on mergers that came or went: `def follow(self, session, changed)` gets what `regroup` returns."""


class MergersService(Service):
    """Keeps a copy of every merger, as alliances tells of it."""

    @on_messages(OrganizationsMerged, OrganizationsUnmerged)
    def keep_merger(self, session: Session, received: Sequence[Received[MergerMessage]]) -> None:
        changed = keep_mergers(session, (Told.by(one.message, one.envelope.version) for one in received))
        for follow in self.hooked(MERGERS_KEPT):
            follow(session, changed)
