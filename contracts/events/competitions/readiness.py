"""What a draft of a competition lacks before it is published: some of it stands in the way, the rest is worth a look."""

from __future__ import annotations

from contracts.base import Refusal


class PhaseBehind(Refusal):
    code = "PHASE_BEHIND"
    zh = "有阶段的结束时间已过，发布后即告结束。"
    en = "A phase would have ended before the competition is published."


class IntroductionLacking(Refusal):
    code = "INTRODUCTION_LACKING"
    zh = "还没有中英文赛事介绍。"
    en = "There is no introduction in both languages yet."


class ContactLacking(Refusal):
    code = "CONTACT_LACKING"
    zh = "还没有咨询办公室的联系方式。"
    en = "There is no office to ask yet."


class VenueLacking(Refusal):
    code = "VENUE_LACKING"
    zh = "还没有填写赛场。"
    en = "There is no venue yet."
