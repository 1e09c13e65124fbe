"""The forms of importing organisations: a sheet that is looked at first, and then entered as it was shown."""

from __future__ import annotations

from contracts.alliances.registry.organizations import OrganizationKind
from contracts.exports_forms import Part
from contracts.forms import choice, digest, region
from contracts.sheets_forms import SheetFile


class PreviewOrganizations(SheetFile):
    """What a CSV or XLSX file of organisations would become: every match and every fault, row by row. Nothing is changed."""


class ImportOrganizations(SheetFile):
    """Register the organisations of a file that are not registered yet, as its preview has shown; it goes on as a job.

    For the hub office, and the office of the province for what lies in it.
    """

    digest = digest(says="The digest of the preview that is to be carried out.")


class ExportOrganizations(Part):
    """A part of the table of organisations, which can be imported again. Public."""

    kind = choice(OrganizationKind, required=False)
    region = region(required=False)
