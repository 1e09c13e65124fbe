"""Finding: pairs of organisations that stand and may be one, by an index of what they have in common.

Pairs are few, so a page looks at so many organisations at most, in the order of that index. Where they make no full page, it
ends early and says that more may follow. What is read from its end, or counted, is read whole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, func, literal_column, select, tuple_
from sqlalchemy.orm import Bundle, aliased

from contracts.alliances.merging.mergers import DuplicateReason
from contracts.browsing import START, Stretch
from contracts.ids import is_id
from contracts.refusals import Invalid, InvalidInput
from kit.data.db import Session
from kit.data.paging import Page, cursor_of, page, place_of
from services.alliances.merging.dismissals.model import is_dismissed
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.regions import lies_in

LOOKED_AT = 2_000
"""Organisations a page looks at."""
_AFTER_ALL = "ffffffff-ffff-ffff-ffff-ffffffffffff"


def duplicates(
    session: Session, *, reason: DuplicateReason, province: str | None = None, stretch: Stretch = START
) -> Page[Any]:
    """Pairs of organisations that may be one for this reason, all or those of a province."""
    if stretch.counted or stretch.backwards:
        return page(session, _pairs(reason, province, aliased(Organization)), stretch)
    window = _window(reason, stretch.after)
    looked_at = aliased(Organization, window.limit(LOOKED_AT).subquery())
    found = page(session, _pairs(reason, province, looked_at), stretch)
    return found if found.has_next else _to_go_on(session, reason, window, found)


def _to_go_on(session: Session, reason: DuplicateReason, window: Select[Organization], found: Page[Any]) -> Page[Any]:
    """The page, which goes on behind the last organisation that was looked at if others follow that one."""
    of_each = window.with_only_columns(_common(Organization, reason), Organization.id)
    last = session.execute(of_each.offset(LOOKED_AT - 1).limit(1)).first()
    return replace(found, has_next=True, end=cursor_of(*last, _AFTER_ALL)) if last else found


def _window(reason: DuplicateReason, after: str | None) -> Select[Organization]:
    """The organisations in the order in which pairs are read, from that on whose pair stands at the cursor."""
    common = _common(Organization, reason)
    query = select(Organization).where(*_counts(Organization, reason))
    if place := _place(after):
        *earlier, later = place
        here, there = tuple_(common, Organization.id), tuple_(*earlier, types=[String(), Organization.id.type])
        query = query.where(here > there if later == _AFTER_ALL else here >= there)
    return query.order_by(common, Organization.id)


def _place(after: str | None) -> tuple[str, str, str] | None:
    """What a pair at a cursor has in common, and its two ids; raises InvalidInput for a cursor of another list."""
    place = place_of(after)
    match place and tuple(place.place or ()):
        case None:
            return None
        case (str(common), str(earlier), str(later)) if is_id(earlier) and is_id(later):
            return common, earlier, later
    raise InvalidInput(Invalid("after"))


def _pairs(reason: DuplicateReason, province: str | None, one: Any) -> Select[Any]:
    """Pairs of `one` with a later one; with a `province` those of which both lie in it. Who was dismissed stays away."""
    two = aliased(Organization)
    common = _common(one, reason)
    both = (common == _common(two, reason)) & (one.id < two.id)
    query: Select[Any] = select(Bundle("pair", one.id.label("earlier_id"), two.id.label("later_id"))).join(two, both)
    query = query.where(*_counts(one, reason), *_counts(two, reason), ~is_dismissed(one, two))
    if reason == DuplicateReason.SAME_NAME:
        query = query.where(one.name_zh == two.name_zh)
    if reason == DuplicateReason.SAME_SPELLING:
        query = query.where(one.name_zh != two.name_zh)
    if province:
        query = query.where(lies_in(one.region, province), lies_in(two.region, province))
    return query.order_by(common, one.id, two.id)


def _counts(entry: Any, reason: DuplicateReason) -> tuple[ColumnElement[bool], ...]:
    """That an organisation stands, and has what two can have in common."""
    has = _common(entry, reason).is_not(None) if reason == DuplicateReason.SAME_CODE else entry.likeness != ""
    return entry.survivor_id.is_(None), has


def _common(entry: Any, reason: DuplicateReason) -> Any:
    """What two have in common: a likeness of names, or of their credit codes the part that names the body."""
    if reason != DuplicateReason.SAME_CODE:
        return entry.likeness
    return func.substr(entry.credit_code, literal_column("9", Integer), literal_column("9", Integer), type_=String)
