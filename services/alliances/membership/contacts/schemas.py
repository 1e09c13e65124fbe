"""How an office contact looks from outside."""

from __future__ import annotations

from typing import Any

from services.alliances.membership.contacts.model import OfficeContact


def contact_view(contact: OfficeContact) -> dict[str, Any]:
    return {
        "id": contact.id,
        "organization_id": contact.organization_id,
        "position": contact.position,
        "phone": contact.phone,
        "email": contact.email,
        "created_at": contact.created_at,
    }
