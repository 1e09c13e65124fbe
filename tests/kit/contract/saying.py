"""Saying: builds messages as `notes` would send them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from kit.ids import new_id
from kit.wire.envelope import Envelope
from tests.kit.contract.small_services import NoteRewritten, NoteWritten


def said(message: NoteWritten | NoteRewritten, **changes: Any) -> Envelope:
    """The message on its way, with whatever a test wants to be different."""
    envelope = Envelope(
        id=new_id(),
        type=message.type,
        source="/notes",
        subject_type="note",
        subject_id=message.note_id,
        version=1,
        time=datetime.now(UTC),
        actor="person:somebody",
        correlation_id=new_id(),
        data=message.data(),
    )
    return replace(envelope, **changes)
