"""What is said and refused of how organisations belong together, and of which continue which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class RelationKind(Choice):
    """What one organisation is to another."""

    SUBORDINATE_TO = "subordinate_to", "The other is the body above it (上级单位)."
    CAMPUS_OF = "campus_of", "It is a campus or branch of the other (校区、分校)."
    COLLEGE_OF = "college_of", "It is a college of the other (二级学院)."
    GROUP_LED_BY = "group_led_by", "It belongs to a group that the other leads (集团成员)."
    CONTINUED_BY = "continued_by", "The other continues it (承继单位)."


class SuccessionKind(Choice):
    """How organisations go over into others."""

    RENAMED = "renamed", "One goes on as another that was registered anew."
    MERGED = "merged", "One or several go over into one."
    SPLIT = "split", "One goes over into several."
    DISSOLVED = "dissolved", "They end, and nobody continues them."


@dataclass(frozen=True, kw_only=True)
class RelationMessage(Message):
    """What an organisation is to another, `to`, since when and until when; without a day where that is not known."""

    relation_id: str
    organization: Named
    to: Named
    kind: str
    since: date | None
    until: date | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class OrganizationsRelated(RelationMessage, type="alliances.organizations_related"):
    """It was entered that two organisations belong together."""


@dataclass(frozen=True, kw_only=True)
class RelationEnded(RelationMessage, type="alliances.relation_ended"):
    """Two organisations belong together no longer; where there is no `until`, they never did."""


@dataclass(frozen=True, kw_only=True)
class SuccessionMessage(Message):
    """Which organisations go over into which, how, and from which day on; one in both lists goes on."""

    succession_id: str
    from_ids: list[str]
    to_ids: list[str]
    kind: str
    on: date
    reason: str
    predecessors: list[Named]
    successors: list[Named]

    @property
    def organization_ids(self) -> list[str]:
        """All of them, each once."""
        return list(dict.fromkeys([*self.from_ids, *self.to_ids]))


@dataclass(frozen=True, kw_only=True)
class OrganizationSucceeded(SuccessionMessage, type="alliances.organization_succeeded"):
    """Organisations have gone over into others, or have ended."""


@dataclass(frozen=True, kw_only=True)
class SuccessionWithdrawn(SuccessionMessage, type="alliances.succession_withdrawn"):
    """That organisations had gone over into others was a mistake."""


class RelationCircular(Refusal):
    code = "RELATION_CIRCULAR"
    zh = "另一单位已直接或间接隶属（承继）于该单位，不能互为上下级。"
    en = "The other organisation already belongs to this one in the same way, directly or through others."


class RelationStands(Refusal):
    code = "RELATION_STANDS"
    zh = "已有这一关系；上级单位只能有一个，请先终止原有关系。"
    en = "This relation stands already; there is one body above another, so end the present one first."


class SuccessionUnfit(Refusal):
    code = "SUCCESSION_UNFIT"
    zh = "单位数量与承继方式不符：更名须一对一，合并须并入一个，分立须分为多个，撤销不填承继单位。"
    en = (
        "The numbers do not fit the kind: renamed is one to one, merged is into one, split is one into several, and nobody"
        " continues what is dissolved."
    )
