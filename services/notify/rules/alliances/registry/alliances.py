"""Notices of alliances: what changes in the entry of one is told to its secretariat, and what matters to all to its members."""

from contracts.alliances.registry.alliances import AllianceChange, AllianceChanged
from contracts.authority import Scope
from services.notify.telling.audiences import secretariat
from services.notify.telling.facts import words
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule

C = AllianceChange
FOR_MEMBERS = {C.STAGE_MOVED, C.RENAMED, C.LINKED}
CHANGE_WORDS = {
    C.FOUNDED: ("登记", "it was entered"),
    C.CORRECTED: ("更正登记信息", "its entry was corrected"),
    C.PRESENTED: ("更新网址或简介", "its website or introduction was changed"),
    C.RENAMED: ("更名", "it has another name"),
    C.RENAMING_PLANNED: ("登记更名（尚未生效）", "it will have another name"),
    C.RENAMING_HELD_UP: (
        "更名未能生效（该地区已有同名联盟）",
        "its new name is held up: another alliance there bears it",
    ),
    C.NAME_WITHDRAWN: ("撤销一个名称", "a name was struck out"),
    C.STAGE_MOVED: ("变更建设阶段", "it has come to another stage"),
    C.LINKED: ("变更上级联盟", "it belongs to another alliance than before, or to none"),
}
STAGE_WORDS = {
    "proposed": ("拟建", "proposed"),
    "preparing": ("筹建", "preparing"),
    "active": ("运行", "active"),
    "dormant": ("休眠", "dormant"),
    "dissolved": ("终止", "dissolved"),
}


def members(message: AllianceChanged) -> list[Addressed]:
    """The representatives of its members, where it matters to them."""
    concerned = message.what in FOR_MEMBERS
    return [Addressed(Reason.REPRESENTATIVE, Scope.alliance(message.alliance.id))] if concerned else []


RULES = (
    Rule(AllianceChanged, secretariat, members, what=words("what", CHANGE_WORDS), stage=words("stage", STAGE_WORDS)),
)
