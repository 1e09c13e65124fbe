"""What can be asked about certificates of membership: by number for everybody, else by those concerned."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from contracts.alliances.membership.certificates import MembershipCertificateStatus
from contracts.browsing import START, Stretch
from contracts.certificate_numbers import read_number
from contracts.refusals import NotFound
from kit.clock import in_china
from kit.data.db import Session
from kit.data.paging import Page, page
from kit.rights.right import province_code
from services.alliances.membership.certificates.model import MembershipCertificate
from services.alliances.membership.certificates.saying import Today
from services.alliances.membership.charters.reading import in_force, today
from services.alliances.membership.classes.calendar import on
from services.alliances.membership.classes.queries import periods_of
from services.alliances.membership.classes.schemas import class_view
from services.alliances.membership.memberships.model import Membership
from services.alliances.membership.memberships.queries import between, joined_on, steps_of
from services.alliances.membership.renewals.queries import current_term
from services.alliances.registry.organizations.model import Organization
from services.alliances.rights import CONCERNED

_MEMBERSHIP = joinedload(MembershipCertificate.membership)
_ORGANIZATION = _MEMBERSHIP.joinedload(Membership.organization)
_WHOLE = (
    _MEMBERSHIP.joinedload(Membership.alliance),
    _ORGANIZATION,
    _ORGANIZATION.joinedload(Organization.survivor),
)


def certificate(session: Session, certificate_id: str) -> MembershipCertificate:
    """The certificate with its membership; refuses with NotFound."""
    found = session.find(MembershipCertificate, certificate_id, *_WHOLE)
    if found is None:
        raise NotFound("certificateId")
    return found


def by_number(session: Session, number: str) -> MembershipCertificate:
    """The certificate that somebody means by a number; refuses with NotFound."""
    query = select(MembershipCertificate).where(MembershipCertificate.number == read_number(number)).options(*_WHOLE)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("number")
    return found


def issued(session: Session, membership_id: str) -> MembershipCertificate | None:
    """The certificate of a membership that was neither replaced nor withdrawn, for whoever is to change that: one at a time."""
    session.execute(select(Membership.id).where(Membership.id == membership_id).with_for_update(key_share=True))
    query = select(MembershipCertificate).where(
        MembershipCertificate.membership_id == membership_id,
        MembershipCertificate.status == MembershipCertificateStatus.ISSUED,
    )
    return session.scalars(query).one_or_none()


def certificates(session: Session, *, membership_id: str, stretch: Stretch = START) -> Page[MembershipCertificate]:
    """The certificates of one membership, the newest first."""
    query = select(MembershipCertificate).where(MembershipCertificate.membership_id == membership_id)
    return page(session, query.order_by(MembershipCertificate.id.desc()), stretch)


def certificates_by_id(session: Session, ids: list[str]) -> Sequence[MembershipCertificate]:
    """Those of these certificates that exist and that concern the viewer, in no particular order."""
    shown = CONCERNED.rows(
        session,
        alliance_id=Membership.alliance_id,
        organization_id=Membership.organization_id,
        province=province_code(Organization.region),
    )
    query = select(MembershipCertificate).join(MembershipCertificate.membership).join(Membership.organization)
    query = query.where(MembershipCertificate.id.in_(ids), shown)
    return session.scalars(query.options(contains_eager(MembershipCertificate.membership))).all()


def goes_on(session: Session, membership: Membership) -> Membership:
    """The membership that goes on in the place of one whose organisation was merged with another, or itself."""
    survivor = membership.organization.current
    return between(session, membership.alliance_id, survivor.id) or membership


def today_of(session: Session, membership: Membership) -> Today:
    """What a membership is at this moment."""
    day = today(session)
    steps, periods = steps_of(session, {membership.id}), periods_of(session, {membership.id})
    joined = joined_on(steps[membership.id], day)
    term = current_term(session, membership.id) if joined else None
    of_class = None
    if joined:
        charter = in_force(session, membership.alliance_id, day)
        of_class = class_view(charter, on(periods[membership.id], day), joined)
    return Today(
        membership=membership,
        since=in_china(steps[membership.id][0].since).date(),
        member_class=of_class and {"zh": of_class["name_zh"], "en": of_class["name_en"]},
        joined=joined,
        term=(term.since, term.until) if term else None,
    )
