"""The forms of papers: what an organisation adds to its application before it hands it in."""

from __future__ import annotations

from contracts.forms import Input, identifier, verbatim
from contracts.uploads_forms import FileToSend, OfTicket


class BeginApplicationPaper(FileToSend):
    """Announce a paper for an application that is not handed in yet, or was sent back. For the organisation."""

    alliance_id = identifier("Alliance", says="The alliance that the organisation wants to join.")
    organization_id = identifier("Organization", says="The organisation whose paper it is.")
    kind = verbatim(
        max=30,
        required=False,
        says="Which of the charter's papers it is, by its code; it replaces an earlier one. Without it, it is a further paper.",
    )


class CompleteApplicationPaper(Input):
    """Put the pieces together and check them: this makes the paper. Repeated, it gives the same answer."""

    upload_id = identifier("Upload", says="The upload whose pieces have all been sent.")


class RemoveApplicationPaper(Input):
    """Take a paper back before the application is handed in, or after it was sent back. For the organisation."""

    paper_id = identifier("ApplicationPaper", says="The paper that does not belong there.")


class ApplicationPapers(Input):
    """The papers of an application, at most 30. Both sides see which there are; the secretariat alone reads them."""

    alliance_id = identifier("Alliance", says="The alliance to which the organisation applies.")
    organization_id = identifier("Organization", says="The organisation that applies.")


class PaperOfTicket(OfTicket):
    """Where the paper lies that a ticket names."""
