"""What is said and refused of organisations: their entry in the registry."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class OrganizationKind(Choice):
    """What an organisation is."""

    EDUCATION_DEPARTMENT = "education_department", "The education department of a province (省级教育行政部门)."
    GOVERNMENT_OFFICE = "government_office", "An office of government outside education."
    EDUCATION_BUREAU = "education_bureau", "The education bureau of a prefecture or county (市、县教育局)."
    UNIVERSITY = "university", "A university (高等学校)."
    VOCATIONAL_COLLEGE = "vocational_college", "A vocational college (高等职业学校)."
    SECONDARY_SCHOOL = "secondary_school", "A secondary school (中学、中等职业学校)."
    RESEARCH_INSTITUTE = "research_institute", "A research institute (科研院所)."
    ENTERPRISE = "enterprise", "An enterprise (企业)."
    ASSOCIATION = "association", "An association or a foundation (社会团体)."
    MEDIA = "media", "A newspaper, station or other medium (媒体)."
    OTHER = "other", "Another kind of organisation."


@dataclass(frozen=True, kw_only=True)
class OrganizationRegistered(Message, type="alliances.organization_registered"):
    """An organisation (单位) was entered in the registry."""

    organization: Named
    kind: str
    region: str
    aliases: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class OrganizationChanged(Message, type="alliances.organization_changed"):
    """The entry of an organisation was corrected; all of it is given anew."""

    organization: Named
    kind: str
    region: str
    aliases: list[str] = field(default_factory=list)


class CreditCodeInvalid(Refusal):
    """GB 32100-2015: 18 characters, the last of which checks the others."""

    code = "CREDIT_CODE_INVALID"
    zh = "统一社会信用代码有误（校验位不符）。"
    en = "The unified social credit code is wrong (its check digit does not fit)."


class CreditCodeTaken(Refusal):
    code = "CREDIT_CODE_TAKEN"
    zh = "该统一社会信用代码已登记给另一单位。"
    en = "Another organisation is registered with this unified social credit code."


class OrganizationKnown(Refusal):
    code = "ORGANIZATION_KNOWN"
    zh = "同一地区已有同名单位。"
    en = "An organisation of this name is already registered in this region."
