"""Blinding on the wire: an organiser and a supervisor open codes together, and see them afterwards."""

from __future__ import annotations

from typing import Any

from contracts.events.judging import blinding_forms as forms
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.asking import require
from services.events.editions.editions.model import Stage
from services.events.editions.editions.queries import stage as find_stage
from services.events.judging.blinding import commands, queries
from services.events.judging.blinding.model import Seal
from services.events.judging.blinding.schemas import code_view, seal_view
from services.events.rights import OVERSEES


class BlindingService(Service):
    """Nothing here, and nothing anywhere else, joins a code and an entry before both have acted."""

    @command(forms.OpenCodes, right=OVERSEES)
    def open_codes(self, session: Session, *, stage_id: str) -> dict[str, Any]:
        stage = _overseen(session, stage_id)
        stage.check_not_cancelled()
        roles = queries.opening_roles(session, stage.edition.series_id)
        return _view(session, commands.open_codes(session, stage=stage, roles=roles))

    @command(forms.TakeBackOpening, right=OVERSEES)
    def take_back_opening(self, session: Session, *, stage_id: str) -> dict[str, Any]:
        return _view(session, commands.take_back_opening(session, stage=_overseen(session, stage_id)))

    @query(forms.Seal, right=OVERSEES)
    def seal(self, session: Session, *, stage_id: str) -> dict[str, Any]:
        return _view(session, queries.seal(session, _overseen(session, stage_id).id))

    @query(forms.OpenedCodes, right=OVERSEES)
    def opened_codes(self, session: Session, *, stage_id: str, **which: Any) -> dict[str, Any]:
        stage = _overseen(session, stage_id)
        return queries.opened_codes(session, stage_id=stage.id, **which).view(code_view)


def _overseen(session: Session, stage_id: str) -> Stage:
    """The stage, if the viewer organises or supervises its series."""
    stage = find_stage(session, stage_id)
    require(session, OVERSEES, series_id=stage.edition.series_id)
    return stage


def _view(session: Session, seal: Seal) -> dict[str, Any]:
    return seal_view(seal, queries.codes(session, seal.id))
