"""Rights on announcements: of the organisers, of those to whom one was said, and of everybody where it is public."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists

from contracts.authority import Role
from kit.rights.right import PUBLIC, among
from services.events.rights import ORGANIZES
from services.events.speaking.announcements.model import Hearer


def _heard_by(role: Role, announcement_id: str, *hearers: str) -> ColumnElement[bool]:
    said = Hearer.announcement_id == announcement_id, Hearer.heard_as == role
    return exists().where(*said, Hearer.hearer.in_(hearers))


def _by_institutions(scopes: list[str], announcement_id: str) -> ColumnElement[bool]:
    return _heard_by(Role.REPRESENTATIVE, announcement_id, *scopes)


def _by_delegations(scopes: list[str], announcement_id: str) -> ColumnElement[bool]:
    return _heard_by(Role.DELEGATION_LEADER, announcement_id, *scopes)


def _by_judge(person: str, announcement_id: str) -> ColumnElement[bool]:
    return _heard_by(Role.JUDGE, announcement_id, person)


HEARS = (
    among(
        _by_institutions,
        "announcement_id",
        zh="收到通告的单位的代表",
        en="representatives of institutions to which it was said",
        role=Role.REPRESENTATIVE,
    )
    | among(
        _by_delegations,
        "announcement_id",
        zh="收到通告的代表队的领队",
        en="leaders of delegations to which it was said",
        role=Role.DELEGATION_LEADER,
    )
    | among(_by_judge, "announcement_id", zh="收到通告的评委", en="judges to whom it was said")
)
SEES_ANNOUNCEMENT = PUBLIC.given("public", "公开发布的", "what is public") | HEARS | ORGANIZES
