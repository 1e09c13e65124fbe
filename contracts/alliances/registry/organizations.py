"""What is said and refused of organisations: their entry in the registry, and all that changes in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

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
    DIVISION = "division", "A division of an office or body (内设处室)."
    AFFILIATED_UNIT = "affiliated_unit", "A unit that an office runs under its own name (直属单位)."
    GOVERNMENT = "government", "The government of a province, city or county (人民政府)."
    PRIMARY_SCHOOL = "primary_school", "A primary school (小学)."
    JUNIOR_SECONDARY = "junior_secondary", "A junior secondary school (初级中学)."


class OrganizationStatus(Choice):
    """Whether an organisation goes on."""

    ACTIVE = "active", "It goes on."
    INACTIVE = "inactive", "It was closed or has gone over into another; its record stays."
    MERGED = "merged", "Its record was merged into another, which stands in its place."


class OrganizationChange(Choice):
    """What was done to the entry of an organisation."""

    REGISTERED = "registered", "It was entered."
    CORRECTED = "corrected", "What was entered wrongly, or has changed without a day, was put right."
    PRESENTED = "presented", "Its website, introduction or office contacts were changed."
    RENAMED = "renamed", "It has another name since a day."
    RENAMING_PLANNED = "renaming_planned", "It will have another name from a day on."
    RENAMING_HELD_UP = "renaming_held_up", "It was to have another name today, but another organisation bears it."
    NAME_WITHDRAWN = "name_withdrawn", "A name that it never had, or will not have, was struck out."
    MOVED = "moved", "It has its seat elsewhere."
    MOVE_PLANNED = "move_planned", "It will have its seat elsewhere from a day on."
    MOVE_HELD_UP = "move_held_up", "It was to move today, but another organisation there bears its name."
    MOVE_WITHDRAWN = "move_withdrawn", "It was to move and stays where it is."
    SUBORDINATED = "subordinated", "The body above it is another, or there is none any more."
    RETIRED = "retired", "It was closed."
    RETIREMENT_PLANNED = "retirement_planned", "It will be closed on a day."
    REOPENED = "reopened", "It goes on: that it was closed, or was to be, was a mistake or is over."
    MERGED = "merged", "Something was taken over from an entry that was merged into it."
    UNMERGED = "unmerged", "What had been taken over from another entry was given back."


@dataclass(frozen=True, kw_only=True)
class OrganizationMessage(Message):
    """All of the entry of an organisation, as it is now.

    `region` is empty where `country` (ISO 3166-1) is given: the body is overseas. `aliases` are its other names, former
    ones among them. `superior_id` is the body above it.
    """

    organization: Named
    kind: str
    region: str
    aliases: list[str] = field(default_factory=list)
    country: str | None = None
    superior_id: str | None = None
    status: str = OrganizationStatus.ACTIVE
    retired_on: date | None = None
    credit_code: str | None = None
    school_code: str | None = None
    website: str | None = None


@dataclass(frozen=True, kw_only=True)
class OrganizationRegistered(OrganizationMessage, type="alliances.organization_registered"):
    """An organisation (单位) was entered in the registry."""


@dataclass(frozen=True, kw_only=True)
class OrganizationChanged(OrganizationMessage, type="alliances.organization_changed"):
    """The entry of an organisation was changed; all of it is given anew.

    `what` is an OrganizationChange; `named` is the name that was left, planned or struck out, `since` the day that counts,
    `to_region` or `to_country` where it will be.
    """

    what: str = OrganizationChange.CORRECTED
    named: Named | None = None
    since: date | None = None
    reason: str = ""
    to_region: str | None = None
    to_country: str | None = None


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


class SchoolCodeTaken(Refusal):
    code = "SCHOOL_CODE_TAKEN"
    zh = "该学校标识码已登记给另一单位。"
    en = "Another organisation is registered with this school code."


class OrganizationInactive(Refusal):
    code = "ORGANIZATION_INACTIVE"
    zh = "该单位已停用；如属误办，请先恢复。"
    en = "The organisation is closed; reopen it first if that was a mistake."


class OrganizationActive(Refusal):
    code = "ORGANIZATION_ACTIVE"
    zh = "该单位并未停用。"
    en = "The organisation is not closed."
