"""Planning: how an edition is laid out: tracks with quotas, rounds with phases, a stage for each track in each round."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, TypedDict, cast

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import set_committed_value

from contracts.events.editions.competitions import RoundLevel, TrackKind
from contracts.names import name_key
from kit.data.db import Session
from kit.documents.digest import digest
from kit.ids import new_id
from services.events.admission.entries.fields import kept
from services.events.admission.quotas.commands import QuotaPlan, plan_quotas
from services.events.admission.quotas.model import WHOLE, Quota
from services.events.competitions.sections import SECTIONS
from services.events.editions.editions.model import Edition, Round, Stage, Track, check_each_once
from services.events.editions.phases.commands import PhasePlan, plan_phases
from services.events.editions.phases.model import Phase
from services.events.editions.rulesets.model import RuleSet
from services.events.editions.rulesets.reading import newest, rulebook

ONE_ROUND: list[RoundPlan] = [{"name_zh": "决赛", "name_en": "Final", "level": RoundLevel.FINAL}]


class TrackPlan(TypedDict):
    """A track as it is to be: the places of provinces, a reserve, or without end (outside every quota)."""

    code: str | None
    kind: TrackKind | None
    name_zh: str
    name_en: str
    quotas: list[QuotaPlan]
    reserve: int | None
    unlimited: bool | None
    entry_fields: list[dict[str, Any]] | None


class RoundPlan(TypedDict):
    """A round as it is to be."""

    name_zh: str
    name_en: str
    level: RoundLevel


class Plan(TypedDict):
    """How an edition is to be laid out; without rounds it has one, without rules the defaults."""

    tracks: list[TrackPlan]
    rounds: list[RoundPlan]
    phases: list[PhasePlan]
    rules: dict[str, Any]


class PartOfPlan(TypedDict, total=False):
    """What is to be different in how a draft is laid out."""

    tracks: list[TrackPlan]
    rounds: list[RoundPlan]
    phases: list[PhasePlan]
    rules: dict[str, Any]


def lay_out(session: Session, edition: Edition, plan: Plan) -> None:
    """Make tracks, quotas, rounds, stages, phases and the first version of the rules."""
    check_each_once((track["name_zh"] for track in plan["tracks"]), "tracks", key=name_key)
    tracks = [_track(edition, each, place) for place, each in enumerate(plan["tracks"])]
    check_each_once((track.code for track in tracks), "tracks")
    _check_heads(tracks)
    rounds = [
        Round(id=new_id(), edition_id=edition.id, number=number, **each)
        for number, each in enumerate(plan["rounds"] or ONE_ROUND, start=1)
    ]
    session.add_all([*tracks, *rounds])
    session.flush()
    set_committed_value(edition, "tracks", tracks)
    set_committed_value(edition, "rounds", rounds)
    for place, (track, each) in enumerate(zip(edition.tracks, plan["tracks"], strict=True)):
        plan_quotas(
            session,
            track,
            each["quotas"],
            reserve=each.get("reserve") or 0,
            unlimited=bool(each.get("unlimited")),
            field=f"tracks.{place}.quotas",
        )
    session.add_all(_stage(session, track, holding) for holding in rounds for track in tracks)
    plan_phases(session, edition, plan["phases"])
    session.add(_first_rules(edition, plan["rules"]))
    session.flush()


def remove(session: Session, edition: Edition) -> None:
    """Take away everything that was laid out for a draft."""
    tracks = select(Track.id).where(Track.edition_id == edition.id)
    session.execute(delete(Quota).where(Quota.track_id.in_(tracks), Quota.parent_id.is_not(None)))
    session.execute(delete(Quota).where(Quota.track_id.in_(tracks)))
    for table in (Stage, Phase, RuleSet, Round, Track):
        session.execute(delete(table).where(table.edition_id == edition.id))
    session.expire(edition, ["tracks", "rounds"])


def plan_of(session: Session, edition: Edition, *, later: timedelta) -> Plan:
    """The layout of an edition as a plan for another one, whose phases are so much later."""
    roots = select(Quota).where(Quota.track_id.in_([track.id for track in edition.tracks]))
    quotas = session.scalars(roots.order_by(Quota.province)).all()
    phases = session.scalars(select(Phase).where(Phase.edition_id == edition.id).order_by(Phase.id)).all()
    numbers = {each.id: each.number for each in edition.rounds}
    return {
        "tracks": [
            _plan_of_track(track, [quota for quota in quotas if quota.track_id == track.id]) for track in edition.tracks
        ],
        "rounds": [
            {"name_zh": each.name_zh, "name_en": each.name_en, "level": RoundLevel(each.level)}
            for each in edition.rounds
        ],
        "phases": [
            {
                "round": numbers[phase.round_id],
                "kind": phase.kind,
                "opens_at": phase.opens_at + later,
                "closes_at": phase.closes_at + later,
            }
            for phase in phases
        ],
        "rules": newest(session, edition.id).document,
    }


def changed(before: Plan, given: PartOfPlan) -> Plan:
    """The plan with what is given in its place; of a track whose code stays, what is left out stays too."""
    stood = {track["code"]: track for track in before["tracks"]}
    tracks = [_changed_track(stood.get(track.get("code")), track) for track in given.get("tracks", before["tracks"])]
    return {**before, **given, "tracks": tracks}


def _changed_track(before: TrackPlan | None, given: TrackPlan) -> TrackPlan:
    said = {name: value for name, value in given.items() if value is not None}
    return cast(TrackPlan, {**(before or {}), **said})


def _plan_of_track(track: Track, quotas: list[Quota]) -> TrackPlan:
    """The places as they were issued at first: what provinces had, and what the organisers kept."""
    root = next(quota for quota in quotas if quota.region == WHOLE)
    provinces = [quota for quota in quotas if quota.parent_id == root.id and not quota.organization_id]
    return {
        "code": track.code,
        "kind": TrackKind(track.kind),
        "name_zh": track.name_zh,
        "name_en": track.name_en,
        "quotas": [{"province": quota.region, "places": quota.issued} for quota in provinces],
        "reserve": max(0, root.issued - sum(quota.issued for quota in provinces)),
        "unlimited": root.unlimited,
        "entry_fields": track.entry_fields,
    }


def _track(edition: Edition, plan: TrackPlan, place: int) -> Track:
    track = Track(
        id=new_id(),
        edition_id=edition.id,
        code=plan.get("code") or _letters(place),
        kind=plan.get("kind") or TrackKind.INDIVIDUAL,
        name_zh=plan["name_zh"],
        name_en=plan["name_en"],
        entry_fields=_fields(plan.get("entry_fields") or [], f"tracks.{place}.entryFields"),
    )
    set_committed_value(track, "edition", edition)
    return track


def _check_heads(tracks: Iterable[Track]) -> None:
    """Refuses with GivenTwice where one head of a column would mean two fields of an edition."""
    for name in ("label_zh", "label_en"):
        meant = {(name_key(field[name]), field["key"]): field[name] for track in tracks for field in track.entry_fields}
        check_each_once(meant.values(), "tracks", key=name_key)


def _fields(fields: list[dict[str, Any]], where: str) -> list[dict[str, Any]]:
    """The fields of an entry form as they are kept; refuses with GivenTwice two of one key, or of one head of a column."""
    for name in ("key", "label_zh", "label_en"):
        check_each_once((field[name] for field in fields), where, key=name_key)
    return [kept(field) for field in fields]


def _stage(session: Session, track: Track, holding: Round) -> Stage:
    return Stage(
        id=new_id(),
        created_at=session.now,
        edition_id=track.edition_id,
        round_id=holding.id,
        track_id=track.id,
        number=holding.number,
    )


def _first_rules(edition: Edition, given: dict[str, Any]) -> RuleSet:
    document = rulebook().complete(given, {track.code for track in edition.tracks}, SECTIONS)
    return RuleSet(
        edition_id=edition.id,
        number=1,
        document=document,
        digest=digest(document),
        reason="",
        created_at=edition.created_at,
    )


def _letters(place: int) -> str:
    """A, B, … Z, AA, AB …"""
    first, last = divmod(place, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)
