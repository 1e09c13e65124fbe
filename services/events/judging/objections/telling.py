"""Telling: what every message about an objection says of it."""

from __future__ import annotations

from typing import Any

from contracts.base import Message, Named
from kit.data.db import Session
from kit.messages.outbox import record
from services.events.judging.objections.model import Objection


def tell(session: Session, objection: Objection, message: type[Message], **facts: Any) -> None:
    named = Named(id=objection.organization_id, zh=objection.organization_zh, en=objection.organization_en)
    about = {
        "objection_id": objection.id,
        "result_id": objection.result_id,
        "ground": objection.ground,
        "person": objection.person,
        "standing": objection.standing,
        "organization": named,
        "province": objection.province,
    }
    record(session, objection, message(**objection.result.stage.about, **about, **facts))
