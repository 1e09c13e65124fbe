"""What events refuses about timetables: slots of no use, and what is short where there is no timetable."""

from __future__ import annotations

from contracts.base import Refusal


class OffTheGrid(Refusal):
    code = "OFF_THE_GRID"
    zh = "开赛时间须为 {minutes} 分钟的整数倍。"
    en = "A game can begin at every {minutes}th minute only."


class StartPassed(Refusal):
    code = "START_PASSED"
    zh = "开赛时间已过。"
    en = "This time has passed already."


class SlotTooShort(Refusal):
    code = "SLOT_TOO_SHORT"
    zh = "一场比赛需要 {minutes} 分钟，该时段不够。"
    en = "A game takes {minutes} minutes; this slot is too short."


class SlotsOverlap(Refusal):
    code = "SLOTS_OVERLAP"
    zh = "时段相互重叠。"
    en = "These slots overlap."


class NothingToSchedule(Refusal):
    code = "NOTHING_TO_SCHEDULE"
    zh = "没有待定时间的比赛。"
    en = "Every fixture has a time already."


class PlacesShort(Refusal):
    code = "PLACES_SHORT"
    zh = "共有 {needed} 场比赛，场地与时段只够 {there} 场。"
    en = "There are {needed} fixtures, and venues and slots for {there} only."


class TeamSlotsShort(Refusal):
    code = "TEAM_SLOTS_SHORT"
    zh = "有队伍须赛 {needed} 场，按休息时间要求这些时段只够其赛 {there} 场。"
    en = "Somebody plays {needed} times; with the rest that they are due these slots let them play {there} times only."


class SuccessionShort(Refusal):
    code = "SUCCESSION_SHORT"
    zh = "前后相接的比赛有 {needed} 轮，这些时段只够 {there} 轮。"
    en = "{needed} fixtures wait for each other one after the other; these slots are enough for {there} only."


class EarlySlotsShort(Refusal):
    """Fixtures that others wait for would have to be over in time, and there is no room for them so early."""

    code = "EARLY_SLOTS_SHORT"
    zh = "有 {needed} 场比赛须在后续轮次之前完成，靠前的场地与时段只够 {there} 场。"
    en = "{needed} fixtures must be over before later rounds begin, and there is room for {there} only in the early slots."


class VenuesShort(Refusal):
    code = "VENUES_SHORT"
    zh = "场地不够：增加场地即可排出赛程。"
    en = "There are too few venues; with more of them the timetable works out."


class RestShort(Refusal):
    code = "REST_SHORT"
    zh = "这些时段无法满足两场之间的休息时间。"
    en = "These slots do not leave contestants the rest that they are due between games."


class SlotsShort(Refusal):
    code = "SLOTS_SHORT"
    zh = "时段不够：增加场地也无法排出赛程。"
    en = "There are too few slots; more venues would not help."


class TimetableNotFound(Refusal):
    """The search was ended before it found a timetable or proved that there is none."""

    code = "TIMETABLE_NOT_FOUND"
    zh = "未能在限定时间内排出赛程，请增加时段或场地。"
    en = "No timetable was found in the time there is for it; add slots or venues."
