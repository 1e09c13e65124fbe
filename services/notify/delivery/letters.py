"""Letters: all that one e-mail is made of; what it says is rendered when it is sent. The address must never be logged."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.notify.rules.table import render
from services.notify.telling.facts import Fact, Facts
from services.notify.telling.gathered import with_more
from services.notify.telling.reasons import why
from services.notify.telling.wording import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(ABC):
    """One e-mail to one address. `unsubscribe` is the address at which its reader ends them, empty where there is none."""

    id: str
    address: str
    locale: str
    written_at: datetime
    link: str
    unsubscribe: str = ""

    @abstractmethod
    def said(self) -> Said:
        """What it says, in its reader's language."""

    @abstractmethod
    def why(self) -> str:
        """Why its reader gets it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLetter(Letter):
    """A notice by e-mail, with the names of persons by their accounts; `more` of its kind are gathered in it."""

    rule: str
    reason: str
    facts: Facts
    names: Mapping[str, Fact]
    more: int = 0

    def said(self) -> Said:
        return with_more(render(self.rule, self.locale, self.facts, self.names), self.locale, self.more)

    def why(self) -> str:
        return why(self.reason, self.locale)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationLetter(Letter):
    """The code by which a person shows that the address is theirs; nothing in it was written by anybody."""

    code: str

    def said(self) -> Said:
        zh, en = "请确认您的电子邮件地址", "Confirm your e-mail address"
        shown = f"{self.code[:5]}-{self.code[5:]}"
        if self.locale == "en":
            body = f"Your code: {shown}\n\nEnter it on the hub within 24 hours. Until then nothing else is sent here."
            return Said(title=en, body=body, subject=en)
        body = f"验证码：{shown}\n\n请在 24 小时内登录枢纽填写。确认之前，枢纽不会再向此地址发送其他邮件。"
        return Said(title=zh, body=body, subject=zh)

    def why(self) -> str:
        if self.locale == "en":
            return "Somebody gave this address on the hub. If it was not you, do nothing: nothing more will come."
        return "有人在枢纽填写了此地址。如非本人操作，请不予理会，枢纽不会再发送其他邮件。"
