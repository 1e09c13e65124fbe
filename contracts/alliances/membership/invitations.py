"""What is said and refused about letters: the e-mails by which an organisation without a representative is invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice

LETTER_PURPOSE = "membership invitation"
"""What the code in a letter is signed for: {id, version}; whoever signs or takes it has HUB_TICKET_SECRET."""


class LetterStatus(Choice):
    """What became of a letter."""

    OPEN = "open", "It can be answered by its code (待答复)."
    ACCEPTED = "accepted", "The organisation said yes, by the code or otherwise (已接受)."
    DECLINED = "declined", "The organisation said no (已谢绝)."
    WITHDRAWN = "withdrawn", "The alliance took its invitation back (已撤回)."
    LAPSED = "lapsed", "Nobody answered in time (已失效)."
    MERGED = "merged", "The organisation was merged with one that stands in the alliance already (已并入)."


@dataclass(frozen=True, kw_only=True)
class InvitationLetterPosted(Message, type="alliances.invitation_letter_posted"):
    """A letter is to be sent, maybe again; the journal loses the address once the letter is worth nothing.

    It is about the invitation that stood at `membership_version`: a later step of the membership settles it.
    """

    private: ClassVar = ("address",)

    letter_id: str
    membership_id: str
    membership_version: int
    alliance: Named
    organization: Named
    address: str
    language: str
    invited_by: str
    expires_at: datetime


class RepresentativeKnown(Refusal):
    code = "REPRESENTATIVE_KNOWN"
    zh = "该单位已有代表，邀请已通知其本人，不另发邮件。"
    en = "The organisation has a representative, who was told of the invitation; no letter is sent."


class TooManyInvitationLetters(Refusal):
    code = "TOO_MANY_INVITATION_LETTERS"
    zh = "联盟一天最多发出{most}封邀请函，请明天再发。"
    en = "An alliance sends at most {most} letters a day; please go on tomorrow."


class InvitationCodeVoid(Refusal):
    """Whatever is wrong with a code, the answer is the same: nobody finds out by trying what was sent to whom."""

    code = "INVITATION_CODE_VOID"
    zh = "该邀请码无效：可能有误、已答复、已撤回、已过期，或另发了新的邀请函。请联系联盟秘书处。"
    en = (
        "This code is worth nothing: it is wrong, the invitation was answered or taken back or has expired, or another "
        "letter was sent since. Ask the secretariat of the alliance."
    )
