"""Parked: of what kinds is work that was given up on, what a person does about it, and what is refused."""

from __future__ import annotations

from contracts.base import Refusal
from contracts.choices import Choice


class ParkedKind(Choice):
    """What was given up on."""

    MESSAGE = "message", "A message that came in, and that its handler failed on."
    OUTGOING = "outgoing", "A message that could not leave; what is said of its subject later waits behind it."
    TIMER = "timer", "Something that was to happen at a certain time."
    JOB = "job", "Long work that somebody asked for."
    DELIVERY = "delivery", "An e-mail with a notice."
    CONFIRMATION = "confirmation", "An e-mail with the code that confirms an address."
    INVITATION = "invitation", "An e-mail with an invitation."


class SettledBy(Choice):
    """What a person did about work that was given up on."""

    RETRIED = "retried", "It was to be tried again from the start."
    DISCARDED = "discarded", "It was put aside for good, and has no effect."


class NotParked(Refusal):
    code = "NOT_PARKED"
    zh = "该事项已不在搁置之列：可能他人刚刚处置，请刷新后查看。"
    en = "This is not parked, or no longer: somebody may have just seen to it; refresh and look."


class AskedForAgain(Refusal):
    """The same person has asked for the same work again meanwhile; `job` is that one."""

    code = "ASKED_FOR_AGAIN"
    zh = "本人已重新提交同一工作，正在办理 {job}；请放弃本条。"
    en = "The same person has asked for this again and it is under way as {job}: discard this one."
