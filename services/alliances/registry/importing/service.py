"""Importing organisations on the wire: a sheet is previewed by whoever is signed in, and entered where they may register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from contracts.alliances.registry import importing_forms as forms
from contracts.browsing import Stretch
from contracts.exports_forms import MOST_ROWS
from contracts.regions import province_of
from kit.calls.jobs import job_view
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.asking import of_each, require
from kit.sheets.layout import Layout
from kit.sheets.sheet import Sheet, read_sheet
from kit.sheets.tables import part_view
from kit.work.jobs import Job, Next, job
from services.alliances.registry.importing import commands
from services.alliances.registry.importing.exporting import organizations_table
from services.alliances.registry.importing.judging import Judged, Registrar, judge
from services.alliances.registry.importing.layout import ORGANIZATION, PASSED_OVER
from services.alliances.registry.importing.queries import meant
from services.alliances.registry.importing.schemas import preview_view
from services.alliances.registry.importing.settings import ImportSettings
from services.alliances.registry.organizations.queries import organizations
from services.alliances.rights import ENTERS_BY_SHEET, ENTERS_IN_PROVINCE

LAYOUT = Layout(ORGANIZATION, PASSED_OVER)
JOB = "import_organizations"


class ImportService(Service):
    """Organisations from sheets."""

    @query(forms.PreviewOrganizations, right=ENTERS_BY_SHEET)
    def preview_organizations(self, session: Session, *, data: bytes | str) -> dict[str, Any]:
        sheet, judged = self._organizations_meant(session, data)
        return preview_view(sheet, judged, session.context.locale)

    @command(forms.ImportOrganizations, right=ENTERS_BY_SHEET)
    def import_organizations(self, session: Session, *, data: bytes | str, digest: str) -> dict[str, Any]:
        _, judged = self._organizations_meant(session, data)
        rows, most = [commands.kept(row) for row in judged.rows], self.runtime.settings.jobs.each
        return job_view(commands.begin(session, JOB, judged, shown=digest, most=most, rows=rows), self.name)

    @query(forms.ExportOrganizations)
    def export_organizations(
        self, session: Session, *, first: int | None = None, after: str | None = None, **which: Any
    ) -> dict[str, Any]:
        found = organizations(session, **which, stretch=Stretch(first or MOST_ROWS, after))
        return part_view(organizations_table(found), zh="单位", en="Organisations")

    @job(JOB)
    def enter_organizations(self, session: Session, job: Job, *, rows: Sequence[commands.Row]) -> Next | dict[str, Any]:
        check = registering(session)

        def some(rows: Sequence[commands.Row]) -> Counter[str]:
            _, made = commands.registered(session, rows, check)
            return Counter({"registered": made, "unchanged": len(rows) - made})

        return commands.go_on(job, rows, some)

    def _organizations_meant(self, session: Session, data: bytes | str) -> tuple[Sheet, Judged]:
        require(session, ENTERS_BY_SHEET, row_by_row=True)
        sheet = read_sheet(data, LAYOUT, most=self.runtime.settings.of(ImportSettings).rows)
        return sheet, judge(sheet, meant(session, [line.values for line in sheet.lines]), registrar(session))


def registrar(session: Session) -> Registrar:
    """Where the viewer may register organisations."""
    test = ENTERS_IN_PROVINCE.test(session)
    return Registrar(ENTERS_IN_PROVINCE.is_held_somewhere(session), lambda province: test(province=province))


def registering(session: Session) -> Any:
    """Refuses with NotAllowed where the viewer may not register what has its seat in a region."""
    check = of_each(session, ENTERS_IN_PROVINCE)
    return lambda region: check(province=province_of(region))
