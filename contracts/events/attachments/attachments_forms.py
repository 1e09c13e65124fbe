"""The forms of attachments: what organisers add to an edition, replace, order and take away."""

from __future__ import annotations

from contracts.forms import Input, identifier, listing, text
from contracts.uploads_forms import FileToSend, OfTicket

MOST = 100
"""How many attachments an edition has at most, whatever its rules say."""


class _Reasoned(Input):
    reason = text(
        lines=True, max=500, required=False, says="Why, in words for those who are told; for a published competition."
    )


class _OneAttachment(_Reasoned):
    attachment_id = identifier("Attachment", says="The attachment.")


class BeginAttachment(FileToSend, _Reasoned):
    """Announce a file for a competition: a further attachment, or the next version of one. For its organisers.

    A published competition wants a reason, and who has entered is told once the file has been completed.
    """

    competition_id = identifier("Competition", says="The competition.")
    attachment_id = identifier(
        "Attachment", required=False, says="The attachment whose file it replaces; without it, it is a further one."
    )
    name_zh = text(max=100, required=False, says="What it is called in Chinese; one that is replaced keeps its name.")
    name_en = text(max=200, required=False, says="What it is called in English; one that is replaced keeps its name.")


class CompleteAttachment(Input):
    """Put the pieces together and check them: this attaches the file. Repeated, it gives the same answer."""

    upload_id = identifier("Upload", says="The upload whose pieces have all been sent.")


class RenameAttachment(_OneAttachment):
    """Call an attachment otherwise. For its organisers; a published competition wants a reason."""

    name_zh = text(max=100, says="What it is called in Chinese.")
    name_en = text(max=200, says="What it is called in English.")


class OrderAttachments(Input):
    """Show the attachments of a competition in another order. For its organisers."""

    competition_id = identifier("Competition", says="The competition.")
    attachment_ids = listing(
        identifier("Attachment"), min=1, max=MOST, says="All attachments that it has, in their new order."
    )


class RemoveAttachment(_OneAttachment):
    """Take an attachment away. For its organisers; a published competition wants a reason, and who has entered is told.

    It can be taken away from a cancelled competition too. Its files are kept for some days, in which it can be restored
    unless the competition is cancelled, and then deleted.
    """


class RestoreAttachment(_OneAttachment):
    """Take back that an attachment was removed, as long as its file is kept. It stands last then. For its organisers."""


class Attachments(Input):
    """The attachments of several competitions, in their order."""

    competition_ids = listing(identifier(), min=1, max=100)


class RemovedAttachments(Input):
    """The last 100 attachments that were removed from each of several competitions. For their organisers."""

    competition_ids = listing(identifier(), min=1, max=100)


class AttachmentOfTicket(OfTicket):
    """Where the file of an attachment lies that a ticket names."""
