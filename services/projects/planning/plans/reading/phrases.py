"""Phrases: what a target measures, and for whom, in the words of its clause."""

import re

_NOUN = (
    "县|市|区|省|地|学校|院校|高校|高中|初中|中学|小学|校|幼儿园|园|单位|部门|处室|教育局|乡镇|街道|企业|基地|联盟|中心|机构"
    "|专业|学院|班级|学区|村|社区|教师|学生"
)
_OF_THEM = rf"(?:{_NOUN})+(?![域级内城直])(?:\([^()]{{1,12}}\))?"
_NO_PERIOD = r"(?![年月季半两二三四五百千万\d]|学[年期])"
_EACH = rf"(?:各|每[个所家名位]?|所有|全部){_NO_PERIOD}[^\d,。;:、()每各]{{0,8}}?{_OF_THEM}"
_EACH_LIST = re.compile(rf"{_EACH}(?:、{_EACH})*")
_CONCERNED = re.compile(rf"[^\d,。;、]{{0,6}}(?:有关|相关)(?:{_NOUN})+(?=每|要|应|须|至少)")
_SHARED = re.compile(
    r"(?:推动|推进|组织|支持|要求)?(?P<scope>[^,。;]{2,16}?)(?:每年|年均)?各(?=选派|派|建|举|开|培|完|提|安排|组织|新增)"
)
_ALL = re.compile(
    rf"[^,\d]{{0,6}}?(?:所有|全部)[^\d,。;]{{0,12}}?{_OF_THEM}(?:均|都|全部)?(?=通过|建成|达到|达标|完成|实现|创成)"
)
_LEAD = re.compile(
    r"^(?:和|及|与|以及)?(?:力争|确保|争取|并|同时|其中|到|至|20\d{2} ?年(?:底|末)?(?:前|之前)?|每年|年均|每学年|各"
    r"|重点|累计|合力|努力|基本|实现|推动|推进|开展|完成|组织|要|的|个|[,，、 ])*"
)
_AND = re.compile(r"[和及与、]|以及")
_TRAIL = re.compile(
    r"(?:达到|达|保持在?|稳定在|控制在|小于|低于|不低于|不少于|不超过|至少|超过|突破|提[高升][到至]|增加到|增至|降[到至]|大?约"
    r"|近|新建|建成|建设|打造|支持|[、 ])+$"
)


_BASELINE = re.compile(r"[由从][^由从,。;]{1,30}?[到至]$")
"""What there is now: `注册率由45%提高到` measures 注册率."""


def metric_of(before: str, after: str, unit: str | None) -> str:
    """What a figure measures: the noun that it counts behind it, or else the words in front of it."""
    counted = "" if _AND.match(after) else _stripped(after)
    return counted or _TRAIL.sub("", _stripped(_BASELINE.sub("", before))) or unit or ""


def scope_of(clause: str, sentence: str) -> str | None:
    """For whom a target holds each time (`各县(市、区)`), named in its clause or at the head of its sentence."""
    if shared := _SHARED.match(clause):
        return shared["scope"].strip()
    found = _EACH_LIST.search(clause) or _CONCERNED.match(clause) or _EACH_LIST.match(sentence)
    return found[0] if found else None


def match_all(clause: str) -> int | None:
    """The place behind `所有学校` in a clause that says what all of them are to reach."""
    found = _ALL.match(clause)
    return found.end() if found else None


def _stripped(words: str) -> str:
    return _LEAD.sub("", words, count=1).strip()
