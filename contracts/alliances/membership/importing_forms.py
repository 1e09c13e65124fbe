"""The forms of importing members: a sheet that is looked at first, and then carried out as it was shown."""

from __future__ import annotations

from contracts.alliances.membership.importing import EnterAs
from contracts.exports_forms import Part
from contracts.forms import choice, day, digest, identifier
from contracts.sheets_forms import SheetFile


class PreviewMembers(SheetFile):
    """What a CSV or XLSX file of members would become: every match and every fault, row by row. Nothing is changed."""

    alliance_id = identifier("Alliance", says="The alliance whose members they are.")
    enter_as = choice(EnterAs, says="As what they are entered.")


class ImportMembers(PreviewMembers):
    """Enter the members of a file as its preview has shown; it goes on as a job. For the secretariat.

    What is not registered yet is registered where the viewer may do that.
    """

    digest = digest(says="The digest of the preview that is to be carried out.")


class ExportMembers(Part):
    """A part of the table of the members of an alliance on a day, which can be imported again.

    Those of today are public, those of another day are for the secretariat.
    """

    alliance_id = identifier()
    on = day(required=False)
