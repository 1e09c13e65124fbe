"""The forms of works: sending a file in pieces, and reading works by name or by blind code."""

from __future__ import annotations

from contracts.forms import Input, identifier, text
from contracts.uploads_forms import FileToSend, OfTicket


class BeginUpload(FileToSend):
    """Announce a file to upload. For the entry's members, its organisation's representative, its province and delegation."""

    entry_id = identifier("Entry", says="The entry whose work it is.")
    work_id = identifier(
        "Work", required=False, says="The work that it is a new version of; without it, it becomes a further work."
    )


class CompleteUpload(Input):
    """Put the pieces together and check them: this makes a new version of the work. Repeated, it gives the same answer."""

    upload_id = identifier("Upload", says="The upload whose pieces have all been sent.")


class Works(Input):
    """The works of an entry, for its people and the organisers; at most 20 in a stage."""

    entry_id = identifier("Entry", says="The entry whose works are asked for.")


class BlindWorks(Input):
    """The works behind a blind code, for a judge to whom it is assigned, once no more works are accepted; at most 20."""

    stage_id = identifier("Stage", says="The stage in which they are judged.")
    code = text(max=50, says="The blind code, as the judge's sheet has it.")


class FileOfTicket(OfTicket):
    """Where the work lies that a ticket names."""
