"""Presentations on the wire: everybody reads those of what is public, organisers also those of their drafts."""

from __future__ import annotations

from typing import Any

from contracts.events.editions import presentations_forms as forms
from kit.calls.rpc import query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from services.events.editions.presentations import queries
from services.events.editions.presentations.schemas import presentation_view
from services.events.rights import SEES_EDITION


class PresentationsService(Service):
    """The version that is in force is shown."""

    @query(forms.Presentations, shows=SEES_EDITION)
    def presentations(self, session: Session, *, competition_ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.presentations(session, competition_ids=competition_ids), presentation_view)
