"""The refusals that any service may give: about the caller, about the input, about the moment."""

from __future__ import annotations

from typing import Any

from contracts.base import Refusal


class SignInRequired(Refusal):
    code = "SIGN_IN_REQUIRED"
    zh = "请先登录。"
    en = "Please sign in first."


class NotAllowed(Refusal):
    code = "NOT_ALLOWED"
    zh = "您没有办理此事的权限。"
    en = "You do not have the role that this needs."


class NotFound(Refusal):
    code = "NOT_FOUND"
    zh = "没有找到所指的对象。"
    en = "The thing referred to was not found."


class NamesNotPrinted(Refusal):
    """So many certificates could not be printed whole, for want of a font with these letters (code points)."""

    code = "NAMES_NOT_PRINTED"
    zh = (
        "有 {certificates} 张证书因字体缺少 {letters} 而暂不能打印；请先安装含有这些字的字体（HUB_FONTS），"
        "或确认先行颁发、待有字体后再打印（unprinted）。"
    )
    en = (
        "{certificates} certificates cannot be printed yet, for no font has {letters}; install one that has (HUB_FONTS), "
        "or confirm that they are given now and printed later (unprinted)."
    )


class ChangedMeanwhile(Refusal):
    """Somebody else changed the same subject first, several times in a row."""

    code = "CHANGED_MEANWHILE"
    zh = "内容刚被他人修改，请刷新后重试。"
    en = "Somebody else has just changed this; refresh and try again."


class IdempotencyKeyReused(Refusal):
    code = "IDEMPOTENCY_KEY_REUSED"
    zh = "该幂等键已用于另一请求。"
    en = "This idempotency key was used for a different request."


class IdempotencyKeysUsedUp(Refusal):
    """As many first answers are kept for the viewer as are kept for one person."""

    code = "IDEMPOTENCY_KEYS_USED_UP"
    zh = "您近期使用的幂等键已达上限。请不带幂等键提交，或最多 {hours} 小时后再试。"
    en = "You have used as many idempotency keys as one person may; send this without one, or try again within {hours} hours."


class InvalidInput(Refusal):
    """The input breaks the form: one problem a field, each with a code of its own."""

    code = "INVALID_INPUT"
    zh = "输入有误。"
    en = "The input is not valid."

    def __init__(self, *problems: Refusal) -> None:
        super().__init__()
        self.faults = problems

    def problems(self) -> list[dict[str, Any]]:
        return [problem for fault in self.faults for problem in fault.problems()]


class Required(Refusal):
    code = "REQUIRED"
    zh = "此项必填。"
    en = "This is required."


class Invalid(Refusal):
    code = "INVALID"
    zh = "此项格式不正确。"
    en = "This does not have the right form."


class OfAnotherType(Refusal):
    """The id of something else than the field takes; `wanted` is the type of node."""

    code = "OF_ANOTHER_TYPE"
    zh = "此处需要 {wanted} 类型的 id，所给的不是。"
    en = "This takes the id of a node of type {wanted}; what was given is none."


class NotWithSearch(Refusal):
    """What is searched for comes in an order of its own, from its beginning."""

    code = "NOT_WITH_SEARCH"
    zh = "搜索结果按匹配程度排列，只能从头往后翻页；请去掉此项，或去掉搜索词。"
    en = "What is searched for comes by how well it fits, and only forwards; leave this out, or the search."


class CharacterNotAllowed(Refusal):
    """`character` is the code point, as U+0007, for often it cannot be shown; `place` counts from 1."""

    code = "CHARACTER_NOT_ALLOWED"
    zh = "第 {place} 个字符（{character}）无法显示或不能用于文字，请删去或改写。"
    en = (
        "Character {place} ({character}) cannot be shown or cannot stand in a text; leave it out or write it otherwise."
    )


class RadicalForLetter(Refusal):
    """What copying from a PDF file may leave in place of a letter that looks the same."""

    code = "RADICAL_FOR_LETTER"
    zh = "第 {place} 个字符（{character}）是部首符号，不是汉字，请改写为“{letter}”。"
    en = "Character {place} ({character}) is the sign of a radical, not a letter; write “{letter}” in its place."


class UnknownField(Refusal):
    code = "UNKNOWN_FIELD"
    zh = "没有这一项。"
    en = "There is no such field."


class TooShort(Refusal):
    code = "TOO_SHORT"
    zh = "至少需要 {min} 个字符或项目。"
    en = "At least {min} characters or entries are needed."


class TooLong(Refusal):
    code = "TOO_LONG"
    zh = "最多 {max} 个字符或项目。"
    en = "At most {max} characters or entries are allowed."


class TooDeep(Refusal):
    code = "TOO_DEEP"
    zh = "嵌套过深，最多 {max} 层。"
    en = "This is nested too deeply; at most {max} levels are allowed."


class OutOfRange(Refusal):
    code = "OUT_OF_RANGE"
    zh = "须在 {min} 到 {max} 之间。"
    en = "This must lie between {min} and {max}."


class NotOneOf(Refusal):
    code = "NOT_ONE_OF"
    zh = "须为以下之一：{choices}。"
    en = "This must be one of: {choices}."


class UnknownRegion(Refusal):
    code = "UNKNOWN_REGION"
    zh = "行政区划代码 {region} 不存在（GB/T 2260）。"
    en = "There is no administrative region {region} (GB/T 2260)."


class UnknownCountry(Refusal):
    """China's own regions are told by `region`."""

    code = "UNKNOWN_COUNTRY"
    zh = "境外国家或地区代码 {country} 不存在（ISO 3166-1）；境内单位请填写行政区划代码。"
    en = "There is no country or territory {country} outside China (ISO 3166-1); a body in China has a region."


class DayAhead(Refusal):
    """What is entered has happened; what is to come cannot be told before its day."""

    code = "DAY_AHEAD"
    zh = "该日期尚未到来，请到当日再办理。"
    en = "This day is still to come; enter it when it is here."


class GivenTwice(Refusal):
    code = "GIVEN_TWICE"
    zh = "“{value}”重复出现。"
    en = "“{value}” is given twice."


class RulesUnchanged(Refusal):
    code = "RULES_UNCHANGED"
    zh = "新规则与现行规则相同。"
    en = "These rules are the same as those in force."


class AllianceUnknown(Refusal):
    """The alliance is not in the registry, or its founding has not arrived here yet."""

    code = "ALLIANCE_UNKNOWN"
    zh = "没有找到该联盟；如刚刚登记，请稍后再试。"
    en = "The alliance was not found; if it was entered just now, try again in a moment."


class OrganizationUnknown(Refusal):
    """The organisation is not in the registry, or its registration has not arrived here yet."""

    code = "ORGANIZATION_UNKNOWN"
    zh = "没有找到该单位；如刚刚登记，请稍后再试。"
    en = "The organisation was not found; if it was registered just now, try again in a moment."


class OrganizationMerged(Refusal):
    """The organisation is merged into another, `organization`, which is to be named in its place."""

    code = "ORGANIZATION_MERGED"
    zh = "该单位已并入另一单位，请改用保留单位办理。"
    en = "This organisation has been merged into another one; name the surviving organisation instead."


class NotWithin(Refusal):
    """Places can only be given to who lies within the holder of the quota."""

    code = "NOT_WITHIN"
    zh = "{holder} 不在该名额的范围内。"
    en = "{holder} does not lie within the holder of this quota."


class DigestDiffers(Refusal):
    """What was seen is not what would be signed."""

    code = "DIGEST_DIFFERS"
    zh = "校验值与待签署的内容不一致，请重新查看后再签署。"
    en = "The digest is not that of what you would sign; look at it again first."


class SecondPersonNeeded(Refusal):
    code = "SECOND_PERSON_NEEDED"
    zh = "提出的人不能复核自己提出的内容。"
    en = "The person who proposed this cannot countersign it."


class NothingProposed(Refusal):
    """What would be signed was never proposed, was taken back, or has both signatures already."""

    code = "NOTHING_PROPOSED"
    zh = "没有等待复核的内容。"
    en = "Nothing here waits for a countersignature."


class NothingChanged(Refusal):
    code = "NOTHING_CHANGED"
    zh = "内容没有变化。"
    en = "This would change nothing."
