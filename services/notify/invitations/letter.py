"""Letter: how an invitation to a role speaks, in its reader's language; it says the code once, and nothing of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.authority import ROLE_WORDS, Role
from contracts.names import one_line
from services.notify.delivery.letters import Letter
from services.notify.telling.facts import Fact, spoken
from services.notify.telling.wording import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationLetter(Letter):
    """A role that is offered to whoever reads the letter."""

    role: str
    scope: dict[str, Any] | None
    invited_by: Fact
    expires_at: datetime
    code: str

    def said(self) -> Said:
        facts: dict[str, Fact] = {
            "by": self.invited_by,
            "role": dict(zip(("zh", "en"), ROLE_WORDS[Role(self.role)], strict=True)),
            "scope": {"zh": self.scope["zh"], "en": self.scope["en"]} if self.scope else "",
            "until": {"moment": self.expires_at.isoformat()},
        }
        words = {name: one_line(text) for name, text in spoken(facts, self.locale).items()}
        return _english(words, self.code) if self.locale == "en" else _chinese(words, self.code)

    def why(self) -> str:
        if self.locale == "en":
            return "Somebody gave this address on the hub to invite you. If you do not know them, do nothing."
        return "有人在枢纽填写了此地址，邀请您担任角色。如不认识邀请人，请不予理会。"


def _chinese(words: dict[str, str], code: str) -> Said:
    scope = f"“{words['scope']}”的" if words["scope"] else ""
    title = "邀请您担任角色"
    body = (
        f"{words['by']}邀请您担任{scope}{words['role']}。\n\n"
        f"请在 {words['until']} 前登录枢纽，以下列邀请码接受邀请（acceptRole）：\n\n{code}\n\n"
    )
    return Said(title=title, body=f"{body}邀请码只能使用一次，请勿转给他人。", subject=title)


def _english(words: dict[str, str], code: str) -> Said:
    scope = f" of {words['scope']}" if words["scope"] else ""
    title = "You are invited to a role"
    body = (
        f"You are invited by {words['by']} to this role{scope}: {words['role']}.\n\n"
        f"Sign in to the hub by {words['until']} and accept it (acceptRole) with this code:\n\n{code}\n\n"
    )
    return Said(title=title, body=f"{body}It works once. Do not pass it on.", subject=title)
