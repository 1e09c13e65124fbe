"""The forms of competition input, and how series, editions, rounds, stages and rule sets look from outside."""

from __future__ import annotations

from typing import Any

import marshmallow

from contracts.events.editions.competitions import RoundLevel, TrackKind
from contracts.forms import Input, Page, choice, flag, identifier, instant, listing, mapping, nested, text, whole
from contracts.refusals import Invalid, Required
from services.events.competitions.model import Edition, Round, RuleSet, Series, Stage, Track
from services.events.editions.phases.schemas import NewPhase

CODE = r"[0-9]{6}\Z"
MOST_TRACKS = 50
MOST_PROVINCES = 40
MOST_PLACES = 1_000_000
MOST_ROUNDS = 10


class NewSeries(Input):
    name_zh = text(max=100)
    name_en = text(max=200)


class FoundSeries(NewSeries):
    alliance_id = identifier(required=False)


class NewQuota(Input):
    province = text(pattern=CODE)
    places = whole(min=1, max=MOST_PLACES)


class NewTrack(Input):
    """With `quotas`, with a `reserve` that the organisers hold, or `unlimited`: outside every quota."""

    code = text(max=10, pattern=r"[A-Z0-9]+\Z", required=False)
    kind = choice(TrackKind, required=False)
    name_zh = text(max=100)
    name_en = text(max=200)
    quotas = listing(nested(NewQuota), max=MOST_PROVINCES)
    reserve = whole(min=0, max=MOST_PLACES, required=False)
    unlimited = flag(required=False)

    @marshmallow.validates_schema
    def some_places(self, data: dict[str, Any], **_: Any) -> None:
        if not (data["quotas"] or data.get("reserve") or data.get("unlimited")):
            raise marshmallow.ValidationError(Required.code, "quotas")


class NewRound(Input):
    name_zh = text(max=100)
    name_en = text(max=200)
    level = choice(RoundLevel)


class Layout(Input):
    """What an edition is laid out with."""

    host_region = text(pattern=CODE)
    opens_at = instant()
    closes_at = instant()
    tracks = listing(nested(NewTrack), min=1, max=MOST_TRACKS)
    rounds = listing(nested(NewRound), max=MOST_ROUNDS, required=False)
    phases = listing(nested(NewPhase), max=MOST_ROUNDS * 5, required=False)
    rules = mapping(required=False)


class DraftCompetition(Layout):
    """Either `series_id` or, for a series that is founded with its first edition, `series`."""

    series_id = identifier(required=False)
    series = nested(NewSeries, required=False)
    number = whole(min=1, max=9999)
    name_zh = text(max=100, required=False)
    name_en = text(max=200, required=False)
    alliance_id = identifier(required=False)

    @marshmallow.validates_schema
    def one_series(self, data: dict[str, Any], **_: Any) -> None:
        given = [name for name in ("series_id", "series") if data.get(name)]
        if len(given) != 1:
            raise marshmallow.ValidationError(Invalid.code if given else Required.code, "series_id")


class ChangeDraft(Layout):
    competition_id = identifier()


class OpenNextEdition(Input):
    competition_id = identifier()
    opens_at = instant()
    number = whole(min=1, max=9999, required=False)


class AmendRules(Input):
    competition_id = identifier()
    rules = mapping()
    reason = text(max=500)


class OneCompetition(Input):
    competition_id = identifier()


class Competitions(Page):
    series_id = identifier(required=False)
    alliance_id = identifier(required=False)
    open_now = flag(required=False)
    drafts = flag(required=False)


class ByIds(Input):
    ids = listing(identifier(), min=1, max=100)


class OfRounds(Input):
    round_ids = listing(identifier(), min=1, max=100)


class OfCompetitions(Input):
    competition_ids = listing(identifier(), min=1, max=100)


def series_view(series: Series) -> dict[str, Any]:
    return {
        "id": series.id,
        "name_zh": series.name_zh,
        "name_en": series.name_en,
        "alliance_id": series.alliance_id,
        "created_at": series.created_at,
    }


def competition_view(edition: Edition) -> dict[str, Any]:
    return {
        "id": edition.id,
        "series": series_view(edition.series),
        "number": edition.number,
        "name_zh": edition.name_zh,
        "name_en": edition.name_en,
        "alliance_id": edition.alliance_id,
        "host_region": edition.host_region,
        "opens_at": edition.opens_at,
        "closes_at": edition.closes_at,
        "status": edition.status,
        "published_at": edition.published_at,
        "created_at": edition.created_at,
        "tracks": [track_view(track) for track in edition.tracks],
        "rounds": [round_view(each) for each in edition.rounds],
    }


def track_view(track: Track) -> dict[str, Any]:
    return {
        "id": track.id,
        "competition_id": track.edition_id,
        "code": track.code,
        "kind": track.kind,
        "name_zh": track.name_zh,
        "name_en": track.name_en,
    }


def round_view(held: Round) -> dict[str, Any]:
    return {
        "id": held.id,
        "competition_id": held.edition_id,
        "number": held.number,
        "level": held.level,
        "name_zh": held.name_zh,
        "name_en": held.name_en,
    }


def stage_view(stage: Stage) -> dict[str, Any]:
    return {
        "id": stage.id,
        "competition_id": stage.edition_id,
        "round_id": stage.round_id,
        "track_id": stage.track_id,
        "number": stage.number,
        "status": stage.status,
    }


def rule_set_view(rules: RuleSet) -> dict[str, Any]:
    return {
        "competition_id": rules.edition_id,
        "version": rules.number,
        "document": rules.document,
        "digest": rules.digest,
        "reason": rules.reason,
        "created_at": rules.created_at,
    }
