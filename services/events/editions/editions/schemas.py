"""How editions look from outside, with their tracks, rounds and stages."""

from __future__ import annotations

from typing import Any

from services.events.editions.editions.model import Edition, Round, Stage, Track
from services.events.editions.series.schemas import series_view


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
        "cancelled_at": edition.cancelled_at,
        "cancel_reason": edition.cancel_reason,
        "reinstatable_until": edition.reinstatable_until,
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
        "entry_fields": track.entry_fields,
    }


def round_view(holding: Round) -> dict[str, Any]:
    return {
        "id": holding.id,
        "competition_id": holding.edition_id,
        "number": holding.number,
        "level": holding.level,
        "name_zh": holding.name_zh,
        "name_en": holding.name_en,
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
