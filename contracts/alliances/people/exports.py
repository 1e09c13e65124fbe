"""What is said and refused about exports of a person: each service gathers its part and keeps it for who has asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contracts.base import Message, Refusal


@dataclass(frozen=True, kw_only=True)
class PersonExportAsked(Message, type="alliances.person_export_asked"):
    """Somebody may have all that is held of a person until a moment: of these records, and of these accounts.

    It says whose data and for whom, and nothing of what they are: each service keeps its own part.
    """

    person_export_id: str
    person_id: str
    record_ids: list[str]
    accounts: list[str]
    asked_by: str
    until: datetime


class TooManyPersonExports(Refusal):
    code = "TOO_MANY_PERSON_EXPORTS"
    zh = "今日已申请导出 {most} 次，请使用已有的导出文件，或明日再试。"
    en = "You have asked for {most} exports today, which is the most; use those that you have, or ask tomorrow."


class PersonExportNotReady(Refusal):
    code = "PERSON_EXPORT_NOT_READY"
    zh = "导出文件尚未生成完毕，请稍后再试。"
    en = "The export is not whole yet; please try again in a while."
