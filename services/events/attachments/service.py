"""Attachments on the wire: organisers add files to an edition, everybody who may know of it reads them, timers delete them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts.events.attachments import attachments_forms as forms
from contracts.events.attachments.attachments import ATTACHMENT_TICKET, ATTACHMENTS
from kit.calls.acting import Acts
from kit.calls.long import long_command
from kit.calls.rpc import command, query
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require
from kit.work.jobs import Think
from kit.work.timers import on_due
from procedures.uploads.service import UploadsService
from services.events.attachments import commands, queries, retaining
from services.events.attachments.model import Attachment, AttachmentFile
from services.events.attachments.schemas import attachment_view, file_view
from services.events.attachments.settings import AttachmentSettings
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import edition as edition_of
from services.events.rights import ORGANIZES, SEES_EDITION


class AttachmentsService(UploadsService):
    """What a competition has attached: its call, its forms, its plans."""

    @command(forms.BeginAttachment, right=ORGANIZES, acts=Acts(Edition, Edition.check_not_cancelled))
    def begin_attachment(self, session: Session, *, competition_id: str, **file: Any) -> dict[str, Any]:
        edition = edition_of(session, competition_id)
        require(session, ORGANIZES, series_id=edition.series_id)
        most = self.runtime.settings.of(AttachmentSettings)
        return self.upload_view(commands.begin_attachment(session, edition=edition, most=most, **file))

    @long_command(forms.CompleteAttachment, right=ORGANIZES)
    def complete_attachment(self, session: Session, think: Think, *, upload_id: str) -> dict[str, Any]:
        """The attachment; the same again, however often it is asked."""
        edition = edition_of(session, queries.edition_of_upload(session, upload_id))
        require(session, ORGANIZES, series_id=edition.series_id)
        done = commands.complete_attachment(session, think, upload_id=upload_id, edition=edition, at=self.store)
        return self._attachment_view(session, done)

    @command(forms.RenameAttachment, right=ORGANIZES)
    def rename_attachment(
        self, session: Session, *, attachment_id: str, name_zh: str, name_en: str, reason: str | None = None
    ) -> dict[str, Any]:
        found, names = _own(session, attachment_id), {"name_zh": name_zh, "name_en": name_en}
        return self._attachment_view(
            session, commands.rename_attachment(session, attachment=found, **names, reason=reason)
        )

    @command(forms.OrderAttachments, right=ORGANIZES)
    def order_attachments(
        self, session: Session, *, competition_id: str, attachment_ids: list[str]
    ) -> list[dict[str, Any]]:
        """The attachments in their new order."""
        edition = edition_of(session, competition_id)
        require(session, ORGANIZES, series_id=edition.series_id)
        commands.order_attachments(session, edition=edition, attachment_ids=attachment_ids)
        return self._attachment_views(session, queries.of_edition(session, edition.id))

    @command(forms.RemoveAttachment, right=ORGANIZES)
    def remove_attachment(
        self, session: Session, *, attachment_id: str, reason: str | None = None
    ) -> list[dict[str, Any]]:
        """The attachments that are left."""
        found = _own(session, attachment_id)
        commands.remove_attachment(session, attachment=found, reason=reason)
        return self._attachment_views(session, queries.of_edition(session, found.edition_id))

    @command(forms.RestoreAttachment, right=ORGANIZES)
    def restore_attachment(self, session: Session, *, attachment_id: str, reason: str | None = None) -> dict[str, Any]:
        found = _own(session, attachment_id)
        return self._attachment_view(session, commands.restore_attachment(session, attachment=found, reason=reason))

    @query(forms.Attachments, shows=SEES_EDITION)
    def attachments(self, session: Session, *, competition_ids: list[str]) -> list[dict[str, Any]]:
        return self._attachment_views(session, queries.attachments(session, competition_ids=competition_ids))

    @query(forms.RemovedAttachments, shows=ORGANIZES)
    def removed_attachments(self, session: Session, *, competition_ids: list[str]) -> list[dict[str, Any]]:
        return self._attachment_views(session, queries.removed_attachments(session, competition_ids=competition_ids))

    @query(forms.AttachmentOfTicket)
    def attachment_of_ticket(self, session: Session, *, ticket: str) -> dict[str, Any]:
        """For the gateway: where the file lies that a ticket names. The ticket is the right, as long as the file is shown."""
        claims = self.claims_of(session, ticket, ATTACHMENT_TICKET)
        return file_view(queries.file(session, claims["file"], past=claims["past"]))

    @on_due(retaining.SWEEP_ATTACHMENT)
    def sweep_attachment(self, session: Session, upload_id: str) -> None:
        retaining.sweep_upload(session, upload=queries.upload(session, upload_id))

    @on_due(retaining.ERASE_ATTACHMENT)
    def erase_attachment(self, session: Session, file_id: str) -> None:
        retaining.erase_when_due(session, file_id=file_id)

    @on_due(retaining.ERASE_ATTACHMENTS)
    def erase_attachments(self, session: Session, edition_id: str) -> None:
        retaining.erase_all_when_due(session, edition=edition_of(session, edition_id))

    def _attachment_view(self, session: Session, attachment: Attachment) -> dict[str, Any]:
        return self._attachment_views(session, [attachment])[0]

    def _attachment_views(self, session: Session, attachments: Sequence[Attachment]) -> list[dict[str, Any]]:
        """Attachments, each with a link to the file that is shown; for organisers also to those that are kept."""
        rules = retaining.rules_of(session, {each.edition_id for each in attachments})
        organizes = ORGANIZES.test(session)

        def address(attachment: Attachment, file: AttachmentFile) -> str | None:
            past = not attachment.shows(file)
            if file.erased_at or (past and not organizes(series_id=attachment.edition.series_id)):
                return None
            until = rules[attachment.edition_id].link_until(session.now)
            return f"{ATTACHMENTS}/{self.tickets.sign(ATTACHMENT_TICKET, {'file': file.id, 'past': past}, until=until)}"

        return rendered(attachments, lambda each: attachment_view(each, address))


def _own(session: Session, attachment_id: str) -> Attachment:
    """The attachment, for whoever organises its edition."""
    found = queries.attachment(session, attachment_id)
    require(session, ORGANIZES, series_id=found.edition.series_id)
    return found
