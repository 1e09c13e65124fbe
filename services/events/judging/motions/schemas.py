"""How a motion looks from outside: to everybody, and to those who run or supervise the competition."""

from __future__ import annotations

from typing import Any

from services.events.judging.motions.model import Motion


def motion_view(motion: Motion, *, insider: bool) -> dict[str, Any]:
    """A motion; who proposed and who signed it is for insiders."""
    signers = {"proposed_by": motion.proposed_by, "signed_by": motion.signed_by} if insider else {}
    return {
        "id": motion.id,
        "competition_id": motion.edition_id,
        "stage_id": motion.stage_id,
        "act": motion.act,
        "about_id": motion.about_id,
        "ground": motion.arguments.get("ground"),
        "reason": motion.reason,
        "status": motion.status,
        "digest": motion.digest,
        "document": motion.document,
        "proposed_at": motion.proposed_at,
        "lapses_at": motion.lapses_at,
        "ended_at": motion.ended_at,
        **signers,
    }
