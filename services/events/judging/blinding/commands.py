"""What can be done about blind codes: deal them, ask for them to be opened, take that back, open them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from contracts.events.admission.entries import ParticipantStatus
from contracts.events.judging import blinding as say
from contracts.events.judging.blinding import OpeningRole
from contracts.refusals import ChangedMeanwhile
from kit.data.db import Session
from kit.messages.outbox import record
from kit.work.jobs import Think, at_once
from services.events.admission.entries.model import Participant
from services.events.editions.editions.model import Stage
from services.events.judging.blinding.model import BlindCode, Seal, new_codes
from services.events.judging.blinding.queries import seal
from services.events.judging.locks.queries import locked


def deal_codes(session: Session, stage: Stage, think: Think = at_once) -> None:
    """Give every participant of a stage that has none yet a blind code; changes nothing where all have one.

    The codes are thought of, so that they stay the same when the dealing is begun again. The rows are written in the order
    of the codes: not even the database keeps an order that leads to entries.
    """
    dealt = select(BlindCode.entry_id).where(BlindCode.stage_id == stage.id)
    without = select(Participant.entry_id).where(
        Participant.stage_id == stage.id,
        Participant.status == ParticipantStatus.COMPETING,
        Participant.entry_id.not_in(dealt),
    )
    entries = session.scalars(without.order_by(Participant.entry_id)).all()
    if not entries:
        return
    taken = set(session.scalars(select(BlindCode.code).where(BlindCode.stage_id == stage.id)))
    codes = think(new_codes, stage.track.code, taken, len(entries))
    rows = [
        {"stage_id": stage.id, "code": code, "entry_id": entry_id}
        for code, entry_id in zip(codes, entries, strict=True)
    ]
    its_seal = session.get(Seal, stage.id) or Seal(id=stage.id, created_at=session.now)
    session.add(its_seal)
    record(session, its_seal, say.CodesDealt(**stage.about, codes=len(rows)))
    try:
        session.flush()
        session.execute(insert(BlindCode), sorted(rows, key=lambda row: row["code"]))
    except IntegrityError as error:  # somebody else dealt them at the same moment
        raise ChangedMeanwhile from error


def open_codes(session: Session, *, stage: Stage, roles: Sequence[OpeningRole]) -> Seal:
    """Ask for the codes to be opened or, where another person in the other role has asked, open them.

    `roles` are those of the viewer. Refuses with CodesNotDealt, SheetsNotLocked, CodesOpenAlready, OtherPersonMustOpen or
    OtherRoleMustOpen.
    """
    its_seal = seal(session, stage.id)
    its_seal.check_sealed()
    locked(session, stage.id)
    if its_seal.requested_by is None:
        its_seal.request(session.viewer.id, roles[0], session.now)
        record(session, its_seal, say.OpeningRequested(**stage.about, role=roles[0]))
    else:
        its_seal.open(session.viewer.id, roles, session.now)
        record(session, its_seal, say.CodesOpened(**stage.about, role=str(its_seal.opened_role)))
    return its_seal


def take_back_opening(session: Session, *, stage: Stage) -> Seal:
    """No longer ask for the codes to be opened; refuses who has not asked, and CodesOpenAlready."""
    its_seal = seal(session, stage.id)
    role = str(its_seal.requested_role)
    its_seal.take_back(session.viewer.id)
    record(session, its_seal, say.OpeningTakenBack(**stage.about, role=role))
    return its_seal
