"""What events refuses about rosters (名册): the sheets in which a delegation names its entries."""

from __future__ import annotations

from contracts.base import Refusal


class RosterUnreadable(Refusal):
    """It is neither a workbook nor CSV text in UTF-8, UTF-16 or GB 18030."""

    code = "ROSTER_UNREADABLE"
    zh = "无法读取该文件，请另存为 XLSX 或 CSV（UTF-8 或 GBK）后重试。"
    en = "This file cannot be read; please save it as XLSX or CSV (UTF-8 or GBK) and try again."


class RosterEmpty(Refusal):
    code = "ROSTER_EMPTY"
    zh = "名册中没有数据行。"
    en = "The roster has no rows."


class RosterTooLong(Refusal):
    code = "ROSTER_TOO_LONG"
    zh = "名册最多 {most} 行。"
    en = "A roster can have at most {most} rows."


class RosterFaulty(Refusal):
    """The roster has faults; the preview lists them all."""

    code = "ROSTER_FAULTY"
    zh = "名册有 {faults} 处错误，请先预览并改正；未导入任何报名。"
    en = "The roster has {faults} fault(s); preview it and put them right. Nothing was entered."


class RoleUnknown(Refusal):
    code = "ROLE_UNKNOWN"
    zh = "角色须为参赛者或指导教师。"
    en = "The role must be contestant or adviser."


class TrackUnknown(Refusal):
    code = "TRACK_UNKNOWN"
    zh = "本届赛事没有“{track}”赛道。"
    en = "This edition has no track “{track}”."


class OrganizationNotNamed(Refusal):
    code = "ORGANIZATION_NOT_NAMED"
    zh = "没有找到名为“{name}”的单位。"
    en = "No organisation is called “{name}”."


class OrganizationAmbiguous(Refusal):
    code = "ORGANIZATION_AMBIGUOUS"
    zh = "有多个单位名为“{name}”，请填写单位编号。"
    en = "Several organisations are called “{name}”; please give its id."


class EntryTwice(Refusal):
    code = "ENTRY_TWICE"
    zh = "同一参赛者在名册中出现两次。"
    en = "The same contestant comes twice in the roster."
