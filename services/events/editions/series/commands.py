"""What can be done about series: found one, and consent to it for an alliance."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from contracts.authority import Role
from contracts.events.editions import competitions as say
from contracts.events.editions.competitions import AllianceNotConsented, ConsentKnown, NoConsent, SeriesKnown
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from kit.rights.asking import holds
from kit.rights.grants import scopes_held
from kit.rights.right import HUB_OFFICE
from services.events.directory.queries import belongs, check_alliance
from services.events.editions.series.model import AllianceConsent, Series
from services.events.rights import SPEAKS_FOR_ALLIANCE


def found_series(session: Session, *, name_zh: str, name_en: str, alliance_id: str | None = None) -> Series:
    """Enter a competition series; refuses a name that is taken and an alliance that is not known."""
    series = Series(
        id=new_id(),
        created_at=session.now,
        name_zh=name_zh,
        name_en=name_en,
        alliance_id=check_alliance(session, alliance_id),
    )
    session.add(series)
    record(session, series, say.SeriesFounded(series=series.named, alliance_id=series.alliance_id))
    try:
        session.flush()
    except IntegrityError as error:
        raise SeriesKnown("nameZh") from error
    return series


def consent_to_series(session: Session, *, series: Series, alliance_id: str) -> Series:
    """Let the editions of a series be held for the members of an alliance; refuses with AllianceUnknown or ConsentKnown."""
    check_alliance(session, alliance_id)
    session.add(
        AllianceConsent(alliance_id=alliance_id, series_id=series.id, given_by=session.viewer.id, given_at=session.now)
    )
    record(session, series, say.AllianceConsented(series=series.named, alliance_id=alliance_id))
    try:
        session.flush()
    except IntegrityError as error:
        raise ConsentKnown("seriesId") from error
    return series


def withdraw_consent(session: Session, *, series: Series, alliance_id: str) -> Series:
    """Let no further edition be held for the alliance; those that there are stand. Refuses with NoConsent."""
    consent = session.get(AllianceConsent, (alliance_id, series.id), with_for_update=True)
    if consent is None:
        raise NoConsent("seriesId")
    session.delete(consent)
    record(session, series, say.AllianceConsentWithdrawn(series=series.named, alliance_id=alliance_id))
    return series


def check_addressable(session: Session, series: Series, alliance_id: str | None) -> str | None:
    """The id itself, if the viewer may hold an edition of the series for this alliance.

    That is the alliance of the series, one that has consented, one for which the viewer speaks, or one of which an
    organisation is a member that the viewer represents; the hub office may address any. Refuses with AllianceUnknown or
    AllianceNotConsented.
    """
    if not check_alliance(session, alliance_id) or alliance_id == series.alliance_id:
        return alliance_id
    represented = scopes_held(session, session.viewer.id).get(Role.REPRESENTATIVE, ())
    if not (
        session.get(AllianceConsent, (alliance_id, series.id))
        or holds(session, HUB_OFFICE)
        or holds(session, SPEAKS_FOR_ALLIANCE, alliance_id=alliance_id)
        or belongs(session, str(alliance_id), represented)
    ):
        raise AllianceNotConsented("allianceId")
    return alliance_id
