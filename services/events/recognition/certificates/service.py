"""Certificates on the wire: public to whoever has the number."""

from __future__ import annotations

from typing import Any

from contracts.events.recognition import awards_forms as forms
from kit.calls.rpc import query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from services.events.recognition.certificates import queries
from services.events.recognition.certificates.schemas import certificate_view


class CertificatesService(Service):
    """What a certificate says, and which were revoked."""

    @query(forms.CertificatesByNumber)
    def certificates_by_number(self, session: Session, *, numbers: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.certificates_by_number(session, numbers), certificate_view)

    @query(forms.Revocations)
    def revocations(self, session: Session, *, competition_id: str) -> list[int]:
        """The places in the status list of an edition that are revoked."""
        return queries.revocations(session, competition_id)
