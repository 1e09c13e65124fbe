"""Layout: the columns by which a sheet names organisations, and how their cells are read; as our own exports have them."""

from __future__ import annotations

import re
import unicodedata

from contracts.alliances.registry.importing import KindUnknown, RegionNotFound
from contracts.alliances.registry.organizations import CreditCodeInvalid, OrganizationKind
from contracts.names import normal
from contracts.refusals import TooLong
from contracts.regions import called, region
from contracts.sheets import NumberRounded
from kit.sheets.cells import is_rounded
from kit.sheets.layout import LONGEST, Column
from services.alliances.registry.organizations.model import check_credit_code

K = OrganizationKind
KINDS: dict[OrganizationKind, tuple[str, ...]] = {
    K.EDUCATION_DEPARTMENT: ("省级教育行政部门", "Education department", "教育厅"),
    K.GOVERNMENT_OFFICE: ("政府部门", "Government office"),
    K.EDUCATION_BUREAU: ("教育局", "Education bureau", "市教育局", "县教育局"),
    K.UNIVERSITY: ("高等学校", "University", "高校", "大学", "本科院校"),
    K.VOCATIONAL_COLLEGE: ("高等职业学校", "Vocational college", "高职院校", "高职"),
    K.SECONDARY_SCHOOL: ("中学", "Secondary school", "中等职业学校", "中职"),
    K.RESEARCH_INSTITUTE: ("科研院所", "Research institute"),
    K.ENTERPRISE: ("企业", "Enterprise", "公司"),
    K.ASSOCIATION: ("社会团体", "Association", "协会"),
    K.MEDIA: ("媒体", "Media"),
    K.OTHER: ("其他", "Other"),
}
"""What people call each kind: in Chinese, in English, and otherwise."""
MOST_ALIASES = 20
_KIND_OF = {word.lower(): kind for kind, words in KINDS.items() for word in (*words, kind.value)}
_BETWEEN_NAMES = re.compile(r"[、；;]")


def _kind(text: str) -> OrganizationKind:
    try:
        return _KIND_OF[text.lower()]
    except KeyError:
        raise KindUnknown(kind=text, kinds="、".join(words[0] for words in KINDS.values())) from None


def _region(text: str) -> str:
    if region(text):
        return text
    found = called(text)
    if len(found) != 1:
        raise RegionNotFound(region=text)
    return found[0].code


def _credit_code(text: str) -> str:
    if is_rounded(text):
        raise NumberRounded
    code = check_credit_code(unicodedata.normalize("NFKC", text).upper())
    if code is None:
        raise CreditCodeInvalid
    return code


def _aliases(text: str) -> tuple[str, ...]:
    found = tuple(name for each in _BETWEEN_NAMES.split(text) if (name := normal(each)))
    if len(found) > MOST_ALIASES or any(len(name) > LONGEST for name in found):
        raise TooLong(max=LONGEST if len(found) <= MOST_ALIASES else MOST_ALIASES)
    return found


_CALLED = (
    *("单位", "单位全称", "名称", "中文名称", "学校", "学校名称", "机构", "机构名称", "成员单位", "成员"),
    *("name", "organization", "organisation", "institution", "member"),
)
ORGANIZATION = (
    Column("name", "单位名称", "Name in Chinese", _CALLED, required_without=("credit_code",)),
    Column("credit_code", "统一社会信用代码", "Credit code", ("信用代码", "社会信用代码", "USCC"), read=_credit_code),
    Column("kind", "单位类别", "Kind", ("类别", "单位类型", "类型", "单位性质"), read=_kind, blank=None),
    Column(
        "region",
        "行政区划代码",
        "Region code",
        ("行政区划", "地区", "所在地", "所在地区", "region"),
        read=_region,
    ),
    Column("name_en", "英文名称", "Name in English", ("英文名", "English name"), longest=200),
    Column(
        "aliases",
        "其他名称",
        "Other names",
        ("别名", "简称", "曾用名", "aliases"),
        read=_aliases,
        blank=(),
        longest=2_000,
    ),
)
"""What names an organisation, and what one that is not registered yet is registered with."""
PASSED_OVER = ("省份", "Province", "备注", "Remarks", "登记时间", "Registered at")
