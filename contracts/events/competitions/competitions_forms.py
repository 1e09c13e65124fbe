"""The forms of what is done about a competition: drafting, laying out, publishing, repeating and amending it."""

from __future__ import annotations

from typing import Any

import marshmallow

from contracts.events.admission.fields_forms import MOST_FIELDS, NewEntryField
from contracts.events.admission.quotas_forms import MOST_PLACES
from contracts.events.editions.competitions import RoundLevel, TrackKind
from contracts.events.editions.phases_forms import NewPhase
from contracts.events.editions.series_forms import NewSeries
from contracts.forms import (
    Input,
    choice,
    flag,
    identifier,
    instant,
    listing,
    mapping,
    nested,
    region,
    text,
    verbatim,
    whole,
)
from contracts.refusals import Required

MOST_TRACKS = 50
MOST_PROVINCES = 40
MOST_ROUNDS = 10
MOST_DAYS = 1000


class NewQuota(Input):
    """How many places a province is to have in a track."""

    province = region(says="The province.")
    places = whole(min=1, max=MOST_PLACES, says="How many places it gets.")


class NewTrack(Input):
    """A track to plan: with `quotas`, with a `reserve`, or `unlimited`. A province without a quota cannot enter it."""

    code = verbatim(
        max=10,
        pattern=r"[A-Z0-9]+\Z",
        required=False,
        says="Its short name: capitals and digits, unique in the edition; A, B, … by default.",
    )
    kind = choice(TrackKind, required=False, says="Who competes in it; individuals by default.")
    name_zh = text(max=100, says="Its name in Chinese.")
    name_en = text(max=200, says="Its name in English.")
    quotas = listing(nested(NewQuota), max=MOST_PROVINCES, says="The places of each province.")
    reserve = whole(
        min=0, max=MOST_PLACES, required=False, says="Places that the organisers hold themselves, to give on later."
    )
    unlimited = flag(required=False, says="Whether entries need no place of any quota.")
    entry_fields = listing(
        nested(NewEntryField), max=MOST_FIELDS, required=False, says="What its entry form asks beside the people."
    )

    @marshmallow.validates_schema
    def some_places(self, data: dict[str, Any], **_: Any) -> None:
        if not (data["quotas"] or data.get("reserve") or data.get("unlimited")):
            raise marshmallow.ValidationError(Required.code, "quotas")


class NewRound(Input):
    """A round to plan; the first takes the entries, each feeds the next."""

    name_zh = text(max=100, says="Its name in Chinese.")
    name_en = text(max=200, says="Its name in English.")
    level = choice(RoundLevel, says="How far it reaches.")


class _Plan(Input):
    rounds = listing(
        nested(NewRound),
        max=MOST_ROUNDS,
        required=False,
        says="The rounds in order; a single final by default.",
    )
    phases = listing(
        nested(NewPhase), max=MOST_ROUNDS * 5, required=False, says="The phases: at most one of each kind in a round."
    )
    rules = mapping(required=False, says="The rule set: everything that differs from the defaults. See docs/season.md.")


class DraftCompetition(_Plan):
    """Prepare an edition of a series: of `seriesId` for its organisers, of a new `series` for the hub office."""

    either = (("series_id", "series"),)

    host_region = region(says="Where it takes place.")
    opens_at = instant(says="When entries open.")
    closes_at = instant(says="When entries close.")
    tracks = listing(nested(NewTrack), min=1, max=MOST_TRACKS, says="The tracks in which entries compete.")

    series_id = identifier("CompetitionSeries", required=False, says="The series that it continues.")
    series = nested(NewSeries, required=False, says="The series that it founds; for the hub office.")
    number = whole(min=1, max=9999, says="The number of the edition, unique in its series.")
    name_zh = text(max=100, required=False, says="Its name in Chinese; 第…届 by default.")
    name_en = text(max=200, required=False, says="Its name in English; Edition … by default.")
    alliance_id = identifier(
        "Alliance",
        required=False,
        says="The alliance whose members are told; that of the series by default.",
    )


class _OneCompetition(Input):
    competition_id = identifier("Competition", says="The competition.")


class ChangeDraft(_OneCompetition, _Plan):
    """Change a draft: what is given replaces what it had, what is left out stays. For the organisers of its series."""

    name_zh = text(max=100, required=False, says="Its name in Chinese.")
    name_en = text(max=200, required=False, says="Its name in English.")
    host_region = region(required=False, says="Where it takes place.")
    opens_at = instant(required=False, says="When entries open.")
    closes_at = instant(required=False, says="When entries close.")
    tracks = listing(
        nested(NewTrack),
        min=1,
        max=MOST_TRACKS,
        required=False,
        says="The tracks in which entries compete, all of them; of one whose code stays, what is left out stays too.",
    )


class PublishCompetition(_OneCompetition):
    """Make a draft public, for good. For the organisers of its series and the hub office."""


class DiscardDraft(_OneCompetition):
    """Discard a draft; what is public cannot be discarded. For the organisers of its series."""


class OpenNextEdition(_OneCompetition):
    """Draft the next edition from this one: tracks, places, rounds, rules, and phases moved with the opening."""

    opens_at = instant(says="When entries for the next edition open; all its other dates move with it.")
    number = whole(min=1, max=9999, required=False, says="Its number; the next one by default.")


class AmendRules(_OneCompetition):
    """Put a new version of a published competition's rules in force; everybody who has entered is told why."""

    rules = mapping(says="The whole rule set: everything that differs from the defaults.")
    reason = text(lines=True, max=500, says="Why, in words for those who have entered.")


class RenameCompetition(_OneCompetition):
    """Correct the names of a published competition; everybody who has entered is told. For its organisers."""

    name_zh = text(max=100, says="Its name in Chinese.")
    name_en = text(max=200, says="Its name in English.")
    reason = text(lines=True, max=500, says="Why, in words for those who have entered.")


class MoveEntryWindow(_OneCompetition):
    """Take entries of a published competition at other times, until they have closed. For its organisers.

    Everybody who has entered and the members of its alliance are told.
    """

    opens_at = instant(required=False, says="When entries open, as now by default; ignored if they are already open.")
    closes_at = instant(says="When entries close.")
    reason = text(lines=True, max=500, says="Why, in words for those who are told.")


class PostponeCompetition(_OneCompetition):
    """Have all that is still to come in a competition so many days later: entries and phases. For its organisers.

    What is open ends later, what is over stays. Fixtures that have a time keep it; schedule them anew. Everybody who has
    entered and the members of its alliance are told once.
    """

    days = whole(min=1, max=MOST_DAYS, says="By how many days.")
    reason = text(lines=True, max=500, says="Why, in words for those who are told.")


class CancelCompetition(_OneCompetition):
    """Cancel a published competition: its entries end, and nothing more falls due in it. For its organisers.

    Everybody concerned is told once: who has entered or waits, delegations, judges, supervisors and the members of its
    alliance. Refused once awards are given. A mistake is taken back by `reinstateCompetition`.
    """

    reason = text(lines=True, max=500, says="Why, in words for those who are told and for the public page.")


class ReinstateCompetition(_OneCompetition):
    """Take back that a competition was cancelled, with the entries and dates that it had. For its organisers.

    For some days only, and only while nothing has fallen due meanwhile; places on offer are offered anew.
    """

    reason = text(lines=True, max=500, says="Why, in words for those who are told.")
