"""Notices of organisations: whatever changes in the entry of one is told to its representatives."""

from contracts.alliances.registry.organizations import OrganizationChange, OrganizationChanged
from services.notify.telling.audiences import representatives
from services.notify.telling.facts import words
from services.notify.telling.reasons import Addressed
from services.notify.telling.rule import Rule

C = OrganizationChange
CHANGE_WORDS = {
    C.REGISTERED: ("登记", "it was entered"),
    C.CORRECTED: ("更正登记信息", "its entry was corrected"),
    C.PRESENTED: ("更新网址、简介或办公联系方式", "its website, introduction or office contacts were changed"),
    C.RENAMED: ("更名", "it has another name"),
    C.RENAMING_PLANNED: ("登记更名（尚未生效）", "it will have another name"),
    C.RENAMING_HELD_UP: (
        "更名未能生效（同一地区已有同名单位）",
        "its new name is held up: another body there bears it",
    ),
    C.NAME_WITHDRAWN: ("撤销一个名称", "a name was struck out"),
    C.MOVED: ("变更所在地", "its seat was moved"),
    C.MOVE_PLANNED: ("登记迁址（尚未生效）", "its seat will be moved"),
    C.MOVE_HELD_UP: (
        "迁址未能生效（迁入地已有同名单位）",
        "its move is held up: another body there bears its name",
    ),
    C.MOVE_WITHDRAWN: ("撤销迁址", "its seat is not moved after all"),
    C.SUBORDINATED: ("变更上级单位", "the body above it was changed"),
    C.RETIRED: ("停用", "it was closed"),
    C.RETIREMENT_PLANNED: ("登记停用（尚未生效）", "it will be closed"),
    C.REOPENED: ("恢复", "it goes on"),
    C.MERGED: ("采用所并入登记的内容", "taken over from an entry that was merged into it"),
    C.UNMERGED: ("撤销采用所并入登记的内容", "given back to an entry that was parted from it"),
}

TOLD_OTHERWISE = {C.SUBORDINATED}
"""What the notice of the relation says."""


def concerned(message: OrganizationChanged) -> list[Addressed]:
    """Its representatives, unless they are told of the same by another message."""
    return [] if message.what in TOLD_OTHERWISE else representatives(message)


RULES = (Rule(OrganizationChanged, concerned, what=words("what", CHANGE_WORDS)),)
