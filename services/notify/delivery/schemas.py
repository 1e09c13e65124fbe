"""How a contact and a delivery look from outside."""

from __future__ import annotations

from typing import Any

from kit.work.faults import fault_of
from services.notify.delivery.model import Contact, Delivery


def contact_view(contact: Contact) -> dict[str, Any]:
    return {
        "address": contact.address,
        "locale": contact.locale,
        "wants_email": contact.wants_email,
        "confirmed": contact.confirmed,
    }


def delivery_view(delivery: Delivery) -> dict[str, Any]:
    """Without the address, which the delivery does not know."""
    return {
        "id": delivery.id,
        "notice_id": delivery.notice_id,
        "rule": delivery.notice.rule,
        "recipient": delivery.notice.recipient,
        "channel": delivery.channel,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "due_at": delivery.due_at,
        "error": delivery.error,
        "fault": fault_of(delivery.error) if delivery.error else None,
        "created_at": delivery.created_at,
        "sent_at": delivery.sent_at,
    }
