"""Works on the wire: the people of an entry hand in, organisers read, judges read by blind code, the gateway gives out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from contracts.events.admission.entries import EntryWithdrawn
from contracts.events.editions.phases import PhaseKind
from contracts.events.judging import works_forms as forms
from contracts.events.judging.works import FILE_TICKET
from contracts.refusals import NotAllowed, NotFound
from kit.calls.hooks import hook
from kit.calls.long import long_command
from kit.calls.rpc import command, query
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.messages.on_message import on_message
from kit.rights.asking import require
from kit.wire.envelope import Envelope
from kit.work.jobs import Think
from kit.work.timers import on_due
from procedures.reminders.settings import ReminderSettings
from procedures.uploads.service import UploadsService
from services.events.admission.entries import queries as entries
from services.events.admission.entries.model import Entry
from services.events.admission.entries.rights import READS_WORKS, WORKS_ON_ENTRY
from services.events.editions.editions.queries import stage
from services.events.editions.phases.commands import phase_closed
from services.events.editions.phases.model import Phase
from services.events.editions.phases.queries import phase as find_phase
from services.events.editions.rulesets.reading import section
from services.events.judging.blinding.queries import opened
from services.events.judging.judges.queries import running
from services.events.judging.works import commands, queries, reminding, retaining
from services.events.judging.works.model import Work
from services.events.judging.works.rules import WorksForm
from services.events.judging.works.schemas import blind_view, file_view, work_view
from services.events.judging.works.settings import WorksSettings
from services.events.rights import JUDGES_CODE


class WorksService(UploadsService):
    """The works of entries."""

    @command(forms.BeginUpload, right=WORKS_ON_ENTRY)
    def begin_upload(
        self, session: Session, *, entry_id: str, work_id: str | None = None, **file: Any
    ) -> dict[str, Any]:
        entry = entries.entry(session, entry_id)
        require(session, WORKS_ON_ENTRY, **entry.keys)
        work = queries.work(session, work_id) if work_id else None
        most = self.runtime.settings.of(WorksSettings)
        upload = commands.begin_upload(session, entry=entry, work=work, most=most, **file)
        return self.upload_view(upload)

    @long_command(forms.CompleteUpload, right=WORKS_ON_ENTRY)
    def complete_upload(self, session: Session, think: Think, *, upload_id: str) -> dict[str, Any]:
        """The work with its new version; the same again, however often it is asked."""
        entry = entries.entry(session, queries.entry_of_upload(session, upload_id))
        require(session, WORKS_ON_ENTRY, **entry.keys)
        work = commands.complete_upload(session, think, upload_id=upload_id, entry=entry, at=self.store)
        return self._views(session, entry, [queries.work(session, work.id)])[0]

    @hook(phase_closed(PhaseKind.WORKS))
    def fix_works(self, session: Session, phase: Phase) -> None:
        commands.fix_works(session, phase)

    @query(forms.Works, right=READS_WORKS)
    def works(self, session: Session, *, entry_id: str) -> list[dict[str, Any]]:
        entry = entries.entry(session, entry_id)
        require(session, READS_WORKS, **entry.keys)
        return self._views(session, entry, queries.works(session, entry.id))

    @query(forms.BlindWorks, right=JUDGES_CODE)
    def blind_works(self, session: Session, *, stage_id: str, code: str) -> list[dict[str, Any]]:
        """What a judge sees of the entry behind a code; whoever does not judge it does not learn whether there is one."""
        if not queries.judges(session, stage_id, code):
            raise NotAllowed
        judged = stage(session, stage_id)
        if not opened(session, stage_id) and session.viewer.id in running(session, judged):
            raise NotAllowed  # whoever sees works by name must not see them by code as well
        rules = section(session, judged.track, WorksForm)
        until = session.now + timedelta(minutes=rules.link_minutes)
        return [
            blind_view(place, version, rules.size_class(version.size), self._blind_ticket(stage_id, code, place, until))
            for place, version in queries.judged_versions(session, stage_id, code)
        ]

    @query(forms.FileOfTicket)
    def file_of_ticket(self, session: Session, *, ticket: str) -> dict[str, Any]:
        """For the gateway: where the file lies that a ticket names, and as what it is given out. The ticket is the right."""
        claims = self.claims_of(session, ticket, FILE_TICKET)
        if "code" in claims:
            return _blind_file(session, claims["stage"], claims["code"], claims["place"])
        version = queries.version(session, claims["version"])
        if version is None:
            raise NotFound("ticket")
        return file_view(version, version.name)

    @on_message(EntryWithdrawn)
    def forget_works(self, session: Session, message: EntryWithdrawn, _envelope: Envelope) -> None:
        retaining.forget_works(session, entry=entries.entry(session, message.entry_id))

    @on_due(retaining.SWEEP_UPLOAD)
    def sweep_upload(self, session: Session, upload_id: str) -> None:
        retaining.sweep_upload(session, upload=queries.upload(session, upload_id))

    @on_due(retaining.PRUNE_WORK)
    def prune_work(self, session: Session, work_id: str) -> None:
        retaining.prune_work(session, work=queries.work(session, work_id))

    @on_due(reminding.REMIND_OF_WORKS)
    def remind_of_works(self, session: Session, phase_id: str) -> None:
        lead = self.runtime.settings.of(ReminderSettings).lead
        reminding.remind_of_works(session, phase=find_phase(session, phase_id), lead=lead)

    @on_due(retaining.ERASE_WORKS)
    def erase_works(self, session: Session, entry_id: str) -> None:
        retaining.erase_works(session, entry=entries.entry(session, entry_id))

    def _views(self, session: Session, entry: Entry, works: Sequence[Work]) -> list[dict[str, Any]]:
        """The works with a link to each version that is kept."""
        until = session.now + timedelta(minutes=section(session, entry.track, WorksForm).link_minutes)
        kept = [version.id for work in works for version in work.versions]
        tickets = {each: self.tickets.sign(FILE_TICKET, {"version": each}, until=until) for each in kept}
        return rendered(works, lambda work: work_view(work, tickets))

    def _blind_ticket(self, stage_id: str, code: str, place: int, until: datetime) -> str:
        """It names the code and nothing by which the work could be found again among those that are known by name."""
        return self.tickets.sign(FILE_TICKET, {"stage": stage_id, "code": code, "place": place}, until=until)


def _blind_file(session: Session, stage_id: str, code: str, place: int) -> dict[str, Any]:
    """The file of a code, under the code's name."""
    version = dict(queries.judged_versions(session, stage_id, code)).get(place)
    if version is None:
        raise NotFound("ticket")
    name = code if place == 1 else f"{code}-{place}"
    return file_view(version, f"{name}.{version.extension}")
