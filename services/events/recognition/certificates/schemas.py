"""How a certificate looks from outside."""

from __future__ import annotations

from typing import Any

from services.events.recognition.certificates.model import Certificate


def certificate_view(certificate: Certificate) -> dict[str, Any]:
    """All that it says, and whether it stands; not for whom in the hub it is."""
    award = certificate.award
    return {
        **certificate.facts,
        "number": certificate.number,
        "issued_at": certificate.issued_at,
        "withdrawn_at": award.withdrawn_at,
        "ground": award.ground,
        "status_list": certificate.edition_id,
        "status_index": certificate.status_index,
    }
