"""What an agenda is made of: the kinds of dates that can concern somebody, and what each is called."""

from __future__ import annotations

from typing import Final

from contracts.choices import Choice

MOST_DAYS: Final = 400
"""How many days an agenda looks at, at once."""
USUAL_DAYS: Final = 60


class DateKind(Choice):
    """What falls due on a date of an agenda."""

    APPLICATION = "application", "An application to join waits for the secretariat (入会申请待办理)."
    ENTRIES = "entries", "Entries of a competition close (报名截止)."
    MEMBERSHIP_INVITATION = (
        "membership_invitation",
        "An invitation to join an alliance is to be answered (入会邀请待答复).",
    )
    MEMBERSHIP_TERM = (
        "membership_term",
        "A membership of one's own organisation ends, unless it is renewed (成员任期届满).",
    )
    MILESTONE = "milestone", "A milestone of a project is to be reached (项目节点)."
    MOTION = "motion", "A motion waits for a second person (待会签事项)."
    OBJECTION = "objection", "An objection is to be decided (异议待裁决)."
    OBJECTIONS = "objections", "Objections to a result can be filed until then (异议截止)."
    OFFER = "offer", "A place that is held for an entry is to be taken (候补名额待确认)."
    PHASE = "phase", "A phase of a competition ends (赛事阶段结束)."
    PROJECT_INVITATION = "project_invitation", "An invitation to a project is to be answered (项目邀请待答复)."
    REMEDY = "remedy", "An objection that was upheld is to be remedied (异议待处理)."
    RENEWAL = "renewal", "The secretariat is to renew a membership (待办续任)."
    SEAT = "seat", "A seat as a judge is to be answered before judging begins (评委邀请待答复)."
    SHEETS = "sheets", "Score sheets are to be submitted (评分表提交截止)."
    WORKS = "works", "The works of an entry are to be handed in (作品提交截止)."


DATE_NAMES: Final = {
    DateKind.APPLICATION: ("入会申请待办理", "application to be dealt with"),
    DateKind.ENTRIES: ("报名截止", "entries close"),
    DateKind.MEMBERSHIP_INVITATION: ("入会邀请待答复", "invitation to join to be answered"),
    DateKind.MEMBERSHIP_TERM: ("成员任期届满", "membership ends"),
    DateKind.MILESTONE: ("项目节点", "milestone due"),
    DateKind.MOTION: ("待会签事项", "motion to be countersigned"),
    DateKind.OBJECTION: ("异议待裁决", "objection to be decided"),
    DateKind.OBJECTIONS: ("异议截止", "objections close"),
    DateKind.OFFER: ("候补名额待确认", "place to be taken"),
    DateKind.PHASE: ("赛事阶段结束", "phase ends"),
    DateKind.PROJECT_INVITATION: ("项目邀请待答复", "invitation to a project to be answered"),
    DateKind.REMEDY: ("异议待处理", "upheld objection to be remedied"),
    DateKind.RENEWAL: ("待办续任", "membership to be renewed"),
    DateKind.SEAT: ("评委邀请待答复", "seat as a judge to be answered"),
    DateKind.SHEETS: ("评分表提交截止", "score sheets due"),
    DateKind.WORKS: ("作品提交截止", "works due"),
}
"""What each is called in Chinese and in English."""
