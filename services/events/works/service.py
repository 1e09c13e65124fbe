"""Works on the wire: the people of an entry hand in, organisers read, judges read by blind code, the gateway gives out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from contracts.authority import Role, Scope
from contracts.events.entries import EntryWithdrawn
from contracts.events.works import FILE_TICKET, PIECE_TICKET
from contracts.refusals import NotFound
from kit.authz import Right, require
from kit.db import Session
from kit.envelope import Envelope
from kit.on_message import on_message
from kit.rpc import command, query
from kit.schedule import on_due
from kit.service import Service
from kit.store import Store
from kit.stores import store_of
from kit.tickets import BadTicket, Tickets, tickets_of
from services.events.competitions.queries import leads, organizes
from services.events.competitions.rules import section
from services.events.entries import queries as entries
from services.events.entries.model import Entry
from services.events.works import commands, queries, schemas
from services.events.works.model import Upload, Work, WorkVersion
from services.events.works.rules import WorksForm
from services.events.works.schemas import file_view, upload_view, work_view


class WorksService(Service):
    """Files come and go through the gateway, on tickets that are signed here."""

    @command(schemas.BeginUpload)
    def begin_upload(
        self, session: Session, *, entry_id: str, work_id: str | None = None, **file: Any
    ) -> dict[str, Any]:
        entry = entries.entry(session, entry_id)
        _require_people(session, entry)
        work = queries.work(session, work_id) if work_id else None
        upload = commands.begin_upload(session, entry=entry, work=work, **file)
        return upload_view(upload, self._piece_ticket(upload))

    @command(schemas.OneUpload)
    def complete_upload(self, session: Session, *, upload_id: str) -> dict[str, Any]:
        """The work with its new version; the same again, however often it is asked."""
        completed = queries.completed(session, upload_id)
        upload = None if completed else queries.upload(session, upload_id)
        if upload is None:  # completed before, perhaps while we waited for it
            completed = completed or queries.completed(session, upload_id)
        found = completed or upload
        if found is None:
            raise NotFound("uploadId")
        entry = entries.entry(session, found.entry_id)
        _require_people(session, entry)
        if isinstance(found, Upload):
            found = commands.complete_upload(session, upload=found, entry=entry, store=self._store)
        return self._work_view(session, queries.work(session, found.id), entry)
