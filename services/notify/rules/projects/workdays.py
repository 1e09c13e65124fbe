"""Notices of working days: the hub office is told when a calendar was amended."""

from contracts.projects.workdays import CalendarAmended, CalendarStatus
from services.notify.telling.audiences import hub_office
from services.notify.telling.facts import words
from services.notify.telling.rule import Rule

STATUS_WORDS = {
    CalendarStatus.OFFICIAL: ("正式", "official"),
    CalendarStatus.PROVISIONAL: ("暂定", "provisional"),
}
RULES = (Rule(CalendarAmended, hub_office, status=words("status", STATUS_WORDS)),)
