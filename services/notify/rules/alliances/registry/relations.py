"""Notices of relations and successions: the representatives of all organisations concerned are told."""

from collections.abc import Callable
from typing import Any

from contracts.alliances.registry.relations import (
    OrganizationsRelated,
    OrganizationSucceeded,
    RelationEnded,
    RelationKind,
    RelationMessage,
    SuccessionKind,
    SuccessionWithdrawn,
)
from services.notify.telling.audiences import representatives_of_all, representing
from services.notify.telling.facts import words
from services.notify.telling.reasons import Addressed
from services.notify.telling.rule import Rule

RELATION_WORDS = {
    RelationKind.SUBORDINATE_TO: ("隶属于", "is subordinate to"),
    RelationKind.CAMPUS_OF: ("是其校区（分校）：", "is a campus of"),
    RelationKind.COLLEGE_OF: ("是其二级学院：", "is a college of"),
    RelationKind.GROUP_LED_BY: ("加入其牵头的集团：", "belongs to the group led by"),
    RelationKind.CONTINUED_BY: ("由其承继：", "is continued by"),
}
SUCCESSION_WORDS = {
    SuccessionKind.RENAMED: ("更名", "renamed"),
    SuccessionKind.MERGED: ("合并", "merged"),
    SuccessionKind.SPLIT: ("分立", "split"),
    SuccessionKind.DISSOLVED: ("撤销", "dissolved"),
}


def both(message: RelationMessage) -> list[Addressed]:
    """The representatives of the two organisations."""
    return representing(message.organization.id, message.to.id)


def names(field: str) -> Callable[[Any], dict[str, str] | None]:
    """The names of all in this field."""

    def said(message: Any) -> dict[str, str] | None:
        named = getattr(message, field)
        return (
            {"zh": "、".join(each.zh for each in named), "en": ", ".join(each.en for each in named)} if named else None
        )

    return said


_RELATED = {"kind": words("kind", RELATION_WORDS)}
_SUCCEEDED = {"kind": words("kind", SUCCESSION_WORDS), "predecessors": names("predecessors")}

RULES = (
    Rule(OrganizationsRelated, both, **_RELATED),
    Rule(RelationEnded, both, **_RELATED),
    Rule(OrganizationSucceeded, representatives_of_all, **_SUCCEEDED, successors=names("successors")),
    Rule(SuccessionWithdrawn, representatives_of_all, **_SUCCEEDED),
)
