"""Membership letter: how an invitation into an alliance speaks to an organisation that nobody represents yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.names import one_line
from services.notify.delivery.letters import Letter
from services.notify.telling.facts import Fact, spoken
from services.notify.telling.wording import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipLetter(Letter):
    """An alliance invites the organisation of whoever reads the letter."""

    alliance: dict[str, Any]
    organization: dict[str, Any]
    expires_at: datetime
    code: str

    def said(self) -> Said:
        facts: dict[str, Fact] = {
            "alliance": {"zh": self.alliance["zh"], "en": self.alliance["en"]},
            "organization": {"zh": self.organization["zh"], "en": self.organization["en"]},
            "until": {"moment": self.expires_at.isoformat()},
        }
        words = {name: one_line(text) for name, text in spoken(facts, self.locale).items()}
        return _english(words, self.code) if self.locale == "en" else _chinese(words, self.code)

    def why(self) -> str:
        if self.locale == "en":
            return "The secretariat of an alliance gave this address on the hub as that of your office."
        return "联盟秘书处在枢纽填写了此地址，作为贵单位的办公邮箱。"


def _chinese(words: dict[str, str], code: str) -> Said:
    title = "邀请贵单位加入联盟"
    body = (
        f"{words['alliance']}邀请{words['organization']}加入。\n\n"
        f"请在 {words['until']} 前登录枢纽，凭下列邀请码接受邀请，或者说明理由后婉拒（answerInvitation）：\n\n{code}\n\n"
        "邀请码只能使用一次，请勿转给本单位以外的人。"
        "以后要在枢纽办理本单位事务，请向所在省级教育部门申请登记单位代表。"
    )
    return Said(title=title, body=body, subject=title)


def _english(words: dict[str, str], code: str) -> Said:
    title = "Your organisation is invited to an alliance"
    body = (
        f"{words['alliance']} invites {words['organization']} to join.\n\n"
        f"Sign in to the hub by {words['until']} and accept, or decline with a reason (answerInvitation), with this code:"
        f"\n\n{code}\n\n"
        "It works once. Do not pass it on to others outside your organisation. "
        "To act for your organisation on the hub later, ask the office of your province to enter you as its representative."
    )
    return Said(title=title, body=body, subject=title)
