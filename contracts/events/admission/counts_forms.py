"""The form of counting entries: by province, institution or day."""

from __future__ import annotations

from contracts.choices import Choice
from contracts.forms import Input, choice, identifier


class CountedBy(Choice):
    """By what entries are counted."""

    PROVINCE = "province", "By the province for which they compete (按省份)."
    INSTITUTION = "institution", "By the institution that has entered them, those with the most first (按单位)."
    DAY = "day", "By the day in China on which they came (按日期)."


class EntryCounts(Input):
    """How many entries a competition has by province, institution or day; the first 1,000. For those who run it."""

    competition_id = identifier("Competition", says="The competition.")
    by = choice(CountedBy, says="By what they are counted.")
    track_id = identifier("Track", required=False, says="Only entries in this track.")
