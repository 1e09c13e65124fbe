"""Presenting: an edition's introduction, office and venue change part by part; who is concerned is told of another venue."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.base import Named
from contracts.events.editions.presentations import CompetitionPresented, VenueMoved
from contracts.refusals import ChangedMeanwhile, NothingChanged, Required
from kit.data.db import Session
from kit.messages.outbox import record
from services.events.competitions.telling import concerned
from services.events.editions.editions.model import Edition, check_region
from services.events.editions.presentations.model import PARTS, Presentation
from services.events.editions.presentations.queries import presented


def present_competition(
    session: Session, *, edition: Edition, parts: dict[str, Any], reason: str | None
) -> Presentation:
    """Put a new version in force, in which these parts are different.

    Refuses with IsCancelled, UnknownRegion, NothingChanged, or Required where a published edition has no reason.
    """
    edition.check_not_cancelled()
    if edition.published_at and not reason:
        raise Required("reason")
    if venue := parts.get("venue"):
        check_region(venue["region"], "venue.region")
    before = presented(session, edition.id)
    had = before.parts() if before else dict.fromkeys(PARTS)
    different = [name for name in PARTS if name in parts and parts[name] != had[name]]
    if not different:
        raise NothingChanged("competitionId")
    now = _next(session, edition, before, {**had, **parts}, reason or "")
    said = CompetitionPresented(**edition.about, parts=different, reason=now.reason)
    record(session, edition, said)
    if edition.published_at and had["venue"] and "venue" in different:
        _tell_venue(session, edition, now)
    return now


def go_on_presenting(session: Session, last: Edition, following: Edition) -> None:
    """Let the next edition present itself as the last one did, but for the venue, which is another time's."""
    before = presented(session, last.id)
    if before is not None:
        _next(session, following, None, {**before.parts(), "venue": None}, "")


def _next(
    session: Session, edition: Edition, before: Presentation | None, parts: dict[str, Any], reason: str
) -> Presentation:
    number = before.number + 1 if before else 1
    version = Presentation(edition_id=edition.id, number=number, reason=reason, created_at=session.now, **parts)
    session.add(version)
    try:
        session.flush()
    except IntegrityError as error:  # somebody else changed it at the same moment
        raise ChangedMeanwhile from error
    return version


def _tell_venue(session: Session, edition: Edition, now: Presentation) -> None:
    assert now.venue, "a venue is replaced and never taken away"
    venue = Named(id=edition.id, zh=now.venue["name_zh"], en=now.venue["name_en"])
    about_it = {**edition.about, "reason": now.reason, "venue": venue, "address": now.venue["address"]}
    for some in concerned(session, edition):
        record(session, edition, VenueMoved(**about_it, **some._asdict()))
        about_it["alliance_id"] = None
