"""Held: everything that is kept about an entry and its people, as one document for the person concerned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kit.data.db import Session
from kit.messages.outbox import history
from services.events.admission.entries.model import Entry, EntryAnswer, Member
from services.events.admission.entries.schemas import answer_view, entry_view, member_view

MOST_MESSAGES = 1_000


def held_about(
    session: Session, entry: Entry, members: Sequence[Member], answers: Sequence[EntryAnswer]
) -> dict[str, Any]:
    """The entry, those of its members who may be shown, and what was said about it; messages name nobody but who acted.

    A member's key stands for their identity number, which is not kept; that there is one is told as `identified`.
    """
    messages = history(session, "entry", entry.id, first=MOST_MESSAGES)
    return {
        "entry": entry_view(entry),
        "members": [member_view(member) for member in members],
        "answers": [answer_view(answer) for answer in answers],
        "substitutions": entry.substitutions,
        "history": [{"type": row.type, "time": row.time, "actor": row.actor, "data": row.data} for row in messages],
    }
