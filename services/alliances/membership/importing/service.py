"""Importing members on the wire: the secretariat previews a sheet and has exactly that carried out, as a job."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from contracts.alliances.membership import importing_forms as forms
from contracts.alliances.membership.importing import EnterAs, RowEffect
from contracts.browsing import Stretch
from contracts.exports_forms import MOST_ROWS
from contracts.refusals import NotAllowed
from kit.calls.acting import Acts
from kit.calls.jobs import job_view
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.asking import holds, require
from kit.sheets.sheet import Sheet, read_sheet
from kit.sheets.tables import part_view
from kit.work.jobs import Job, Next, job
from services.alliances.membership.charters.reading import in_force, today
from services.alliances.membership.importing.commands import enter_members
from services.alliances.membership.importing.exporting import members_table
from services.alliances.membership.importing.joining import Joining
from services.alliances.membership.importing.layout import LAYOUT
from services.alliances.membership.importing.placing import give_places, joining_by, places_on
from services.alliances.membership.importing.queries import members_on, since_on
from services.alliances.membership.importing.schemas import preview_view, rows_of
from services.alliances.membership.memberships.commands import JOINED
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.alliances.queries import alliance
from services.alliances.registry.importing.commands import Row, begin, go_on
from services.alliances.registry.importing.judging import Judged, judge
from services.alliances.registry.importing.queries import meant
from services.alliances.registry.importing.service import registering, registrar
from services.alliances.registry.importing.settings import ImportSettings
from services.alliances.rights import ACTS_FOR_ALLIANCE, SEES_MEMBERSHIPS_OF_ALLIANCE

JOB = "import_members"


class MemberImportService(Service):
    """Members from sheets."""

    @query(forms.PreviewMembers, right=ACTS_FOR_ALLIANCE)
    def preview_members(
        self, session: Session, *, alliance_id: str, enter_as: EnterAs, data: bytes | str
    ) -> dict[str, Any]:
        sheet, judged, joining, given = self._members_meant(session, alliance_id, enter_as, data)
        about = {"alliance_id": alliance_id, "enter_as": enter_as.value}
        return preview_view(sheet, judged, joining, given, locale=session.context.locale, about=about)

    @command(forms.ImportMembers, right=ACTS_FOR_ALLIANCE, acts=Acts(Alliance))
    def import_members(
        self, session: Session, *, alliance_id: str, enter_as: EnterAs, data: bytes | str, digest: str
    ) -> dict[str, Any]:
        _, judged, joining, given = self._members_meant(session, alliance_id, enter_as, data)
        rows, most = rows_of(judged, joining, given), self.runtime.settings.jobs.each
        about = {"alliance_id": alliance_id, "enter_as": enter_as.value}
        return job_view(begin(session, JOB, judged, shown=digest, most=most, rows=rows, **about), self.name)

    @query(forms.ExportMembers, right=SEES_MEMBERSHIPS_OF_ALLIANCE)
    def export_members(
        self,
        session: Session,
        *,
        alliance_id: str,
        on: date | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> dict[str, Any]:
        """The members of today are public, those of another day the secretariat's business."""
        now = today(session)
        require(session, SEES_MEMBERSHIPS_OF_ALLIANCE, alliance_id=alliance_id, member=on in {None, now})
        of, day = alliance(session, alliance_id), on or now
        found = members_on(session, alliance_id=of.id, day=day, stretch=Stretch(first or MOST_ROWS, after))
        ids = [each.id for each in found.rows]
        places = places_on(session, of.id, ids, day, own=holds(session, ACTS_FOR_ALLIANCE, alliance_id=of.id))
        table = members_table(found, since_on(session, ids, day), places)
        return part_view(table, zh=f"{of.name_zh} {day}", en=f"{of.name_en} {day}")

    @job(JOB)
    def enter_members(
        self, session: Session, job: Job, *, alliance_id: str, enter_as: str, rows: Sequence[Row]
    ) -> Next | dict[str, Any]:
        if not holds(session, ACTS_FOR_ALLIANCE, alliance_id=alliance_id):
            raise NotAllowed
        into, check = alliance(session, alliance_id), registering(session)

        def some(rows: Sequence[Row]) -> Counter[str]:
            charter = in_force(session, alliance_id)
            entered = enter_members(
                session, alliance=into, enter_as=EnterAs(enter_as), rows=rows, check=check, charter=charter
            )
            if admitted := entered.by_effect[RowEffect.ADMIT]:
                for joined in self.hooked(JOINED):
                    joined(session, admitted, charter)
                give_places(session, admitted, entered.rows, charter)
            return entered.counted

        return go_on(job, rows, some)

    def _members_meant(
        self, session: Session, alliance_id: str, enter_as: EnterAs, data: bytes | str
    ) -> tuple[Sheet, Judged, Joining, dict[int, dict[str, Any]]]:
        """The sheet, what its rows mean, by what they are judged, and what they give to who joins by them."""
        into = alliance(session, alliance_id)
        require(session, ACTS_FOR_ALLIANCE, alliance_id=into.id)
        sheet = read_sheet(data, LAYOUT, most=self.runtime.settings.of(ImportSettings).rows)
        judged = judge(sheet, meant(session, [line.values for line in sheet.lines]), registrar(session))
        ids = [row.organization_id for row in judged.rows if row.organization_id]
        joining = joining_by(session, into, ids, enter_as, {line.values["delegate"] for line in sheet.lines})
        judged, given = joining.judge(sheet, judged)
        return sheet, judged, joining, given
