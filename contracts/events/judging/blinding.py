"""What events says and refuses about blind codes (加密): dealt, and opened (解密) by two people in two roles."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message, Refusal
from contracts.choices import Choice
from contracts.events.editions.stages import AboutStage


class OpeningRole(Choice):
    """The two roles that open codes together."""

    ORGANIZER = "organizer", "Somebody who organises the competition."  # 主办方
    SUPERVISOR = "supervisor", "Somebody who supervises the competition."  # 监督员


OPENING_ROLE_NAMES = {
    OpeningRole.ORGANIZER: ("主办方", "An organiser"),
    OpeningRole.SUPERVISOR: ("监督员", "A supervisor"),
}
"""Who asks, in Chinese and English."""


@dataclass(frozen=True, kw_only=True)
class CodesDealt(AboutStage, Message, type="events.codes_dealt"):
    """Every participant of the stage has a blind code; `codes` is how many are new. Which is whose stays sealed."""

    codes: int


@dataclass(frozen=True, kw_only=True)
class OpeningRequested(AboutStage, Message, type="events.opening_requested"):
    """Somebody in one of the two roles asks for the codes to be opened; `role` is theirs, the other one is awaited."""

    role: str


@dataclass(frozen=True, kw_only=True)
class OpeningTakenBack(AboutStage, Message, type="events.opening_taken_back"):
    """Whoever had asked for the codes to be opened no longer does."""

    role: str


@dataclass(frozen=True, kw_only=True)
class CodesOpened(AboutStage, Message, type="events.codes_opened"):
    """Two people in two roles have opened the codes; `role` is that of the second."""

    role: str


class CodesNotDealt(Refusal):
    code = "CODES_NOT_DEALT"
    zh = "该赛段尚未编制盲评编码。"
    en = "This stage has no blind codes yet."


class CodesSealed(Refusal):
    code = "CODES_SEALED"
    zh = "盲评编码尚未解密。"
    en = "The blind codes are not opened yet."


class CodesOpenAlready(Refusal):
    code = "CODES_OPEN_ALREADY"
    zh = "盲评编码已经解密。"
    en = "The blind codes are opened already."


class OtherPersonMustOpen(Refusal):
    code = "OTHER_PERSON_MUST_OPEN"
    zh = "解密须由另一人确认。"
    en = "Somebody else must open the codes with you."


class OtherRoleMustOpen(Refusal):
    """Whoever asked first acts in `role`; the second must hold the other one."""

    code = "OTHER_ROLE_MUST_OPEN"
    zh = "主办方与监督员须各有一人参与解密。"
    en = "An organiser and a supervisor must open the codes together; this role has asked already."


class NoOpeningRequested(Refusal):
    code = "NO_OPENING_REQUESTED"
    zh = "您没有待确认的解密申请。"
    en = "You have no request to open these codes that could be taken back."
