"""A service's part of an export: gathered when alliances says that somebody may have it, and read by them alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from contracts import person_exports_forms as forms
from contracts.alliances.people.exports import PersonExportAsked
from contracts.alliances.people.persons import PersonErased
from contracts.refusals import NotFound
from kit.calls.rpc import query
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.handlers import Received
from kit.messages.on_message import on_messages
from kit.rights.asking import holds
from kit.rights.right import person
from kit.work.jobs import Job, Next, job
from kit.work.timers import on_due
from procedures.person_exports import gathering
from procedures.person_exports.sources import OF_EVERY_SERVICE, Source
from procedures.person_exports.tables import PersonPart, PersonPiece

ASKED_FOR_EXPORT = person("asked_by", "申请导出者本人", "who asked for the export").exactly()
"""Nobody else, of the hub office either: whoever wants to see it asks for one of their own, and the person is told."""


class PersonExportsService(Service):
    """Gathers what the service holds of a person, for a few days."""

    personal: ClassVar[tuple[Source, ...]]

    @on_messages(PersonExportAsked)
    def gather_person(self, session: Session, received: Sequence[Received[PersonExportAsked]]) -> None:
        for one in received:
            gathering.begin(session, one.message)

    @job(gathering.GATHER)
    def gather_step(self, session: Session, job: Job, **whose: Any) -> dict[str, Any] | Next:
        return gathering.gather(session, (*self.personal, *OF_EVERY_SERVICE), job.saved, **whose)

    @on_messages(PersonErased)
    def drop_person_parts(self, session: Session, received: Sequence[Received[PersonErased]]) -> None:
        for one in received:
            gathering.drop_of(session, {one.message.person_id, *one.message.record_ids})

    @on_due(gathering.DROP)
    def drop_person_part(self, session: Session, part_id: str) -> None:
        gathering.drop(session, part_id)

    @query(forms.PersonParts, shows=ASKED_FOR_EXPORT)
    def person_parts(self, session: Session, *, person_export_ids: list[str]) -> list[dict[str, Any]]:
        shown = ASKED_FOR_EXPORT.test(session)
        return [
            _view(part, self.name)
            for part in gathering.parts(session, person_export_ids)
            if shown(asked_by=part.asked_by)
        ]

    @query(forms.PersonPiece, shows=ASKED_FOR_EXPORT)
    def person_piece(self, session: Session, *, person_export_id: str, number: int) -> dict[str, Any]:
        here = [
            part
            for part in gathering.parts(session, [person_export_id])
            if holds(session, ASKED_FOR_EXPORT, asked_by=part.asked_by)
        ]
        piece = session.get(PersonPiece, (person_export_id, number)) if here else None
        if piece is None:
            raise NotFound("personExportId")
        return {"source": piece.source, "rows": piece.rows}


def _view(part: PersonPart, service: str) -> dict[str, Any]:
    return {
        "person_export_id": part.id,
        "service": service,
        "pieces": part.pieces,
        "rows": part.rows,
        "cut": part.cut,
        "finished_at": part.finished_at,
    }
