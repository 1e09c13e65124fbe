"""The forms of what is done about competitions."""

from __future__ import annotations

from typing import Any

import marshmallow

from contracts.events.editions.competitions import RoundLevel, TrackKind
from contracts.forms import Input, choice, flag, identifier, instant, listing, mapping, nested, text, whole
from contracts.refusals import Invalid, Required
from services.events.editions.phases.schemas import NewPhase
from services.events.editions.series.schemas import NewSeries

CODE = r"[0-9]{6}\Z"
MOST_TRACKS = 50
MOST_PROVINCES = 40
MOST_PLACES = 1_000_000
MOST_ROUNDS = 10


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
