"""What events refuses because a rulebook says so: who may enter, with whom, and how often."""

from __future__ import annotations

from enum import StrEnum

from contracts.base import Refusal


class ClauseKind(StrEnum):
    """What a clause of the eligibility rules looks at."""

    ORGANIZATION_KIND = "organization_kind"  # 单位类别
    PROVINCE = "province"  # 所在省
    REGION = "region"  # 所在行政区划
    MEMBERS = "members"  # 某角色人数
    ONE_INSTITUTION = "one_institution"  # 成员同属报名单位
    PERSON_NUMBER = "person_number"  # 须填证件号
    PERSON_ENTRIES = "person_entries"  # 一人参赛次数


class Within(StrEnum):
    """Among which entries a person's are counted."""

    TRACK = "track"  # 同一赛道
    EDITION = "edition"  # 同一届
    SERIES = "series"  # 同一系列


class OrganizationKindNotEligible(Refusal):
    code = "ORGANIZATION_KIND_NOT_ELIGIBLE"
    zh = "该类别的单位不能报名本赛道。"
    en = "Organisations of this kind cannot enter this track."


class ProvinceNotEligible(Refusal):
    code = "PROVINCE_NOT_ELIGIBLE"
    zh = "本省的单位不能报名本赛道。"
    en = "Organisations of this province cannot enter this track."


class RegionNotEligible(Refusal):
    code = "REGION_NOT_ELIGIBLE"
    zh = "该行政区划内的单位不能报名本赛道。"
    en = "Organisations of this region cannot enter this track."


class ContestantsTooFew(Refusal):
    code = "CONTESTANTS_TOO_FEW"
    zh = "参赛者至少 {least} 人。"
    en = "There must be at least {least} contestants."


class ContestantsTooMany(Refusal):
    code = "CONTESTANTS_TOO_MANY"
    zh = "参赛者最多 {most} 人。"
    en = "There can be at most {most} contestants."


class AdvisersTooFew(Refusal):
    code = "ADVISERS_TOO_FEW"
    zh = "指导教师至少 {least} 人。"
    en = "There must be at least {least} advisers."


class AdvisersTooMany(Refusal):
    code = "ADVISERS_TOO_MANY"
    zh = "指导教师最多 {most} 人。"
    en = "There can be at most {most} advisers."


class MemberOfOtherInstitution(Refusal):
    code = "MEMBER_OF_OTHER_INSTITUTION"
    zh = "成员须属于报名单位，本赛道不能跨单位组队。"
    en = "Members must belong to the institution that enters; this track takes no teams of several institutions."


class MemberTwice(Refusal):
    code = "MEMBER_TWICE"
    zh = "同一人在该报名中出现两次；如确系同名的两人，请填写两人的证件号码。"
    en = "The same person is a member of this entry twice; if these are two people of one name, give both identity numbers."


class PersonNumberRequired(Refusal):
    code = "PERSON_NUMBER_REQUIRED"
    zh = "该成员须填证件号码。"
    en = "The identity number of this member is needed."


class PersonNumberInvalid(Refusal):
    code = "PERSON_NUMBER_INVALID"
    zh = "证件号码不正确。"
    en = "This identity number is not valid."


class PersonEnteredInTrack(Refusal):
    code = "PERSON_ENTERED_IN_TRACK"
    zh = "此人在本赛道的报名已达 {most} 次。"
    en = "This person has entered this track {most} time(s) already, which is the most."


class PersonEnteredInEdition(Refusal):
    code = "PERSON_ENTERED_IN_EDITION"
    zh = "此人在本届赛事的报名已达 {most} 次。"
    en = "This person has entered this edition {most} time(s) already, which is the most."


class PersonEnteredInSeries(Refusal):
    code = "PERSON_ENTERED_IN_SERIES"
    zh = "此人在本系列赛事的报名已达 {most} 次。"
    en = "This person has entered this series {most} time(s) already, which is the most."
