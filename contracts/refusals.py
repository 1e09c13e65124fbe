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


class ChangedMeanwhile(Refusal):
    """Somebody else changed the same subject first, several times in a row."""

    code = "CHANGED_MEANWHILE"
    zh = "内容刚被他人修改，请刷新后重试。"
    en = "Somebody else has just changed this; refresh and try again."


class IdempotencyKeyReused(Refusal):
    code = "IDEMPOTENCY_KEY_REUSED"
    zh = "该幂等键已用于另一请求。"
    en = "This idempotency key was used for a different request."


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
