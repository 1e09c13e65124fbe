"""Words: the texts of the public directory, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from contracts.alliances.registry.alliances import AllianceKind, AllianceLevel, AllianceStage
from gateway.locale import Locale

Trouble = Literal["unknown", "wrong", "away"]


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of the pages in one language."""

    hub: str
    alliances: str
    search: str
    find: str
    none: str
    more: str
    first: str
    other_language: str
    kind: str
    stage: str
    level: str
    leads: str
    regions: str
    industry: str
    founded: str
    website: str
    parent: str
    parts: str
    about: str
    members: str
    no_members: str
    day: str
    show: str
    by_class: str
    by_province: str
    everywhere: str
    joined: str
    overseas: str
    table: str
    troubles: Mapping[Trouble, str]


WORDS: Mapping[Locale, Words] = {
    "zh-CN": Words(
        hub="长三角教育协作枢纽",
        alliances="联盟名录",
        search="名称",
        find="查找",
        none="没有符合条件的联盟。",
        more="下一页",
        first="回到第一页",
        other_language="English",
        kind="类别",
        stage="建设阶段",
        level="层级",
        leads="牵头地区",
        regions="覆盖地区",
        industry="行业",
        founded="成立日期",
        website="网站",
        parent="上级联盟",
        parts="下属联盟",
        about="简介",
        members="成员单位",
        no_members="当日没有符合条件的成员单位。",
        day="日期",
        show="查看",
        by_class="按成员类别",
        by_province="按省份",
        everywhere="全部",
        joined="加入日期",
        overseas="境外",
        table="下载成员名单（CSV）",
        troubles={
            "unknown": "没有这个联盟。请核对网址。",
            "wrong": "网址中的查询条件有误，请从名录重新进入。",
            "away": "名录暂时不可用，请稍后再试。",
        },
    ),
    "en": Words(
        hub="Yangtze River Delta Education Hub",
        alliances="Alliances",
        search="Name",
        find="Find",
        none="No alliance fits.",
        more="Next page",
        first="First page",
        other_language="中文",
        kind="Kind",
        stage="Stage",
        level="Level",
        leads="Led from",
        regions="Reaches over",
        industry="Industry",
        founded="Founded on",
        website="Website",
        parent="Part of",
        parts="Its parts",
        about="About",
        members="Members",
        no_members="No member fits on that day.",
        day="Day",
        show="Show",
        by_class="By class",
        by_province="By province",
        everywhere="All",
        joined="joined on",
        overseas="Overseas",
        table="Download the members (CSV)",
        troubles={
            "unknown": "There is no such alliance. Please check the address.",
            "wrong": "The address asks for something that cannot be. Please start again from the list of alliances.",
            "away": "The directory cannot be shown at the moment. Please try again soon.",
        },
    ),
}

KINDS: Mapping[str, tuple[str, str]] = {
    AllianceKind.VOCATIONAL_GROUP: ("联合职业教育集团", "Vocational education group"),
    AllianceKind.TECHNOLOGY_TRANSFER: ("高校技术转移联盟", "Technology transfer alliance"),
    AllianceKind.TALENT_SERVICE: ("教育人才服务联盟", "Talent service alliance"),
    AllianceKind.SCHOOL_ALLIANCE: ("学校联盟", "Alliance of schools"),
    AllianceKind.UNIVERSITY_ALLIANCE: ("高校联盟", "Alliance of universities"),
    AllianceKind.VOCATIONAL_ALLIANCE: ("职业院校联盟", "Alliance of vocational colleges"),
    AllianceKind.MECHANISM: ("协作机制", "Standing arrangement"),
    AllianceKind.OTHER: ("其他", "Other"),
}
STAGES: Mapping[str, tuple[str, str]] = {
    AllianceStage.PROPOSED: ("拟建", "Proposed"),
    AllianceStage.PREPARING: ("筹建", "In preparation"),
    AllianceStage.ACTIVE: ("运行", "Active"),
    AllianceStage.DORMANT: ("休眠", "Dormant"),
    AllianceStage.DISSOLVED: ("终止", "Dissolved"),
}
LEVELS: Mapping[str, tuple[str, str]] = {
    AllianceLevel.REGION: ("区域", "Several provinces"),
    AllianceLevel.PROVINCE: ("省级", "One province"),
    AllianceLevel.CITY: ("市级", "One city"),
    AllianceLevel.BORDER: ("毗邻地区", "Neighbours across a border of provinces"),
}
