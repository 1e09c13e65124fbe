"""Exports of a person on the wire: asked for by the person or the hub office, seen by who has asked."""

from __future__ import annotations

from typing import Any

from contracts.alliances.people import exports_forms as forms
from contracts.forms import ByIds
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.right import SIGNED_IN
from procedures.person_exports.service import ASKED_FOR_EXPORT
from services.alliances.people.exports import commands, queries
from services.alliances.people.exports.schemas import person_export_view
from services.alliances.people.exports.settings import PersonExportSettings
from services.alliances.people.persons.asking import own_person
from services.alliances.rights import HAS_RECORD


class ExportsOfPersonsService(Service):
    """All that the hub holds of a person (个人信息导出), as one file."""

    @command(forms.AskPersonExport, right=HAS_RECORD)
    def ask_person_export(self, session: Session, *, person_id: str, purpose: str | None = None) -> dict[str, Any]:
        person, limits = own_person(session, person_id), self.runtime.settings.of(PersonExportSettings)
        return person_export_view(commands.ask_person_export(session, limits, person=person, purpose=purpose))

    @query(forms.PersonExports, right=SIGNED_IN)
    def person_exports(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.person_exports(session, **which).view(person_export_view)

    @query(ByIds, shows=ASKED_FOR_EXPORT)
    def person_exports_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.person_exports_by_id(session, ids), person_export_view)
