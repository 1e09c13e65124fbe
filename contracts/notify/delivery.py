"""What is refused about reaching people, and the languages they are written to in."""

from __future__ import annotations

from contracts.base import Refusal
from contracts.choices import Choice


class Language(Choice):
    """The language in which to write to a person."""

    ZH_CN = "zh-CN", "Chinese (简体中文)."
    EN = "en", "English."


class DeliveryState(Choice):
    """What became of an e-mail with a notice."""

    WAITING = "waiting", "It is on its way, or waits for its next try."
    DONE = "done", "The mail server has taken it."
    PARKED = "parked", "It was given up on, and waits for somebody to look at it."
    SKIPPED = "skipped", "It was not to be sent: not wanted, too many on one day, or put aside."


class DeliveryOnItsWay(Refusal):
    code = "DELIVERY_ON_ITS_WAY"
    zh = "该邮件正在发送或等待下次尝试，无需重新发送。"
    en = "This e-mail is on its way, or waits for its next try; it need not be sent again."


class CodeWrong(Refusal):
    code = "CODE_WRONG"
    zh = "验证码不正确或已过期，请核对，或重新获取验证码。"
    en = "This is not the code, or it has expired; check it, or have another one sent."


class MailsSpent(Refusal):
    code = "MAILS_SPENT"
    zh = "今天的确认邮件已达 {most} 封，请明天再试。"
    en = "The {most} confirmation e-mails of this day are spent; please try again tomorrow."


class AddressInvalid(Refusal):
    code = "ADDRESS_INVALID"
    zh = "电子邮件地址格式不正确。"
    en = "The e-mail address does not have the right form."
