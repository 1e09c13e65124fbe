"""How a seal and opened codes look from outside."""

from __future__ import annotations

from typing import Any

from services.events.judging.blinding.model import BlindCode, Seal


def seal_view(seal: Seal, codes: int) -> dict[str, Any]:
    return {
        "stage_id": seal.id,
        "codes": codes,
        "requested_role": seal.requested_role,
        "requested_at": seal.requested_at,
        "opened_at": seal.opened_at,
    }


def code_view(code: BlindCode) -> dict[str, Any]:
    return {"code": code.code, "entry_id": code.entry_id}
