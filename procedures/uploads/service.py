"""Uploads on the wire: what every service that takes files signs for the gateway, and has deleted from the store."""

from __future__ import annotations

from typing import Any

from contracts.uploads import PIECE_TICKET, PIECES, TicketInvalid
from kit.calls.service import Service
from kit.data.db import Session
from kit.files.stores import StoreAt, delete_all, store_at
from kit.files.tickets import BadTicket, Tickets, tickets_of
from kit.work.jobs import Job, job
from procedures.uploads.files import InPieces
from procedures.uploads.sweeping import DELETE_FILES


class UploadsService(Service):
    """Files come and go through the gateway, on tickets that are signed here."""

    @job(DELETE_FILES)
    def delete_files(self, _session: Session, job: Job, *, keys: list[str]) -> None:
        job.think(delete_all, self.store, keys)

    def upload_view(self, upload: InPieces) -> dict[str, Any]:
        """An upload that has begun, with the address to which its pieces are sent."""
        facts = {"upload": upload.id, "person": upload.person, "size": upload.size, "piece_size": upload.piece_size}
        ticket = self.tickets.sign(PIECE_TICKET, facts, until=upload.expires_at)
        return {
            "id": upload.id,
            "piece_size": upload.piece_size,
            "pieces": upload.pieces,
            "url": f"{PIECES}/{ticket}",
            "expires_at": upload.expires_at,
        }

    def claims_of(self, session: Session, ticket: str, purpose: str) -> dict[str, Any]:
        """What the ticket for a file holds; the ticket is the right. Refuses with TicketInvalid."""
        try:
            return self.tickets.verify(ticket, purpose, now=session.now)
        except BadTicket:
            raise TicketInvalid from None

    @property
    def store(self) -> StoreAt:
        return store_at(self.runtime.settings)

    @property
    def tickets(self) -> Tickets:
        return tickets_of(self.runtime.settings)
